using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using OnBehalf.Data;
using OnBehalf.Kernel;

namespace OnBehalf.Host;

/// <summary>
/// What the audit log says of a request: its id, and references for the browser and the address, made with a key that lies outside the database. Who has the
/// log alone learns that two events came from the same place, and not from which.
/// </summary>
public sealed partial class RequestReferences
{
    public const string Header = "X-Request-Id";

    private const string Zeros = "00000000000000000000000000000000";

    private readonly byte[] _key;

    internal RequestReferences(MasterKey master) => _key = master.KeyFor("references of devices and networks");

    /// <summary>Before everything else: the answer names the request as its events do and as the server's log does.</summary>
    public static void Use(WebApplication app) => app.Use((context, next) =>
    {
        context.Response.Headers[Header] = context.TraceIdentifier;
        return next(context);
    });

    public CallerRequest Of(HttpContext context)
    {
        var browser = context.Request.Headers.UserAgent.ToString();
        return new CallerRequest(
            context.TraceIdentifier,
            TraceOf(context.Request.Headers.TraceParent),
            browser.Length == 0 ? null : Reference("device", browser),
            context.Connection.RemoteIpAddress is { } address ? Reference("network", Plain(address).ToString()) : null);
    }

    /// <summary>As it was sent, when it is one of W3C's version 00.</summary>
    internal static string? TraceOf(string? sent) =>
        sent is { Length: 55 } && TraceParent().IsMatch(sent) && !sent.AsSpan(3, 32).SequenceEqual(Zeros) && !sent.AsSpan(36, 16).SequenceEqual(Zeros.AsSpan(0, 16)) ? sent : null;

    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    private string Reference(string kind, string value)
    {
        Span<byte> digest = stackalloc byte[32];
        HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes($"{kind}\0{value}"), digest);
        return Base64Url.EncodeToString(digest[..16]);
    }

    [GeneratedRegex("^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 100)]
    private static partial Regex TraceParent();
}
