using System.Globalization;
using System.Threading.RateLimiting;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Modules.Identity;

namespace OnBehalf.Modules.Log;

/// <summary>
/// How many files of the log one network may fetch: enough for mirrors that come for all of it, and not so many that others come too short. Counted by each process for
/// itself; `Limits:LogFilesPerMinute`. Who is stopped is told to the audit log once a minute.
/// </summary>
public sealed class LogLimit(IConfiguration configuration, Database database) : IDisposable
{
    private readonly PartitionedRateLimiter<string> _files = Limiter(configuration.GetValue("Limits:LogFilesPerMinute", 30_000));
    private readonly PartitionedRateLimiter<string> _told = Limiter(1);

    public async ValueTask<object?> Admit(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var network = SignInLimits.Network(http);
        using var lease = _files.AttemptAcquire(network);
        if (lease.IsAcquired)
        {
            return await next(context);
        }

        using var isNews = _told.AttemptAcquire(network);
        if (isNews.IsAcquired)
        {
            // Also of somebody who does not wait for the answer.
            await database.Record(http.Caller(), new RequestsStopped("log-files", null), CancellationToken.None);
        }

        if (lease.TryGetMetadata(MetadataName.RetryAfter, out var wait))
        {
            http.Response.Headers.RetryAfter = ((int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        }

        return Results.Text("That was too much of the log in a short time. Wait a minute, and go on.", statusCode: StatusCodes.Status429TooManyRequests);
    }

    public void Dispose()
    {
        _files.Dispose();
        _told.Dispose();
    }

    private static PartitionedRateLimiter<string> Limiter(int permits) => PartitionedRateLimiter.Create<string, string>(
        key => RateLimitPartition.GetFixedWindowLimiter(key, _ => new FixedWindowRateLimiterOptions { PermitLimit = permits, Window = TimeSpan.FromMinutes(1) }));
}
