using OnBehalf.Data;

namespace OnBehalf.Modules.Log;

/// <summary>Rings for the sequencer of this process, when somebody waits for his proof.</summary>
public sealed class LogSignal : IDisposable
{
    private readonly SemaphoreSlim _semaphore = new(0, 1);

    public void Ask()
    {
        try
        {
            _semaphore.Release();
        }
        catch (SemaphoreFullException)
        {
            // Somebody has rung already.
        }
    }

    internal Task<bool> Wait(TimeSpan atMost, CancellationToken cancel) => _semaphore.WaitAsync(atMost, cancel);

    public void Dispose() => _semaphore.Dispose();
}

/// <summary>
/// Runs the log on the node that leads, four rounds a second; the others look now and then whether the place is free. Each has its key for receipts, also one that
/// never leads.
/// </summary>
internal sealed partial class LogWorker(LogLeader leader, NodeKey node, LogSignal signal, Jobs jobs, IConfiguration configuration, ILogger<LogWorker> log) : BackgroundService
{
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(2);

    internal static readonly Job Job = new("log", "Keeping the audit log", Look) { IsOfTheLog = true };

    private readonly bool _runs = configuration.GetValue("Log:Run", true);
    private readonly bool _gives = configuration.GetValue("Log:Receipts", true);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await leader.Leave();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var isAsked = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            var pause = Look;
            await Try(
                async () =>
                {
                    if (_runs && await jobs.Run(Job, () => leader.Round(isAsked, stoppingToken), stoppingToken))
                    {
                        pause = Beat;
                    }
                },
                stoppingToken);
            await Try(() => _gives ? node.Refresh(stoppingToken) : Task.CompletedTask, stoppingToken);

            try
            {
                isAsked = await signal.Wait(pause, stoppingToken);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task Try(Func<Task> work, CancellationToken stop)
    {
        try
        {
            await work();
        }
        catch (Exception) when (stop.IsCancellationRequested)
        {
            // The loop ends.
        }
        catch (Exception error)
        {
            // The database is away, or not yet migrated; what waits, waits in it.
            LogTrouble(log, error.GetType().Name, error.Message);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The audit log cannot be sequenced at the moment: {Error}: {Why}")]
    private static partial void LogTrouble(ILogger log, string error, string why);
}
