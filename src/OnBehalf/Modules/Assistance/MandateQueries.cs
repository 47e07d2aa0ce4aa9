using Microsoft.EntityFrameworkCore;
using OnBehalf.Assistance;
using OnBehalf.Data;
using OnBehalf.Identity;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Assistance;

/// <summary>A version of a mandate as the company sees it.</summary>
public sealed record ShownMandate(
    Guid Id, int Version, string Who, string Whom, Mandate Mandate, string Status, DateTimeOffset GivenAt, string GivenBy, DateTimeOffset? EndedAt, string? EndedBy)
{
    public bool IsActive => Status == "active";

    public bool IsOver(DateTimeOffset now) => Mandate.Until <= now;
}

/// <summary>A colleague beside whoever asks, or somebody of an end customer of his company, with what the policy says about acting for him.</summary>
/// <param name="EndCustomer">Of which end customer; null for a colleague.</param>
public sealed record ListedColleague(
    MembershipId Membership, string FirstName, string Name, string Email, HeldRole Role, bool IsActive, bool IsHimself, AssistanceDecision Decision, string? EndCustomer, LastHand Hand);

/// <summary>An end customer of the caller's company as a whole, with what the policy says about acting for it.</summary>
public sealed record ListedWhole(CompanyId Id, string Number, string Name, AssistanceDecision Decision)
{
    /// <summary>Where no rule of the shop covers companies as a whole there is nothing to offer.</summary>
    public bool IsOffered => Decision.Rule != AssistanceRule.CompanyNotCovered && Decision.Rule != AssistanceRule.DealersNotCovered;
}

/// <summary>What a company lets whom do, and whom of it somebody may act for.</summary>
public sealed class MandateQueries(Database database, ShopPolicies policies, TimeProvider clock)
{
    public const int PeoplePerPage = 50;

    private static readonly string Mandates =
        $"""
        select z.mandate_id as "Id", z.version as "Version", z.status as "Status", z.created_at as "GivenAt", z.created_by as "GivenBy", z.ended_at as "EndedAt", z.ended_by as "EndedBy",
            coalesce(s.first_name || ' ' || s.last_name, p.first_name || ' ' || p.last_name, 'All people of ' || d.name) as "Who", {OperatorKey.DealerSql("q.id", "z.company_id")} as "Dealer", s.id is not null as "IsStaff",
            b.first_name || ' ' || b.last_name as "Whom", {StoredMandate.Columns}
        from assist_mandate z
        left join staff s on s.id = z.operator_staff_id
        left join membership q on q.id = z.operator_membership_id left join buyer p on p.id = q.buyer_id
        left join company d on d.id = z.operator_company_id
        left join membership m on m.id = z.membership_id left join buyer b on b.id = m.buyer_id
        """;

    private const string Members =
        """
        select m.id as "Id", b.first_name || ' ' || b.last_name as "Name" from membership m join buyer b on b.id = m.buyer_id
        where m.company_id = {0} and m.status = 'active' order by m.sort_name, m.id limit 500
        """;

    private const string Assigned =
        """
        select s.id as "Id", s.first_name || ' ' || s.last_name as "Name" from staff_assignment a join staff s on s.id = a.staff_id
        where a.company_id = {0} and s.status = 'active' order by s.last_name, s.first_name limit 50
        """;

    private const string Dealers =
        """
        select m.id as "Id", b.first_name || ' ' || b.last_name as "Name", d.name as "Dealer" from company c join company d on d.id = c.parent_id and d.kind = 'dealer'
        join membership m on m.company_id = d.id and m.status = 'active' join buyer b on b.id = m.buyer_id
        where c.id = {0} and c.kind = 'end-customer' order by m.sort_name, m.id limit 500
        """;

    private static readonly string Active = Mandates + " where z.company_id = {0} and z.status = 'active' order by z.created_at desc limit 200";
    private static readonly string Past = Mandates + " where z.company_id = {0} and z.status <> 'active' order by z.ended_at desc limit 50";
    private static readonly string One = Mandates + " where z.company_id = {0} and z.mandate_id = {1} and z.status = 'active'";

    // Administrators see everybody, others those for whom they hold a mandate. The caller's place is {0}, what may be seen {1}.
    private readonly string _people = $$"""
        select {{Standing.Columns(database)}}, b.email as "Email", {{LastHand.Columns}}
        from membership q join buyer p on p.id = q.buyer_id left join staff s on 1 = 0
        join membership m on m.company_id = q.company_id join buyer b on b.id = m.buyer_id join company c on c.id = m.company_id
        {{Standing.Agreements(database, "null")}}
        {{LastHand.Joins(LastHand.OfPerson, LastHand.SessionOfPerson)}}
        where q.id = {0} and q.status = 'active' and (z.id is not null or q.id = m.id or {1})
        """;

    // Of end customers only those whom a mandate covers: who they are is not the dealer's business otherwise.
    private readonly string _endCustomers = $$"""
        select {{Standing.Columns(database)}}, b.email as "Email", {{LastHand.Columns}}
        from membership q join buyer p on p.id = q.buyer_id left join staff s on 1 = 0
        join company d on d.id = q.company_id and d.kind = 'dealer'
        join company c on c.parent_id = d.id and c.kind = 'end-customer'
        join membership m on m.company_id = c.id join buyer b on b.id = m.buyer_id
        {{Standing.Agreements(database, "null")}}
        {{LastHand.Joins(LastHand.OfPerson, LastHand.SessionOfPerson)}}
        where q.id = {0} and q.status = 'active' and z.id is not null
        """;

    // As a whole a company is covered by what counts for everybody of it.
    private readonly string _endCustomersAsWhole = $$"""
        select {{Standing.Columns(database)}}
        from membership q join buyer p on p.id = q.buyer_id left join staff s on 1 = 0
        join company d on d.id = q.company_id and d.kind = 'dealer'
        join company c on c.parent_id = d.id and c.kind = 'end-customer'
        left join membership m on 1 = 0 left join buyer b on 1 = 0
        {{Standing.Agreements(database, "null")}}
        where q.id = {0} and q.status = 'active' and z.id is not null
        """;

    public async Task<(IReadOnlyList<ShownMandate> Active, IReadOnlyList<ShownMandate> Past)> Of(CompanyId company, CancellationToken cancel)
    {
        await using var db = database.Read();
        var active = await db.Rows<Row>(Active, company.Value).ToListAsync(cancel);
        return (active.ConvertAll(Shown), (await db.Rows<Row>(Past, company.Value).ToListAsync(cancel)).ConvertAll(Shown));
    }

    public async Task<ShownMandate?> Find(CompanyId company, Guid mandate, CancellationToken cancel)
    {
        await using var db = database.Read();
        return await db.Rows<Row>(One, company.Value, mandate).ToListAsync(cancel) is [var row] ? Shown(row) : null;
    }

    public async Task<bool> LetsUpwards(CompanyId company, CancellationToken cancel)
    {
        await using var db = database.Read();
        return await db.Set<AssistCompanyRow>().AnyAsync(row => row.CompanyId == company && row.LetsActUpwards, cancel);
    }

    /// <summary>Who can be chosen: people of the company, and the seller's staff who are assigned to it.</summary>
    public async Task<(IReadOnlyList<(string Value, string Words)> People, IReadOnlyList<(string Value, string Words)> Staff)> Choices(CompanyId company, CancellationToken cancel)
    {
        await using var db = database.Read();
        var people = await db.Rows<Named>(Members, company.Value).ToListAsync(cancel);
        var staff = await db.Rows<Named>(Assigned, company.Value).ToListAsync(cancel);
        return (people.ConvertAll(row => (row.Id.ToString(), row.Name)), staff.ConvertAll(row => (row.Id.ToString(), row.Name)));
    }

    /// <summary>The people of the dealer through whom a company buys, with its name; none where there is no dealer.</summary>
    public async Task<IReadOnlyList<(string Value, string Words)>> DealerPeople(CompanyId company, CancellationToken cancel)
    {
        await using var db = database.Read();
        return (await db.Rows<DealerPerson>(Dealers, company.Value).ToListAsync(cancel)).ConvertAll(row => (row.Id.ToString(), OperatorKey.Name(row.Name, row.Dealer)));
    }

    /// <summary>The people of the caller's company whom he may see, by name; one more than a page tells that there are more.</summary>
    /// <param name="from">The first of them; none: from the beginning.</param>
    public async Task<IReadOnlyList<ListedColleague>> People(Caller caller, MembershipId? from, CancellationToken cancel)
    {
        var sql = _people + (from is null ? "" : " and (m.sort_name, m.id) >= (select f.sort_name, f.id from membership f where f.id = {2})")
            + $" order by m.sort_name, m.id limit {PeoplePerPage + 1}";
        return await Read(caller, sql, cancel, [caller.Buyer!.Membership.Value, caller.May(Right.CompanyManage), .. Id(from)]);
    }

    /// <summary>The people of end customers for whom the caller holds a mandate, by company and name, likewise.</summary>
    /// <param name="find">Part of the company's name, or its number.</param>
    public async Task<IReadOnlyList<ListedColleague>> OfEndCustomers(Caller caller, MembershipId? from, string? find, CancellationToken cancel)
    {
        var sql = _endCustomers + (find is null ? "" : " and (c.sort_name like {1} or c.number = {2})")
            + (from is null ? "" : $" and (c.sort_name, c.id, m.sort_name, m.id) >= (select g.sort_name, g.id, f.sort_name, f.id from membership f join company g on g.id = f.company_id where f.id = {{{(find is null ? 1 : 3)}}})")
            + $" order by c.sort_name, c.id, m.sort_name, m.id limit {PeoplePerPage + 1}";
        object[] found = find is null ? [] : [$"%{SearchText.SortName(find)}%", find];
        return await Read(caller, sql, cancel, [caller.Buyer!.Membership.Value, .. found, .. Id(from)]);
    }

    /// <summary>The end customers for which as a whole the caller holds a mandate, by name; one more than a page tells that there are more.</summary>
    /// <param name="find">Part of the company's name, or its number.</param>
    public Task<IReadOnlyList<ListedWhole>> EndCustomersAsWhole(Caller caller, string? find, CancellationToken cancel) => ReadWhole(
        _endCustomersAsWhole + (find is null ? "" : " and (c.sort_name like {1} or c.number = {2})") + $" order by c.sort_name, c.id limit {PeoplePerPage + 1}",
        cancel, [caller.Buyer!.Membership.Value, .. find is null ? [] : new object[] { $"%{SearchText.SortName(find)}%", find }]);

    /// <summary>One of them by its number; null when there is none, or none that the caller may see.</summary>
    public async Task<ListedWhole?> FindEndCustomer(Caller caller, string number, CancellationToken cancel) =>
        (await ReadWhole(_endCustomersAsWhole + " and c.number = {1}", cancel, [caller.Buyer!.Membership.Value, number])).SingleOrDefault();

    /// <summary>One of either; null when there is no such person, or none whom the caller may see.</summary>
    public async Task<ListedColleague?> Find(Caller caller, MembershipId membership, CancellationToken cancel) =>
        (await Read(caller, _people + " and m.id = {2}", cancel, [caller.Buyer!.Membership.Value, caller.May(Right.CompanyManage), membership.Value])).SingleOrDefault()
        ?? (await Read(caller, _endCustomers + " and m.id = {1}", cancel, [caller.Buyer!.Membership.Value, membership.Value])).SingleOrDefault();

    private static object[] Id(MembershipId? membership) => membership is { } id ? [id.Value] : [];

    private async Task<IReadOnlyList<ListedColleague>> Read(Caller caller, string sql, CancellationToken cancel, object[] keys)
    {
        var own = caller.Buyer!.Membership;
        await using var db = database.Read();
        var rows = await db.Rows<PersonRow>(sql, keys).ToListAsync(cancel);
        var (policy, attempt) = (await policies.Shown(cancel), new Attempt(Moment.Before, await policies.Local(clock.GetUtcNow(), cancel)));
        return rows.ConvertAll(row => new ListedColleague(
            new MembershipId(row.Standing.Membership!.Value), row.Standing.FirstName!, row.Standing.BuyerName, row.Email, HeldRole.Read(row.Standing.Role!),
            row.Standing is { BuyerStatus: "active", MembershipStatus: "active" }, row.Standing.Membership == own.Value,
            AssistancePolicy.Decide(row.Standing.In(policy, attempt)), row.Standing.CompanyId == caller.Company!.Id.Value ? null : row.Standing.CompanyName, row.Hand));
    }

    private async Task<IReadOnlyList<ListedWhole>> ReadWhole(string sql, CancellationToken cancel, object[] keys)
    {
        await using var db = database.Read();
        var rows = await db.Rows<Standing>(sql, keys).ToListAsync(cancel);
        var (policy, attempt) = (await policies.Shown(cancel), new Attempt(Moment.Before, await policies.Local(clock.GetUtcNow(), cancel)));
        return rows.ConvertAll(row => new ListedWhole(new CompanyId(row.CompanyId!.Value), row.CompanyNumber!, row.CompanyName!, AssistancePolicy.Decide(row.In(policy, attempt))));
    }

    private static ShownMandate Shown(Row row) => new(
        row.Id, row.Version, row.Who is null ? Say("All of the seller's staff") : row.IsStaff ? row.Who + Say(" of the seller") : OperatorKey.Name(row.Who, row.Dealer), row.Whom ?? Say("everybody"), row.Mandate.Mandate,
        row.Status, row.GivenAt, row.GivenBy, row.EndedAt, row.EndedBy);

    private sealed record Row(
        Guid Id, int Version, string Status, DateTimeOffset GivenAt, string GivenBy, DateTimeOffset? EndedAt, string? EndedBy, string? Who, string? Dealer, bool IsStaff, string? Whom,
        StoredMandate Mandate);

    private sealed record Named(Guid Id, string Name);

    private sealed record DealerPerson(Guid Id, string Name, string Dealer);

    private sealed record PersonRow(Standing Standing, string Email, LastHand Hand);
}
