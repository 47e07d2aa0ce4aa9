using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using OnBehalf.Host;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Log;

/// <summary>A server of its own process, under another address after each start.</summary>
internal sealed class KilledNode(TestShop shop, string folder, params (string Name, string Value)[] more)
{
    private Process? _process;

    public volatile Uri Address = new("http://127.0.0.1:1");

    public async Task Start()
    {
        var address = new Uri($"http://127.0.0.1:{FreePort()}");
        var start = new ProcessStartInfo("dotnet", [typeof(ShopHost).Assembly.Location, "serve", "--urls", address.ToString()]);
        foreach (var (name, value) in new[]
        {
            ("ConnectionStrings__Shop", shop.ConnectionString), ("DataFolder", folder), ("Logging__LogLevel__Default", "None"),
            ("Log__SignerFolder", Path.Combine(shop.Folder, "log-signer")), ("Log__Folder", Path.Combine(shop.Folder, "log")),
        }.Concat(more))
        {
            start.Environment[name] = value;
        }

        _process = Process.Start(start)!;
        using var http = new HttpClient { BaseAddress = address };
        for (var patience = Stopwatch.StartNew(); !await Answers(http); await Task.Delay(50))
        {
            Assert.True(!_process.HasExited && patience.Elapsed < TimeSpan.FromMinutes(2), "The server does not start.");
        }

        Address = address;
    }

    public void Kill()
    {
        _process?.Kill();
        _process?.WaitForExit();
        _process?.Dispose();
        _process = null;
    }

    private static async Task<bool> Answers(HttpClient http)
    {
        try
        {
            using var answer = await http.GetAsync("/health");
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
