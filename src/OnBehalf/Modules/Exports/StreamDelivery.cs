using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace OnBehalf.Modules.Exports;

/// <summary>Some records in their order, for one receiver.</summary>
/// <param name="Id">The same for the same records, so that a receiver can see that they come again.</param>
public sealed record StreamBatch(string Id, string Origin, long First, long Last, IReadOnlyList<byte[]> Messages);

/// <summary>What a receiver is: where, and how it knows us.</summary>
public sealed record StreamReceiver(string Kind, string Address, string? Token, byte[]? SigningKey, string? Authority);

/// <summary>Brings a batch to a receiver and comes back when it has it. What goes wrong is thrown.</summary>
public sealed class StreamDelivery(StreamTarget target, TimeProvider clock)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    /// <summary>A datagram cannot be longer; what is, arrives cut, because otherwise it would stand in the way of all that follow.</summary>
    internal const int LongestDatagram = 65_000;

    public async Task Send(StreamReceiver receiver, StreamBatch batch, CancellationToken cancel)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(Longest);
        try
        {
            await (receiver.Kind switch
            {
                "http" => Post(receiver, batch, patience.Token),
                "syslog-udp" => Datagrams(receiver, batch, patience.Token),
                _ => Frames(receiver, batch, patience.Token),
            });
        }
        catch (OperationCanceledException late) when (!cancel.IsCancellationRequested)
        {
            throw new StreamException("It did not answer within 20 seconds.", late);
        }
        catch (Exception error) when (error is HttpRequestException or IOException or SocketException or System.Security.Authentication.AuthenticationException)
        {
            throw new StreamException(Words(error), error);
        }
    }

    private async Task Post(StreamReceiver receiver, StreamBatch batch, CancellationToken cancel)
    {
        using var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false, UseCookies = false, UseProxy = false, SslOptions = Tls(receiver, null),
            ConnectCallback = async (context, stop) => new NetworkStream(await target.Connect(context.DnsEndPoint.Host, context.DnsEndPoint.Port, ProtocolType.Tcp, stop), ownsSocket: true),
        };
        using var http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        var body = Body(batch);
        using var request = new HttpRequestMessage(HttpMethod.Post, receiver.Address) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson");
        request.Headers.Add("Audit-Log", batch.Origin);
        request.Headers.Add("Audit-First", batch.First.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("Audit-Last", batch.Last.ToString(CultureInfo.InvariantCulture));
        Sign(request, receiver, batch, body);
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
        if (!response.IsSuccessStatusCode)
        {
            throw new StreamException(string.Create(CultureInfo.InvariantCulture, $"It answered {(int)response.StatusCode}."));
        }
    }

    // As Standard Webhooks has it: over id, time and body, so that nothing of it can be sent again as something else.
    private void Sign(HttpRequestMessage request, StreamReceiver receiver, StreamBatch batch, byte[] body)
    {
        if (receiver.Token is { } token)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        var time = clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        request.Headers.Add("Webhook-Id", batch.Id);
        request.Headers.Add("Webhook-Timestamp", time);
        if (receiver.SigningKey is { } key)
        {
            request.Headers.Add("Webhook-Signature", "v1," + Convert.ToBase64String(HMACSHA256.HashData(key, (byte[])[.. Encoding.ASCII.GetBytes($"{batch.Id}.{time}."), .. body])));
        }
    }

    /// <summary>
    /// Octet counting (RFC 6587, RFC 5425). Syslog has no acknowledgement of its own: we say that nothing more comes, and the receiver has it when it closes in
    /// its turn, which it does after it has read to the end. Who closes before we have said so has not.
    /// </summary>
    private async Task Frames(StreamReceiver receiver, StreamBatch batch, CancellationToken cancel)
    {
        var (host, port) = StreamTarget.HostAndPort(receiver.Address)!.Value;
        using var socket = await target.Connect(host, port, ProtocolType.Tcp, cancel);
        await using var plain = new NetworkStream(socket, ownsSocket: false);
        await using var tls = receiver.Kind == "syslog-tls" ? new SslStream(plain, leaveInnerStreamOpen: true) : null;
        Stream way = plain;
        if (tls is not null)
        {
            await tls.AuthenticateAsClientAsync(Tls(receiver, host), cancel);
            way = tls;
        }

        var closes = ReadToEnd(way, cancel);
        foreach (var message in batch.Messages)
        {
            await way.WriteAsync(Encoding.ASCII.GetBytes(message.Length.ToString(CultureInfo.InvariantCulture) + " "), cancel);
            await way.WriteAsync(message, cancel);
        }

        await way.FlushAsync(cancel);
        if (closes.IsCompleted || (socket.Poll(0, SelectMode.SelectRead) && socket.Available == 0))
        {
            await closes;
            throw new StreamException("It closed the connection before it had got everything.");
        }

        if (tls is not null)
        {
            await tls.ShutdownAsync();
        }

        socket.Shutdown(SocketShutdown.Send);
        await closes;
    }

    private static async Task ReadToEnd(Stream way, CancellationToken cancel)
    {
        var nothing = new byte[256];
        while (await way.ReadAsync(nothing, cancel) > 0)
        {
            // Syslog receivers say nothing; whatever they say, they have not closed yet.
        }
    }

    private async Task Datagrams(StreamReceiver receiver, StreamBatch batch, CancellationToken cancel)
    {
        var (host, port) = StreamTarget.HostAndPort(receiver.Address)!.Value;
        using var socket = await target.Connect(host, port, ProtocolType.Udp, cancel);
        foreach (var message in batch.Messages)
        {
            await socket.SendAsync(message.AsMemory(0, Math.Min(message.Length, LongestDatagram)), SocketFlags.None, cancel);
        }
    }

    private static SslClientAuthenticationOptions Tls(StreamReceiver receiver, string? host)
    {
        var options = new SslClientAuthenticationOptions { TargetHost = host };
        if (receiver.Authority is { } pem)
        {
            var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            policy.CustomTrustStore.ImportFromPem(pem);
            options.CertificateChainPolicy = policy;
        }

        return options;
    }

    private static byte[] Body(StreamBatch batch)
    {
        var body = new MemoryStream();
        foreach (var message in batch.Messages)
        {
            body.Write(message);
            body.WriteByte((byte)'\n');
        }

        return body.ToArray();
    }

    private static string Words(Exception error) => error switch
    {
        _ when error is System.Security.Authentication.AuthenticationException || error.InnerException is System.Security.Authentication.AuthenticationException => "Its certificate is not trusted, or is of another name.",
        { InnerException: StreamException inner } => inner.Message,
        SocketException socket => $"It cannot be reached: {socket.SocketErrorCode}.",
        { InnerException: SocketException socket } => $"It cannot be reached: {socket.SocketErrorCode}.",
        _ => "The connection broke off before it had answered.",
    };
}
