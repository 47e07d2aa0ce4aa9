using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Identity;

/// <summary>
/// How often somebody may try to sign in or ask for a mail, by network address and by account: against guessing in breadth, where the lock-out of one
/// account does not help, and against mail bombs. Counted by each process for itself; `Limits:SignInsPerMinute` (of one network address, default 120).
/// </summary>
public sealed class SignInLimits(IConfiguration configuration) : IDisposable
{
    public static readonly Refusal TooOften = Refusal.Invalid(
        "identity.too-often", "That was too often in a short time. Wait a minute and try again.");

    private readonly PartitionedRateLimiter<string> _signInsOfAddress = Limiter(configuration.GetValue("Limits:SignInsPerMinute", 120), TimeSpan.FromMinutes(1));
    private readonly PartitionedRateLimiter<string> _signInsOfAccount = Limiter(10, TimeSpan.FromMinutes(1));
    private readonly PartitionedRateLimiter<string> _provider = Limiter(600, TimeSpan.FromMinutes(1));
    private readonly PartitionedRateLimiter<string> _mailsOfAddress = Limiter(20, TimeSpan.FromMinutes(15));
    private readonly PartitionedRateLimiter<string> _mailsOfAccount = Limiter(3, TimeSpan.FromMinutes(15));

    /// <summary>False, with a Retry-After, when it was too often.</summary>
    public bool AdmitsSignIn(HttpContext context, string? email) =>
        Admits(context, _signInsOfAddress, Network(context)) && Admits(context, _signInsOfAccount, Account(context, email));

    /// <summary>The same for trying a mailed code, which belongs to no account yet.</summary>
    public bool AdmitsCode(HttpContext context) => Admits(context, _signInsOfAddress, Network(context));

    /// <summary>The same for the external provider, which speaks for all of its people from one address: what they or others try here does not take its room.</summary>
    public bool AdmitsProvider(HttpContext context) => Admits(context, _provider, Network(context));

    public bool AdmitsMail(HttpContext context, string? email) =>
        Admits(context, _mailsOfAddress, Network(context)) && Admits(context, _mailsOfAccount, Account(context, email));

    public void Dispose()
    {
        _signInsOfAddress.Dispose();
        _signInsOfAccount.Dispose();
        _provider.Dispose();
        _mailsOfAddress.Dispose();
        _mailsOfAccount.Dispose();
    }

    private static bool Admits(HttpContext context, PartitionedRateLimiter<string> limiter, string key)
    {
        using var lease = limiter.AttemptAcquire(key);
        if (!lease.IsAcquired && lease.TryGetMetadata(MetadataName.RetryAfter, out var wait))
        {
            context.Response.Headers.RetryAfter = ((int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        }

        return lease.IsAcquired;
    }

    private static string Account(HttpContext context, string? email) =>
        $"{(context.Request.Path.StartsWithSegments("/staff", StringComparison.OrdinalIgnoreCase) ? "staff" : "buyer")} {(EmailAddress.TryParse(email, out var address) ? address.Normalized : "")}";

    // One customer of a provider has a whole /64 of IPv6 addresses to choose from.
    private static string Network(HttpContext context) => context.Connection.RemoteIpAddress switch
    {
        null => "unknown",
        { IsIPv4MappedToIPv6: true } mapped => mapped.MapToIPv4().ToString(),
        { AddressFamily: AddressFamily.InterNetworkV6 } address => new IPAddress([.. address.GetAddressBytes()[..8], .. new byte[8]]).ToString(),
        var address => address.ToString(),
    };

    private static PartitionedRateLimiter<string> Limiter(int permits, TimeSpan window) => PartitionedRateLimiter.Create<string, string>(
        key => RateLimitPartition.GetFixedWindowLimiter(key, _ => new FixedWindowRateLimiterOptions { PermitLimit = permits, Window = window }));
}
