using OnBehalf.Data;
using OnBehalf.Deals;
using OnBehalf.Kernel;
using OnBehalf.Modules.Settings;

namespace OnBehalf.Modules.Deals;

/// <summary>For whom prices are agreed: a company that is acted for as a whole, or a person in his company or as a private customer.</summary>
public readonly record struct DealCustomer(CompanyId? Company, MembershipId? Membership)
{
    public static DealCustomer Of(Caller caller) => caller.IsForCompany ? new DealCustomer(caller.Company!.Id, null) : new DealCustomer(null, caller.Buyer!.Membership);
}

/// <summary>A price that somebody asked for, as the line of a cart tells it.</summary>
public sealed record LineDeal(
    Guid Id, Guid Product, string Status, long Quantity, string Currency, int PricePer, long AskedMinor, long? DecidedMinor, string? Reason, string? Answer, DateTimeOffset? Until, Guid? DecidedById, string? DecidedBy)
{
    public UnitPrice Asked => new(new Money(AskedMinor, Kernel.Currency.Of(Currency)), PricePer);

    /// <summary>What was approved; null: nothing.</summary>
    public UnitPrice? Price => DecidedMinor is { } minor ? new UnitPrice(new Money(minor, Kernel.Currency.Of(Currency)), PricePer) : null;

    /// <summary>For at least so many.</summary>
    public Quantity Least => new(Quantity);

    public bool IsWaiting => Status == DealRequest.Waiting;

    /// <summary>It was approved, and counts for so many.</summary>
    public bool CountsFor(Quantity quantity) => Price is not null && quantity.Thousandths >= Quantity;
}

/// <summary>Loads what the guard judges by. Three commands where the shop has limits, one where it has none, and one more where a month is limited.</summary>
public sealed class DealQueries(Database database, ShopSettings settings, TimeProvider clock)
{
    private const string Limits = """
        select l.staff_role as "Role", l.staff_group as "StaffGroup", l.customer_group_id as "CustomerGroup", l.category_id as "Category", l.currency as "Currency", l.from_minor as "FromMinor",
            l.most_off_millionths as "MostOff", l.least_margin_millionths as "LeastMargin", l.month_minor as "MonthMinor",
            (select t.customer_group_id from customer_terms t where t.company_id = {0} or t.membership_id = {1}) as "Of"
        from deal_limit l order by l.position, l.id
        """;

    private readonly string _articles = $"""
        with recursive above (product, category) as (
            select p.id, p.category_id from product p where p.category_id is not null and {database.OneOf("p.id", "{0}")}
            union all select a.product, c.parent_id from above a join category c on c.id = a.category where c.parent_id is not null)
        select p.id as "Product", p.cost_minor as "CostMinor", p.currency as "Currency", a.category as "Category" from product p left join above a on a.product = p.id where {database.OneOf("p.id", "{0}")}
        """;

    // What was declined is told for a week.
    private readonly string _deals = $$"""
        select d.id as "Id", d.product_id as "Product", d.status as "Status", d.quantity_thousandths as "Quantity", d.currency as "Currency", d.price_per as "PricePer", d.asked_minor as "AskedMinor", d.decided_minor as "DecidedMinor",
            d.reason as "Reason", d.answer as "Answer", d.until as "Until", d.decided_by_id as "DecidedById", s.first_name || ' ' || s.last_name as "DecidedBy"
        from deal d left join staff s on s.id = d.decided_by_id
        where d.staff_id = {0} and d.asked_at > {3} and (d.membership_id = {1} or d.company_id = {2}) and (d.status = 'waiting' or d.status in ('approved', 'countered') and d.until > {{database.Now}} or d.status = 'declined' and d.decided_at > {4})
        order by case d.status when 'waiting' then 0 when 'declined' then 2 else 1 end, d.asked_at desc limit 1000
        """;

    // Along the index of orders in which something was given away. What waits counts: it may be placed at any moment. What was approved by somebody else does not.
    private const string Month = """
        select cast(coalesce(sum(x.given), 0) as bigint) as "Value" from (
            select l.given_minor as given from orders o join order_line l on l.order_id = o.id and l.agreed_by_id = {0} and l.approved_by_id is null
            where o.given_minor is not null and o.placed_at >= {1} and o.currency = {2} and o.status not in ('declined', 'cancelled')
            union all
            select o.agreed_discount_minor from orders o
            where o.given_minor is not null and o.placed_at >= {1} and o.currency = {2} and o.agreed_discount_by_id = {0} and o.status not in ('declined', 'cancelled')
            union all
            select o.regular_shipping_minor - o.shipping_minor from orders o
            where o.given_minor is not null and o.placed_at >= {1} and o.currency = {2} and o.agreed_shipping_by_id = {0} and o.status not in ('declined', 'cancelled')) x
        """;

    /// <summary>The limits, with the group of the customer; empty: the shop has none.</summary>
    internal static async Task<(IReadOnlyList<DealLimit> Limits, CustomerGroupId? Group)> LimitsFor(ShopDb db, CompanyId? company, MembershipId? membership, CancellationToken cancel)
    {
        var rows = await db.Rows<LimitLine>(Limits, company?.Value ?? Guid.Empty, membership?.Value ?? Guid.Empty).ToListAsync(cancel);
        return (rows.ConvertAll(row => row.Limit), rows is [{ Of: { } group }, ..] ? new CustomerGroupId(group) : null);
    }

    /// <summary>The lines with cost and categories.</summary>
    internal async Task<IReadOnlyList<DealLine>> Known(ShopDb db, IReadOnlyList<DealLine> lines, CancellationToken cancel)
    {
        var articles = (await db.Rows<ArticleLine>(_articles, database.List([.. lines.Select(line => line.Product)])).ToListAsync(cancel)).ToLookup(row => new ProductId(row.Product));
        return [.. lines.Select(line => line with
        {
            Cost = articles[line.Product].FirstOrDefault() is { CostMinor: { } cost } first && first.Currency == line.Left.Currency.Code ? new Money(cost, line.Left.Currency) : null,
            Categories = [.. articles[line.Product].Where(row => row.Category is not null).Select(row => new CategoryId(row.Category!.Value))],
        })];
    }

    /// <summary>What a staff member asked for this customer and still matters: of an article what waits, else what was approved last, else what was declined.</summary>
    internal async Task<IReadOnlyList<LineDeal>> Of(ShopDb db, StaffId staff, DealCustomer customer, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var rows = await db.Rows<LineDeal>(_deals, staff.Value, customer.Membership?.Value ?? Guid.Empty, customer.Company?.Value ?? Guid.Empty, now.AddDays(-400), now.AddDays(-7)).ToListAsync(cancel);
        return [.. rows.DistinctBy(row => row.Product)];
    }

    /// <summary>What somebody has given away in the month that runs, by the time zone of the shop.</summary>
    internal async Task<Money> GivenThisMonth(ShopDb db, StaffId staff, Currency currency, CancellationToken cancel)
    {
        var zone = await settings.TimeZone(cancel);
        var today = TimeZoneInfo.ConvertTime(clock.GetUtcNow(), zone).Date;
        var first = today.AddDays(1 - today.Day);
        return new Money((await db.Rows<long>(Month, staff.Value, new DateTimeOffset(first, zone.GetUtcOffset(first)), currency.Code).ToListAsync(cancel)).Single(), currency);
    }

    private sealed record LimitLine(
        string? Role, string? StaffGroup, Guid? CustomerGroup, Guid? Category, string? Currency, long? FromMinor, int? MostOff, int? LeastMargin, long? MonthMinor, Guid? Of)
    {
        public DealLimit Limit => new(
            new DealScope(Role is null ? null : Words.Parse<StaffRole>(Role), StaffGroup, CustomerGroup is { } group ? new CustomerGroupId(group) : null, Category is { } category ? new CategoryId(category) : null, Sum(FromMinor)),
            MostOff is { } off ? new Percentage(off) : null, LeastMargin is { } margin ? new Percentage(margin) : null, Sum(MonthMinor));

        private Money? Sum(long? minor) => minor is { } sum ? new Money(sum, Kernel.Currency.Of(Currency!)) : null;
    }

    private sealed record ArticleLine(Guid Product, long? CostMinor, string Currency, Guid? Category);
}
