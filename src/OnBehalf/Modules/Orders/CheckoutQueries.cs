using OnBehalf.Data;
using OnBehalf.Kernel;
using OnBehalf.Modules.Carts;
using OnBehalf.Modules.Companies;
using OnBehalf.Modules.Payments;
using OnBehalf.Modules.Pricing;
using OnBehalf.Orders;
using OnBehalf.Pricing;

namespace OnBehalf.Modules.Orders;

/// <summary>What an order would be at this moment: its lines, the ways of sending it, tax and totals. Shown to the buyer, and judged again when he places it.</summary>
/// <param name="Methods">Those that go where the goods go, cheapest first.</param>
/// <param name="Method">The chosen one; null when none, or one that does not go there.</param>
public sealed record CheckoutReview(
    ShownCart Cart, IReadOnlyList<ShippingMethod> Methods, ShippingMethod? Method, IReadOnlyDictionary<string, Percentage> RateOfClass, OrderTotals Totals)
{
    /// <summary>Why no tax is due, as the paper says it; null: it is.</summary>
    public string? TaxNote { get; init; }

    public CouponReview Coupons { get; init; } = CouponReview.None;

    /// <summary>An article has no rate of tax where the goods go, where others have one.</summary>
    public Refusal? TaxMissing { get; init; }

    public TaxBasis Basis { get; init; }

    /// <summary>Ways of paying that are offered to the caller where the goods go.</summary>
    public IReadOnlyList<PaymentMethod> Payments { get; init; } = [];

    public ShippingLoad Load { get; init; }

    /// <summary>The amounts of the lines, shipping and discount with tax, for one who sees them so.</summary>
    public GrossAmounts? Gross { get; init; }

    /// <summary>A line as the page shows it, by its place in the cart, of which all can be ordered.</summary>
    public Money? Shown(int place) => Gross is not null && Cart.IsOrderable ? Gross.Lines[place] : Cart.Lines[place].Total;

    /// <summary>What is taken off each line, by agreement and by coupons; null: nothing of any.</summary>
    public IReadOnlyList<Money>? Off { get; init; }

    /// <summary>What each coupon takes off, as the page shows it.</summary>
    public IReadOnlyList<(Coupon Coupon, Money Off)> ShownCoupons => Coupons.Result?.OfCoupons is not { Count: > 0 } given ? [] : [.. given.Zip(ShownOff().Skip(1), (one, off) => (one.Coupon, off))];

    /// <summary>What the agreed discount takes off, as the page shows it.</summary>
    public Money ShownAgreed => ShownOff()[0];

    // First what was agreed, then coupon by coupon.
    private Money[] ShownOff()
    {
        Money[] off = [Cart.Less, .. Coupons.Result?.OfCoupons.Select(one => one.Off) ?? []];
        return Gross is null || off.All(one => one.IsZero) ? off : Prorate.Split(Gross.Discount, [.. off.Select(one => one.Minor)]);
    }

    /// <summary>What sending would cost without what staff agreed; null: it costs that, or nothing was chosen.</summary>
    public Money? RegularShipping => Method?.CostOf(Load) is { } regular && CostOf(Method) != regular ? regular : null;

    /// <summary>How much more all of it would cost without what staff agreed, without tax; null: they agreed nothing.</summary>
    public Money? Given => Cart.Less.IsZero && RegularShipping is null && Cart.Lines.All(line => line.Given is null) ? null
        : Cart.Lines.Aggregate(Cart.Less, (sum, line) => line.Given is { } given ? sum + given : sum) + (RegularShipping is { } regular ? regular - Totals.Shipping : Money.Zero(Cart.Currency));

    /// <summary>The same as the page shows it.</summary>
    public Money? ShownRegularShipping => RegularShipping is { } regular ? Gross is null ? regular : regular + regular.Percent(RateOfClass[Taxes.Standard]) : null;

    private Money CostOf(ShippingMethod method) => Cart.Shipping?.Instead(method.CostOf(Load)) ?? method.CostOf(Load);

    /// <summary>What a way of sending costs, as the page shows it.</summary>
    public Money Shown(ShippingMethod method) => Gross is null ? CostOf(method) : CostOf(method) + CostOf(method).Percent(RateOfClass[Taxes.Standard]);
}

/// <summary>Puts cart, prices, shipping and tax together; five commands.</summary>
public sealed class CheckoutQueries(CartsQueries carts, PricingQueries pricing, CouponQueries couponQueries, PayDesk desk)
{
    private const string BeginSql = $$"""
        select (select o.shipping_code from orders o where {1} order by o.placed_at desc, o.id desc limit 1) as "Shipping", exists (select 1 from budget g where g.company_id = {0}) as "HasBudgets", {{PaymentMethods.Together}} as "Payments",
            {{CostCentreQueries.Columns}}
        from (select 1 as one) it left join cost_centre k on {{CostCentreQueries.IsOpen}}
        order by k.code, k.id limit 500
        """;

    private static readonly string OfBuyer = BeginSql.Replace("where {1} order", "where o.membership_id = {2} order", StringComparison.Ordinal);
    private static readonly string OfCompany = BeginSql.Replace("where {1} order", "where o.company_id = {0} order", StringComparison.Ordinal);

    /// <summary>How the last order of the buyer, or of the company as a whole, was sent; the cost centres on which the caller may order; whether the company keeps budgets; and the ways of paying.</summary>
    public static async Task<(string? Shipping, IReadOnlyList<ListedCostCentre> Centres, bool HasBudgets, IReadOnlyList<PaymentTerms> Payments)> Begin(ShopDb db, Caller caller, CancellationToken cancel)
    {
        var rows = await db.Rows<Beginning>(caller.IsForCompany ? OfCompany : OfBuyer, CostCentreQueries.KeysOf(caller, caller.Company)).ToListAsync(cancel);
        return (
            rows.FirstOrDefault()?.Shipping,
            [.. rows.Where(row => row.Id is not null).Select(row => new ListedCostCentre(row.Id!.Value, row.Code!, row.Name!, row.IsActive ?? false, row.Members ?? 0))],
            rows.Exists(row => row.HasBudgets),
            PaymentMethods.Apart(rows.FirstOrDefault()?.Payments));
    }

    private sealed record Beginning(string? Shipping, bool HasBudgets, string? Payments, Guid? Id, string? Code, string? Name, bool? IsActive, int? Members);

    /// <param name="db">Also the context of a write.</param>
    /// <param name="caller">Whose cart, at whose prices.</param>
    /// <param name="country">Where the goods go; null while it is not known, then there is no tax yet.</param>
    /// <param name="region">State or province there.</param>
    /// <param name="method">Code of the way of sending.</param>
    /// <param name="cancel">Ends it early.</param>
    /// <param name="coupons">Codes as they were typed; null: those of the cart.</param>
    /// <param name="payments">The ways of paying of the shop, where they are known already.</param>
    /// <param name="orLikely">Where it does not go there, or none was named, the likely one is chosen for looking at.</param>
    public async Task<CheckoutReview> Review(
        ShopDb db, Caller caller, string? country, string? region, string? method, CancellationToken cancel, bool orLikely = false, string? coupons = null,
        IReadOnlyList<PaymentTerms>? payments = null)
    {
        var cart = (await carts.Shown(db, caller, cancel)).For(caller);
        var load = new ShippingLoad(country, region, cart.Milligrams, cart.Subtotal);
        var methods = cart.NeedsShipping ? await pricing.ShippingMethodsFor(db, load, cancel) : [];
        var chosen = methods.FirstOrDefault(known => known.Code == method) ?? (orLikely ? Likely(methods, load) : null);
        var taxes = await pricing.Taxes(db, caller, country, cancel);
        var rates = cart.Lines.Select(line => line.TaxClass).Append(Taxes.Standard).Distinct(StringComparer.Ordinal)
            .ToDictionary(taxClass => taxClass, taxClass => taxes.RateFor(region, taxClass), StringComparer.Ordinal);
        ShownLine[] lines = [.. cart.Lines.Where(line => line.IsOrderable)];
        var off = await couponQueries.Review(db, caller, coupons ?? cart.CouponCodes, [.. lines.Select(line => (line.Product, line.Left!.Value))], cart.Currency, cancel);
        Money[]? less = cart.Less.IsZero && off.Result is null ? null : [.. lines.Select((line, i) => (line.Less ?? Money.Zero(cart.Currency)) + (off.OfLine(i) ?? Money.Zero(cart.Currency)))];
        var basis = await pricing.Basis(db, cancel);
        TaxedAmount[] amounts = [.. lines.Select(line => new TaxedAmount(line.Total!.Value, rates[line.TaxClass]))];
        TaxedAmount? sent = chosen is null ? null : new TaxedAmount(off.Result is { ShipsFree: true } ? Money.Zero(cart.Currency) : cart.Shipping?.Instead(chosen.CostOf(load)) ?? chosen.CostOf(load), rates[Taxes.Standard]);
        var totals = OrderTotals.Of(cart.Currency, amounts, sent, less, basis);
        return new CheckoutReview(cart, methods, chosen, rates, totals)
        {
            TaxNote = taxes.Note, Coupons = off, Basis = basis, Gross = taxes.ShowsGross ? GrossAmounts.Of(totals, amounts, sent, less) : null, Off = less,
            Load = load, Payments =
            [
                .. (payments ?? await PaymentMethods.All(db, cancel)).Where(terms => (terms.Method != PaymentMethod.Online || desk.Provider is not null) && terms.Serves(new Payer(country, caller.Company is not null, taxes.IsCreditApproved, caller is { IsAssisting: true, Staff: not null }))).Select(terms => terms.Method),
            ],
            TaxMissing = taxes.Missing(region, rates.Keys) is { } missing ? Taxes.RateMissing(missing, country!) : null,
        };
    }

    // The cheapest that names the country. One that serves everywhere is as a rule one for which somebody has to come to us.
    private static ShippingMethod? Likely(IReadOnlyList<ShippingMethod> methods, ShippingLoad load) =>
        load.Country is null ? null : methods.Where(method => method.Countries.Length > 0).MinBy(method => method.CostOf(load)) ?? methods.FirstOrDefault();
}
