using OnBehalf.Data;
using OnBehalf.Kernel;
using OnBehalf.Modules.Settings;
using OnBehalf.Pricing;

namespace OnBehalf.Modules.Pricing;

/// <summary>What articles cost a caller: loads what the engine judges. One command for any number of articles.</summary>
public sealed class PricingQueries(Database database, ShopSettings settings, TimeProvider clock)
{
    // The lists that count for the caller now, then in one answer: what the articles cost anyway, the names of the lists, what they say of the articles, and what they take off in their
    // categories: a percentage stands where a price would, with how far the category is in place of the quantity, and without pieces.
    private readonly string _prices = $"""
        with recursive own as (
            select l.id, l.name, l.source, l.percent_millionths from price_list l
            where l.currency = {"{1}"} and (l.valid_from is null or l.valid_from <= {database.Now}) and (l.valid_until is null or l.valid_until > {database.Now})
                and l.id in (
                    select x.id from price_list x where x.id = {"{0}"}
                    union all select x.id from price_list x where {(database.Kind == DatabaseKind.Postgres ? "x.for_everybody" : "x.for_everybody = 1")}
                    union all select c.price_list_id from price_list_company c where c.company_id = {"{3}"}
                    union all select g.price_list_id from price_list_group g join customer_terms t on t.customer_group_id = g.customer_group_id
                        where t.company_id = {"{3}"} or t.membership_id = {"{4}"})),
        above (product, category, distance) as (
            select p.id, p.category_id, 0 from product p where {database.OneOf("p.id", "{2}")} and exists (select 1 from price_list_discount)
            union all select a.product, c.parent_id, a.distance + 1 from above a join category c on c.id = a.category where c.parent_id is not null)
        select p.id as "Product", case when p.currency = {"{1}"} then p.price_minor end as "BaseMinor", p.price_per as "BasePer", cast(null as uuid) as "List",
            cast(null as text) as "Name", cast(null as text) as "Source", cast({TaxOf} as bigint) as "From", cast(null as bigint) as "Minor", cast(null as integer) as "Per"
        from product p where {database.OneOf("p.id", "{2}")}
        union all
        select l.id, null, 1, l.id, l.name, l.source, null, null, null from own l
        union all
        select t.product_id, null, 1, l.id, null, null, t.min_quantity_thousandths, t.price_minor, t.price_per
        from own l join price t on t.price_list_id = l.id where {database.OneOf("t.product_id", "{2}")}
        union all
        select a.product, null, 1, l.id, null, null, a.distance, d.percent_millionths, null
        from own l join price_list_discount d on d.price_list_id = l.id join above a on a.category = d.category_id
        union all
        select p.id, null, 1, l.id, null, null, {Everything}, l.percent_millionths, null
        from own l join product p on {database.OneOf("p.id", "{2}")} where l.percent_millionths is not null
        """;

    // Of an article, where its price is shown with tax: the rate of the country, in place of a quantity.
    private const string TaxOf = """
        case when {6} = 1 or exists (select 1 from customer_terms t where t.company_id = {3} and case when t.shows_gross then 1 else 0 end = 1)
            then (select r.rate_millionths from tax_rate r where r.country = {5} and r.region = '' and r.tax_class = p.tax_class) end
        """;

    // Further away than any category: a percentage on everything gives way to that of a category.
    private const int Everything = 10_000;

    private volatile PricePrecedence? _precedence;

    // The rates of a country, and beside each what may free the buyer of them; one row without a rate where there is none.
    private const string TaxSql = """
        select r.country as "Country", r.region as "Region", r.tax_class as "TaxClass", r.rate_millionths as "Rate", x.tax_id as "TaxId",
            x.exemption_number as "Exemption", x.exemption_from as "From", x.exemption_until as "Until", coalesce(x.shows_gross, 0) as "ShowsGross", coalesce(x.credit, 0) as "Credit"
        from (select 1 as one) z
        left join tax_rate r on r.country = {0}
        left join (
            select c.tax_id, t.exemption_number, t.exemption_from, t.exemption_until, case when t.shows_gross then 1 else 0 end as shows_gross,
                case when t.credit_approved then 1 else 0 end as credit
            from (select 1 as two) y left join company c on c.id = {1} left join customer_terms t on t.company_id = {1} or t.membership_id = {2}) x on 1 = 1
        """;

    private readonly string _shippingMethods = """
        select m.code as "Code", m.name as "Name", m.countries as "Countries", m.price_minor as "Minor", m.free_from_minor as "FreeFromMinor", m.most_milligrams as "Most",
            r.countries as "Zone", r.region as "Region", r.from_milligrams as "FromMilligrams", r.from_minor as "FromMinor", r.price_minor as "RateMinor"
        from shipping_method m left join shipping_rate r on r.method_code = m.code where m.currency = {0}
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
        var order = await Precedence(db, cancel);
        var keys = new[] { caller.Company?.PriceList?.Value, caller.Company?.Id.Value, caller.Company is null ? caller.Buyer?.Membership.Value : null };
        var rows = await db.Rows<PriceLine>(
            _prices, keys[0] ?? Guid.Empty, currency.Code, database.List(products), keys[1] ?? Guid.Empty, keys[2] ?? Guid.Empty,
            caller.Company?.Country ?? await settings.Get(db, ShopSettings.ShopCountry, cancel), caller.Company is null ? 1 : 0).ToListAsync(cancel);

        // The name of a list comes once, not with each of its prices; in which order the parts of the answer come is the database's.
        var lists = new Dictionary<Guid, (string Name, PriceSource Source)>();
        foreach (var row in rows)
        {
            if (row.List is null)
            {
                found[new ProductId(row.Product)] = new ProductPrices(row.BaseMinor is { } minor ? new UnitPrice(new Money(minor, currency), row.BasePer) : null, order, currency)
                { Tax = row.From is { } tax ? new Percentage((int)tax) : null };
            }
            else if (row.Name is { } name)
            {
                lists[row.Product] = (name, Words.Parse<PriceSource>(row.Source!));
            }
        }

        foreach (var row in rows)
        {
            if (row is { List: { } list, Name: null } && found.TryGetValue(new ProductId(row.Product), out var prices))
            {
                prices.Add(
                    list, lists[list].Name, lists[list].Source,
                    row is { From: { } from, Minor: { } tier, Per: { } per } ? new PriceTier(new Quantity(from), new UnitPrice(new Money(tier, currency), per)) : null,
                    row is { From: { } distance, Minor: { } off, Per: null } ? new PriceCut(new Percentage((int)off), (int)distance) : null);
            }
        }

        return found;
    }

    /// <summary>In which order sources of prices count.</summary>
    public async ValueTask<PricePrecedence> Precedence(ShopDb db, CancellationToken cancel)
    {
        var text = await settings.Get(db, ShopSettings.PricePrecedence, cancel);
        var known = _precedence;
        return known is not null && known.Source == text ? known : _precedence = PricePrecedence.Parse(text) ?? PricePrecedence.Default;
    }

    /// <summary>Where the tax of an order is rounded.</summary>
    public async ValueTask<TaxBasis> Basis(ShopDb db, CancellationToken cancel) => Words.Parse<TaxBasis>(await settings.Get(db, ShopSettings.TaxBasis, cancel));

    /// <summary>The tax classes for which there is a rate anywhere.</summary>
    internal static Task<List<string>> TaxClasses(ShopDb db, CancellationToken cancel) => db.Rows<string>("select distinct r.tax_class as \"Value\" from tax_rate r").ToListAsync(cancel);

    /// <summary>The taxes on what the caller buys to be sent to a country; null while that is not known.</summary>
    public async Task<TaxTable> Taxes(ShopDb db, Caller caller, string? country, CancellationToken cancel)
    {
        var rows = await db.Rows<TaxLine>(TaxSql, country ?? "", caller.Company?.Id.Value ?? Guid.Empty, caller.Company is null ? caller.Buyer?.Membership.Value ?? Guid.Empty : Guid.Empty).ToListAsync(cancel);
        var shop = await settings.Get(db, ShopSettings.VatCountry, cancel);
        var exemption = rows[0].Exemption is { } number ? new TaxExemption(number, rows[0].From, rows[0].Until) : null;
        var note = TaxTreatment.NoteOf(new TaxSituation(shop.Length == 0 ? null : shop, country, rows[0].TaxId, exemption, clock.GetUtcNow()));
        return new TaxTable([.. rows.Where(row => row.Country is not null).Select(row => new TaxRate(row.Country!, row.Region!, row.TaxClass!, new Percentage(row.Rate!.Value)))], country, note)
        {
            ShowsGross = caller.Company is null || rows[0].ShowsGross == 1, IsCreditApproved = rows[0].Credit == 1,
        };
    }

    /// <summary>The methods that can be chosen, cheapest first.</summary>
    public async Task<IReadOnlyList<ShippingMethod>> ShippingMethodsFor(ShopDb db, ShippingLoad load, CancellationToken cancel) =>
        ShippingMethods.For(
            (await db.Rows<ShippingLine>(_shippingMethods, load.Lines.Currency.Code).ToListAsync(cancel)).GroupBy(row => row.Code).Select(rows => MethodOf([.. rows], load.Lines.Currency)), load);

    private static ShippingMethod MethodOf(IReadOnlyList<ShippingLine> rows, Currency currency) => new(
        rows[0].Code, rows[0].Name, rows[0].Countries, new Money(rows[0].Minor, currency), rows[0].FreeFromMinor is { } free ? new Money(free, currency) : null)
    {
        MostMilligrams = rows[0].Most,
        Rates = [.. rows.Where(row => row.Zone is not null).Select(row => new ShippingRate(row.Zone!, row.Region!, row.FromMilligrams!.Value, row.FromMinor!.Value, new Money(row.RateMinor!.Value, currency)))],
    };

    private sealed record PriceLine(
        Guid Product, long? BaseMinor, int BasePer, Guid? List, string? Name, string? Source, long? From, long? Minor, int? Per);

    private sealed record TaxLine(
        string? Country, string? Region, string? TaxClass, int? Rate, string? TaxId, string? Exemption, DateTimeOffset? From, DateTimeOffset? Until, int ShowsGross, int Credit);

    private sealed record ShippingLine(string Code, string Name, string Countries, long Minor, long? FreeFromMinor, long? Most, string? Zone, string? Region, long? FromMilligrams, long? FromMinor, long? RateMinor);
}

/// <summary>The taxes on what somebody buys to be sent to a country.</summary>
/// <param name="Note">What the paper says where nothing is due; null: tax is due as the rates say.</param>
public sealed record TaxTable(IReadOnlyCollection<TaxRate> Rates, string? Country, string? Note)
{
    /// <summary>The buyer sees amounts with tax.</summary>
    public bool ShowsGross { get; init; }

    /// <summary>He may order and pay later, where a way of paying asks for that.</summary>
    public bool IsCreditApproved { get; init; }

    /// <summary>A class without a rate there; null: none, or no tax is due.</summary>
    public string? Missing(string? region, IEnumerable<string> classes) => Note is null ? Taxes.Missing(Rates, Country, region, classes) : null;

    /// <param name="region">State or province of the destination.</param>
    /// <param name="taxClass">Of the article.</param>
    public Percentage RateFor(string? region, string taxClass) => Note is null ? Taxes.RateFor(Rates, Country, region, taxClass) : Percentage.Zero;
}
