using System.Net;
using System.Net.Sockets;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Exports;

/// <summary>
/// Where a stream may go. To the world only encrypted; into the seller's own network, and without encryption, only to hosts that the configuration names, so that
/// nobody with a browser can make the shop talk to what stands beside it.
/// </summary>
public sealed class StreamTarget(IConfiguration configuration)
{
    private static readonly IPNetwork[] Internal =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.168.0.0/16", "198.18.0.0/15", "224.0.0.0/3",
            "::/127", "64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
        }.Select(text => IPNetwork.Parse(text)),
    ];

    /// <summary>So long for an address when there is another one: some networks leave without an answer what they do not carry.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly HashSet<string> _internal = new(
        (configuration["Streams:InternalHosts"] ?? "").Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries), StringComparer.OrdinalIgnoreCase);

    /// <summary>What is wrong with an address; null when it can be used.</summary>
    public Refusal? Check(string kind, string address)
    {
        if (kind == "http")
        {
            if (!Uri.TryCreate(address, UriKind.Absolute, out var url) || url.Scheme is not ("https" or "http"))
            {
                return Wrong("An address such as https://siem.example.com/ingest.");
            }

            if (url.UserInfo.Length > 0 || url.Query.Length > 0 || url.Fragment.Length > 0)
            {
                return Wrong("The address without name, password, ? or #: it stands in the log. What is secret belongs into the token.");
            }

            return url.Scheme == "https" || IsInternal(url.Host) ? null : Wrong("Only https, but to hosts of your own network that the configuration names (Streams__InternalHosts).");
        }

        return HostAndPort(address) is not var (host, _) ? Wrong("Host and port, such as siem.example.com:6514.")
            : kind == "syslog-tls" || IsInternal(host) ? null
            : Wrong("Without TLS only to hosts of your own network that the configuration names (Streams__InternalHosts).");
    }

    /// <summary>Opens the way. The address is resolved here and judged as it is used, so that a name cannot be another one the next moment.</summary>
    public async ValueTask<Socket> Connect(string host, int port, ProtocolType protocol, CancellationToken cancel)
    {
        var addresses = (await Dns.GetHostAddressesAsync(host, cancel)).Where(address => IsInternal(host) || !IsInternal(address)).ToArray();
        if (addresses.Length == 0)
        {
            throw new StreamException($"{host} is in an internal network, and not among the hosts that the configuration names (Streams__InternalHosts).");
        }

        foreach (var address in addresses[..^1])
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            patience.CancelAfter(Patience);
            try
            {
                return await Connect(address, port, protocol, patience.Token);
            }
            catch (Exception error) when (error is SocketException or OperationCanceledException && !cancel.IsCancellationRequested)
            {
                // A name of two networks, of which this host has one: the next address may answer.
            }
        }

        return await Connect(addresses[^1], port, protocol, cancel);
    }

    public static (string Host, int Port)? HostAndPort(string address) =>
        Uri.TryCreate("syslog://" + address, UriKind.Absolute, out var uri) && uri is { Port: > 0, UserInfo.Length: 0, PathAndQuery: "/" or "", Fragment.Length: 0 } ? (uri.IdnHost, uri.Port) : null;

    private static async Task<Socket> Connect(IPAddress address, int port, ProtocolType protocol, CancellationToken cancel)
    {
        var socket = new Socket(address.AddressFamily, protocol == ProtocolType.Udp ? SocketType.Dgram : SocketType.Stream, protocol);
        try
        {
            await socket.ConnectAsync(address, port, cancel);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static Refusal Wrong(Phrase sentence) => Refusal.Invalid("audit.stream-address", sentence, nameof(StreamDraft.Address));

    private bool IsInternal(string host) => _internal.Contains(host.Trim('[', ']'));

    private static bool IsInternal(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return Array.Exists(Internal, network => network.Contains(plain));
    }
}

/// <summary>Why something did not arrive, in words that may be shown and hold nothing secret.</summary>
public sealed class StreamException(string why, Exception? inner = null) : Exception(why, inner);
