using OnBehalf.Carts;
using OnBehalf.Data;
using OnBehalf.Kernel;
using OnBehalf.Modules.Pricing;
using OnBehalf.Modules.Settings;
using OnBehalf.Pricing;

namespace OnBehalf.Modules.Carts;

/// <summary>What somebody wants a line to cost: as it was typed, one of the prices that the page offered, or what it costs anyway.</summary>
/// <param name="Typed">Null: one of the others.</param>
/// <param name="Reason">Code of the reason that was chosen for what was typed.</param>
/// <param name="Chosen">Place among the offered prices, and the amount that stood there.</param>
/// <param name="Approved">The request by which the price was approved that is to count.</param>
/// <param name="IsAsked">What was typed is not agreed, but asked for.</param>
public sealed record PriceWish(ProductId Product, string? Typed, string? Reason = null, (int Place, long Minor)? Chosen = null, Guid? Approved = null, bool IsAsked = false)
{
    public bool IsBack => Typed is null && Chosen is null && Approved is null;
}

/// <summary>What somebody wants for a whole cart, as it was typed; null: as it is.</summary>
/// <param name="Discount">What is taken off; empty: nothing any more.</param>
/// <param name="Shipping">What sending costs; empty: its price again.</param>
public sealed record TermsWish(string? Discount, string? DiscountReason, string? Shipping, string? ShippingReason);

/// <summary>Who may agree other prices for the lines of a cart, and for which: staff in a session who have the right to, while the shop allows it.</summary>
public sealed class PriceEdits(Database database, PricingQueries pricing, ShopSettings settings, Deals.Deals deals)
{
    private static readonly Setting[] All =
        [ShopSettings.PriceEditing, ShopSettings.PriceReasons, ShopSettings.PriceAlternatives, ShopSettings.PriceZero, ShopSettings.PriceFixedArticles, ShopSettings.PriceFixedCategories, ShopSettings.PriceFixedKinds];

    private readonly string _fixed = $"""
        with recursive inside(id) as (
            select id from category where {database.OneOf("code", "{2}")}
            union select c.id from inside i join category c on c.parent_id = i.id)
        select p.id as "Value" from product p
        where {database.OneOf("p.id", "{0}")} and ({database.OneOf("p.sku", "{1}")} or p.category_id in (select id from inside) or {database.OneOf("p.kind", "{3}")})
        """;

    /// <summary>For a page, from memory: what the caller may do; null: nothing.</summary>
    public async ValueTask<PriceEditing?> For(ShopDb db, Caller caller, CancellationToken cancel)
    {
        if (!MayEver(caller))
        {
            return null;
        }

        var values = new Dictionary<string, string>();
        foreach (var setting in All)
        {
            values[setting.Name] = await settings.Get(db, setting, cancel);
        }

        return Read(values);
    }

    /// <summary>Of these articles the ones whose price stays.</summary>
    public async Task<IReadOnlySet<ProductId>> Fixed(ShopDb db, IReadOnlyCollection<ProductId> products, CancellationToken cancel)
    {
        var values = new Dictionary<string, string>();
        foreach (var setting in All)
        {
            values[setting.Name] = await settings.Get(db, setting, cancel);
        }

        return await Fixed(db, products, values, cancel);
    }

    /// <summary>Judges wishes by what counts at this moment, and gives what is to be agreed with the price that it stands over.</summary>
    /// <param name="tx">Of the change.</param>
    /// <param name="wishes">At most one for each article.</param>
    /// <param name="quantityOf">How much of an article there will be.</param>
    internal async Task<Outcome<List<AgreedPrice>>> Judge(Tx tx, IReadOnlyList<PriceWish> wishes, Func<ProductId, Quantity> quantityOf)
    {
        var judged = new List<AgreedPrice>(wishes.Count);
        foreach (var one in await JudgeEach(tx, wishes, quantityOf))
        {
            if (one.IsRefused)
            {
                return one.Refusal;
            }

            judged.Add(one.Value);
        }

        return judged;
    }

    /// <summary>The same for each by itself, in their order.</summary>
    internal async Task<IReadOnlyList<Outcome<AgreedPrice>>> JudgeEach(Tx tx, IReadOnlyList<PriceWish> wishes, Func<ProductId, Quantity> quantityOf)
    {
        if (wishes.Count == 0)
        {
            return [];
        }

        var values = await Now(tx);
        if (!MayEver(tx.Caller) || Read(values) is not { } editing)
        {
            return [.. wishes.Select(_ => (Outcome<AgreedPrice>)PriceRefusals.NotAllowed)];
        }

        ProductId[] products = [.. wishes.Select(wish => wish.Product).Distinct()];
        var stays = await Fixed(tx.Db, products, values, tx.Cancel);
        var prices = await pricing.Prices(tx.Db, tx.Caller, products, tx.Cancel);
        var judged = new List<Outcome<AgreedPrice>>(wishes.Count);
        foreach (var wish in wishes)
        {
            if (prices.GetValueOrDefault(wish.Product) is not { } known || known.Quote(quantityOf(wish.Product)) is not { } quote)
            {
                judged.Add(CartRefusals.LineGone);
                continue;
            }

            if (wish.IsBack)
            {
                judged.Add(new AgreedPrice(wish.Product, null, quote));
                continue;
            }

            var read = stays.Contains(wish.Product) ? PriceRefusals.Fixed
                : wish.Approved is { } deal ? await Approved(tx, deal, wish.Product, quantityOf(wish.Product), editing, quote)
                : wish.Chosen is var (place, minor) ? editing.Choose(known.Alternatives(quantityOf(wish.Product)), place, minor, quote)
                : editing.Read(wish.Typed, wish.Reason, quote);
            judged.Add(read.IsRefused
                ? read.Refusal with { Field = read.Refusal.Field switch { "Price" => Cart.PriceFieldOf(wish.Product), "Reason" => Cart.ReasonFieldOf(wish.Product), _ => null } }
                : new AgreedPrice(wish.Product, read.Value with { By = tx.Caller.Staff!.Id }, quote));
        }

        return judged;
    }

    /// <summary>Judges what is wanted for a whole cart by what counts at this moment.</summary>
    /// <param name="tx">Of the change.</param>
    /// <param name="wish">What was typed.</param>
    /// <param name="cart">As its lines cost now.</param>
    internal async Task<Outcome<(AgreedDiscount? Discount, AgreedShipping? Shipping)>> Judge(Tx tx, TermsWish wish, ShownCart cart)
    {
        var values = await Now(tx);
        if (!MayEver(tx.Caller) || Read(values) is not { } editing)
        {
            return PriceRefusals.NotAllowed;
        }

        var (discount, shipping, by) = (cart.Discount, cart.Shipping, tx.Caller.Staff!.Id);
        if (wish.Discount is { } off)
        {
            var stays = await Fixed(tx.Db, [.. cart.Lines.Select(line => line.Product)], values, tx.Cancel);
            var read = off.Length == 0 ? default : editing.ReadDiscount(off, wish.DiscountReason, cart.DiscountableOf(stays));
            if (read.IsRefused)
            {
                return read.Refusal;
            }

            discount = off.Length == 0 ? null : read.Value with { By = by };
        }

        if (wish.Shipping is { } cost)
        {
            var read = cost.Length == 0 ? default : editing.ReadShipping(cost, wish.ShippingReason, cart.Currency);
            if (read.IsRefused)
            {
                return read.Refusal;
            }

            shipping = cost.Length == 0 ? null : read.Value with { By = by };
        }

        return (discount, shipping);
    }

    /// <summary>Of these articles the ones whose price stays, as it counts at this moment.</summary>
    internal async Task<IReadOnlySet<ProductId>> Fixed(Tx tx, IReadOnlyCollection<ProductId> products) => await Fixed(tx.Db, products, await Now(tx), tx.Cancel);

    private async Task<Outcome<PriceAdjustment>> Approved(Tx tx, Guid deal, ProductId product, Quantity quantity, PriceEditing editing, PriceQuote quote)
    {
        var approved = await deals.Approved(tx, deal, product, quantity);
        return approved.IsRefused ? approved.Refusal : editing.Take(approved.Value.Price, approved.Value.Reason, quote);
    }

    // As they stand in the database: the memory may be some seconds old.
    private static async Task<Dictionary<string, string>> Now(Tx tx)
    {
        var values = All.ToDictionary(setting => setting.Name, setting => setting.Default);
        foreach (var row in await tx.Db.Rows<StoredSetting>("select name as \"Name\", value as \"Value\" from setting where name like 'assistance.price-%'").ToListAsync(tx.Cancel))
        {
            values[row.Name] = row.Value;
        }

        return values;
    }

    private static bool MayEver(Caller caller) => caller is { IsAssisting: true, Staff: not null, Session.Mode: not Mode.View } && caller.May(Right.PricesAdjust);

    private static PriceEditing? Read(Dictionary<string, string> values) => values[ShopSettings.PriceEditing.Name] != "true" ? null
        : new PriceEditing(PriceReasons.Codes(values[ShopSettings.PriceReasons.Name]), values[ShopSettings.PriceAlternatives.Name] == "true", values[ShopSettings.PriceZero.Name] == "true");

    private async Task<IReadOnlySet<ProductId>> Fixed(ShopDb db, IReadOnlyCollection<ProductId> products, Dictionary<string, string> values, CancellationToken cancel)
    {
        var (articles, categories, kinds) = (Words(ShopSettings.PriceFixedArticles), Words(ShopSettings.PriceFixedCategories), Words(ShopSettings.PriceFixedKinds));
        return products.Count == 0 || articles.Count + categories.Count + kinds.Count == 0 ? new HashSet<ProductId>()
            : (await db.Rows<Guid>(_fixed, database.List(products), database.List(articles), database.List(categories), database.List(kinds)).ToListAsync(cancel)).Select(id => new ProductId(id)).ToHashSet();

        IReadOnlyList<string> Words(Setting setting) => Setting.InWords(values[setting.Name]);
    }

    private sealed record StoredSetting(string Name, string Value);
}
