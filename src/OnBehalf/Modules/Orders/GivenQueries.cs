using OnBehalf.Data;
using OnBehalf.Kernel;
using OnBehalf.Orders;
using OnBehalf.Pricing;

namespace OnBehalf.Modules.Orders;

/// <summary>What one member of the staff gave away in a time, and the orders in which he did.</summary>
/// <param name="GivenMinor">How much more the customers would have paid, without tax; negative: less.</param>
/// <param name="NetMinor">What the articles of these orders cost, without tax.</param>
public sealed record GivenBy(Guid? Staff, string? Name, string Currency, int Orders, long GivenMinor, long NetMinor)
{
    public Money Given => new(GivenMinor, Kernel.Currency.Of(Currency));

    public Money Net => new(NetMinor, Kernel.Currency.Of(Currency));

    /// <summary>Of what the articles would have cost, in percent with one decimal; null: nothing.</summary>
    public decimal? Share => GivenMinor + NetMinor <= 0 ? null : Math.Round(GivenMinor * 100m / (GivenMinor + NetMinor), 1, MidpointRounding.AwayFromZero);
}

/// <summary>An order in which staff agreed something.</summary>
/// <param name="Operator">Who placed it, as he was called then.</param>
public sealed record GivenOrder(Guid Id, string Number, DateTimeOffset PlacedAt, string Status, string Currency, string? Customer, string? Operator, long GivenMinor, long TotalMinor)
{
    /// <summary>What was agreed in it, for which article and why; in the order of the lines.</summary>
    public IReadOnlyList<string> What { get; init; } = [];

    public Money Given => new(GivenMinor, Kernel.Currency.Of(Currency));

    public Money Total => new(TotalMinor, Kernel.Currency.Of(Currency));
}

/// <param name="Older">The place at which the next page begins; null at the end.</param>
public sealed record GivenListing(IReadOnlyList<GivenBy> Sums, IReadOnlyList<GivenOrder> Orders, OrderPlace? Older);

/// <summary>What staff agreed in orders of a time, newest first: three commands, along the index of such orders alone.</summary>
public sealed class GivenQueries(Database database)
{
    public const int PageSize = 25;

    /// <summary>A file that is longer is asked to be narrower.</summary>
    public const int MostInFile = 10_000;

    private const string InTime = "o.given_minor is not null and o.placed_at >= {0} and o.placed_at < {1}";

    // What waits, was declined or was cancelled has given nothing.
    private const string Counts = $"o.status not in ('{OrderWords.Waiting}', '{OrderWords.Declined}', 'cancelled')";

    private const string Sum = $"""
        with part as (
            select o.id, o.currency, l.agreed_by_id as staff_id, l.given_minor as given, o.lines_minor - o.discount_minor as net
            from orders o join order_line l on l.order_id = o.id and l.regular_price_minor is not null where {InTime} and {Counts}
            union all
            select o.id, o.currency, o.agreed_discount_by_id, o.agreed_discount_minor, o.lines_minor - o.discount_minor
            from orders o where {InTime} and o.agreed_discount_minor > 0 and {Counts}
            union all
            select o.id, o.currency, o.agreed_shipping_by_id, o.regular_shipping_minor - o.shipping_minor, o.lines_minor - o.discount_minor
            from orders o where {InTime} and o.regular_shipping_minor is not null and {Counts}),
        each as (select id, currency, staff_id, sum(given) as given, max(net) as net from part group by id, currency, staff_id)
        select e.staff_id as "Staff", s.first_name || ' ' || s.last_name as "Name", e.currency as "Currency", cast(count(*) as integer) as "Orders", cast(sum(e.given) as bigint) as "GivenMinor", cast(sum(e.net) as bigint) as "NetMinor"
        from each e left join staff s on s.id = e.staff_id
        group by e.staff_id, s.first_name, s.last_name, e.currency
        order by sum(e.given) desc, e.currency limit 500
        """;

    private const string Orders = $"""
        select o.id as "Id", o.number as "Number", o.placed_at as "PlacedAt", o.status as "Status", o.currency as "Currency", coalesce(o.company_name, o.buyer_name) as "Customer", o.operator_name as "Operator",
            o.given_minor as "GivenMinor", o.total_minor as "TotalMinor"
        from orders o where {InTime}
        """;

    private readonly string _what = $"""
        select l.order_id as "Order", l.position as "Position", l.sku as "Sku", l.agreed_reason as "Reason", l.given_minor as "GivenMinor" from order_line l where l.regular_price_minor is not null and {database.OneOf("l.order_id", "{0}")}
        union all
        select o.id, 100000, '', o.agreed_discount_reason, o.agreed_discount_minor from orders o where o.agreed_discount_minor > 0 and {database.OneOf("o.id", "{0}")}
        union all
        select o.id, 100001, '', o.agreed_shipping_reason, o.regular_shipping_minor - o.shipping_minor from orders o where o.regular_shipping_minor is not null and {database.OneOf("o.id", "{0}")}
        """;

    public async Task<GivenListing> Page(DateTimeOffset from, DateTimeOffset until, OrderPlace? before, CancellationToken cancel, int size = PageSize)
    {
        await using var db = database.Read();
        var sums = await db.Rows<GivenBy>(Sum, from, until).ToListAsync(cancel);
        var rows = before is { } place
            ? await db.Rows<GivenOrder>($"{Orders} and (o.placed_at, o.id) < ({{2}}, {{3}}) order by o.placed_at desc, o.id desc limit {size + 1}", from, until, place.PlacedAt, place.Id.Value).ToListAsync(cancel)
            : await db.Rows<GivenOrder>($"{Orders} order by o.placed_at desc, o.id desc limit {size + 1}", from, until).ToListAsync(cancel);
        var shown = rows.Take(size).ToList();
        var what = shown.Count == 0 ? [] : await db.Rows<What>(_what, database.List(shown.Select(order => order.Id))).ToListAsync(cancel);
        var ofOrder = what.OrderBy(one => one.Position).ToLookup(one => one.Order);
        return new GivenListing(
            sums, [.. shown.Select(order => order with { What = [.. ofOrder[order.Id].Select(one => one.InWords(Currency.Of(order.Currency)))] })],
            rows.Count > size ? new OrderPlace(shown[^1].PlacedAt, new OrderId(shown[^1].Id)) : null);
    }

    private sealed record What(Guid Order, int Position, string Sku, string? Reason, long GivenMinor)
    {
        public string InWords(Currency currency)
        {
            var subject = Position switch { 100_000 => Say("Whole cart"), 100_001 => Say("Shipping"), _ => Sku };
            var given = new Money(GivenMinor, currency).ToPlainString();
            return Reason is { } code ? $"{subject} {given}: {PriceReasons.Inside(code)}" : $"{subject} {given}";
        }
    }
}
