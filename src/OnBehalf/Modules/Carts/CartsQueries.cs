using Microsoft.EntityFrameworkCore;
using OnBehalf.Carts;
using OnBehalf.Catalog;
using OnBehalf.Data;
using OnBehalf.Deals;
using OnBehalf.Kernel;
using OnBehalf.Modules.Assistance;
using OnBehalf.Modules.Catalog;
using OnBehalf.Modules.Pricing;
using OnBehalf.Modules.Settings;
using OnBehalf.Pricing;

namespace OnBehalf.Modules.Carts;

/// <summary>A line of a cart as it is shown, at the caller's price of this moment.</summary>
/// <param name="IsSold">False: discontinued, or no longer in what is there for the caller.</param>
/// <param name="Quote">Null: no price for the caller, so it cannot be ordered.</param>
public sealed record ShownLine(
    ProductId Product, string Sku, string Name, string PictureUrl, string TaxClass, bool IsSold, Quantity Quantity, PriceQuote? Quote)
{
    /// <summary>What staff agreed for it; the quote contains it.</summary>
    public PriceAdjustment? Agreed { get; init; }

    /// <summary>A price that he took from a proposal and that counts for another quantity.</summary>
    public PriceAdjustment? Bound { get; init; }

    /// <summary>How much more it would cost without its agreed price; negative: less. Null: none was agreed.</summary>
    public Money? Given => Total is { } total && Quote!.Regular is { } regular ? regular.Times(Quantity) - total : null;

    /// <summary>What is taken off its total by what staff agreed for all of the cart.</summary>
    public Money? Less { get; init; }

    /// <summary>Its total without that.</summary>
    public Money? Left => Total is { } total ? Less is { } less ? total - less : total : null;

    /// <summary>All that it could cost.</summary>
    public ProductPrices? Prices { get; init; }

    public QuantityRule Rule { get; init; } = QuantityRule.Pieces;

    /// <summary>Of one unit; null: not known, and it weighs nothing for the shipping.</summary>
    public long? Milligrams { get; init; }

    /// <summary>One of <see cref="ArticleKind"/>.</summary>
    public string Kind { get; init; } = ArticleKind.Physical;

    /// <summary>It is something to be sent. What is a service or comes as a file is not: the one place that says so to cart, checkout and order.</summary>
    public bool NeedsShipping => Kind == ArticleKind.Physical;

    /// <summary>What there is of it, where no order may take more; null: it holds nobody.</summary>
    public StockLevel? Stock { get; init; }

    /// <summary>Of a discontinued one: what is sold in its place.</summary>
    public Successor? Successor { get; init; }

    /// <summary>Why it cannot be ordered in this quantity.</summary>
    public string? Misfit => Cart.Check(Quantity, Rule)?.Sentence ?? Stock?.Check(Sku, Quantity)?.Sentence;

    public bool IsOrderable => IsSold && Quote is not null && Misfit is null;

    /// <summary>Without tax.</summary>
    public Money? Total => IsOrderable ? Quote!.For(Quantity) : null;

    /// <summary>The same as the caller sees it: with tax, where he sees prices so.</summary>
    public Money? Shown { get; init; }
}

/// <summary>A cart as it is shown.</summary>
/// <param name="Hand">Who changed it last for somebody else: of a branch its operator.</param>
/// <param name="IsBehind">In a branch: the buyer has changed his own cart since it was made.</param>
/// <param name="Name">What its buyer calls it.</param>
public sealed record ShownCart(
    CartId Id, int Version, bool IsBranch, DateTimeOffset? ChangedAt, LastHand Hand, bool IsBehind, Currency Currency, IReadOnlyList<ShownLine> Lines, string? Name = null)
{
    public string PreparedBy => Hand.Operator ?? "somebody";

    /// <summary>Codes of coupons with blanks between; null: none.</summary>
    public string? CouponCodes { get; init; }

    /// <summary>What staff agreed to take off all of it; <see cref="ShownLine.Less"/> has what that is.</summary>
    public AgreedDiscount? Discount { get; init; }

    /// <summary>What staff agreed that sending it costs.</summary>
    public AgreedShipping? Shipping { get; init; }

    /// <summary>What the agreed discount takes off.</summary>
    public Money Less => Lines.Aggregate(Money.Zero(Currency), (sum, line) => line.Less is { } less ? sum + less : sum);

    /// <summary>The same as the caller sees it.</summary>
    public Money ShownLess => Lines.Aggregate(Money.Zero(Currency), (sum, line) => line.Less is { } less ? sum + less + (line.Prices?.Tax is { } tax ? less.Percent(tax) : Money.Zero(Currency)) : sum);

    /// <summary>The agreed discount leaves nothing of what it is taken from.</summary>
    public bool IsGivenAway => Discount is not null && Lines.Any(line => line.Less is not null) && Lines.Where(line => line.Less is not null).All(line => line.Left is { IsZero: true });

    public bool IsEmpty => Lines.Count == 0;

    public bool IsOrderable => Lines.Count > 0 && Lines.All(line => line.IsOrderable);

    /// <summary>Of the lines that can be ordered.</summary>
    public Money Subtotal => Lines.Aggregate(Money.Zero(Currency), (sum, line) => line.Total is { } total ? sum + total : sum);

    /// <summary>Of all articles that are sent and whose weight is known.</summary>
    public long Milligrams => Lines.Where(line => line.NeedsShipping).Sum(line => (long)Round.Divide((Int128)(line.Milligrams ?? 0) * line.Quantity.Thousandths, 1_000, Rounding.HalfUp));

    /// <summary>Something of it is to be sent; of services, licences and files nothing is.</summary>
    public bool NeedsShipping => Lines.Any(line => line.NeedsShipping);

    /// <summary>The same as the caller sees it.</summary>
    public Money ShownSubtotal => Lines.Aggregate(Money.Zero(Currency), (sum, line) => line.Shown is { } total ? sum + total : sum);

    /// <summary>The caller sees amounts with tax.</summary>
    public bool IsGross => Lines.Any(line => line.Prices?.Tax is not null);

    /// <summary>What is judged of what staff agree: the lines that can be ordered.</summary>
    internal IReadOnlyList<DealLine> DealLines => [.. Lines.Where(line => line.IsOrderable).Select(line => new DealLine(line.Product, line.Sku, line.Quantity, line.Quote!.Regular ?? line.Quote.Unit, line.Left!.Value))];

    /// <summary>The cart as it will be.</summary>
    /// <param name="quantities">Those that change.</param>
    /// <param name="remove">What is taken out.</param>
    /// <param name="prices">What is agreed.</param>
    /// <param name="stays">Articles whose price stays.</param>
    internal ShownCart With(IReadOnlyCollection<(ProductId Product, Quantity Quantity)> quantities, ProductId? remove, IReadOnlyList<AgreedPrice> prices, IReadOnlySet<ProductId> stays)
    {
        var changed = quantities.GroupBy(line => line.Product).ToDictionary(group => group.Key, group => group.Last().Quantity);
        var agreed = prices.ToDictionary(price => price.Product, price => price.Agreed);
        return (this with { Lines = [.. Lines.Where(line => line.Product != remove).Select(Changed).Where(line => line.Quantity.IsPositive)] }).WithDiscount(stays);

        ShownLine Changed(ShownLine line)
        {
            var quantity = changed.GetValueOrDefault(line.Product, line.Quantity);
            var price = agreed.TryGetValue(line.Product, out var other) ? other : line.Agreed;
            return line with { Quantity = quantity, Agreed = price, Less = null, Quote = quantity.IsPositive && line.Prices?.Quote(quantity) is { } quote ? (price?.CountsFor(quantity) == true ? price.Over(quote) : quote) : null };
        }
    }

    /// <summary>What of it a discount can be taken from.</summary>
    /// <param name="stays">Articles whose price stays.</param>
    internal Money DiscountableOf(IReadOnlySet<ProductId> stays) =>
        Lines.Where(line => !stays.Contains(line.Product)).Aggregate(Money.Zero(Currency), (sum, line) => line.Total is { } total ? sum + total : sum);

    /// <summary>With what the agreed discount takes off each line, to the cent.</summary>
    internal ShownCart WithDiscount(IReadOnlySet<ProductId> stays)
    {
        int[] places = [.. Enumerable.Range(0, Lines.Count).Where(i => Lines[i].Total is { IsZero: false } && !stays.Contains(Lines[i].Product))];
        if (Discount is not { } discount || places.Length == 0)
        {
            return this;
        }

        var parts = Prorate.Split(discount.Of(DiscountableOf(stays)), [.. places.Select(i => Lines[i].Total!.Value.Minor)]);
        ShownLine[] lines = [.. Lines];
        for (var i = 0; i < places.Length; i++)
        {
            lines[places[i]] = lines[places[i]] with { Less = parts[i] };
        }

        return this with { Lines = lines };
    }

    /// <summary>With what each line is to be shown.</summary>
    internal ShownCart WithShown(TaxBasis basis)
    {
        ShownLine[] priced = [.. Lines.Where(line => line.IsOrderable)];
        TaxedAmount[] amounts = [.. priced.Select(line => new TaxedAmount(line.Total!.Value, line.Prices?.Tax ?? Percentage.Zero))];
        var shown = IsGross ? GrossAmounts.Of(OrderTotals.Of(Currency, amounts, null, basis: basis), amounts, null, null).Lines : [.. amounts.Select(amount => amount.Net)];
        var place = 0;
        return this with { Lines = [.. Lines.Select(line => line.IsOrderable ? line with { Shown = shown[place++] } : line)] };
    }
}

/// <summary>The buyer's own cart, and the branch that somebody has prepared for him.</summary>
public sealed record ShownCarts(ShownCart Own, ShownCart? Branch)
{
    /// <summary>The cart on which the caller works.</summary>
    public ShownCart For(Caller caller) => caller.IsAssisting && Branch is not null ? Branch : Own;
}

/// <summary>One of the carts of a buyer.</summary>
public sealed record ListedCart(Guid Id, string? Name, bool IsOpen, int Lines, DateTimeOffset ChangedAt)
{
    public string Words => Name ?? CartName.Unnamed;
}

/// <summary>An article that somebody can put into his cart.</summary>
public readonly record struct OrderableArticle(ProductId Product, string Sku, QuantityRule Rule);

/// <summary>Carts as their pages and the checkout show them; two commands, the second for the prices.</summary>
public sealed class CartsQueries(Database database, PricingQueries pricing, AssortmentQueries assortments, ShopSettings settings, PriceEdits edits)
{
    private const int LongestSku = 100;

    private readonly string _rules = $"""select p.id as "Id", {RuleColumns.Of("p")} from product p where {database.OneOf("p.id", "{0}")}""";

    private readonly string _ofPerson = Shown(database, "c.membership_id");
    private readonly string _ofCompany = Shown(database, "c.company_id");
    private readonly string _ofFastOrder = Shown(database, "c.id", OpenCart.FastOrder);

    private static string Shown(Database database, string owner, string status = "active") => $"""
        {AssortmentQueries.With("{1}")}
        select c.id as "Cart", c.version as "Version", c.base_cart_id as "Base", c.base_version as "BaseVersion", c.changed_at as "ChangedAt", c.coupon_codes as "Coupons", c.name as "CartName", c.currency as "Currency", c.agreed_discount_minor as "DiscountMinor", c.agreed_discount_millionths as "DiscountShare", c.agreed_discount_reason as "DiscountReason", c.agreed_discount_by_id as "DiscountBy",
            c.agreed_shipping_minor as "ShippingMinor", c.agreed_shipping_reason as "ShippingReason", c.agreed_shipping_by_id as "ShippingBy",
            (select x.version from cart x where x.id = c.base_cart_id) as "BaseNow", {LastHand.Columns},
            p.id as "Product", p.sku as "Sku", {ProductTexts.Name("p")} as "Name", g.name as "Picture", g.digest as "Digest", p.tax_class as "TaxClass", p.weight_milligrams as "Weight", p.kind as "Kind", k.on_hand_thousandths - k.reserved_thousandths as "Available", k.back_on as "BackOn", case when p.id is null or {AssortmentQueries.IsThere("p.id")} then p.status else 'not-there' end as "Status",
            l.quantity_thousandths as "Quantity", l.agreed_minor as "AgreedMinor", l.agreed_per as "AgreedPer", l.agreed_off_millionths as "AgreedOff", l.agreed_reason as "AgreedReason",
            l.agreed_alternative as "AgreedAlternative", l.agreed_by_id as "AgreedBy", l.agreed_approved_by_id as "AgreedApprover", l.agreed_only_thousandths as "AgreedOnly", l.agreed_until as "AgreedUntil", l.agreed_until is not null and l.agreed_until <= {database.Now} as "AgreedIsOver", {RuleColumns.Of("p")}, r.sku as "SuccessorSku", {ProductTexts.Name("r")} as "SuccessorName"
        from cart c
        {LastHand.Joins("c")}
        left join cart_line l on l.cart_id = c.id and l.quantity_thousandths > 0
        left join product p on p.id = l.product_id
        left join stock k on k.product_id = p.id
        left join product r on r.id = p.replaced_by_id and p.status <> 'active' and r.status = 'active' and {AssortmentQueries.IsThere("r.id")}
        left join picture g on g.name = p.picture_name
        where {owner} = {"{0}"} and c.status = '{status}' and (c.expires_at is null or c.expires_at > {database.Now})
        order by l.position
        """;

    /// <summary>All carts of a buyer, the open one first.</summary>
    public static async Task<IReadOnlyList<ListedCart>> Named(ShopDb db, Caller caller, CancellationToken cancel) => caller.Buyer is not { } buyer ? [] : await db.Rows<ListedCart>(
        """
        select c.id as "Id", c.name as "Name", c.status = 'active' as "IsOpen", (select cast(count(*) as integer) from cart_line l where l.cart_id = c.id) as "Lines", c.changed_at as "ChangedAt"
        from cart c where c.membership_id = {0} and c.base_cart_id is null and c.status in ('active', 'parked') order by c.status, lower(c.name), c.id
        """,
        buyer.Membership.Value).ToListAsync(cancel);

    /// <summary>Both carts of the caller's buyer, or the one of the company that is acted for as a whole. Prices are for those who may see them.</summary>
    public async Task<ShownCarts> Shown(ShopDb db, Caller caller, CancellationToken cancel)
    {
        var (sql, owner) = caller switch
        {
            { Session.FastOrder: { } typed } => (_ofFastOrder, typed.Value),
            { IsForCompany: true } => (_ofCompany, caller.Company!.Id.Value),
            _ => (_ofPerson, caller.Buyer!.Membership.Value),
        };
        var rows = await db.Rows<CartLine>(ProductTexts.Spoken(sql), owner, AssortmentQueries.CompanyOf(caller)).ToListAsync(cancel);
        var currency = await pricing.CurrencyOf(db, caller, cancel);
        var own = rows.Where(row => row.Base is null).ToList();
        var branch = rows.Where(row => row.Base is not null).ToList();
        var products = rows.Where(row => row.Product is not null).Select(row => new ProductId(row.Product!.Value)).Distinct().ToList();
        var prices = await pricing.Prices(db, caller, products, cancel);
        var basis = await pricing.Basis(db, cancel);
        var holds = await settings.Get(db, ShopSettings.Stock, cancel) == StockLevel.Held;
        var stays = rows.Exists(row => row.Discount is not null) ? await edits.Fixed(db, products, cancel) : new HashSet<ProductId>();
        return new ShownCarts(
            Priced(currency, own, prices, holds).WithDiscount(stays).WithShown(basis), branch.Count == 0 ? null : Priced(currency, branch, prices, holds).WithDiscount(stays).WithShown(basis));
    }

    /// <summary>The article of a number (upper or lower case) that the caller can order in this quantity, or why he cannot.</summary>
    public async Task<Outcome<OrderableArticle>> Orderable(ShopDb db, Caller caller, string? sku, Quantity quantity, CancellationToken cancel) =>
        (await Orderables(db, caller, [(sku, quantity)], cancel))[0];

    /// <summary>The same for many at once, in their order: three commands, however many they are.</summary>
    public async Task<IReadOnlyList<Outcome<OrderableArticle>>> Orderables(ShopDb db, Caller caller, IReadOnlyList<(string? Sku, Quantity Quantity)> wanted, CancellationToken cancel)
    {
        var typed = wanted.Select(one => one.Sku?.Trim() ?? "").Where(sku => sku.Length is > 0 and <= LongestSku).ToList();
        var spelled = typed.Concat(typed.Select(sku => sku.ToUpperInvariant())).Distinct(StringComparer.Ordinal).ToList();
        var range = (await assortments.Of(db, caller, cancel)).Assortment;
        var found = await db.Set<ProductRow>().Where(product => spelled.Contains(product.Sku))
            .Where(product => range == null || db.Set<AssortmentProductRow>().Any(there => there.AssortmentId == range && there.ProductId == product.Id))
            .Select(product => new Article(
                product.Id, product.Sku, product.Name, product.Status, product.Unit, product.PackThousandths, product.MinThousandths, product.MaxThousandths,
                db.Set<ProductRow>().Where(next => next.Id == product.ReplacedById && next.Status == "active")
                    .Where(next => range == null || db.Set<AssortmentProductRow>().Any(there => there.AssortmentId == range && there.ProductId == next.Id))
                    .Select(next => next.Sku).FirstOrDefault())).ToDictionaryAsync(article => article.Sku, StringComparer.Ordinal, cancel);
        var articles = wanted.Select(one => Sold(found, one.Sku?.Trim() ?? "")).ToList();
        var asked = articles.Zip(wanted).Where(pair => !pair.First.IsRefused).GroupBy(pair => pair.First.Value.Id, pair => pair.Second.Quantity)
            .Select(group => (group.Key, group.Aggregate(Quantity.Zero, (sum, one) => sum + one))).ToList();
        var quotes = await pricing.Quote(db, caller, asked, cancel);
        return [.. articles.Select(Priced)];

        Outcome<OrderableArticle> Priced(Outcome<Article> article) => article.IsRefused ? article.Refusal
            : quotes[article.Value.Id] is null ? CartRefusals.ProductNotOrderable(article.Value.Name, "its price is on request. Call us for an offer.")
            : new OrderableArticle(article.Value.Id, article.Value.Sku, new RuleColumns(article.Value.Unit, article.Value.Pack, article.Value.Least, article.Value.Most).Rule);
    }

    /// <summary>In which quantities articles can be ordered.</summary>
    public async Task<IReadOnlyDictionary<ProductId, QuantityRule>> Rules(ShopDb db, IReadOnlyCollection<ProductId> products, CancellationToken cancel) =>
        (await db.Rows<RuledProduct>(_rules, database.List(products)).ToListAsync(cancel)).ToDictionary(row => new ProductId(row.Id), row => row.Rule.Rule);

    private static Outcome<Article> Sold(Dictionary<string, Article> found, string typed) =>
        typed.Length == 0 ? CartRefusals.SkuMissing
        : typed.Length > LongestSku ? CartRefusals.ProductUnknown(typed[..LongestSku] + "…")
        : (found.GetValueOrDefault(typed) ?? found.GetValueOrDefault(typed.ToUpperInvariant())) is not { } article ? CartRefusals.ProductUnknown(typed)
        : article.Status != "active" ? CartRefusals.ProductNotOrderable(article.Name, article.Successor is { } next ? Phrase.Of($"it is no longer sold. It is replaced by {next}.") : Phrase.Of("it is no longer sold. Search for a successor, or call us."))
        : article;

    private static ShownCart Priced(Currency currency, List<CartLine> rows, IReadOnlyDictionary<ProductId, ProductPrices> prices, bool holds)
    {
        if (rows is not [var cart, ..])
        {
            return new ShownCart(default, 0, false, null, LastHand.Nobody, false, currency, []);
        }

        return new ShownCart(
            new CartId(cart.Cart), cart.Version, cart.Base is not null, cart.ChangedAt, cart.Hand,
            cart.Base is not null && cart.BaseVersion != (cart.BaseNow ?? 0), currency,
            [.. rows.Where(row => row.Product is not null).Select(line => new ShownLine(
                new ProductId(line.Product!.Value), line.Sku!, line.Name!, Pictures.Url(line.Digest, line.Picture), line.TaxClass!, line.Status == "active", new Quantity(line.Quantity!.Value),
                QuoteOf(line))
            {
                Agreed = line.Counting, Bound = line.Bound,
                Prices = prices.GetValueOrDefault(new ProductId(line.Product!.Value)), Rule = line.Rule.Rule, Milligrams = line.Weight, Kind = line.Kind!, Stock = holds && line.Available is { } left ? new StockLevel(new Quantity(left), line.BackOn) : null,
                Successor = line.SuccessorSku is { } successor ? new Successor(successor, line.SuccessorName!) : null,
            })], cart.CartName)
        { CouponCodes = cart.Coupons, Discount = cart.Discount, Shipping = cart.Shipping };

        PriceQuote? QuoteOf(CartLine line) => prices.GetValueOrDefault(new ProductId(line.Product!.Value))?.Quote(new Quantity(line.Quantity!.Value)) is not { } quote ? null : line.Counting?.Over(quote) ?? quote;
    }

    private sealed record RuledProduct(Guid Id, RuleColumns Rule);

    private sealed record CartLine(
        Guid Cart, int Version, Guid? Base, int? BaseVersion, DateTimeOffset ChangedAt, string? Coupons, string? CartName, string Currency, long? DiscountMinor, int? DiscountShare, string? DiscountReason, Guid? DiscountBy, long? ShippingMinor, string? ShippingReason, Guid? ShippingBy, int? BaseNow, LastHand Hand,
        Guid? Product, string? Sku, string? Name, string? Picture, string? Digest, string? TaxClass, long? Weight, string? Kind, long? Available, DateTimeOffset? BackOn, string? Status, long? Quantity, long? AgreedMinor, int? AgreedPer, int? AgreedOff, string? AgreedReason, string? AgreedAlternative, Guid? AgreedBy, Guid? AgreedApprover, long? AgreedOnly, DateTimeOffset? AgreedUntil, bool AgreedIsOver, RuleColumns Rule, string? SuccessorSku, string? SuccessorName)
    {
        public AgreedDiscount? Discount => PriceColumns.Discount(DiscountMinor, DiscountShare, DiscountReason, DiscountBy is { } staff ? new StaffId(staff) : null, Kernel.Currency.Of(Currency));

        public AgreedShipping? Shipping => PriceColumns.Shipping(ShippingMinor, ShippingReason, ShippingBy is { } staff ? new StaffId(staff) : null, Kernel.Currency.Of(Currency));

        public PriceAdjustment? Agreed => PriceColumns.Agreed(AgreedMinor, AgreedPer, AgreedOff, AgreedReason, AgreedAlternative, Kernel.Currency.Of(Currency)) is not { } agreed ? null
            : agreed with { By = Staff(AgreedBy), ApprovedBy = Staff(AgreedApprover), Only = AgreedOnly is { } only ? new Quantity(only) : null, Until = AgreedUntil };

        /// <summary>Nothing where it is over, or for another quantity.</summary>
        public PriceAdjustment? Counting => !AgreedIsOver && Agreed is { } agreed && agreed.CountsFor(new Quantity(Quantity!.Value)) ? agreed : null;

        /// <summary>It would count for another quantity.</summary>
        public PriceAdjustment? Bound => !AgreedIsOver && Agreed is { } agreed && !agreed.CountsFor(new Quantity(Quantity!.Value)) ? agreed : null;

        private static StaffId? Staff(Guid? id) => id is { } staff ? new StaffId(staff) : null;
    }

    private sealed record Article(ProductId Id, string Sku, string Name, string Status, string Unit, long Pack, long? Least, long? Most, string? Successor);
}
