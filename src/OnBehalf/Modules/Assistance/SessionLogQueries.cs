using Microsoft.EntityFrameworkCore;
using OnBehalf.Data;
using OnBehalf.Identity;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Assistance;

/// <summary>Who acted for somebody, and what was changed then: sessions along their start, changes from the audit log.</summary>
public sealed class SessionLogQueries(Database database)
{
    public const int PageSize = 10;

    /// <summary>So many changes of a session are told in a list, and so many on its own page.</summary>
    public const int FewChanges = 8;
    public const int ManyChanges = 500;

    private readonly string _sessions = $"""
        select s.id as "Id", coalesce(o.first_name || ' ' || o.last_name, p.first_name || ' ' || p.last_name) as "Operator", o.role as "Role", {OperatorKey.DealerSql("s.operator_membership_id", "s.company_id")} as "Dealer",
            b.first_name || ' ' || b.last_name as "Buyer", c.name as "Company", s.mode as "Mode", s.reason_code as "Reason", s.ticket as "Ticket",
            s.started_at as "StartedAt", s.ended_at as "EndedAt", s.end_cause as "Cause", {database.Now} as "Now", (select t.kept_since from audit_tree t) as "KeptSince"
        from assisted_session s
        left join staff o on o.id = s.operator_staff_id
        left join buyer p on p.id = s.operator_buyer_id
        left join buyer b on b.id = s.buyer_id
        left join company c on c.id = s.company_id
        """;

    private readonly string _events = $"""
        select x."Session", x."Id", x."At", x."Name", x."Entry", x."OrderNumber", x."OrderStatus"
        from (
            select e.session_id as "Session", e.id as "Id", e.at as "At", e.name as "Name", e.entry as "Entry", r.number as "OrderNumber", r.status as "OrderStatus",
                row_number() over (partition by e.session_id order by e.seq) as "Place"
            from audit_event e left join orders r on r.id = e.order_id
            where {database.OneOf("e.session_id", "{0}")} and e.outcome = 'done' and e.name not in ({SessionChange.Silent})) x
        where x."Place" <= {"{1}"}
        order by x."Place"
        """;

    private readonly string _products = $"""select id as "Id", sku as "Sku", name as "Name" from product where {database.OneOf("id", "{0}")}""";

    /// <summary>A page of sessions, newest first; one more than asked for tells that there are older ones.</summary>
    public async Task<IReadOnlyList<LoggedSession>> Of(SessionScope scope, SessionPlace? before, int most, CancellationToken cancel, int changes = FewChanges)
    {
        await using var db = database.Read();
        var sessions = before is { } place
            ? await Sessions(db, $"{scope.Where} and (s.started_at, s.id) < ({{1}}, {{2}})", most, cancel, scope.Key, place.StartedAt, place.Id.Value)
            : await Sessions(db, scope.Where, most, cancel, scope.Key);
        return await WithChanges(db, sessions, changes, cancel);
    }

    /// <summary>One session with all that was changed in it.</summary>
    public async Task<LoggedSession?> One(SessionScope scope, AssistedSessionId session, CancellationToken cancel)
    {
        await using var db = database.Read();
        var found = await Sessions(db, $"{scope.Where} and s.id = {{1}}", 1, cancel, scope.Key, session.Value);
        return (await WithChanges(db, found, ManyChanges, cancel)).SingleOrDefault();
    }

    /// <summary>The same for whoever writes of a session in the transaction that ends it.</summary>
    internal async Task<LoggedSession> One(Tx tx, AssistedSessionId session, int changes) =>
        (await WithChanges(tx.Db, await Sessions(tx.Db, "s.id = {0}", 1, tx.Cancel, session.Value), changes, tx.Cancel))[0];

    private async Task<List<LoggedSession>> Sessions(ShopDb db, string where, int most, CancellationToken cancel, params object[] keys)
    {
        var rows = await db.Rows<Row>($"{_sessions}\nwhere {where} order by s.started_at desc, s.id desc limit {most}", keys).ToListAsync(cancel);
        return rows.ConvertAll(row => new LoggedSession(
            new AssistedSessionId(row.Id), OperatorKey.Name(row.Operator ?? Say("Somebody"), row.Dealer), OperatorKey.Word(row.Role, row.Dealer), row.Buyer,
            row.Company, Words.Parse<Mode>(row.Mode), row.Reason, row.Ticket, row.StartedAt, row.EndedAt, row.Cause, row.Now)
        { IsOlderThanLog = row.StartedAt < row.KeptSince });
    }

    private async Task<IReadOnlyList<LoggedSession>> WithChanges(ShopDb db, List<LoggedSession> sessions, int most, CancellationToken cancel)
    {
        if (sessions.Count == 0)
        {
            return sessions;
        }

        // One more tells that there are more.
        var events = await db.Rows<LoggedEvent>(_events, database.List(sessions.ConvertAll(session => session.Id)), most + 1).ToListAsync(cancel);
        if (events.Count == 0)
        {
            return sessions;
        }

        var privates = (await database.Keys.Values(database, db, events.ConvertAll(row => new EventId(row.Id)), cancel)).ToLookup(value => value.Event);
        var products = await Products(db, events, cancel);
        var changes = events.ToLookup(row => new AssistedSessionId(row.Session), row => SessionChange.Of(row, privates[row.Id].ToDictionary(value => value.Field, value => value.Value), products));
        return sessions.ConvertAll(session => session with
        {
            Changes = [.. changes[session.Id].Take(most)],
            HasMore = changes[session.Id].Count() > most,
        });
    }

    private async Task<Dictionary<Guid, string>> Products(ShopDb db, List<LoggedEvent> events, CancellationToken cancel)
    {
        var ids = events.Select(SessionChange.ProductOf).OfType<Guid>().Distinct().Select(id => new ProductId(id)).ToList();
        return ids.Count == 0 ? [] : (await db.Rows<Product>(_products, database.List(ids)).ToListAsync(cancel)).ToDictionary(row => row.Id, row => $"{row.Name} ({row.Sku})");
    }

    private sealed record Row(
        Guid Id, string? Operator, string? Role, string? Dealer, string? Buyer, string? Company, string Mode, string Reason, string? Ticket, DateTimeOffset StartedAt,
        DateTimeOffset? EndedAt, string? Cause, DateTimeOffset Now, DateTimeOffset? KeptSince);

    private sealed record Product(Guid Id, string Sku, string Name);
}

/// <summary>An event of a session, as the log has it.</summary>
public sealed record LoggedEvent(Guid Session, Guid Id, DateTimeOffset At, string Name, string Entry, string? OrderNumber, string? OrderStatus);
