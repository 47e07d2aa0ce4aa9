using OnBehalf.Data;
using OnBehalf.Kernel;
using OnBehalf.Modules.Audit;

namespace OnBehalf.Modules.Exports;

/// <summary>Some records, and where the next ones begin.</summary>
/// <param name="LastSeq">The number of the last event; of a leaf where leaves were asked for.</param>
public sealed record RecordBatch(IReadOnlyList<AuditRecord> Records, long LastSeq, bool IsLast);

/// <summary>Reads entries that have their place in the log, so many at a time that memory stays as it is however long the log.</summary>
public sealed class RecordQueries(Database database)
{
    public const int Most = 1_000;

    private const string Columns = """
        select e.seq as "Seq", l.leaf_index as "Index", l.leaf_hash as "Hash", e.id as "Id", e.entry as "Entry", c.number as "CompanyNumber", r.number as "OrderNumber"
        """;

    private const string Named = "select origin as \"Value\" from audit_tree";

    private const string Joins = "left join company c on c.id = e.company_id left join orders r on r.id = e.order_id";

    /// <summary>The number of the newest event, with which an export ends although more happens meanwhile.</summary>
    public async Task<long> Newest(CancellationToken cancel)
    {
        await using var db = database.Read();
        return (await db.Rows<long>("select coalesce(max(seq), 0) as \"Value\" from audit_event").ToListAsync(cancel))[0];
    }

    /// <summary>The next records that fit a filter, in the order in which they were stored.</summary>
    public async Task<RecordBatch> Next(AuditFilter filter, long after, long newest, bool withPersonal, CancellationToken cancel)
    {
        var conditions = new AuditConditions();
        conditions.Add(after, "e.seq > {0}");
        conditions.Add(newest, "e.seq <= {0}");
        conditions.Add(filter);
        await using var db = database.Read();
        var rows = await db.Rows<Row>(
            $"{Columns} from audit_event e join audit_leaf l on l.event_id = e.id {Joins} {conditions.Where} order by e.seq limit {Most}", conditions.Arguments).ToListAsync(cancel);
        return new RecordBatch(await Records(db, rows, withPersonal, cancel), rows.Count == 0 ? after : rows[^1].Seq, rows.Count < Most);
    }

    /// <summary>Leaves from this one on, without a gap and without anything personal; at least one, at most so many, and then of about so many bytes. Nothing when there is none.</summary>
    public async Task<IReadOnlyList<AuditRecord>> Leaves(long from, int most, int bytes, CancellationToken cancel)
    {
        await using var db = database.Read();
        var rows = await db.Rows<Row>(
            $"{Columns} from audit_leaf l join audit_event e on e.id = l.event_id {Joins} where l.leaf_index >= {{0}} and e.name <> '' order by l.leaf_index limit {{1}}", from, most).ToListAsync(cancel);
        var (taken, size) = (0, 0L);
        while (taken < rows.Count && rows[taken].Index == rows[0].Index + taken && (taken == 0 || size + rows[taken].Entry.Length < bytes))
        {
            size += rows[taken++].Entry.Length;
        }

        return await Records(db, rows[..taken], withPersonal: false, cancel);
    }

    /// <summary>Before which leaf the log is signed; 0 while it stands still, because somebody has to look first which entries are true.</summary>
    public async Task<long> Signed(CancellationToken cancel)
    {
        await using var db = database.Read();
        return (await db.Rows<long>("select case when trouble is null then published else 0 end as \"Value\" from audit_tree").ToListAsync(cancel))[0];
    }

    /// <summary>How the log calls itself; empty before it has begun.</summary>
    public async Task<string> Origin(CancellationToken cancel)
    {
        await using var db = database.Read();
        return (await db.Rows<string>(Named).ToListAsync(cancel))[0];
    }

    private async Task<IReadOnlyList<AuditRecord>> Records(ShopDb db, List<Row> rows, bool withPersonal, CancellationToken cancel)
    {
        var origin = rows.Count == 0 ? null : (await db.Rows<string>(Named).ToListAsync(cancel))[0];
        var records = rows.ConvertAll(row => new AuditRecord(row.Index, row.Hash, row.Entry) { Origin = origin, CompanyNumber = row.CompanyNumber, OrderNumber = row.OrderNumber });
        if (!withPersonal || rows.Count == 0)
        {
            return records;
        }

        // Who is erased has no row in person_key: his references have no names, and his values no key.
        var values = (await database.Keys.Values(database, db, [.. rows.Select(row => new EventId(row.Id))], cancel)).ToLookup(value => value.Event);
        var names = await Names(db, records.SelectMany(record => record.Refs).Distinct(), cancel);
        return [.. rows.Zip(records, (row, record) => new AuditRecord(row.Index, row.Hash, row.Entry)
        {
            Origin = origin, CompanyNumber = record.CompanyNumber, OrderNumber = record.OrderNumber, Names = names, Personal = values[row.Id].ToDictionary(value => value.Field, value => value.Value),
        })];
    }

    private async Task<IReadOnlyDictionary<string, PersonName>> Names(ShopDb db, IEnumerable<string> references, CancellationToken cancel)
    {
        var ids = references.Select(text => Guid.TryParse(text, out var id) ? id : Guid.Empty).Where(id => id != Guid.Empty);
        var found = await db.Rows<NameRow>(
            $"""
            select k.ref as "Ref", coalesce(s.first_name || ' ' || s.last_name, b.first_name || ' ' || b.last_name) as "Name", coalesce(s.email, b.email) as "Email"
            from person_key k left join staff s on s.id = k.person_id left join buyer b on b.id = k.person_id
            where {database.OneOf("k.ref", "{0}")} and (s.id is not null or b.id is not null)
            """,
            database.List(ids)).ToListAsync(cancel);
        return found.ToDictionary(row => row.Ref.ToString(), row => new PersonName(row.Name, row.Email));
    }

    private sealed record Row(long Seq, long Index, byte[] Hash, Guid Id, string Entry, string? CompanyNumber, string? OrderNumber);

    private sealed record NameRow(Guid Ref, string Name, string Email);
}
