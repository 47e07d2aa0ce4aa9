using OnBehalf.Companies;
using OnBehalf.Data;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Companies;

/// <summary>A cost centre in a list.</summary>
/// <param name="Members">To how many people it is open; 0: to all of the company.</param>
/// <param name="Version">By which a form sees that somebody else was faster.</param>
public sealed record ListedCostCentre(Guid Id, string Code, string Name, bool IsActive, int Members, int Version = 0)
{
    public string InWords => new CostCentre(Code, Name).ToString();
}

/// <summary>Somebody of the company, and whether he is named for a cost centre.</summary>
public sealed record CostCentrePerson(Guid Membership, string Name, bool IsNamed);

/// <summary>The cost centres of a company: all for who manages it, and those on which somebody may order.</summary>
public sealed class CostCentreQueries(Database database)
{
    internal const string Columns =
        """
        k.id as "Id", k.code as "Code", k.name as "Name", k.is_active as "IsActive", k.version as "Version",
        (select cast(count(*) as integer) from cost_centre_member x where x.cost_centre_id = k.id) as "Members"
        """;

    private const string All = $"select {Columns} from cost_centre k where k.company_id = {{0}} order by k.code, k.id limit 500";

    // Open to all of the company, or named for it; for the company as a whole everything.
    internal const string IsOpen =
        """
        k.company_id = {0} and k.is_active
            and ({1} or not exists (select 1 from cost_centre_member x where x.cost_centre_id = k.id)
                or exists (select 1 from cost_centre_member x where x.cost_centre_id = k.id and x.membership_id = {2}))
        """;

    private const string Open = $"select {Columns} from cost_centre k where {IsOpen} order by k.code, k.id limit 500";

    private const string People =
        """
        select m.id as "Membership", b.first_name || ' ' || b.last_name as "Name",
            exists (select 1 from cost_centre_member x where x.cost_centre_id = {1} and x.membership_id = m.id) as "IsNamed"
        from membership m join buyer b on b.id = m.buyer_id where m.company_id = {0} and m.status = 'active' order by m.sort_name, m.id limit 500
        """;

    public async Task<IReadOnlyList<ListedCostCentre>> Of(CompanyId company, CancellationToken cancel)
    {
        await using var db = database.Read();
        return await Of(db, company, cancel);
    }

    public static async Task<IReadOnlyList<ListedCostCentre>> Of(ShopDb db, CompanyId company, CancellationToken cancel) =>
        await db.Rows<ListedCostCentre>(All, company.Value).ToListAsync(cancel);

    public async Task<IReadOnlyList<CostCentrePerson>> PeopleOf(CompanyId company, CostCentreId centre, CancellationToken cancel)
    {
        await using var db = database.Read();
        return await PeopleOf(db, company, centre, cancel);
    }

    /// <summary>Whom the form shows: the others who are named it can neither keep nor take away. Also inside a write.</summary>
    internal static async Task<IReadOnlyList<CostCentrePerson>> PeopleOf(ShopDb db, CompanyId company, CostCentreId centre, CancellationToken cancel) =>
        await db.Rows<CostCentrePerson>(People, company.Value, centre.Value).ToListAsync(cancel);

    /// <summary>Those on which the caller may order; also inside a write.</summary>
    public static async Task<IReadOnlyList<ListedCostCentre>> OpenTo(ShopDb db, Caller caller, CancellationToken cancel) => caller.Company is not { } company ? []
        : await db.Rows<ListedCostCentre>(Open, KeysOf(caller, company)).ToListAsync(cancel);

    internal static object[] KeysOf(Caller caller, CallerCompany? company) =>
        [company?.Id.Value ?? Guid.Empty, caller.IsForCompany, caller.Buyer?.Membership.Value ?? Guid.Empty];
}
