using System.Security.Cryptography;
using System.Text.Json;
using OnBehalf.Data;
using OnBehalf.Kernel;
using OnBehalf.Modules.Assistance;

namespace OnBehalf.Modules.Audit;

/// <summary>An event with the names that its ids stand for today.</summary>
public sealed record AuditLine(
    long Seq, Guid Id, DateTimeOffset At, string Name, string Outcome, string Entry, string? Part, string? Operator, string? Buyer, string? Company,
    string? CompanyNumber, Guid? Session, string? OrderNumber, string? About)
{
    /// <summary>"Karim Weiss for Ines Albrecht"; who is not signed in has no name.</summary>
    public string Who => (Operator ?? Part ?? Say("Somebody not signed in")) + (Session is not null && Buyer is not null && Buyer != Operator ? Say($" for {Buyer}") : "");
}

/// <summary>A page of the log.</summary>
/// <param name="Next">Where the next page begins; null on the last one.</param>
/// <param name="IsCut">It ends there because so many entries were looked at, and not because it is full.</param>
/// <param name="CutAt">How far it has come then.</param>
public sealed record AuditListing(IReadOnlyList<(AuditLine Line, AuditSentence Sentence)> Lines, long? Next, bool IsCut, DateTimeOffset? CutAt);

/// <summary>A personal value of an event.</summary>
/// <param name="Matches">It is what the entry has committed itself to.</param>
public sealed record AuditValue(string Field, string Value, bool Matches);

/// <summary>The audit log as it is read, page by page along its sequence.</summary>
public sealed class AuditQueries(Database database, AuditSentenceQueries sentences)
{
    private readonly AuditSearch _search = new(database);

    private static readonly string Lines = $"""
        select e.seq as "Seq", e.id as "Id", e.at as "At", e.name as "Name", e.outcome as "Outcome", e.entry as "Entry", e.actor_part as "Part",
            coalesce(s.first_name || ' ' || s.last_name, 
                o.first_name || ' ' || o.last_name || coalesce(' of ' || (select {OperatorKey.DealerSql("x.operator_membership_id", "x.company_id")} from assisted_session x where x.id = e.session_id), ''),
                case when e.operator_staff_ref is not null or e.operator_buyer_ref is not null then 'An erased person' end) as "Operator",
            coalesce(b.first_name || ' ' || b.last_name, case when e.buyer_ref is not null then 'an erased person' end) as "Buyer",
            c.name as "Company", c.number as "CompanyNumber", e.session_id as "Session", r.number as "OrderNumber", e.about as "About"
        from audit_event e
        left join person_key ks on ks.ref = e.operator_staff_ref
        left join staff s on s.id = ks.person_id
        left join person_key ko on ko.ref = e.operator_buyer_ref
        left join buyer o on o.id = ko.person_id
        left join person_key kb on kb.ref = e.buyer_ref
        left join buyer b on b.id = kb.person_id
        left join company c on c.id = e.company_id
        left join orders r on r.id = e.order_id
        """;

    public async Task<AuditListing> Find(AuditWanted filter, long? behind, CancellationToken cancel)
    {
        await using var db = database.Read();
        var hits = await _search.Find(db, filter, behind, cancel);
        var lines = hits.Events.Count == 0 ? [] : await db.Rows<AuditLine>($"{Lines}\nwhere {database.OneOf("e.id", "{0}")} and e.name <> ''", database.List(hits.Events)).ToListAsync(cancel);
        var cut = hits.IsCut ? await db.Rows<DateTimeOffset>("""select at as "Value" from audit_event where seq = {0}""", hits.Next).ToListAsync(cancel) : [];
        var told = await sentences.Of(db, [.. lines.Select(line => (line.Id, line.Name, line.Entry))], cancel);
        var ordered = filter.OldestFirst ? lines.OrderBy(line => line.Seq) : lines.OrderByDescending(line => line.Seq);
        return new AuditListing([.. ordered.Select(line => (line, told[line.Id]))], hits.Next, hits.IsCut, cut is [var at] ? at : null);
    }

    public async Task<AuditLine?> One(Guid id, CancellationToken cancel)
    {
        await using var db = database.Read();
        return await db.Rows<AuditLine>($"{Lines}\nwhere e.id = {{0}} and e.name <> ''", id).ToListAsync(cancel) is [var line] ? line : null;
    }

    public async Task<AuditSentence> Sentence(AuditLine line, CancellationToken cancel)
    {
        await using var db = database.Read();
        return (await sentences.Of(db, [(line.Id, line.Name, line.Entry)], cancel))[line.Id];
    }

    /// <summary>The personal values of an event that are not erased, each held against what the entry says of it.</summary>
    public async Task<IReadOnlyList<AuditValue>> Values(AuditLine line, CancellationToken cancel)
    {
        await using var db = database.Read();
        var values = await database.Keys.Values(database, db, [new EventId(line.Id)], cancel);
        using var entry = JsonDocument.Parse(line.Entry);
        return [.. values.Select(value => new AuditValue(value.Field, value.Value, Matches(entry.RootElement, value)))];
    }

    private static bool Matches(JsonElement entry, PersonalValue value) =>
        entry.TryGetProperty(value.Field + "#", out var commitment) && commitment.TryGetBytesFromBase64(out var bytes) && CryptographicOperations.FixedTimeEquals(bytes, value.Commitment());
}
