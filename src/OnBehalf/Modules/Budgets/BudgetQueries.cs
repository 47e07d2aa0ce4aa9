using OnBehalf.Companies;
using OnBehalf.Data;
using OnBehalf.Kernel;
using OnBehalf.Modules.Identity;
using OnBehalf.Modules.Settings;

namespace OnBehalf.Modules.Budgets;

/// <summary>A budget with what is used of it in the period that runs: all that was ordered and not declined, cancelled or returned, with what waits.</summary>
public sealed record ListedBudget(
    Guid Id, Guid? Membership, string? Person, Guid? Centre, string? CentreCode, string? CentreName, string Period, long AmountMinor, string Currency, long UsedMinor, int Version)
{
    public BudgetState State => new(
        Membership is not null ? BudgetOf.Person : Centre is not null ? BudgetOf.CostCentre : BudgetOf.Company,
        new Budget(Amount(AmountMinor), Words.Parse<BudgetPeriod>(Period)), Amount(UsedMinor));

    /// <summary>Whose it is, at the beginning of a line.</summary>
    public string Whose => Person ?? (Centre is not null ? new CostCentre(CentreCode!, CentreName!).ToString() : Say("All of the company"));

    private Money Amount(long minor) => new(minor, Kernel.Currency.Of(Currency));
}

/// <summary>Who approves at a place of the chain, and who does it for him now.</summary>
public sealed record ListedApprover(int Level, Guid Membership, string Name, long AboveMinor, string Currency, bool MayApprove, Guid? Deputy, string? DeputyName, DateTimeOffset? Until)
{
    public Approver Value => new(Level, new MembershipId(Membership), new Money(AboveMinor, Kernel.Currency.Of(Currency)));
}

/// <summary>Somebody of the company to choose.</summary>
public sealed record BudgetPerson(Guid Membership, string Name, bool MayApprove);

/// <summary>The budgets of a company, who approves for it, and what an order would be over.</summary>
public sealed class BudgetQueries(Database database, ShopSettings settings)
{
    public const int Most = 500;

    // {1} to {3}: when month, quarter and year began.
    private const string UsedSql =
        """
        cast(case b.period when 'order' then 0 else (
            select coalesce(sum(o.total_minor), 0) from orders o
            where o.company_id = b.company_id and o.currency = b.currency and o.status not in ('declined', 'cancelled', 'returned')
                and o.placed_at >= case b.period when 'month' then {1} when 'quarter' then {2} else {3} end
                and (b.membership_id is null or o.membership_id = b.membership_id) and (b.cost_centre_id is null or o.cost_centre_id = b.cost_centre_id)
        ) end as bigint) as "UsedMinor"
        """;

    private const string ListSql =
        $"""
        select b.id as "Id", b.membership_id as "Membership", p.first_name || ' ' || p.last_name as "Person", k.id as "Centre", k.code as "CentreCode", k.name as "CentreName",
            b.period as "Period", b.amount_minor as "AmountMinor", b.currency as "Currency", {UsedSql}, b.version as "Version"
        from budget b
        left join membership m on m.id = b.membership_id left join buyer p on p.id = m.buyer_id
        left join cost_centre k on k.id = b.cost_centre_id
        """;

    private const string OfCompanySql = $"{ListSql} where b.company_id = {{0}} order by p.last_name, p.first_name, k.code, b.period, b.id limit 500";

    // What an order of {4} on the cost centre {5} would be held against.
    private const string OfOrderSql =
        $"{ListSql} where b.company_id = {{0}} and (b.membership_id is null or b.membership_id = {{4}}) and (b.cost_centre_id is null or b.cost_centre_id = {{5}}) order by b.id";

    // His own and those of the company; of cost centres those that are open to him by name.
    private const string OfPersonSql =
        $"""
        {ListSql}
        where b.company_id = {"{0}"} and (b.membership_id = {"{4}"} or (b.membership_id is null and (b.cost_centre_id is null
            or exists (select 1 from cost_centre_member x where x.cost_centre_id = b.cost_centre_id and x.membership_id = {"{4}"}))))
        order by b.membership_id is null, k.code, b.period, b.id limit 20
        """;

    private static readonly string PeopleSql =
        $$"""
        select m.id as "Membership", b.first_name || ' ' || b.last_name as "Name", {{RoleSql.May("m", Right.OrdersApprove)}} as "MayApprove"
        from membership m join buyer b on b.id = m.buyer_id where m.company_id = {0} and m.status = 'active' and b.status = 'active' order by m.sort_name, m.id limit 500
        """;

    private readonly string _chain =
        $"""
        select a.level as "Level", a.membership_id as "Membership", b.first_name || ' ' || b.last_name as "Name", a.above_minor as "AboveMinor", a.currency as "Currency",
            m.status = 'active' and b.status = 'active' and {RoleSql.May("m", Right.OrdersApprove)} as "MayApprove",
            d.deputy_id as "Deputy", e.first_name || ' ' || e.last_name as "DeputyName", d.until as "Until"
        from approver a join membership m on m.id = a.membership_id join buyer b on b.id = m.buyer_id
        left join approver_deputy d on d.membership_id = a.membership_id and d.until > {database.Now}
        left join membership n on n.id = d.deputy_id left join buyer e on e.id = n.buyer_id
        where a.company_id = {"{0}"} order by a.level
        """;

    public async Task<IReadOnlyList<ListedBudget>> Of(ShopDb db, CompanyId company, DateTimeOffset now, CancellationToken cancel) =>
        await db.Rows<ListedBudget>(OfCompanySql, [company.Value, .. await Begins(db, now, cancel)]).ToListAsync(cancel);

    /// <summary>Those that a buyer has to keep to, for his own eyes.</summary>
    public async Task<IReadOnlyList<ListedBudget>> OfPerson(ShopDb db, Caller caller, DateTimeOffset now, CancellationToken cancel) => caller.Company is not { } company ? []
        : await db.Rows<ListedBudget>(OfPersonSql, [company.Id.Value, .. await Begins(db, now, cancel), caller.Buyer?.Membership.Value ?? Guid.Empty]).ToListAsync(cancel);

    /// <summary>
    /// The codes of the budgets that an order of the caller would be over. Inside a write after the row of the company is locked: two orders at once then
    /// come one after the other, and the second one finds the first.
    /// </summary>
    public async Task<IReadOnlyList<string>> Exceeded(ShopDb db, Caller caller, CostCentreId? centre, Money total, DateTimeOffset now, CancellationToken cancel)
    {
        if (caller.Company is not { } company)
        {
            return [];
        }

        var budgets = await db.Rows<ListedBudget>(
            OfOrderSql, [company.Id.Value, .. await Begins(db, now, cancel), caller.Buyer?.Membership.Value ?? Guid.Empty, centre?.Value ?? Guid.Empty]).ToListAsync(cancel);
        return [.. budgets.Select(budget => budget.State).Where(state => state.IsExceededBy(total)).Select(state => state.CodeFor(total))];
    }

    /// <summary>Who approves one after the other; nobody: every administrator and approver may.</summary>
    public Task<List<ListedApprover>> Chain(ShopDb db, CompanyId company, CancellationToken cancel) => db.Rows<ListedApprover>(_chain, company.Value).ToListAsync(cancel);

    public Task<List<BudgetPerson>> People(ShopDb db, CompanyId company, CancellationToken cancel) => db.Rows<BudgetPerson>(PeopleSql, company.Value).ToListAsync(cancel);

    private async Task<object[]> Begins(ShopDb db, DateTimeOffset now, CancellationToken cancel)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(await settings.Get(db, ShopSettings.ShopTimeZone, cancel));
        return [Budget.Begin(BudgetPeriod.Month, now, zone), Budget.Begin(BudgetPeriod.Quarter, now, zone), Budget.Begin(BudgetPeriod.Year, now, zone)];
    }
}
