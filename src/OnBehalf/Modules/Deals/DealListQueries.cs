using OnBehalf.Data;
using OnBehalf.Deals;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Deals;

/// <summary>Who may decide about a price.</summary>
internal sealed record DealDecider(Guid Id, string Name, string Email);

/// <summary>A price that somebody asked for, with all that who decides has to know.</summary>
public sealed record ShownDeal(
    Guid Id, Guid StaffId, string Asker, string Email, string Customer, string? CustomerNumber, Guid? CompanyOf, string Sku, string Name, long Quantity, string Currency, int PricePer, long RegularMinor, long AskedMinor,
    string? Reason, string Status, DateTimeOffset AskedAt, DateTimeOffset? DecidedAt, string? DecidedBy, long? DecidedMinor, string? Answer, DateTimeOffset? Until, long? CostMinor, string CostCurrency)
{
    public DealRequest Request => new(Price(RegularMinor), Price(AskedMinor), new Quantity(Quantity));

    public UnitPrice? Decided => DecidedMinor is { } minor ? Price(minor) : null;

    public CompanyId? OfCompany => CompanyOf is { } id ? new CompanyId(id) : null;

    /// <summary>Of one unit; null: not known in this currency.</summary>
    public Money? Cost => CostMinor is { } cost && CostCurrency == Currency ? new Money(cost, Kernel.Currency.Of(Currency)) : null;

    private UnitPrice Price(long minor) => new(new Money(minor, Kernel.Currency.Of(Currency)), PricePer);
}

/// <summary>Prices that were asked for, to decide and decided.</summary>
public sealed class DealListQueries(Database database)
{
    public const int Most = 50;

    private const string Columns = """
        select d.id as "Id", d.staff_id as "StaffId", s.first_name || ' ' || s.last_name as "Asker", s.email as "Email", coalesce(c.name, b.first_name || ' ' || b.last_name) as "Customer", c.number as "CustomerNumber", c.id as "CompanyOf",
            p.sku as "Sku", p.name as "Name", d.quantity_thousandths as "Quantity", d.currency as "Currency", d.price_per as "PricePer", d.regular_minor as "RegularMinor", d.asked_minor as "AskedMinor", d.reason as "Reason",
            d.status as "Status", d.asked_at as "AskedAt", d.decided_at as "DecidedAt", w.first_name || ' ' || w.last_name as "DecidedBy", d.decided_minor as "DecidedMinor", d.answer as "Answer", d.until as "Until",
            p.cost_minor as "CostMinor", p.currency as "CostCurrency"
        from deal d
        join staff s on s.id = d.staff_id
        join product p on p.id = d.product_id
        left join staff w on w.id = d.decided_by_id
        left join membership m on m.id = d.membership_id
        left join buyer b on b.id = m.buyer_id
        left join company c on c.id = coalesce(d.company_id, m.company_id)
        """;

    private static readonly string Waiting = $"{Columns} where d.status = 'waiting' and d.staff_id <> {{0}} order by d.asked_at limit {Most}";
    private static readonly string Own = $"{Columns} where d.staff_id = {{0}} order by d.asked_at desc limit {Most}";
    private static readonly string ById = Columns + " where d.id = {0}";

    // Of his own group first.
    private const string Supervisors = """
        select id as "Id", first_name || ' ' || last_name as "Name", email as "Email" from staff
        where status = 'active' and role in ('supervisor', 'administrator') and id <> {0}
        order by case when role <> 'supervisor' then 2 when staff_group = {1} then 0 else 1 end, id limit 10
        """;

    /// <summary>What waits for somebody other than the caller, and what he asked for himself, the newest first.</summary>
    public async Task<(IReadOnlyList<ShownDeal> Waiting, IReadOnlyList<ShownDeal> Own)> For(Caller caller, CancellationToken cancel)
    {
        await using var db = database.Read();
        var staff = caller.Staff!.Id.Value;
        return (caller.May(Right.DealsApprove) ? await db.Rows<ShownDeal>(Waiting, staff).ToListAsync(cancel) : [], await db.Rows<ShownDeal>(Own, staff).ToListAsync(cancel));
    }

    internal async Task<ShownDeal?> One(ShopDb db, Guid id, CancellationToken cancel) => await db.Rows<ShownDeal>(ById, id).ToListAsync(cancel) is [var deal] ? deal : null;

    internal static Task<List<DealDecider>> Deciders(ShopDb db, StaffId asker, string? group, CancellationToken cancel) => db.Rows<DealDecider>(Supervisors, asker.Value, group ?? "").ToListAsync(cancel);
}
