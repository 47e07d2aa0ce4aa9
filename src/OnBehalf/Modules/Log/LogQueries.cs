using System.Globalization;
using System.Text.Json;
using OnBehalf.Data;
using OnBehalf.Transparency;

namespace OnBehalf.Modules.Log;

/// <summary>How the log is, by the database's clock.</summary>
/// <param name="LagSeconds">How long the oldest event waits that no published checkpoint covers; 0 when there is none.</param>
/// <param name="Trouble">Why nothing is signed any more; null when all is well.</param>
/// <param name="UnwitnessedSeconds">How long the oldest checkpoint waits for its witnesses; 0 without a policy that wants them, and when none waits.</param>
public sealed record LogState(string Origin, long Size, long Published, int LagSeconds, string? Trouble, string? TroubleCode = null, int UnwitnessedSeconds = 0, DateTimeOffset? KeptSince = null)
{
    /// <summary>Seconds of lag over which nobody begins to act for a customer.</summary>
    public const int Most = 60;

    /// <summary>Seconds without enough witnesses over which the same holds. They stand with others, who have a day to bring theirs up again.</summary>
    public const int MostUnwitnessed = 86_400;

    public bool IsRed => Trouble is not null || LagSeconds > Most || UnwitnessedSeconds > MostUnwitnessed;

    /// <summary>"Signed, 1,234 entries, 0 s behind"</summary>
    public string Short => Say($"{(Trouble is not null ? Say("Stands still") : LagSeconds > Most ? Say("Behind") : UnwitnessedSeconds > MostUnwitnessed ? Say("Unwitnessed") : Published == 0 ? Say("Not begun") : Say("Signed"))}, {Published:N0} entries, {LagSeconds} s behind");

    /// <summary>What an administrator has to know when it is red.</summary>
    public string Words => Trouble is { } trouble ? Say($"The audit log stands still. {trouble} Nobody can begin to act for a customer meanwhile; the shop goes on.")
        : LagSeconds <= Most ? Say($"The audit log was not cosigned by as many witnesses as its policy wants for {UnwitnessedSeconds / 3600} hours. Nobody can begin to act for a customer meanwhile; the shop goes on. Do the witnesses answer?")
        : Say($"The audit log is {LagSeconds} seconds behind. Nobody can begin to act for a customer before it has caught up; the shop goes on. Does a node lead it, and can it write to its folders?");
}

/// <summary>A signed checkpoint.</summary>
public sealed record StoredCheckpoint(string Origin, long Size, string Note, bool IsWitnessed);

/// <summary>The last signed checkpoint, and who has cosigned it or one shortly before.</summary>
public sealed record SignedHead(string Origin, long Size, DateTimeOffset At, long WitnessedSize, IReadOnlyList<string> Witnesses);

/// <summary>From where and up to where the log is published.</summary>
/// <param name="Pruned">The first entry that is kept.</param>
/// <param name="KeptSince">Older entries are gone; null when none are.</param>
public sealed record LogExtent(string Origin, long Published, long Pruned, long Emptied, DateTimeOffset? KeptSince);

/// <summary>The place of an event in the log.</summary>
public sealed record LogLeaf(long Index, byte[] Hash, string Entry);

/// <summary>Reads the log.</summary>
public sealed class LogQueries(Database database, LogFiles files)
{
    // The newest that has its witnesses is preferred while it is this close: asking them takes a moment.
    private const int Close = 20;

    private static readonly string Newest = $"""
        select c.origin as "Origin", c.size as "Size", c.note as "Note", c.is_witnessed as "IsWitnessed"
        from audit_checkpoint c join audit_tree t on t.origin = c.origin order by c.size desc limit {Close}
        """;

    /// <summary>The checkpoint that everybody is shown.</summary>
    internal const string Shown = """
        select c.origin as "Origin", c.size as "Size", c.note as "Note", c.is_witnessed as "IsWitnessed" from audit_tree t join audit_checkpoint c on c.origin = t.origin and c.size = t.shown
        """;

    private readonly string _state = $"""
        select t.origin as "Origin", t.size as "Size", t.published as "Published", t.trouble as "Trouble", t.trouble_code as "TroubleCode", t.kept_since as "KeptSince",
            coalesce((select {database.SecondsSince("c.at")} from audit_checkpoint c where {(files.Policy is null ? "false" : "c.origin = t.origin")}
                and c.size > coalesce((select w.size from audit_checkpoint w where w.origin = t.origin and w.is_witnessed order by w.size desc limit 1), 0) order by c.size limit 1), 0) as "UnwitnessedSeconds",
            coalesce((select max(w.lag) from (
                select {database.SecondsSince("p.at")} as lag from (select e.at from audit_pending q join audit_event e on e.seq = q.seq order by q.seq limit 1) p
                union all
                select {database.SecondsSince("u.at")} from (select e.at from audit_leaf l join audit_event e on e.id = l.event_id where l.leaf_index = t.published) u) w), 0) as "LagSeconds"
        from audit_tree t
        """;

    public async Task<LogState> State(CancellationToken cancel)
    {
        await using var db = database.Read();
        return (await db.Rows<LogState>(_state).ToListAsync(cancel))[0];
    }

    /// <summary>The size of the largest checkpoint of this log that the database holds; 0 without one.</summary>
    public async Task<long> MostSigned(string origin, CancellationToken cancel)
    {
        await using var db = database.Read();
        return (await db.Rows<long>("select coalesce(max(size), 0) as \"Value\" from audit_checkpoint where origin = {0}", origin).ToListAsync(cancel))[0];
    }

    /// <summary>Checkpoints of this name up to a size, the newest first.</summary>
    public async Task<IReadOnlyList<StoredCheckpoint>> Checkpoints(string origin, long upTo, CancellationToken cancel)
    {
        await using var db = database.Read();
        const string Sql = """
            select origin as "Origin", size as "Size", note as "Note", is_witnessed as "IsWitnessed" from audit_checkpoint where origin = {0} and size <= {1} order by size desc limit 200
            """;
        return await db.Rows<StoredCheckpoint>(Sql, origin, upTo).ToListAsync(cancel);
    }

    /// <summary>How far the log may be let go of: entries older than this time, by whole bundles, and none from the first on that a legal hold keeps.</summary>
    public async Task<PruneReach> Reach(DateTimeOffset before, CancellationToken cancel)
    {
        await using var db = database.Read();
        var first = (await db.Rows<long>(
            """
            select coalesce((select l.leaf_index from audit_leaf l join audit_event e on e.id = l.event_id, audit_tree t
                where l.leaf_index >= t.emptied and e.at >= {0} order by l.leaf_index limit 1), (select published from audit_tree)) as "Value"
            """, before).ToListAsync(cancel))[0];
        var held = (await db.Rows<long>(
            """
            with held as (
                select k.ref from person_key k join legal_hold h on h.lifted_at is null and (k.person_id = h.buyer_id or k.person_id = h.staff_id
                    or k.person_id in (select m.id from membership m where m.buyer_id = h.buyer_id)))
            select l.leaf_index as "Value" from audit_leaf l join audit_event e on e.id = l.event_id, audit_tree t
            where l.leaf_index >= t.emptied and l.leaf_index < {0} and (e.operator_staff_ref in (select ref from held) or e.operator_buyer_ref in (select ref from held)
                or e.buyer_ref in (select ref from held) or exists (select 1 from audit_private p where p.event_id = e.id and p.key_ref in (select ref from held)))
            order by l.leaf_index limit 1
            """, first).ToListAsync(cancel)) is [var index] ? index : (long?)null;
        return new PruneReach((held ?? first) / TileCoordinate.FullWidth * TileCoordinate.FullWidth, held);
    }

    /// <summary>What a signed entry has said last about how far the log is kept; null when none did.</summary>
    public async Task<string?> AnnouncedEntry(CancellationToken cancel)
    {
        await using var db = database.Read();
        const string Sql = """
            select e.entry as "Value" from audit_event e join audit_leaf l on l.event_id = e.id, audit_tree t where e.name = 'log.pruned' and l.leaf_index < t.published order by e.seq desc limit 1
            """;
        return await db.Rows<string>(Sql).ToListAsync(cancel) is [var entry] ? entry : null;
    }

    /// <summary>From which entry on the log is kept, by what it said itself, signed or not; 0 when it said nothing.</summary>
    public async Task<long> Announced(CancellationToken cancel)
    {
        await using var db = database.Read();
        if (await db.Rows<string>("select entry as \"Value\" from audit_event where name = 'log.pruned' order by seq desc limit 1").ToListAsync(cancel) is not [var entry])
        {
            return 0;
        }

        using var json = JsonDocument.Parse(entry);
        return json.RootElement.GetProperty("first").GetInt64();
    }

    /// <summary>Keys of nodes that only entries before this one name, and that count.</summary>
    public async Task<IReadOnlyList<string>> NodeKeysBefore(long first, CancellationToken cancel)
    {
        await using var db = database.Read();
        const string Sql = """
            select e.entry as "Entry", coalesce(l.leaf_index, {0}) as "Index" from audit_event e left join audit_leaf l on l.event_id = e.id where e.name = 'log.node-key-added'
            """;
        var named = (await db.Rows<NamedKey>(Sql, first).ToListAsync(cancel)).ConvertAll(row => (Key: Field(row.Entry, Receipt.KeyField), row.Index));
        var revoked = await RevokedKeys(cancel);
        return [.. named.GroupBy(row => row.Key).Where(key => key.All(row => row.Index < first) && !revoked.Contains(key.Key)).Select(key => key.Key)];
    }

    public async Task<IReadOnlyList<string>> RevokedKeys(CancellationToken cancel)
    {
        await using var db = database.Read();
        return (await db.Rows<string>("select entry as \"Value\" from audit_event where name = 'log.node-key-revoked'").ToListAsync(cancel)).ConvertAll(entry => Field(entry, "revoked-key"));
    }

    /// <summary>The checkpoint that is shown to everybody; null before the first one.</summary>
    public async Task<StoredCheckpoint?> Checkpoint(CancellationToken cancel)
    {
        await using var db = database.Read();
        return (await db.Rows<StoredCheckpoint>(Shown).ToListAsync(cancel)).FirstOrDefault();
    }

    /// <summary>What is signed, for people to read; null before the first checkpoint.</summary>
    public async Task<SignedHead?> Head(CancellationToken cancel)
    {
        await using var db = database.Read();
        const string Sql = """
            select c.origin as "Origin", c.size as "Size", c.at as "At", c.note as "Note", c.is_witnessed as "IsWitnessed"
            from audit_checkpoint c join audit_tree t on t.origin = c.origin order by c.size desc limit 20
            """;
        var newest = await db.Rows<HeadRow>(Sql).ToListAsync(cancel);
        if (newest is not [var last, ..])
        {
            return null;
        }

        var witnessed = newest.Find(head => head.IsWitnessed);
        var names = witnessed is not null && SignedNote.TryParse(witnessed.Note, out var note) ? note!.Signatures.Select(signature => signature.Name).Where(name => name != witnessed.Origin).Distinct() : [];
        return new SignedHead(last.Origin, last.Size, last.At, witnessed?.Size ?? 0, [.. names]);
    }

    /// <summary>The newest checkpoint that covers this leaf, with its witnesses if one has them.</summary>
    public async Task<StoredCheckpoint?> CheckpointOver(long index, CancellationToken cancel)
    {
        await using var db = database.Read();
        var newest = (await db.Rows<StoredCheckpoint>(Newest).ToListAsync(cancel)).FindAll(checkpoint => checkpoint.Size > index);
        return newest.Find(checkpoint => checkpoint.IsWitnessed) ?? newest.FirstOrDefault();
    }

    /// <summary>How the log is called, and up to where it is published.</summary>
    public async Task<LogExtent> Extent(CancellationToken cancel)
    {
        await using var db = database.Read();
        return (await db.Rows<LogExtent>("select origin as \"Origin\", published as \"Published\", pruned as \"Pruned\", emptied as \"Emptied\", kept_since as \"KeptSince\" from audit_tree").ToListAsync(cancel))[0];
    }

    /// <summary>The public keys that the log has had, and those that its nodes sign receipts with: `log KEY` and `node KEY`, oldest first.</summary>
    public async Task<IReadOnlyList<string>> Keys(CancellationToken cancel)
    {
        await using var db = database.Read();
        const string Sql = "select entry as \"Value\" from audit_event where name in ('log.began', 'log.resumed', 'log.pruned', 'log.node-key-added') order by seq";
        var keys = new List<string>();
        foreach (var entry in await db.Rows<string>(Sql).ToListAsync(cancel))
        {
            using var json = JsonDocument.Parse(entry);
            keys.Add(json.RootElement.TryGetProperty(Receipt.KeyField, out var node) ? $"node {node}" : $"log {json.RootElement.GetProperty("key")}");
        }

        return [.. keys.Distinct()];
    }

    /// <summary>The keys of nodes: all that were ever named, or those that a signed checkpoint covers.</summary>
    public async Task<IReadOnlyList<string>> NodeKeys(bool isPublished, CancellationToken cancel)
    {
        await using var db = database.Read();
        var covered = isPublished ? "and exists (select 1 from audit_leaf l, audit_tree t where l.event_id = e.id and l.leaf_index < t.published)" : "";
        var entries = await db.Rows<string>($"select e.entry as \"Value\" from audit_event e where e.name = 'log.node-key-added' {covered}").ToListAsync(cancel);
        return entries.ConvertAll(entry =>
        {
            using var json = JsonDocument.Parse(entry);
            return json.RootElement.GetProperty(Receipt.KeyField).GetString()!;
        });
    }

    /// <summary>An event waits for its leaf.</summary>
    public async Task<bool> IsPending(Guid id, CancellationToken cancel)
    {
        await using var db = database.Read();
        return await db.Rows<int>("select 1 as \"Value\" from audit_pending p join audit_event e on e.seq = p.seq where e.id = {0}", id).ToListAsync(cancel) is [_];
    }

    /// <summary>The leaf of an event; null while it waits. Its entry is empty when that is not kept any more.</summary>
    public async Task<LogLeaf?> Leaf(Guid id, CancellationToken cancel)
    {
        await using var db = database.Read();
        const string Sql = """
            select l.leaf_index as "Index", l.leaf_hash as "Hash", e.entry as "Entry" from audit_leaf l join audit_event e on e.id = l.event_id where l.event_id = {0}
            """;
        return await db.Rows<LogLeaf>(Sql, id).ToListAsync(cancel) is [var leaf] ? leaf : null;
    }

    private sealed record HeadRow(string Origin, long Size, DateTimeOffset At, string Note, bool IsWitnessed);

    private static string Field(string entry, string name)
    {
        using var json = JsonDocument.Parse(entry);
        return json.RootElement.GetProperty(name).GetString()!;
    }

    private sealed record NamedKey(string Entry, long Index);
}
