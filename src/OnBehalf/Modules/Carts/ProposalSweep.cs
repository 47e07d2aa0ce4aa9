using OnBehalf.Data;

namespace OnBehalf.Modules.Carts;

/// <summary>Once an hour: closes proposals that nobody answered in time. Several nodes may do it at once: who comes second finds them closed.</summary>
public sealed partial class ProposalSweep(Proposals proposals, Jobs jobs, TimeProvider clock, ILogger<ProposalSweep> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromHours(1);

    internal static readonly Job Job = new("proposals", "Closing proposals for carts that nobody answered", Pause);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, clock);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await timer.WaitForNextTickAsync(stoppingToken);
                await jobs.Run(Job, () => proposals.Expire(stoppingToken), stoppingToken);
            }
            catch (Exception) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error)
            {
                // The next hour tries again; one that is late is not taken anyway.
                LogFailed(log, error);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "Proposals that nobody answered could not be closed; trying again in an hour.")]
    private static partial void LogFailed(ILogger log, Exception why);
}
