using OnBehalf.Data;
using OnBehalf.Kernel;
using OnBehalf.Modules.Settings;

namespace OnBehalf.Modules.Privacy;

/// <summary>What stands against an erasure.</summary>
public sealed record Hindrances(bool IsHeld, bool OrderWaits, bool CaseIsOpen, bool IsActiveStaff);

/// <summary>A person as the pages of privacy show him.</summary>
public sealed record PrivatePerson(Guid Id, string Name, string Email, string Status, DateTimeOffset? AskedAt);

/// <summary>A legal hold that stands.</summary>
public sealed record StandingHold(Guid Id, Guid? Buyer, Guid? Staff, string Name, string Reason, DateTimeOffset Since, string SetBy)
{
    public string Path => Buyer is { } buyer ? $"/admin/privacy/buyers/{buyer}" : $"/admin/privacy/staff/{Staff}";

    public string LiftPath => $"/admin/privacy/holds/{Id}";
}

/// <summary>An erasure for which somebody asked and that another one has to confirm.</summary>
public sealed record StandingProposal(Guid Person, string Kind, string Name, Guid AskedById, string AskedBy, DateTimeOffset AskedAt, DateTimeOffset ExpiresAt)
{
    public string Path => $"/admin/privacy/{(Kind == "buyer" ? "buyers" : "staff")}/{Person}";
}

/// <summary>Whom an erasure is about, who asks for one, and what hinders it.</summary>
public sealed class PrivacyQueries(Database database)
{
    private const string Holds = """
        select h.id as "Id", h.buyer_id as "Buyer", h.staff_id as "Staff", coalesce(b.first_name || ' ' || b.last_name, s.first_name || ' ' || s.last_name) as "Name",
            h.reason as "Reason", h.since as "Since", h.set_by as "SetBy"
        from legal_hold h left join buyer b on b.id = h.buyer_id left join staff s on s.id = h.staff_id
        where h.lifted_at is null
        """;

    /// <summary>Up to so many closed accounts that are not noted yet, of buyers and of staff.</summary>
    internal const string NoteClosedSql = """
        insert into closed_person (person_id, kind, seen_at)
        select p.id, p.kind, {0} from (
            select b.id, 'buyer' as kind from buyer b where b.status = 'inactive' and not exists (select 1 from closed_person c where c.person_id = b.id)
            union all select s.id, 'staff' from staff s where s.status = 'inactive' and not exists (select 1 from closed_person c where c.person_id = s.id)) p
        where p.id is not null limit {1} on conflict (person_id) do nothing returning 1 as "Value"
        """;

    internal const string ForgetOpenSql = """
        delete from closed_person where not exists (select 1 from buyer b where b.id = person_id and b.status = 'inactive')
            and not exists (select 1 from staff s where s.id = person_id and s.status = 'inactive') returning 1 as "Value"
        """;

    private const string AgedPeople =
        "closed_person c where c.kind = '{kind}' and c.seen_at < {before} and not exists (select 1 from legal_hold h where h.lifted_at is null and (h.buyer_id = c.person_id or h.staff_id = c.person_id))";

    /// <summary>What goes but by rows of a module, for a look: title, setting, and a number as SQL with the parameter of the time.</summary>
    internal static readonly IReadOnlyList<(Phrase Title, Setting Setting, Func<string, string> Count)> AgedSql =
    [
        ("Values of nobody known, in the audit log (months)", ShopSettings.KeepUnknownDays, static before => $"(select count(*) from person_key k where k.kind = 'month' and k.created_at < {before})"),
        ("Closed accounts", ShopSettings.KeepClosedDays, static before => $"(select count(*) from {Aged("buyer", before)})"),
        ("Staff who have left", ShopSettings.KeepStaffDays, static before => $"(select count(*) from {Aged("staff", before)})"),
    ];

    private static string Aged(string kind, string before) => AgedPeople.Replace("{kind}", kind, StringComparison.Ordinal).Replace("{before}", before, StringComparison.Ordinal);

    /// <summary>Several numbers at once.</summary>
    /// <param name="counts">Each with the parameter of its place.</param>
    internal async Task<IReadOnlyList<long>> Counts(IReadOnlyList<string> counts, IReadOnlyList<DateTimeOffset> befores, CancellationToken cancel)
    {
        await using var db = database.Read();
        var sql = string.Join(" union all ", counts.Select((count, index) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"select {index} as \"Place\", {count} as \"Count\"")));
        var found = await db.Rows<Counted>(sql, [.. befores.Cast<object?>()]).ToListAsync(cancel);
        return [.. found.OrderBy(row => row.Place).Select(row => row.Count)];
    }

    /// <summary>People of one kind whose time is over, who has been closed longest first.</summary>
    internal async Task<IReadOnlyList<Guid>> Aged(string kind, DateTimeOffset before, int most, CancellationToken cancel)
    {
        await using var db = database.Read();
        return await db.Rows<Guid>($"select c.person_id as \"Value\" from {Aged(kind, "{0}")} order by c.seen_at limit {{1}}", before, most).ToListAsync(cancel);
    }

    /// <summary>When retention ran last; null: never.</summary>
    internal async Task<DateTimeOffset?> RanAt(CancellationToken cancel)
    {
        await using var db = database.Read();
        return await db.Rows<DateTimeOffset>("select at as \"Value\" from audit_event where name = 'privacy.retention-ran' order by seq desc limit 1").ToListAsync(cancel) is [var at] ? at : null;
    }

    /// <summary>Erasures that somebody else has to confirm; of everybody, or of one person.</summary>
    public async Task<IReadOnlyList<StandingProposal>> Proposals(Guid? person, CancellationToken cancel)
    {
        await using var db = database.Read();
        return await db.Rows<StandingProposal>(
            $"""
            select p.person_id as "Person", p.kind as "Kind", coalesce(b.first_name || ' ' || b.last_name, s.first_name || ' ' || s.last_name) as "Name",
                p.asked_by_id as "AskedById", p.asked_by as "AskedBy", p.asked_at as "AskedAt", p.expires_at as "ExpiresAt"
            from erasure_proposal p left join buyer b on b.id = p.person_id left join staff s on s.id = p.person_id
            where p.expires_at > {database.Now} and ({(person is null ? "1 = 1" : "p.person_id = {0}")}) order by p.asked_at limit 200
            """,
            person is { } id ? [id] : []).ToListAsync(cancel);
    }

    public async Task<PrivatePerson?> Person(string kind, Guid id, CancellationToken cancel)
    {
        await using var db = database.Read();
        return await db.Rows<PrivatePerson>(
            kind == "buyer"
                ? """
                  select b.id as "Id", b.first_name || ' ' || b.last_name as "Name", b.email as "Email", b.status as "Status", r.asked_at as "AskedAt"
                  from buyer b left join erasure_request r on r.buyer_id = b.id where b.id = {0}
                  """
                : """
                  select s.id as "Id", s.first_name || ' ' || s.last_name as "Name", s.email as "Email", s.status as "Status", r.asked_at as "AskedAt"
                  from staff s left join erasure_request r on r.buyer_id = s.id where s.id = {0}
                  """,
            id).ToListAsync(cancel) is [var person] ? person : null;
    }

    /// <summary>The page of who has this address, of either kind; null when nobody has it.</summary>
    public async Task<string?> PathOf(string email, CancellationToken cancel)
    {
        await using var db = database.Read();
        return await db.Rows<string>(
            """
            select 'buyers/' || lower(cast(id as text)) as "Value" from buyer where email_normalized = {0}
            union all select 'staff/' || lower(cast(id as text)) from staff where email_normalized = {0}
            """,
            EmailAddress.Normalize(email)).ToListAsync(cancel) is [var path, ..] ? "/admin/privacy/" + path : null;
    }

    /// <summary>Buyers who ask to be erased, who has waited longest first.</summary>
    public async Task<IReadOnlyList<PrivatePerson>> Asked(CancellationToken cancel)
    {
        await using var db = database.Read();
        return await db.Rows<PrivatePerson>(
            """
            select b.id as "Id", b.first_name || ' ' || b.last_name as "Name", b.email as "Email", b.status as "Status", r.asked_at as "AskedAt"
            from erasure_request r join buyer b on b.id = r.buyer_id order by r.asked_at limit 200
            """).ToListAsync(cancel);
    }

    /// <summary>All that stand, or those on one person.</summary>
    public async Task<IReadOnlyList<StandingHold>> Held(Guid? person, CancellationToken cancel)
    {
        await using var db = database.Read();
        return await (person is { } id
            ? db.Rows<StandingHold>(Holds + " and (h.buyer_id = {0} or h.staff_id = {0}) order by h.since", id)
            : db.Rows<StandingHold>(Holds + " order by h.since limit 200")).ToListAsync(cancel);
    }

    /// <summary>One that stands.</summary>
    public async Task<StandingHold?> Hold(Guid id, CancellationToken cancel)
    {
        await using var db = database.Read();
        return await db.Rows<StandingHold>(Holds + " and h.id = {0}", id).ToListAsync(cancel) is [var hold] ? hold : null;
    }

    public async Task<Hindrances> Hindrances(string kind, Guid id, CancellationToken cancel)
    {
        await using var db = database.Read();
        return await Hindrances(db, new KeyOwner(id, kind), cancel);
    }

    internal static async Task<Hindrances> Hindrances(ShopDb db, KeyOwner person, CancellationToken cancel) =>
        (await db.Rows<Hindrances>(
            """
            select exists (select 1 from legal_hold h where (h.buyer_id = {0} or h.staff_id = {0}) and h.lifted_at is null) as "IsHeld",
                exists (select 1 from orders o where o.buyer_id = {0} and o.status = 'waiting-for-approval') as "OrderWaits",
                exists (select 1 from assist_case c where c.buyer_id = {0} and c.closed_at is null) as "CaseIsOpen",
                exists (select 1 from staff s where s.id = {0} and s.status = 'active') as "IsActiveStaff"
            """,
            person.Id).ToListAsync(cancel))[0];

    /// <summary>How somebody who is not erased is called. On PostgreSQL his row is locked for it.</summary>
    internal static async Task<ErasedPerson?> Named(Tx tx, KeyOwner person)
    {
        var sql = $"select first_name || ' ' || last_name as \"Name\", email as \"Email\" from {(person.Kind == "buyer" ? "buyer" : "staff")} where id = {{0}} and status <> 'erased'"
            + (tx.Database.Kind == DatabaseKind.Postgres ? " for update" : "");
        return await tx.Db.Rows<Called>(sql, person.Id).ToListAsync(tx.Cancel) is [var called]
            // A name of a few letters would be found inside of other words.
            ? new ErasedPerson(person.Id, person.Kind, called.Name.Trim().Length < 5 ? called.Email : called.Name, called.Email) : null;
    }

    /// <summary>His account is closed, and has been since before then. Whoever asks holds his row.</summary>
    internal static async Task<bool> IsClosedSince(Tx tx, KeyOwner person, DateTimeOffset before) =>
        await tx.Db.Rows<int>(
            $"""
            select 1 as "Value" from closed_person c join {(person.Kind == "buyer" ? "buyer" : "staff")} p on p.id = c.person_id
            where c.person_id = {"{0}"} and c.seen_at < {"{1}"} and p.status = 'inactive'
            """,
            person.Id, before).ToListAsync(tx.Cancel) is [_];

    internal static async Task<bool> IsThere(Database database, KeyOwner person)
    {
        await using var db = database.Read();
        return await db.Rows<int>(
            $"select 1 as \"Value\" from {(person.Kind == "buyer" ? "buyer" : "staff")} where id = {{0}} and status <> 'erased'", person.Id).ToListAsync(CancellationToken.None) is [_];
    }

    /// <summary>Everybody who is not erased.</summary>
    internal static async Task<IReadOnlyList<KeyOwner>> People(Database database, CancellationToken cancel)
    {
        await using var db = database.Read();
        var buyers = await db.Rows<Guid>("select id as \"Value\" from buyer where status <> 'erased'").ToListAsync(cancel);
        var staff = await db.Rows<Guid>("select id as \"Value\" from staff where status <> 'erased'").ToListAsync(cancel);
        return [.. buyers.Select(id => new KeyOwner(id, "buyer")), .. staff.Select(id => new KeyOwner(id, "staff"))];
    }

    private sealed record Called(string Name, string Email);

    private sealed record Counted(int Place, long Count);
}
