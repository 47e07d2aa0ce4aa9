using OnBehalf.Data;

namespace OnBehalf.Modules.Exports;

/// <summary>
/// Sends the streams, on one node at a time: the one whose connection holds the lock. Each receiver has a way of its own, so that none waits for another that does
/// not answer. Should a node lose its lock while it sends, the cursor holds the other one to the order.
/// </summary>
internal sealed partial class StreamWorker(Database database, StreamQueries queries, StreamSender sender, Jobs jobs, IConfiguration configuration, ILogger<StreamWorker> log) : BackgroundService
{
    private const long Lock = 4_118_320_775_901_266L;

    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(10);

    internal static readonly Job Job = new("streams", "Sending the audit log elsewhere", Look) { IsOfTheLog = true };

    private readonly bool _runs = configuration.GetValue("Log:Run", true);
    private readonly Dictionary<Guid, Task> _sending = [];
    private WorkConnection? _place;

    /// <summary>Begins to send to whoever has something to get and gets nothing yet.</summary>
    /// <returns>Whether this node has the place.</returns>
    internal async Task<bool> Round(CancellationToken cancel)
    {
        if (!await HasPlace(cancel))
        {
            return false;
        }

        foreach (var id in _sending.Where(pair => pair.Value.IsCompleted).Select(pair => pair.Key).ToList())
        {
            _sending.Remove(id);
        }

        foreach (var id in await queries.Due(cancel))
        {
            if (!_sending.ContainsKey(id))
            {
                _sending[id] = Task.Run(() => Send(id, cancel), CancellationToken.None);
            }
        }

        return true;
    }

    /// <summary>Comes back when all that was begun is over.</summary>
    internal Task Settle() => Task.WhenAll(_sending.Values);

    /// <summary>Gives the place to another node.</summary>
    internal async Task Leave()
    {
        await Settle();
        if (_place is { } place)
        {
            _place = null;
            try
            {
                if (place.Kind == DatabaseKind.Postgres)
                {
                    await place.Run($"select pg_advisory_unlock({Lock})", CancellationToken.None);
                }
            }
            catch (Exception gone) when (gone is System.Data.Common.DbException or InvalidOperationException or IOException)
            {
                // The connection is lost, and the lock with it.
            }

            await place.DisposeAsync();
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (_runs && !stoppingToken.IsCancellationRequested)
        {
            var pause = Look;
            try
            {
                pause = await jobs.Run(Job, () => Round(stoppingToken), stoppingToken) ? Beat : Look;
            }
            catch (Exception error) when (!stoppingToken.IsCancellationRequested)
            {
                // The database is away; the cursors lie in it.
                LogTrouble(log, error.GetType().Name);
                await Leave();
            }

            try
            {
                await Task.Delay(pause, stoppingToken);
            }
            catch (OperationCanceledException)
            {
                break;
            }
        }

        await Leave();
    }

    private async Task<bool> HasPlace(CancellationToken cancel)
    {
        if (_place is { } held)
        {
            // A lost connection has lost the lock, and throws here.
            await held.Count("select 1", cancel);
            return true;
        }

        var place = await database.OpenWork(cancel);
        try
        {
            if (place.Kind == DatabaseKind.Sqlite || await place.Count($"select case when pg_try_advisory_lock({Lock}) then 1 else 0 end", cancel) == 1)
            {
                _place = place;
                return true;
            }
        }
        catch
        {
            await place.DisposeAsync();
            throw;
        }

        await place.DisposeAsync();
        return false;
    }

    private async Task Send(Guid id, CancellationToken cancel)
    {
        try
        {
            await sender.Drain(id, cancel);
        }
        catch (Exception error) when (!cancel.IsCancellationRequested)
        {
            LogTrouble(log, error.GetType().Name);
        }
        catch (Exception)
        {
            // It is being stopped, and goes on from the cursor.
        }
    }

    [LoggerMessage(LogLevel.Warning, "Streams of the audit log cannot be sent at the moment: {Error}")]
    private static partial void LogTrouble(ILogger log, string error);
}
