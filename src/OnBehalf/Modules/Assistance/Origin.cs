using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Assistance;

/// <summary>
/// From where a request comes. A stolen cookie is seldom used from the same network by a browser of the same name; people change their address within a
/// network all the time, so only the network counts.
/// </summary>
/// <param name="Network">The address; null when it is not known.</param>
/// <param name="Browser">What the browser calls itself; null when it says nothing.</param>
public sealed record Origin(IPAddress? Network, string? Browser)
{
    public const string Ends = "ends";
    public const string Asks = "asks";

    public static readonly Code OtherNetwork = "other-network";
    public static readonly Code OtherBrowser = "other-browser";

    public static Origin Of(HttpContext context) => new(context.Connection.RemoteIpAddress, context.Request.Headers.UserAgent);

    /// <summary>`192.0.2.0/24`, `2001:db8:1:200::/56`; null when it is not known.</summary>
    public string? NetworkKept => Network switch
    {
        null => null,
        { IsIPv4MappedToIPv6: true } mapped => Part(mapped.MapToIPv4()),
        { } address => Part(address),
    };

    /// <summary>A digest of the name.</summary>
    public string? BrowserKept => string.IsNullOrEmpty(Browser) ? null : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Browser)).AsSpan(0, 16));

    /// <summary>What is not as it was at the start; null when nothing is, or nothing was known then.</summary>
    public Code? Differs(string? network, string? browser) =>
        browser is not null && browser != BrowserKept ? OtherBrowser
        : network is not null && network != NetworkKept ? OtherNetwork
        : default(Code?);

    private static string Part(IPAddress address)
    {
        var bytes = address.GetAddressBytes();
        var kept = address.AddressFamily == AddressFamily.InterNetwork ? 3 : 7;
        bytes.AsSpan(kept).Clear();
        return $"{new IPAddress(bytes)}/{kept * 8}";
    }
}
