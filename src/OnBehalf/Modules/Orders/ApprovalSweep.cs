using OnBehalf.Data;

namespace OnBehalf.Modules.Orders;

/// <summary>Once an hour: declines orders that waited too long, and reminds of those that wait. Several nodes may do it at once: who comes second finds them decided.</summary>
public sealed partial class ApprovalSweep(OrderApprovals approvals, Jobs jobs, TimeProvider clock, ILogger<ApprovalSweep> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromHours(1);

    internal static readonly Job Job = new("approvals", "Declining orders that waited too long", Pause);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, clock);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await timer.WaitForNextTickAsync(stoppingToken);
                await jobs.Run(Job, () => approvals.Expire(stoppingToken), stoppingToken);
                await jobs.Run(Job, () => approvals.Remind(stoppingToken), stoppingToken);
            }
            catch (Exception) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error)
            {
                // The next hour tries again; an order that is late is not approved anyway.
                LogFailed(log, error);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "Orders that waited too long could not be declined; trying again in an hour.")]
    private static partial void LogFailed(ILogger log, Exception why);
}
