using OnBehalf.Data;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Notes;

/// <summary>What a note said until it was corrected.</summary>
/// <param name="Text">Null when it named somebody who was erased.</param>
public sealed record NoteVersion(string? Text, string By, DateTimeOffset At);

/// <summary>A note as it says now.</summary>
/// <param name="About">Whom of the company it is about; null for the company, or the order.</param>
/// <param name="Earlier">What it said before, the newest first.</param>
public sealed record ShownNote(NoteId Id, string? Text, string By, DateTimeOffset At, string? About, bool IsOfSession, IReadOnlyList<NoteVersion> Earlier);

/// <summary>Some notes, newest first.</summary>
/// <param name="Older">The note behind which the next page begins; null at the end.</param>
public sealed record NoteListing(IReadOnlyList<ShownNote> Notes, NoteId? Older)
{
    public static readonly NoteListing Empty = new([], null);
}

/// <summary>A note to correct, and what it is about.</summary>
public sealed record FoundNote(NoteAbout About, string Text, int Corrections);

/// <summary>A session that is over, by its operator.</summary>
/// <param name="About">What a note could be about, with words: the person, the company, what was ordered.</param>
public sealed record SessionToNote(string Name, DateTimeOffset StartedAt, IReadOnlyList<(string Value, string Words)> About);

/// <summary>Notes of what the caller has found before by a query of his scope.</summary>
public sealed class NotesQueries(Database database)
{
    /// <summary>On the pages of customers and orders; the rest has a page of its own.</summary>
    public const int Few = 3;

    public const int PageSize = 30;

    private const string OfCompany = "n.company_id = {0} and n.order_id is null";
    private const string OfPerson = "n.membership_id = {0}";
    private const string OfOrder = "n.order_id = {0}";

    private const string Columns = """
        r.id as "Id", n.number as "Number", n.text as "Text", n.written_at as "At", s.first_name as "FirstName", s.last_name as "LastName", b.first_name as "AboutFirst", b.last_name as "AboutLast",
            n.of_session_id as "Session"
        """;

    private const string Who = "join staff s on s.id = n.staff_id left join membership m on m.id = n.membership_id left join buyer b on b.id = m.buyer_id";

    public static Func<NoteListing> Of(SqlTogether together, CompanyId company) => Of(together, OfCompany, company.Value);

    public static Func<NoteListing> Of(SqlTogether together, MembershipId person) => Of(together, OfPerson, person.Value);

    public Task<NoteListing> Of(OrderId order, CancellationToken cancel) => Page(OfOrder, order.Value, Few, null, cancel);

    public Task<NoteListing> Page(NoteSubject subject, NoteId? before, CancellationToken cancel) =>
        subject.Order is { } order ? Page(OfOrder, order.Value, PageSize, before, cancel)
        : subject.Membership is { } person ? Page(OfPerson, person.Value, PageSize, before, cancel)
        : Page(OfCompany, subject.Company!.Value.Value, PageSize, before, cancel);

    public async Task<FoundNote?> Find(NoteId id, CancellationToken cancel)
    {
        await using var db = database.Read();
        return await db.Rows<Found>(
            """
            select c.number as "Company", n.membership_id as "Person", o.number as "Order", coalesce(k.text, n.text) as "Text", coalesce(k.number, 0) as "Corrections"
            from note n left join company c on c.id = n.company_id left join orders o on o.id = n.order_id
            left join note k on k.corrects_id = n.id and k.number = (select max(x.number) from note x where x.corrects_id = n.id)
            where n.id = {0} and n.corrects_id is null
            """,
            id.Value).ToListAsync(cancel) is not [{ Text: { } text } row] ? null
            : new FoundNote(row.Order is { } order ? NoteAbout.Order(order) : row.Person is { } person ? NoteAbout.Person(new MembershipId(person)) : NoteAbout.Company(row.Company!), text, row.Corrections);
    }

    /// <summary>What there is to write about after a session of the caller's own.</summary>
    public async Task<SessionToNote?> Session(Caller caller, AssistedSessionId id, CancellationToken cancel)
    {
        await using var db = database.Read();
        if (await db.Rows<SessionRow>(
            """
            select s.membership_id as "Person", b.first_name as "FirstName", b.last_name as "LastName", c.number as "Company", c.name as "CompanyName", s.started_at as "StartedAt"
            from assisted_session s left join buyer b on b.id = s.buyer_id left join company c on c.id = s.company_id
            where s.id = {0} and s.operator_staff_id = {1} and s.status = 'ended'
            """,
            id.Value, caller.Staff!.Id.Value).ToListAsync(cancel) is not [var row])
        {
            return null;
        }

        var about = new List<(string, string)>();
        var name = row.LastName is null ? row.CompanyName ?? "" : $"{row.FirstName} {row.LastName}";
        if (row.Person is { } person)
        {
            about.Add((NoteAbout.Person(new MembershipId(person)).ToString(), name));
        }

        if (row.Company is { } company)
        {
            about.Add((NoteAbout.Company(company).ToString(), row.CompanyName!));
        }

        foreach (var order in await db.Rows<string>("""select o.number as "Value" from orders o where o.session_id = {0} order by o.placed_at desc limit 5""", id.Value).ToListAsync(cancel))
        {
            about.Add((NoteAbout.Order(order).ToString(), Say($"Order {order}")));
        }

        return new SessionToNote(name, row.StartedAt, about);
    }

    /// <summary>What a note has said, one after the other, with the first one locked until the end of the transaction.</summary>
    internal static async Task<IReadOnlyList<string?>> Versions(Tx tx, NoteId first)
    {
        if (tx.Database.Kind == DatabaseKind.Postgres)
        {
            await tx.Db.Rows<int>("""select 1 as "Value" from note where id = {0} for no key update""", first.Value).ToListAsync(tx.Cancel);
        }

        return await tx.Db.Rows<string?>(
            """select "Value" from (select text as "Value", number from note where id = {0} and corrects_id is null union all select text, number from note where corrects_id = {0}) v order by number""",
            first.Value).ToListAsync(tx.Cancel);
    }

    private static Func<NoteListing> Of(SqlTogether together, string where, Guid key)
    {
        var rows = together.Rows<Row>(Sql(where, Few, isBehind: false), key);
        return () => List(rows(), Few);
    }

    private async Task<NoteListing> Page(string where, Guid key, int size, NoteId? before, CancellationToken cancel)
    {
        await using var db = database.Read();
        object?[] keys = before is { } place ? [key, place.Value] : [key];
        return List(await db.Rows<Row>(Sql(where, size, before is not null), keys).ToListAsync(cancel), size);
    }

    // Along one index to the first ones, and from each of them to its corrections.
    private static string Sql(string where, int size, bool isBehind) =>
        $$"""
        with r as (
            select n.id, n.written_at from note n where {{where}} and n.corrects_id is null
                {{(isBehind ? "and (n.written_at, n.id) < (select x.written_at, x.id from note x where x.id = {1})" : "")}}
            order by n.written_at desc, n.id desc limit {{size + 1}})
        select {{Columns}} from r join note n on n.id = r.id {{Who}}
        union all
        select {{Columns}} from r join note n on n.corrects_id = r.id {{Who}}
        """;

    private static NoteListing List(List<Row> rows, int size)
    {
        var notes = rows.GroupBy(row => row.Id)
            .Select(group => group.OrderByDescending(row => row.Number).ToList())
            .OrderByDescending(versions => versions[^1].At).ThenByDescending(versions => versions[0].Id)
            .Select(versions => new ShownNote(
                new NoteId(versions[0].Id), versions[0].Text, versions[0].By, versions[0].At, versions[0].About, versions[^1].Session is not null,
                [.. versions.Skip(1).Select(row => new NoteVersion(row.Text, row.By, row.At))]))
            .ToList();
        return notes.Count <= size ? new NoteListing(notes, null) : new NoteListing([.. notes.Take(size)], notes[size - 1].Id);
    }

    private sealed record Row(Guid Id, int Number, string? Text, DateTimeOffset At, string FirstName, string LastName, string? AboutFirst, string? AboutLast, Guid? Session)
    {
        public string By => $"{FirstName} {LastName}";

        public string? About => AboutLast is null ? null : $"{AboutFirst} {AboutLast}";
    }

    private sealed record Found(string? Company, Guid? Person, string? Order, string? Text, int Corrections);

    private sealed record SessionRow(Guid? Person, string? FirstName, string? LastName, string? Company, string? CompanyName, DateTimeOffset StartedAt);
}
