using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace OnBehalf.Tests.Exports;

/// <summary>What came in one piece.</summary>
internal sealed record Received(IReadOnlyDictionary<string, string> Headers, byte[] Body);

/// <summary>Somebody else's system that takes the log by HTTP, well or badly.</summary>
internal sealed class HttpSiem : IAsyncDisposable
{
    private readonly WebApplication _app;
    private int _requests;

    private HttpSiem(WebApplication app) => _app = app;

    /// <summary>What it does with the n-th request (from 1), after it has read so much of it: 200 is well, another number is its answer, 0 breaks the connection off in the middle of the body, -1 after all of it was stored.</summary>
    public Func<int, int> Does { get; set; } = _ => 200;

    public ConcurrentQueue<Received> All { get; } = new();

    /// <summary>Every line that ever arrived whole, in the order of arrival.</summary>
    public ConcurrentQueue<JsonNode> Lines { get; } = new();

    public string Address => _app.Urls.First() + "/ingest";

    public static async Task<HttpSiem> Open()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var siem = new HttpSiem(builder.Build());
        siem._app.Run(siem.Take);
        await siem._app.StartAsync();
        return siem;
    }

    public IEnumerable<long> Indexes => Lines.Select(line => (line["data"] ?? line)["onbehalf"]!["log"]!["index"]!.GetValue<long>());

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task Take(HttpContext context)
    {
        var does = Does(Interlocked.Increment(ref _requests));
        if (does > 299)
        {
            context.Response.StatusCode = does;
            context.Response.Headers.Location = "/elsewhere";
            return;
        }

        using var body = new MemoryStream();
        if (does == 0)
        {
            // It keeps what it has read so far, and dies.
            var part = new byte[20_000];
            await context.Request.Body.ReadExactlyAsync(part);
            Keep(Encoding.UTF8.GetString(part), isWhole: false);
            context.Abort();
            return;
        }

        await context.Request.Body.CopyToAsync(body);
        Keep(Encoding.UTF8.GetString(body.ToArray()), isWhole: true);
        if (does == -1)
        {
            context.Abort();
            return;
        }

        All.Enqueue(new Received(context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase), body.ToArray()));
    }

    private void Keep(string text, bool isWhole)
    {
        var lines = text.Split('\n');
        foreach (var line in isWhole ? lines.Where(line => line.Length > 0) : lines[..^1])
        {
            Lines.Enqueue(JsonNode.Parse(line)!);
        }
    }
}

/// <summary>The same by syslog over TLS, with a certificate of its own authority, or over plain TCP.</summary>
internal sealed class SyslogSiem : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly X509Certificate2 _certificate;
    private readonly Task _work;

    private readonly bool _isPlain;

    public SyslogSiem(bool isPlain = false)
    {
        _isPlain = isPlain;
        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Our own authority", authorityKey, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var authority = request.CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(2));
        Authority = authority.ExportCertificatePem();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var own = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        own.CertificateExtensions.Add(names.Build());
        using var signed = own.Create(authority, TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1), [1, 2, 3]);
        _certificate = X509CertificateLoader.LoadPkcs12(signed.CopyWithPrivateKey(key).Export(X509ContentType.Pkcs12), null);
        _listener.Start();
        _work = Task.Run(Work);
    }

    public string Authority { get; }

    public string Address => $"localhost:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    /// <summary>It says that it sends no more before it has read a byte, and throws away what it reads.</summary>
    public bool ClosesEarly { get; set; }

    public ConcurrentQueue<string> Messages { get; } = new();

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _work;
        _stop.Dispose();
        _certificate.Dispose();
    }

    private async Task Work()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                using var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                using var all = new MemoryStream();

                // It closes when it has kept what it has read, and not before.
                await using Stream stream = _isPlain ? client.GetStream() : new SslStream(client.GetStream());
                if (stream is SslStream tls)
                {
                    await tls.AuthenticateAsServerAsync(_certificate);
                }

                if (ClosesEarly)
                {
                    client.Client.Shutdown(SocketShutdown.Send);
                }

                await stream.CopyToAsync(ClosesEarly ? Stream.Null : all, _stop.Token);
                Read(all.ToArray());
            }
            catch (Exception error) when (error is IOException or OperationCanceledException or System.Security.Authentication.AuthenticationException or SocketException or ObjectDisposedException)
            {
                // Somebody did not trust us, or it is over.
            }
        }
    }

    // Octet counting: a length, a blank, so many bytes.
    private void Read(byte[] bytes)
    {
        for (var at = 0; at < bytes.Length;)
        {
            var blank = Array.IndexOf(bytes, (byte)' ', at);
            var length = int.Parse(Encoding.ASCII.GetString(bytes, at, blank - at), CultureInfo.InvariantCulture);
            Messages.Enqueue(Encoding.UTF8.GetString(bytes, blank + 1, length));
            at = blank + 1 + length;
        }
    }
}
