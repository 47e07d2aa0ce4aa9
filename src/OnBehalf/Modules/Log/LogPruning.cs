using System.Globalization;
using System.Text.Json;
using OnBehalf.Data;
using OnBehalf.Kernel;
using OnBehalf.Modules.Settings;
using OnBehalf.Transparency;

namespace OnBehalf.Modules.Log;

/// <summary>How far the log is kept: entries from <paramref name="First"/> on, which is no later than what was asked for.</summary>
/// <param name="HeldAt">The entry at which a legal hold keeps it from going further; null when none does.</param>
public sealed record PruneReach(long First, long? HeldAt);

/// <summary>
/// Lets go of old entries and keeps every hash: what is kept is proved as before, and so is that it continues every earlier checkpoint. First the log says in an
/// entry of its own from which one on it is kept; only when that is signed, events, personal values and bundles go. Whatever breaks off is finished the next time.
/// </summary>
internal sealed class LogPruning(Database database, LogPlace place, LogSigner signer, LogQueries log, LogTiles tiles, ShopSettings settings, TimeProvider clock)
{
    private const int Batch = 4096;

    private const string Shell = """
        update audit_event set name = '', outcome = '', entry = '', operator_staff_ref = null, operator_buyer_ref = null, actor_part = null, buyer_ref = null, company_id = null,
            session_id = null, order_id = null, about = null, session_mode = null, reason_code = null, ticket_ref = null
        where id in (select event_id from audit_leaf where leaf_index >= @from and leaf_index < @to)
        """;

    private long _filesUpTo;

    /// <summary>Writes into the log that entries from before this time are not kept any more. They go with <see cref="Apply"/>, when that is signed.</summary>
    /// <param name="by">Who decided it; null when the setting did.</param>
    public async Task<Outcome<PruneReach>> Announce(DateTimeOffset before, string? by, CancellationToken cancel)
    {
        var state = await log.State(cancel);
        if (state.Trouble is not null || !signer.HasKey)
        {
            return LogRefusals.NoPruningNow;
        }

        var (extent, reach) = (await log.Extent(cancel), await log.Reach(before, cancel));
        if (reach.First <= Math.Max(extent.Pruned, await log.Announced(cancel)))
        {
            return reach.HeldAt is { } held ? LogRefusals.Held(held) : LogRefusals.NothingToPrune;
        }

        foreach (var node in await log.NodeKeysBefore(reach.First, cancel))
        {
            // The entry that names it goes, and its receipts must be believed all the same.
            await database.Record(Caller.Machine("log"), new NodeKeyAdded(node), cancel);
        }

        var key = signer.Verifier;
        await database.Record(Caller.Machine("log"), new LogPruned(key.Name, key.ToString(), reach.First, before, by), cancel);
        return reach;
    }

    /// <summary>Removes what the log has said, under a signed checkpoint, that it does not keep; returns how many entries that were.</summary>
    public async Task<long> Apply(CancellationToken cancel)
    {
        if (await log.AnnouncedEntry(cancel) is { } entry)
        {
            using var json = JsonDocument.Parse(entry);
            var (first, before) = (json.RootElement.GetProperty("first").GetInt64(), json.RootElement.GetProperty("before").GetDateTimeOffset());
            // A hold that came meanwhile counts.
            first = Math.Min(first, (await log.Reach(before, cancel)).First);
            await using var work = await place.Open(cancel);
            using (await database.WriterGate(cancel))
            {
                await work.Run("update audit_tree set pruned = @first, kept_since = @before where pruned < @first", cancel, ("first", first), ("before", before.ToUniversalTime()));
            }
        }

        var extent = await log.Extent(cancel);
        var removed = await Empty(extent, cancel);
        RemoveFiles(extent);
        return removed;
    }

    /// <summary>What the setting asks for.</summary>
    public async Task Run(CancellationToken cancel)
    {
        if (int.TryParse(await settings.Get(ShopSettings.AuditYears, cancel), NumberStyles.None, CultureInfo.InvariantCulture, out var years) && years > 0)
        {
            await Announce(clock.GetUtcNow().AddYears(-years), null, cancel);
        }

        await Apply(cancel);
    }

    private async Task<long> Empty(LogExtent extent, CancellationToken cancel)
    {
        if (extent.Emptied >= extent.Pruned)
        {
            return 0;
        }

        await using var work = await place.Open(cancel);
        for (var from = extent.Emptied; from < extent.Pruned; from += Batch)
        {
            var to = Math.Min(from + Batch, extent.Pruned);
            using var gate = await database.WriterGate(cancel);
            await work.Begin(writes: true, cancel);
            try
            {
                await work.Run("delete from audit_private where event_id in (select event_id from audit_leaf where leaf_index >= @from and leaf_index < @to)", cancel, ("from", from), ("to", to));
                await work.Run(Shell, cancel, ("from", from), ("to", to));
                await work.Run("update audit_tree set emptied = @to", cancel, ("to", to));
                await work.Commit(cancel);
            }
            catch
            {
                await work.RollBack();
                throw;
            }
        }

        return extent.Pruned - extent.Emptied;
    }

    // Each node has files of its own.
    private void RemoveFiles(LogExtent extent)
    {
        var folder = tiles.Folder(extent.Origin);
        for (; _filesUpTo < extent.Pruned; _filesUpTo += TileCoordinate.FullWidth)
        {
            File.Delete(folder.PathOf(new TileCoordinate(TileCoordinate.Entries, _filesUpTo / TileCoordinate.FullWidth, TileCoordinate.FullWidth)));
        }
    }
}

/// <summary>Looks once an hour whether entries are older than the shop keeps them, on nodes that may lead.</summary>
internal sealed partial class LogPruningWorker(LogPruning pruning, IConfiguration configuration, Jobs jobs, TimeProvider clock, ILogger<LogPruningWorker> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromHours(1);

    internal static readonly Job Job = new("pruning", "Removing old entries of the audit log", Pause) { IsOfTheLog = true };

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!configuration.GetValue("Log:Run", true))
        {
            return;
        }

        using var timer = new PeriodicTimer(Pause, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                try
                {
                    await jobs.Run(Job, () => pruning.Run(stoppingToken), stoppingToken);
                }
                catch (Exception error) when (!stoppingToken.IsCancellationRequested)
                {
                    LogTrouble(log, error.GetType().Name, error.Message);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The server stops.
        }
    }

    [LoggerMessage(LogLevel.Warning, "Old entries of the audit log could not be removed: {Error}: {Why}")]
    private static partial void LogTrouble(ILogger log, string error, string why);
}
