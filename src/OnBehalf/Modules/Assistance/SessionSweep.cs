using Microsoft.EntityFrameworkCore;
using OnBehalf.Data;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Assistance;

/// <summary>Once a minute: writes down the ends of sessions that ran out with nobody watching, and forgets starts that never arrived. One node does it at a time.</summary>
public sealed class SessionSweep(Database database, ILogger<SessionSweep> log, Jobs jobs, TimeProvider clock) : BackgroundService
{
    private const long SweepLock = 5_823_640_917_265_103L;

    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Forgotten = TimeSpan.FromMinutes(10);

    internal static readonly Job Job = new("sessions", "Ending sessions that ran out", Pause);

    private static readonly Caller Clock = Caller.Machine("sessions");

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, clock);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await timer.WaitForNextTickAsync(stoppingToken);
                await jobs.Run(Job, () => Sweep(stoppingToken), stoppingToken);
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

    /// <summary>Records the ends of sessions that have run out; returns how many. Authority does not wait for this: a dead session is refused anyway.</summary>
    public async Task<int> Sweep(CancellationToken cancel = default)
    {
        var hasRunOut = $"({database.SecondsSince("a.last_seen_at")} >= s.idle_seconds or s.hard_ends_at <= {database.Now} or not ({Identity.SignInQueries.Alive(database, "i")}))";
        var outcome = await database.Write<int>(
            Clock,
            async tx =>
            {
                if (tx.Database.Kind == DatabaseKind.Postgres && !await IsOnlySweeper(tx))
                {
                    return 0;
                }

                var running = await RunningSessions.Find(tx.Database, tx.Db, $"{hasRunOut} and s.id <> {{0}}", Guid.Empty, tx.Cancel);
                foreach (var session in running)
                {
                    await SessionEnds.EndLocked(tx, "s.id = {0}", session.Id, cause: null);
                }

                return running.Count;
            },
            cancel);
        await EndAccess(cancel);
        await Forget(cancel);
        return outcome.Value;
    }

    // By itself: whatever goes wrong with a session must not leave anybody the customers that were lent to him.
    private Task<Outcome<Done>> EndAccess(CancellationToken cancel) => database.Write<Done>(
        Clock,
        async tx =>
        {
            if (tx.Database.Kind == DatabaseKind.Postgres && !await IsOnlySweeper(tx))
            {
                return Done.It;
            }

            foreach (var (staff, company) in await Companies.Assignments.EndOver(tx))
            {
                tx.Add(new AccessEnded(staff, company, "time"));
            }

            return Done.It;
        },
        cancel);

    // What was on its way to the other host, or wished, and never arrived: it counted for a minute, and holds why somebody wanted to act.
    private Task<Outcome<Done>> Forget(CancellationToken cancel) => database.Write<Done>(
        Clock,
        async tx =>
        {
            var over = tx.Now - Forgotten;
            tx.Db.RemoveRange(await tx.Db.Set<AssistHandOverRow>().Where(row => row.MadeAt < over).Take(1_000).ToListAsync(tx.Cancel));
            tx.Db.RemoveRange(await tx.Db.Set<AssistSwitchRow>().Where(row => row.MadeAt < over).Take(1_000).ToListAsync(tx.Cancel));
            return Done.It;
        },
        cancel);

    private static async Task<bool> IsOnlySweeper(Tx tx) =>
        (await tx.Db.Rows<bool>("select pg_try_advisory_xact_lock({0}) as \"Value\"", SweepLock).ToListAsync(tx.Cancel))[0];
}

internal static partial class SweepLog
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "The ends of sessions that ran out could not be recorded; trying again in a minute.")]
    public static partial void Failed(ILogger log, Exception error);
}
