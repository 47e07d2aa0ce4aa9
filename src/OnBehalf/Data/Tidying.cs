using Microsoft.EntityFrameworkCore;
using OnBehalf.Kernel;

namespace OnBehalf.Data;

/// <summary>Rows that nobody needs once they are old. Registered by the module that owns them.</summary>
/// <param name="What">In the log: `sign-ins`.</param>
/// <param name="Find">At most so many rows, tracked, that were over before the given time; the oldest first.</param>
public sealed record OldRows(Code What, Func<Tx, DateTimeOffset, int, Task<IReadOnlyList<object>>> Find)
{
    /// <summary>What was done once: a repetition that comes later than this is a new request.</summary>
    public static readonly OldRows Idempotency = new("repetitions", static async (tx, before, most) =>
        await tx.Db.Set<IdempotencyRow>().Where(row => row.CreatedAt < before).OrderBy(row => row.CreatedAt).Take(most).ToListAsync(tx.Cancel));
}

/// <summary>Old rows were removed for good.</summary>
public sealed record RowsTidied(Code What, int Count) : Fact
{
    public override string Name => "data.tidied";
}

/// <summary>
/// Once an hour: removes what was over thirty days ago, in batches, so that nobody waits long for the writer's place. Several nodes may do it at once:
/// who comes second finds the rows gone and looks again.
/// </summary>
public sealed partial class Tidying(Database database, IEnumerable<OldRows> kinds, Jobs jobs, TimeProvider clock, ILogger<Tidying> log) : BackgroundService
{
    public const int Batch = 500;

    public static readonly TimeSpan Keeps = TimeSpan.FromDays(30);

    private static readonly TimeSpan Pause = TimeSpan.FromHours(1);

    internal static readonly Job Job = new("tidying", "Removing old rows", Pause);

    private static readonly Caller Self = Caller.Machine("tidying");

    /// <summary>Removes all that is old enough; returns how many rows that were.</summary>
    public async Task<int> Run(CancellationToken cancel)
    {
        var all = 0;
        foreach (var kind in kinds)
        {
            for (var removed = Batch; removed == Batch; all += removed)
            {
                removed = (await database.Write<int>(Self, tx => Remove(tx, kind), cancel)).Value;
            }
        }

        return all;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, clock);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await timer.WaitForNextTickAsync(stoppingToken);
                await jobs.Run(Job, () => Run(stoppingToken), stoppingToken);
            }
            catch (Exception) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error)
            {
                // The next hour tries again; nothing depends on it.
                LogFailed(log, error);
            }
        }
    }

    private static async Task<Outcome<int>> Remove(Tx tx, OldRows kind)
    {
        var rows = await kind.Find(tx, tx.Now - Keeps, Batch);
        if (rows.Count > 0)
        {
            tx.Db.RemoveRange(rows);
            tx.Add(new RowsTidied(kind.What, rows.Count));
        }

        return rows.Count;
    }

    [LoggerMessage(LogLevel.Warning, "Old rows could not be removed; trying again in an hour.")]
    private static partial void LogFailed(ILogger log, Exception error);
}
