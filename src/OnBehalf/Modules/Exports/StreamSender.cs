using Microsoft.EntityFrameworkCore;
using OnBehalf.Data;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Exports;

/// <summary>
/// Sends what the log has and a receiver has not, in the order of the leaves. The cursor moves when a batch was acknowledged and never before, and only from where
/// it was read: what arrives twice after a crash has the same indexes, and none is left out.
/// </summary>
public sealed partial class StreamSender(Database database, RecordQueries records, Streams streams, StreamDelivery delivery, ILogger<StreamSender> log)
{
    /// <summary>A batch has at most so many records, and about so many bytes.</summary>
    public const int MostRecords = 500;
    public const int MostBytes = 1_000_000;

    /// <summary>The wait after each failed attempt; the last one counts for ever: nothing is given up.</summary>
    public static readonly IReadOnlyList<TimeSpan> Waits =
        [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(15), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5)];

    private static readonly Caller Self = Caller.Machine("audit-stream");

    /// <summary>Sends batch after batch until the receiver has all, or one does not arrive.</summary>
    public async Task Drain(Guid id, CancellationToken cancel)
    {
        while (await Next(id, cancel))
        {
            cancel.ThrowIfCancellationRequested();
        }
    }

    private async Task<bool> Next(Guid id, CancellationToken cancel)
    {
        AuditStreamRow? row;
        await using (var db = database.Read())
        {
            row = await db.Set<AuditStreamRow>().SingleOrDefaultAsync(stream => stream.Id == id && stream.IsOn, cancel);
        }

        // What no checkpoint covers may still become another entry, after a restore say; elsewhere it could not be taken back.
        if (row is null || await records.Signed(cancel) - row.NextIndex is not (> 0 and var signed)
            || await records.Leaves(row.NextIndex, (int)Math.Min(MostRecords, signed), MostBytes, cancel) is not { Count: > 0 } next)
        {
            return false;
        }

        if (next[0].Index != row.NextIndex)
        {
            // Pruned before it was sent, perhaps; to go on as if nothing were missing would be a lie.
            await Failed(row, $"The log has no entry {row.NextIndex} any more; the next one is {next[0].Index}. Remove the stream and add it anew, from the beginning: it goes on there.");
            return false;
        }

        try
        {
            await delivery.Send(streams.Receiver(row), Streams.Batch(row, await records.Origin(cancel), next), cancel);
        }
        catch (StreamException error)
        {
            LogFailed(log, row.Name, error.Message);
            await Failed(row, error.Message);
            return false;
        }

        return await Moved(row, next[^1].Index + 1);
    }

    // What was acknowledged is written down even while the process is being stopped. Whoever else has sent meanwhile has moved it, and then it stays.
    private async Task<bool> Moved(AuditStreamRow before, long to) => (await database.Write<bool>(
        Self,
        async tx =>
        {
            var row = await tx.Db.Set<AuditStreamRow>().SingleOrDefaultAsync(stream => stream.Id == before.Id, tx.Cancel);
            if (row is null || row.NextIndex != before.NextIndex)
            {
                return false;
            }

            (row.NextIndex, row.SentAt, row.Failures, row.LastError, row.NextAttemptAt) = (to, tx.Now, 0, null, tx.Now);
            return true;
        },
        CancellationToken.None)).Value;

    private Task<Outcome<Done>> Failed(AuditStreamRow before, string why) => database.Write<Done>(
        Self,
        async tx =>
        {
            if (await tx.Db.Set<AuditStreamRow>().SingleOrDefaultAsync(stream => stream.Id == before.Id, tx.Cancel) is { } row && row.NextIndex == before.NextIndex)
            {
                row.NextAttemptAt = tx.Now + Waits[Math.Min(row.Failures, Waits.Count - 1)];
                (row.Failures, row.LastError) = (row.Failures + 1, why);
            }

            return Done.It;
        },
        CancellationToken.None);

    [LoggerMessage(LogLevel.Warning, "The audit log could not be sent to the stream {Name}: {Why} It is tried again.")]
    private static partial void LogFailed(ILogger log, string name, string why);
}
