using OnBehalf.Data;
using OnBehalf.Kernel;
using OnBehalf.Modules.Settings;

namespace OnBehalf.Modules.Privacy;

/// <summary>What is kept by one setting, and how much of it would go now.</summary>
/// <param name="Days">0: kept for good.</param>
/// <param name="Count">At most one more than <see cref="AgingRows.MostCounted"/>.</param>
public sealed record RetentionLine(string Title, string Setting, int Days, long Count);

/// <summary>
/// Nobody's data for longer than it is needed: each night what is older than its setting says goes, in batches that somebody else's work fits between, and each batch
/// leaves a fact with its count. What a legal hold protects stays.
/// </summary>
public sealed partial class Retention
{
    /// <summary>So many people a night at most; the next night goes on.</summary>
    public const int MostPeople = 200;

    /// <summary>A month of which the log may still be writing, and one more.</summary>
    private const int FewestDaysOfMonths = 62;

    private static readonly Caller Self = Caller.Machine("retention");

    private readonly Database _database;
    private readonly IReadOnlyList<AgingRows> _kinds;
    private readonly ShopSettings _settings;
    private readonly Erasures _erasures;
    private readonly PrivacyQueries _privacy;
    private readonly TimeProvider _clock;
    private readonly ILogger<Retention> _log;

    public Retention(Database database, IEnumerable<AgingRows> kinds, ShopSettings settings, Erasures erasures, PrivacyQueries privacy, TimeProvider clock, ILogger<Retention> log) =>
        (_database, _kinds, _settings, _erasures, _privacy, _clock, _log) = (database, [.. kinds], settings, erasures, privacy, clock, log);

    /// <summary>Removes all that is old enough; returns how many rows went or were emptied, and how many people were erased.</summary>
    public async Task<RetentionRan> Run(CancellationToken cancel)
    {
        var rows = 0L;
        foreach (var kind in _kinds)
        {
            rows += await Batches(kind.What, SettingOf(kind), kind.Run, AgingRows.Batch, cancel);
        }

        rows += await Batches("nobodys-values", ShopSettings.KeepUnknownDays, static (tx, before) => PersonKeys.EraseMonths(tx, before, 1), atLeast: 1, cancel);
        await NoteClosed(cancel);
        var people = await Erase("buyer", ShopSettings.KeepClosedDays, MostPeople, cancel);
        people += await Erase("staff", ShopSettings.KeepStaffDays, MostPeople - people, cancel);
        var ran = new RetentionRan(rows, people);
        await _database.Record(Self, ran, cancel);
        return ran;
    }

    /// <summary>What would go if it ran now.</summary>
    public async Task<IReadOnlyList<RetentionLine>> Preview(CancellationToken cancel)
    {
        var now = _clock.GetUtcNow();
        var lines = new List<(string Title, Setting Setting, int Days, string Count)>();
        foreach (var kind in _kinds)
        {
            lines.Add((kind.Title, SettingOf(kind), await Days(SettingOf(kind), cancel), kind.CountSql("{" + lines.Count + "}")));
        }

        foreach (var (title, setting, sql) in PrivacyQueries.AgedSql)
        {
            lines.Add((title, setting, await Days(setting, cancel), sql("{" + lines.Count + "}")));
        }

        var counts = await _privacy.Counts([.. lines.Select(line => line.Count)], [.. lines.Select(line => now.AddDays(-line.Days))], cancel);
        return
        [
            .. lines.Select((line, index) => (line, Count: line.Days == 0 ? 0 : counts[index]))
                .GroupBy(pair => pair.line.Setting)
                .Select(group => new RetentionLine(group.First().line.Title, group.Key.Name, group.First().line.Days, group.Sum(pair => pair.Count))),
        ];
    }

    private static Setting SettingOf(AgingRows kind) => ShopSettings.All.Single(setting => setting.Name == kind.Setting);

    private async ValueTask<int> Days(Setting setting, CancellationToken cancel) => Days(setting, await _settings.Number(setting, cancel));

    private static int Days(Setting setting, int days) => days > 0 && setting == ShopSettings.KeepUnknownDays ? Math.Max(days, FewestDaysOfMonths) : days;

    private async Task<long> Batches(Code what, Setting setting, Func<Tx, DateTimeOffset, Task<int>> prune, int atLeast, CancellationToken cancel)
    {
        var (all, pruned) = (0L, atLeast);
        for (; pruned >= atLeast; all += pruned)
        {
            pruned = (await _database.Write<int>(
                Self,
                async tx =>
                {
                    if (Days(setting, await _settings.Number(tx.Db, setting, tx.Cancel)) is not (> 0 and var days))
                    {
                        return 0;
                    }

                    var before = tx.Now.AddDays(-days);
                    var count = await prune(tx, before);
                    if (count > 0)
                    {
                        tx.Add(new AgedRowsPruned(what, count, before));
                    }

                    return count;
                },
                cancel)).Value;
        }

        return all;
    }

    // From now on their time counts, however they came to be closed: by an import, say, that is taken back tomorrow.
    private async Task NoteClosed(CancellationToken cancel)
    {
        for (var noted = AgingRows.Batch; noted == AgingRows.Batch;)
        {
            noted = (await _database.Write<int>(Self, async tx => (await tx.Db.Rows<int>(PrivacyQueries.NoteClosedSql, tx.Now, AgingRows.Batch).ToListAsync(tx.Cancel)).Count, cancel)).Value;
        }

        await _database.Write<int>(Self, async tx => (await tx.Db.Rows<int>(PrivacyQueries.ForgetOpenSql).ToListAsync(tx.Cancel)).Count, cancel);
    }

    private async Task<int> Erase(string kind, Setting setting, int most, CancellationToken cancel)
    {
        if (await Days(setting, cancel) is not (> 0 and var days))
        {
            return 0;
        }

        var (erased, before) = (0, _clock.GetUtcNow().AddDays(-days));
        foreach (var id in await _privacy.Aged(kind, before, most, cancel))
        {
            try
            {
                // What hinders it, such as an order that waits, is looked at again tomorrow.
                erased += (await _erasures.EraseClosed(Self, new KeyOwner(id, kind), before, cancel)).IsRefused ? 0 : 1;
            }
            catch (Exception error) when (!cancel.IsCancellationRequested)
            {
                // The others do not wait for him, and the night is written down.
                LogNotErased(_log, error, kind, id);
            }
        }

        return erased;
    }

    [LoggerMessage(LogLevel.Error, "The {Kind} {Id}, whose account was closed long enough, could not be erased; trying again the next night.")]
    private static partial void LogNotErased(ILogger log, Exception error, string kind, Guid id);
}

/// <summary>Runs it once a night by the clock of the shop; after two days without one whenever it can.</summary>
internal sealed partial class RetentionWorker(Retention retention, PrivacyQueries privacy, ShopSettings settings, Jobs jobs, TimeProvider clock, ILogger<RetentionWorker> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromHours(1);

    internal static readonly Job Job = new("retention", "Forgetting what was kept long enough", Pause);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, clock);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await timer.WaitForNextTickAsync(stoppingToken);
                await jobs.Run(Job, () => RunIfDue(stoppingToken), stoppingToken);
            }
            catch (Exception) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error)
            {
                LogFailed(log, error);
            }
        }
    }

    private async Task RunIfDue(CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        if (IsDue(await privacy.RanAt(cancel), now, TimeZoneInfo.ConvertTime(now, await settings.TimeZone(cancel)).Hour))
        {
            await retention.Run(cancel);
        }
    }

    /// <param name="hour">Of the shop's clock.</param>
    internal static bool IsDue(DateTimeOffset? ranAt, DateTimeOffset now, int hour) =>
        ranAt is not { } last || now - last > TimeSpan.FromDays(2) || (hour is >= 1 and < 5 && now - last > TimeSpan.FromHours(12));

    [LoggerMessage(LogLevel.Warning, "What was kept long enough could not be removed; trying again in an hour.")]
    private static partial void LogFailed(ILogger log, Exception error);
}
