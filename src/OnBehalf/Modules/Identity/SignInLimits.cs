using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Identity;

/// <summary>
/// How often somebody may try to sign in or ask for a mail, by network address and by account: against guessing in breadth, where the lock-out of one
/// account does not help, and against mail bombs. Counted by each process for itself; `Limits:SignInsPerMinute` (of one network address, default 120).
/// Whoever is stopped is told to the audit log, once for each window and not for each request.
/// </summary>
public sealed class SignInLimits(IConfiguration configuration, Database database) : IDisposable
{
    public static readonly Refusal TooOften = Refusal.Invalid(
        "identity.too-often", "That was too often in a short time. Wait a minute and try again.");

    private readonly Limit _signInsOfAddress = new("sign-ins-of-address", configuration.GetValue("Limits:SignInsPerMinute", 120), TimeSpan.FromMinutes(1));
    private readonly Limit _signInsOfAccount = new("sign-ins-of-account", 10, TimeSpan.FromMinutes(1));
    private readonly Limit _provider = new("provider", 600, TimeSpan.FromMinutes(1));
    private readonly Limit _mailsOfAddress = new("mails-of-address", 20, TimeSpan.FromMinutes(15));
    private readonly Limit _mailsOfAccount = new("mails-of-account", 3, TimeSpan.FromMinutes(15));

    private readonly Limit _mailTrials = new("mail-trials", 10, TimeSpan.FromMinutes(15));

    /// <summary>False, with a Retry-After, when it was too often.</summary>
    public async Task<bool> AdmitsSignIn(HttpContext context, string? email) =>
        await Admits(context, _signInsOfAddress, Network(context)) && await Admits(context, _signInsOfAccount, Account(context, email), email);

    /// <summary>The same for trying a mailed code, which belongs to no account yet.</summary>
    public Task<bool> AdmitsCode(HttpContext context) => Admits(context, _signInsOfAddress, Network(context));

    /// <summary>The same for the external provider, which speaks for all of its people from one address: what they or others try here does not take its room.</summary>
    public Task<bool> AdmitsProvider(HttpContext context) => Admits(context, _provider, Network(context));

    public async Task<bool> AdmitsMail(HttpContext context, string? email) =>
        await Admits(context, _mailsOfAddress, Network(context)) && await Admits(context, _mailsOfAccount, Account(context, email), email);

    /// <summary>A mail to oneself, to see whether mail goes out: each waits for the server of others.</summary>
    public Task<bool> AdmitsMailTrial(HttpContext context) => Admits(context, _mailTrials, context.Caller().Staff!.Id.Value.ToString());

    public void Dispose()
    {
        _mailTrials.Dispose();
        _signInsOfAddress.Dispose();
        _signInsOfAccount.Dispose();
        _provider.Dispose();
        _mailsOfAddress.Dispose();
        _mailsOfAccount.Dispose();
    }

    private async Task<bool> Admits(HttpContext context, Limit limit, string key, string? email = null)
    {
        using var lease = limit.Requests.AttemptAcquire(key);
        if (!lease.IsAcquired)
        {
            using var isNews = limit.Told.AttemptAcquire(key);
            if (isNews.IsAcquired)
            {
                // Also of somebody who does not wait for the answer.
                await database.Record(context.Caller(), new RequestsStopped(limit.Name, email), CancellationToken.None);
            }
        }

        if (!lease.IsAcquired && lease.TryGetMetadata(MetadataName.RetryAfter, out var wait))
        {
            context.Response.Headers.RetryAfter = ((int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        }

        return lease.IsAcquired;
    }

    private static string Account(HttpContext context, string? email) =>
        $"{(context.Request.Path.StartsWithSegments("/staff", StringComparison.OrdinalIgnoreCase) ? "staff" : "buyer")} {(EmailAddress.TryParse(email, out var address) ? address.Normalized : "")}";

    // One customer of a provider has a whole /64 of IPv6 addresses to choose from.
    internal static string Network(HttpContext context) => context.Connection.RemoteIpAddress switch
    {
        null => "unknown",
        { IsIPv4MappedToIPv6: true } mapped => mapped.MapToIPv4().ToString(),
        { AddressFamily: AddressFamily.InterNetworkV6 } address => new IPAddress([.. address.GetAddressBytes()[..8], .. new byte[8]]).ToString(),
        var address => address.ToString(),
    };

    private sealed class Limit(string name, int permits, TimeSpan window) : IDisposable
    {
        public Code Name { get; } = name;

        public PartitionedRateLimiter<string> Requests { get; } = Limiter(permits, window);

        public PartitionedRateLimiter<string> Told { get; } = Limiter(1, window);

        public void Dispose()
        {
            Requests.Dispose();
            Told.Dispose();
        }

        private static PartitionedRateLimiter<string> Limiter(int permits, TimeSpan window) => PartitionedRateLimiter.Create<string, string>(
            key => RateLimitPartition.GetFixedWindowLimiter(key, _ => new FixedWindowRateLimiterOptions { PermitLimit = permits, Window = window }));
    }
}
