using Microsoft.EntityFrameworkCore;
using OnBehalf.Assistance;
using OnBehalf.Data;
using OnBehalf.Identity;
using OnBehalf.Kernel;
using OnBehalf.Modules.Identity;

namespace OnBehalf.Modules.Assistance;

/// <summary>A question to a buyer, as he is shown it.</summary>
/// <param name="StaffRole">None of a buyer.</param>
/// <param name="Dealer">Whose person he is, when he is no colleague.</param>
/// <param name="Company">The company, where it is about it as a whole.</param>
public sealed record ShownAsk(
    Guid Id, string FirstName, string LastName, string? StaffRole, string? Dealer, string? Company, string BuyerFirstName, string BuyerLastName, string ReasonCode, string? Note, string Mode, int Minutes, string Status,
    string CodeSealed, DateTimeOffset ExpiresAt, bool IsOpen, Guid? SignIn)
{
    public string Who => $"{FirstName} {LastName}";

    public string Role => OperatorKey.Word(StaffRole, Dealer);

    /// <summary>The same with whose he is.</summary>
    public string RoleAt(string shop) => StaffRole is null ? Dealer is null ? Say("Your colleague") : Say($"Your dealer {Dealer}") : Say($"{Role} of {shop}");

    /// <summary>For whom, as the asked one reads it.</summary>
    public string Whom => Company is null ? "you" : Say($"{Company} as a whole");

    /// <summary>The same for others.</summary>
    public string WhomForOthers => Company is null ? $"{BuyerFirstName} {BuyerLastName}" : Whom;

    public string What => ConsentWords.What(Words.Parse<Mode>(Mode), Minutes);

    public string Why => ConsentWords.Why(ReasonCode, Note);
}

/// <summary>A question as the staff member who asked sees it.</summary>
public sealed record OwnAsk(Guid Id, string Status, string ReasonCode, string? Note, int Minutes, DateTimeOffset ExpiresAt, bool IsOpen);

/// <summary>A word about who may act, on the page of who gave it.</summary>
public sealed record ShownConsent(Guid Id, string Whom, string? FirstName, string? LastName, string Status, string Highest, long Withheld, DateTimeOffset? Until, DateTimeOffset GivenAt, string GivenBy)
{
    public string People => Whom switch { "staff" => $"{FirstName} {LastName}", "assigned" => Say("Those who look after my company"), _ => Say("Anybody of the shop") };

    public string Words => Status == "withdrawn" ? Say("may not act") : Say($"may act: {ConsentWords.Mode(Data.Words.Parse<Mode>(Highest))}")
        + (Withheld == 0 ? "" : Say($", but not {string.Join(", ", new Rights((ulong)Withheld).Names().Select(right => right.Sentence))}"));
}

/// <summary>Consents and questions as they are shown.</summary>
public sealed class ConsentQueries(Database database)
{
    private readonly string _ask = $"""
        select a.id as "Id", coalesce(s.first_name, p.first_name) as "FirstName", coalesce(s.last_name, p.last_name) as "LastName", s.role as "StaffRole", {OperatorKey.DealerSql("a.operator_membership_id", "m.company_id")} as "Dealer", c.name as "Company",
            b.first_name as "BuyerFirstName", b.last_name as "BuyerLastName",
            a.reason_code as "ReasonCode", a.note as "Note", a.mode as "Mode", a.minutes as "Minutes", a.status as "Status", a.code_sealed as "CodeSealed", a.expires_at as "ExpiresAt",
            (a.status = 'asked' and a.expires_at > {database.Now}) as "IsOpen", i.id as "SignIn"
        from assist_ask a join membership m on m.id = a.membership_id join buyer b on b.id = m.buyer_id
        left join staff s on s.id = a.staff_id left join membership q on q.id = a.operator_membership_id left join buyer p on p.id = q.buyer_id
        left join company c on c.id = a.company_id
        """;

    private readonly string _own = $"""
        select id as "Id", status as "Status", reason_code as "ReasonCode", note as "Note", minutes as "Minutes", expires_at as "ExpiresAt",
            (status = 'asked' and expires_at > {database.Now}) as "IsOpen"
        from assist_ask
        """;

    private readonly string _consents = $"""
        select k.id as "Id", k.whom as "Whom", s.first_name as "FirstName", s.last_name as "LastName", k.status as "Status", k.highest as "Highest", k.withheld as "Withheld",
            k.until as "Until", k.given_at as "GivenAt", k.given_by as "GivenBy"
        from assist_consent k left join staff s on s.id = k.staff_id
        where k.kind = 'standing' and (k.status = 'withdrawn' or (k.status = 'given' and (k.until is null or k.until > {database.Now})))
        """;

    // Those who are assigned, and those who acted for him lately.
    private const string StaffSql = """
        select distinct s.id as "Id", s.first_name as "FirstName", s.last_name as "LastName", s.role as "Role" from staff s
        where s.status = 'active' and (s.id in (select t.staff_id from staff_assignment t where t.company_id = {1})
            or s.id in (select x.operator_staff_id from assisted_session x where x.membership_id = {0}))
        order by s.last_name, s.first_name limit 50
        """;

    /// <summary>
    /// The question that is open for whoever is signed in with this cookie: one command, authority included. It is no activity: an open page asks it by itself.
    /// </summary>
    public async Task<ShownAsk?> OpenFor(byte[] tokenHash, CancellationToken cancel)
    {
        await using var db = database.Read();
        return (await db.Rows<ShownAsk>(
            $"{_ask} join sign_in i on i.membership_id = a.membership_id where i.token_hash = {{0}} and a.status = 'asked' and a.expires_at > {database.Now} and b.status = 'active' and m.status = 'active' and {SignInQueries.Alive(database, "i")} order by a.asked_at desc limit 1",
            tokenHash).ToListAsync(cancel)).SingleOrDefault();
    }

    /// <summary>A question to this buyer, open or not.</summary>
    public async Task<ShownAsk?> Of(MembershipId membership, Guid id, CancellationToken cancel)
    {
        await using var db = database.Read();
        return (await db.Rows<ShownAsk>($"{_ask} left join sign_in i on 1 = 0 where a.membership_id = {{0}} and a.id = {{1}}", membership.Value, id).ToListAsync(cancel)).SingleOrDefault();
    }

    /// <summary>The question of a link.</summary>
    public async Task<ShownAsk?> Of(byte[] link, CancellationToken cancel)
    {
        await using var db = database.Read();
        return (await db.Rows<ShownAsk>($"{_ask} left join sign_in i on 1 = 0 where a.link_hash = {{0}}", link).ToListAsync(cancel)).SingleOrDefault();
    }

    /// <summary>What an operator last asked about this customer, as long as it is open or was refused.</summary>
    public async Task<OwnAsk?> LastOf(OperatorKey actor, SessionSubject subject, CancellationToken cancel)
    {
        await using var db = database.Read();
        var about = subject.Company is null ? "company_id is null and membership_id = {1}" : "company_id = {1}";
        var last = (await db.Rows<OwnAsk>(
            $"{_own} where {Of(actor)} and {about} order by asked_at desc limit 1", KeyOf(actor), subject.Membership?.Value ?? subject.Company!.Value.Value).ToListAsync(cancel)).SingleOrDefault();
        return last is not null && (last.IsOpen || last.Status == "refused") ? last : null;
    }

    public async Task<OwnAsk?> Own(OperatorKey actor, Guid id, CancellationToken cancel)
    {
        await using var db = database.Read();
        return (await db.Rows<OwnAsk>($"{_own} where {Of(actor)} and id = {{1}}", KeyOf(actor), id).ToListAsync(cancel)).SingleOrDefault();
    }

    /// <summary>Who can be asked for a company as a whole.</summary>
    public async Task<IReadOnlyList<Choice>> Administrators(CompanyId company, CancellationToken cancel)
    {
        await using var db = database.Read();
        var rows = await db.Rows<StaffRowShown>(
            $$"""
            select m.id as "Id", b.first_name as "FirstName", b.last_name as "LastName", m.role as "Role" from membership m join buyer b on b.id = m.buyer_id
            where m.company_id = {0} and m.role = 'administrator' and m.status = 'active' and b.status = 'active' and not {{Operators.IsStaff}} order by m.sort_name, m.id limit 50
            """,
            company.Value).ToListAsync(cancel);
        return rows.ConvertAll(row => new Choice(row.Id, $"{row.FirstName} {row.LastName}", ""));
    }

    private static string Of(OperatorKey actor) => actor.Staff is null ? "operator_membership_id = {0}" : "staff_id = {0}";

    private static Guid KeyOf(OperatorKey actor) => actor.Staff?.Value ?? actor.Membership!.Value.Value;

    public async Task<(IReadOnlyList<ShownConsent> Mine, IReadOnlyList<ShownConsent> OfCompany, ConsentNeed CompanyAsks, IReadOnlyList<Choice> Staff)> Page(
        MembershipId membership, CompanyId? company, CancellationToken cancel)
    {
        await using var db = database.Read();
        var own = await db.Rows<ShownConsent>($"{_consents} and k.membership_id = {{0}} order by k.given_at", membership.Value).ToListAsync(cancel);
        var staff = await db.Rows<StaffRowShown>(StaffSql, membership.Value, company?.Value ?? Guid.Empty).ToListAsync(cancel);
        var choices = staff.ConvertAll(row => new Choice(row.Id, $"{row.FirstName} {row.LastName}", StaffRoles.Word(Words.Parse<StaffRole>(row.Role))));
        if (company is not { } id)
        {
            return (own, [], ConsentNeed.None, choices);
        }

        var ofCompany = await db.Rows<ShownConsent>($"{_consents} and k.company_id = {{0}} order by k.given_at", id.Value).ToListAsync(cancel);
        var need = (await db.Rows<string>("select consent as \"Value\" from assist_company where company_id = {0}", id.Value).ToListAsync(cancel)).SingleOrDefault();
        return (own, ofCompany, ConsentSql.Need(need), choices);
    }

    private sealed record StaffRowShown(Guid Id, string FirstName, string LastName, string Role);
}
