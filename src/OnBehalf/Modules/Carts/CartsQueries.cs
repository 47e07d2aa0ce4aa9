using Microsoft.EntityFrameworkCore;
using OnBehalf.Carts;
using OnBehalf.Data;
using OnBehalf.Kernel;
using OnBehalf.Modules.Assistance;
using OnBehalf.Modules.Catalog;
using OnBehalf.Modules.Pricing;
using OnBehalf.Pricing;

namespace OnBehalf.Modules.Carts;

/// <summary>A line of a cart as it is shown, at the caller's price of this moment.</summary>
/// <param name="Quote">Null: no price for the caller, so it cannot be ordered.</param>
public sealed record ShownLine(
    ProductId Product, string Sku, string Name, string PictureUrl, string TaxClass, bool IsSold, Quantity Quantity, PriceQuote? Quote)
{
    public bool IsOrderable => IsSold && Quote is not null;

    public Money? Total => IsOrderable ? Quote!.For(Quantity) : null;
}

/// <summary>A cart as it is shown.</summary>
/// <param name="Hand">Who changed it last for somebody else: of a branch its operator.</param>
/// <param name="IsBehind">In a branch: the buyer has changed his own cart since it was made.</param>
public sealed record ShownCart(
    CartId Id, int Version, bool IsBranch, DateTimeOffset? ChangedAt, LastHand Hand, bool IsBehind, Currency Currency, IReadOnlyList<ShownLine> Lines)
{
    public string PreparedBy => Hand.Operator ?? "somebody";

    public bool IsEmpty => Lines.Count == 0;

    public bool IsOrderable => Lines.Count > 0 && Lines.All(line => line.IsOrderable);

    /// <summary>Of the lines that can be ordered.</summary>
    public Money Subtotal => Lines.Aggregate(Money.Zero(Currency), (sum, line) => line.Total is { } total ? sum + total : sum);
}

/// <summary>The buyer's own cart, and the branch that somebody has prepared for him.</summary>
public sealed record ShownCarts(ShownCart Own, ShownCart? Branch)
{
    /// <summary>The cart on which the caller works.</summary>
    public ShownCart For(Caller caller) => caller.IsAssisting && Branch is not null ? Branch : Own;
}

/// <summary>Carts as their pages and the checkout show them; two commands, the second for the prices.</summary>
public sealed class CartsQueries(Database database, PricingQueries pricing)
{
    private readonly string _ofPerson = Shown(database, "c.membership_id");
    private readonly string _ofCompany = Shown(database, "c.company_id");

    private static string Shown(Database database, string owner) => $"""
        select c.id as "Cart", c.version as "Version", c.base_cart_id as "Base", c.base_version as "BaseVersion", c.changed_at as "ChangedAt",
            {LastHand.Columns},
            p.id as "Product", p.sku as "Sku", p.name as "Name", g.name as "Picture", g.digest as "Digest", p.tax_class as "TaxClass", p.status as "Status",
            l.quantity_thousandths as "Quantity"
        from cart c
        {LastHand.Joins("c")}
        left join cart_line l on l.cart_id = c.id and l.quantity_thousandths > 0
        left join product p on p.id = l.product_id
        left join picture g on g.name = p.picture_name
        where {owner} = {"{0}"} and c.status = 'active' and (c.expires_at is null or c.expires_at > {database.Now})
        order by l.position
        """;

    private const string Find = """
        select id as "Id", sku as "Sku", name as "Name", status as "Status" from product where sku in ({0}, {1}) order by case when sku = {0} then 0 else 1 end limit 1
        """;

    /// <summary>Both carts of the caller's buyer, or the one of the company that is acted for as a whole. Prices are for those who may see them.</summary>
    public async Task<ShownCarts> Shown(ShopDb db, Caller caller, CancellationToken cancel)
    {
        var rows = await (caller.IsForCompany
            ? db.Rows<CartLine>(_ofCompany, caller.Company!.Id.Value)
            : db.Rows<CartLine>(_ofPerson, caller.Buyer!.Membership.Value)).ToListAsync(cancel);
        var currency = await pricing.CurrencyOf(db, caller, cancel);
        var own = rows.Where(row => row.Base is null).ToList();
        var branch = rows.Where(row => row.Base is not null).ToList();
        var ownVersion = own is [var first, ..] ? first.Version : 0;
        var products = rows.Where(row => row.Product is not null).Select(row => new ProductId(row.Product!.Value)).Distinct().ToList();
        var prices = await pricing.Prices(db, caller, products, cancel);
        return new ShownCarts(Priced(currency, own, ownVersion, prices), branch.Count == 0 ? null : Priced(currency, branch, ownVersion, prices));
    }

    /// <summary>The article of a number (upper or lower case) that the caller can order in this quantity, or why he cannot.</summary>
    public async Task<Outcome<(ProductId Product, string Sku)>> Orderable(ShopDb db, Caller caller, string? sku, Quantity quantity, CancellationToken cancel)
    {
        var typed = sku?.Trim() ?? "";
        if (typed.Length == 0)
        {
            return CartRefusals.SkuMissing;
        }

        if (typed.Length > 100 || await db.Rows<Article>(Find, typed, typed.ToUpperInvariant()).ToListAsync(cancel) is not [var article])
        {
            return CartRefusals.ProductUnknown(typed.Length > 100 ? typed[..100] + "…" : typed);
        }

        if (article.Status != "active")
        {
            return CartRefusals.ProductNotOrderable(article.Name, "it is no longer sold. Search for a successor, or call us.");
        }

        var product = new ProductId(article.Id);
        var quotes = await pricing.Quote(db, caller, [(product, quantity)], cancel);
        return quotes[product] is null ? CartRefusals.ProductNotOrderable(article.Name, "its price is on request. Call us for an offer.") : (product, article.Sku);
    }

    private static ShownCart Priced(Currency currency, List<CartLine> rows, int ownVersion, IReadOnlyDictionary<ProductId, ProductPrices> prices)
    {
        if (rows is not [var cart, ..])
        {
            return new ShownCart(default, 0, false, null, LastHand.Nobody, false, currency, []);
        }

        return new ShownCart(
            new CartId(cart.Cart), cart.Version, cart.Base is not null, cart.ChangedAt, cart.Hand,
            cart.Base is not null && cart.BaseVersion != ownVersion, currency,
            [.. rows.Where(row => row.Product is not null).Select(line => new ShownLine(
                new ProductId(line.Product!.Value), line.Sku!, line.Name!, Pictures.Url(line.Digest, line.Picture), line.TaxClass!, line.Status == "active", new Quantity(line.Quantity!.Value),
                prices.GetValueOrDefault(new ProductId(line.Product!.Value))?.Quote(new Quantity(line.Quantity!.Value))))]);
    }

    private sealed record CartLine(
        Guid Cart, int Version, Guid? Base, int? BaseVersion, DateTimeOffset ChangedAt, LastHand Hand,
        Guid? Product, string? Sku, string? Name, string? Picture, string? Digest, string? TaxClass, string? Status, long? Quantity);

    private sealed record Article(Guid Id, string Sku, string Name, string Status);
}
