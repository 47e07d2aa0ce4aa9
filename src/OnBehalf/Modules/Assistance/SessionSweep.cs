using Microsoft.EntityFrameworkCore;
using OnBehalf.Data;

namespace OnBehalf.Modules.Assistance;

/// <summary>Once a minute: writes down the ends of sessions that ran out with nobody watching. One node does it at a time.</summary>
public sealed class SessionSweep(AssistedSessions sessions, ILogger<SessionSweep> log, TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, clock);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await timer.WaitForNextTickAsync(stoppingToken);
                await sessions.Sweep(stoppingToken);
            }
            catch (Exception) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error)
            {
                // The next minute tries again; nothing depends on it.
                SweepLog.Failed(log, error);
            }
        }
    }
}

internal static partial class SweepLog
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "The ends of sessions that ran out could not be recorded; trying again in a minute.")]
    public static partial void Failed(ILogger log, Exception error);
}
