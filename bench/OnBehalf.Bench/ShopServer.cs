using System.Diagnostics;
using System.Globalization;
using System.Net;

namespace OnBehalf.Bench;

/// <summary>The real server as a process of its own: Release, Kestrel, loopback.</summary>
internal sealed class ShopServer : IAsyncDisposable
{
    private readonly Process _process;

    private ShopServer(Process process, Uri address) => (_process, Address) = (process, address);

    public Uri Address { get; }

    public int Id => _process.Id;

    /// <summary>From the start of the process to the first page that was answered with 200.</summary>
    public TimeSpan FirstPage { get; private set; }

    public static async Task<ShopServer> Start(string program, BenchShop shop)
    {
        var address = new Uri($"http://127.0.0.1:{FreePort().ToString(CultureInfo.InvariantCulture)}");
        var clock = Stopwatch.StartNew();
        var server = new ShopServer(Run(program, shop, address, "serve"), address);
        using var client = new HttpClient { BaseAddress = address };
        while (!await Answers(client))
        {
            if (server._process.HasExited || clock.Elapsed.TotalSeconds > 60)
            {
                await server.DisposeAsync();
                throw new InvalidOperationException($"The server did not start: see {shop.LogFile}");
            }

            await Task.Delay(5);
        }

        server.FirstPage = clock.Elapsed;
        return server;
    }

    /// <summary>Another command of the product, to its end.</summary>
    public static async Task Run(string program, BenchShop shop, params string[] arguments)
    {
        using var process = Run(program, shop, null, arguments);
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"onbehalf {string.Join(' ', arguments)} ended with {process.ExitCode}: see {shop.LogFile}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", Id.ToString(CultureInfo.InvariantCulture)]);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        try
        {
            await _process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private static Process Run(string program, BenchShop shop, Uri? address, params string[] arguments)
    {
        // Through a shell, so that the output goes to a file and is not read here while the clock runs.
        var start = new ProcessStartInfo("/bin/sh", ["-c", "exec dotnet \"$@\" >>\"$LOG\" 2>&1", "sh", program, .. arguments]);
        start.Environment["LOG"] = shop.LogFile;
        start.Environment["ConnectionStrings__Shop"] = shop.ConnectionString;
        start.Environment["DataFolder"] = shop.DataFolder;
        if (address is not null)
        {
            start.Environment["ASPNETCORE_URLS"] = address.ToString();
        }

        return Process.Start(start)!;
    }

    private static async Task<bool> Answers(HttpClient client)
    {
        try
        {
            using var response = await client.GetAsync("/");
            return response.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
