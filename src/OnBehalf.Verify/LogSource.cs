using System.Net;
using System.Net.Http.Headers;

namespace OnBehalf.Verify;

/// <summary>Where a log is read from: an address, or a folder as it comes on a stick.</summary>
internal sealed class LogSource : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    // So often it waits for who says that it was too much in a short time.
    private const int MostWaits = 30;

    private readonly HttpClient? _http;
    private readonly string? _folder;

    /// <param name="name">`https://…`, `http://…`, `file://…` or a path.</param>
    /// <param name="token">The access token of an auditor, for logs that show their entries to some only.</param>
    public LogSource(string name, string? token)
    {
        Name = name.TrimEnd('/');
        if (!Uri.TryCreate(name, UriKind.Absolute, out var address) || address.IsFile)
        {
            _folder = address?.LocalPath ?? name;
            return;
        }

        // No redirects: the token is for this address alone.
        _http = new HttpClient(new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.All, AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) }) { Timeout = Patience };
        _http.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("onbehalf-verify", null));
        if (token is not null)
        {
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }
    }

    public string Name { get; }

    /// <summary>The bytes of a file of the log, or null when it is not there.</summary>
    /// <exception cref="IOException">It is longer than it may be, or cannot be read.</exception>
    /// <exception cref="HttpRequestException">The other side does not answer as it should.</exception>
    public async Task<byte[]?> Get(string path, int longest, CancellationToken cancel)
    {
        if (_folder is not null)
        {
            var file = Path.Combine(_folder, path.Replace('/', Path.DirectorySeparatorChar));
            return File.Exists(file) ? await Read(File.OpenRead(file), path, longest, cancel) : null;
        }

        using var response = await Answer($"{Name}/{path}", cancel);
        if (response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Gone)
        {
            return null;
        }

        if (response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
        {
            throw new HttpRequestException($"{Name}/{path} is not for everybody: give an auditor's access token with --token-file.");
        }

        return response.StatusCode == HttpStatusCode.OK
            ? await Read(await response.Content.ReadAsStreamAsync(cancel), path, longest, cancel)
            : throw new HttpRequestException($"{Name}/{path} answers {(int)response.StatusCode}.");
    }

    public void Dispose() => _http?.Dispose();

    private async Task<HttpResponseMessage> Answer(string address, CancellationToken cancel)
    {
        for (var waits = 0; ; waits++)
        {
            var response = await _http!.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, cancel);
            var wait = response.Headers.RetryAfter?.Delta ?? TimeSpan.FromSeconds(1);
            if (response.StatusCode != HttpStatusCode.TooManyRequests || waits == MostWaits || wait > Patience)
            {
                return response;
            }

            response.Dispose();
            await Task.Delay(wait, cancel);
        }
    }

    private static async Task<byte[]> Read(Stream stream, string path, int longest, CancellationToken cancel)
    {
        await using var source = stream;
        var bytes = new MemoryStream();
        var buffer = new byte[81_920];
        for (var read = await source.ReadAsync(buffer, cancel); read > 0; read = await source.ReadAsync(buffer, cancel))
        {
            await bytes.WriteAsync(buffer.AsMemory(0, read), cancel);
            if (bytes.Length > longest)
            {
                throw new IOException($"{path} is longer than it may be.");
            }
        }

        return bytes.ToArray();
    }
}
