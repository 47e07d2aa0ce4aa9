using OnBehalf.Data;
using OnBehalf.Kernel;
using OnBehalf.Modules.Settings;
using OnBehalf.Pricing;

namespace OnBehalf.Modules.Pricing;

/// <summary>What articles cost a caller: loads what the engine judges. One command for any number of articles.</summary>
public sealed class PricingQueries(Database database, ShopSettings settings)
{
    private readonly string _prices = $"""
        select p.id as "Product", case when p.currency = {"{1}"} then p.price_minor end as "BaseMinor", p.price_per as "BasePer",
            case when t.product_id is not null then l.name end as "List", t.min_quantity_thousandths as "From", t.price_minor as "Minor", t.price_per as "Per"
        from product p
        left join price_list l on l.id = {"{0}"} and l.currency = {"{1}"}
        left join price t on t.price_list_id = l.id and t.product_id = p.id
        where {database.OneOf("p.id", "{2}")}
        """;

    private readonly string _taxRates = """
        select country as "Country", region as "Region", tax_class as "TaxClass", rate_millionths as "Rate" from tax_rate where country = {0}
        """;

    private readonly string _shippingMethods = """
        select code as "Code", name as "Name", countries as "Countries", price_minor as "Minor", free_from_minor as "FreeFromMinor"
        from shipping_method where currency = {0}
        """;

    /// <summary>The currency in which the caller buys: his company's, else the shop's.</summary>
    public async ValueTask<Currency> CurrencyOf(Caller caller, CancellationToken cancel) =>
        caller.Company?.Currency ?? Currency.Of(await settings.Get(ShopSettings.ShopCurrency, cancel));

    /// <summary>The same inside a transaction.</summary>
    public async ValueTask<Currency> CurrencyOf(ShopDb db, Caller caller, CancellationToken cancel) =>
        caller.Company?.Currency ?? Currency.Of(await settings.Get(db, ShopSettings.ShopCurrency, cancel));

    /// <summary>Whether prices are shown to the caller at all: to visitors by setting, to buyers by right.</summary>
    public async ValueTask<bool> MaySee(Caller caller, CancellationToken cancel) =>
        !caller.IsCustomer ? !await settings.IsOn(ShopSettings.PricesNeedSignIn, cancel) : caller.May(Right.PricesView);

    /// <summary>A quote for each line; null is "price on request": cannot be ordered. Every article must stand in one line only.</summary>
    public async Task<IReadOnlyDictionary<ProductId, PriceQuote?>> Quote(
        ShopDb db, Caller caller, IReadOnlyCollection<(ProductId Product, Quantity Quantity)> lines, CancellationToken cancel)
    {
        var prices = await Prices(db, caller, [.. lines.Select(line => line.Product)], cancel);
        return lines.ToDictionary(line => line.Product, line => prices.GetValueOrDefault(line.Product)?.Quote(line.Quantity));
    }

    /// <summary>All prices of articles that a caller can reach.</summary>
    public async Task<IReadOnlyDictionary<ProductId, ProductPrices>> Prices(ShopDb db, Caller caller, IReadOnlyCollection<ProductId> products, CancellationToken cancel)
    {
        var found = new Dictionary<ProductId, ProductPrices>(products.Count);
        if (products.Count == 0)
        {
            return found;
        }

        var currency = await CurrencyOf(db, caller, cancel);
        var list = caller.Company?.PriceList?.Value ?? Guid.Empty;
        foreach (var row in await db.Rows<PriceLine>(_prices, list, currency.Code, database.List(products)).ToListAsync(cancel))
        {
            var id = new ProductId(row.Product);
            if (!found.TryGetValue(id, out var prices))
            {
                found[id] = prices = new ProductPrices(row.BaseMinor is { } minor ? new UnitPrice(new Money(minor, currency), row.BasePer) : null, row.List, currency);
            }

            if (row is { From: { } from, Minor: { } tier, Per: { } per })
            {
                prices.Add(new PriceTier(new Quantity(from), new UnitPrice(new Money(tier, currency), per)));
            }
        }

        return found;
    }

    /// <summary>All rates of a country, for <see cref="Taxes.RateFor"/>.</summary>
    public async Task<IReadOnlyList<TaxRate>> TaxRates(ShopDb db, string? country, CancellationToken cancel) =>
        country is null ? []
        : [.. (await db.Rows<RateLine>(_taxRates, country).ToListAsync(cancel))
            .Select(row => new TaxRate(row.Country, row.Region, row.TaxClass, new Percentage(row.Rate)))];

    /// <summary>The methods that can be chosen, cheapest first.</summary>
    public async Task<IReadOnlyList<ShippingMethod>> ShippingMethodsTo(ShopDb db, string? country, Currency currency, CancellationToken cancel) =>
        ShippingMethods.For(
            (await db.Rows<ShippingLine>(_shippingMethods, currency.Code).ToListAsync(cancel)).Select(row => new ShippingMethod(
                row.Code, row.Name, row.Countries, new Money(row.Minor, currency), row.FreeFromMinor is { } free ? new Money(free, currency) : null)),
            country,
            currency);

    private sealed record PriceLine(
        Guid Product, long? BaseMinor, int BasePer, string? List, long? From, long? Minor, int? Per);

    private sealed record RateLine(string Country, string Region, string TaxClass, int Rate);

    private sealed record ShippingLine(string Code, string Name, string Countries, long Minor, long? FreeFromMinor);
}

/// <summary>The prices of one article that one caller can reach.</summary>
public sealed class ProductPrices(UnitPrice? basePrice, string? list, Currency currency)
{
    private readonly List<PriceTier> _tiers = new(2);

    private ListPrices? List => field ??= list is null ? null : new ListPrices(list, _tiers);

    /// <summary>The next quantity above one piece from which another price counts, for a hint in a list.</summary>
    public (Quantity From, PriceQuote Quote)? NextStep => PriceEngine.NextFrom(List, currency) is { } from && Quote(from) is { } quote ? (from, quote) : null;

    public PriceQuote? Quote(Quantity quantity) => PriceEngine.Quote(basePrice, List, currency, quantity);

    /// <summary>All prices that could count at a quantity, the one of the quote first.</summary>
    public IReadOnlyList<PriceAlternative> Alternatives(Quantity quantity) => PriceEngine.Alternatives(basePrice, List, currency, quantity);

    /// <summary>The quotes at one piece and at every quantity from which another price counts, for a table of tiers.</summary>
    public IReadOnlyList<(Quantity From, PriceQuote Quote)> Steps()
    {
        var steps = new List<(Quantity From, PriceQuote Quote)>();
        foreach (var from in PriceEngine.Tiers(List, currency).Select(tier => tier.From).Prepend(Quantity.One).Distinct().Order())
        {
            if (Quote(from) is { } quote)
            {
                steps.Add((from, quote));
            }
        }

        return steps;
    }

    internal void Add(PriceTier tier) => _tiers.Add(tier);
}
