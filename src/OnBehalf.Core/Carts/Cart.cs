using OnBehalf.Catalog;
using OnBehalf.Kernel;
using OnBehalf.Pricing;

namespace OnBehalf.Carts;

/// <summary>The buyer's line that a line of a branch was copied from, and how much it held then.</summary>
public sealed record BaseLine(CartLineId Id, Quantity Quantity);

/// <summary>
/// An article and how much of it. A quantity of zero is possible only in a branch: the operator took out what the buyer has in his cart, and the line stays
/// as the memory of it, so that putting the article back finds its base again.
/// </summary>
public sealed record CartLine(CartLineId Id, ProductId Product, Quantity Quantity, BaseLine? Base = null)
{
    /// <summary>What staff agreed for it; null: it costs what it costs.</summary>
    public PriceAdjustment? Agreed { get; init; }
}

/// <summary>What a line is to cost.</summary>
/// <param name="Agreed">Null: what it costs anyway.</param>
/// <param name="Quote">What it costs anyway.</param>
public readonly record struct AgreedPrice(ProductId Product, PriceAdjustment? Agreed, PriceQuote Quote);

/// <summary>The buyer's cart from which a branch was made, and its version then.</summary>
public sealed record CartBase(CartId Id, int Version);

/// <summary>
/// What somebody is about to order: a value. Every change gives a new cart and the facts of what changed; the version is the one that was loaded.
/// </summary>
/// <param name="Rows">Lines in order, one per article, with those that an operator took out of a branch.</param>
/// <param name="Base">Set in a branch.</param>
public sealed record Cart(CartId Id, int Version, IReadOnlyList<CartLine> Rows, CartBase? Base = null)
{
    public const int MostLines = 500;

    /// <summary>Codes of coupons that are to be taken off when it is ordered, in capital letters.</summary>
    public IReadOnlyList<string> CouponCodes { get; init; } = [];

    /// <summary>What staff agreed to take off all of it; null: nothing.</summary>
    public AgreedDiscount? Discount { get; init; }

    /// <summary>What staff agreed that sending it costs; null: its price.</summary>
    public AgreedShipping? Shipping { get; init; }

    /// <summary>What is in the cart.</summary>
    public IEnumerable<CartLine> Lines => Rows.Where(line => line.Quantity.IsPositive);

    public bool IsEmpty => !Lines.Any();

    public bool IsBranch => Base is not null;

    public static Cart Empty(CartId id) => new(id, 0, []);

    /// <summary>Puts an article in; one that is there already gets more. What lies in the cart then has to be a quantity in which it can be ordered.</summary>
    public Outcome<CartChange> Add(ProductId product, Quantity quantity, QuantityRule rule)
    {
        var line = Find(product);
        if ((Check(quantity) ?? Check((line?.Quantity ?? Quantity.Zero) + quantity, rule)) is { } refusal)
        {
            return refusal;
        }

        if (line is not null)
        {
            return Set(line, line.Quantity + quantity, whenNew: quantity);
        }

        if (Lines.Count() >= MostLines)
        {
            return CartRefusals.TooManyLines;
        }

        var added = new CartLine(IId<CartLineId>.New(), product, quantity);
        return new CartChange(this with { Rows = [.. Rows, added] }, [new LineAdded(Id, product, quantity)]);
    }

    /// <summary>Changes how much of an article there is; the same quantity again changes nothing and leaves no fact.</summary>
    public Outcome<CartChange> SetQuantity(ProductId product, Quantity quantity, QuantityRule rule)
    {
        if (Check(quantity, rule) is { } refusal)
        {
            return refusal;
        }

        return Find(product) is { Quantity.IsPositive: true } line ? Set(line, quantity, whenNew: quantity) : CartRefusals.LineGone;
    }

    /// <summary>Puts the code of a coupon in, which somebody has found to count; one that is there already changes nothing.</summary>
    public Outcome<CartChange> AddCoupon(string code) =>
        CouponCodes.Contains(code, StringComparer.Ordinal) ? new CartChange(this, [])
        : CouponCodes.Count >= Coupons.MostAtOnce ? Coupons.TooMany
        : new CartChange(this with { CouponCodes = [.. CouponCodes, code] }, [new CartCouponAdded(Id, code)]);

    public Outcome<CartChange> RemoveCoupon(string code) => CouponCodes.Contains(code, StringComparer.Ordinal)
        ? new CartChange(this with { CouponCodes = [.. CouponCodes.Where(known => known != code)] }, [new CartCouponRemoved(Id, code)])
        : new CartChange(this, []);

    /// <summary>Gives a line another price, which was judged already, or its own again; the same again changes nothing and leaves no fact.</summary>
    public Outcome<CartChange> Agree(AgreedPrice price)
    {
        var (product, agreed, quote) = price;
        if (Find(product) is not { Quantity.IsPositive: true } line)
        {
            return CartRefusals.LineGone;
        }

        if (line.Agreed == (agreed is null ? null : agreed with { By = line.Agreed?.By }))
        {
            return new CartChange(this, []);
        }

        var (before, after) = ((line.Agreed?.Over(quote) ?? quote).Unit.ToString(), (agreed?.Over(quote) ?? quote).Unit.ToString());
        Fact fact = agreed is null ? new LinePriceRestored(Id, product, before, after)
            : new LinePriceAgreed(Id, product, quote.Unit.ToString(), before, after, agreed.Reason ?? (agreed.Alternative is null ? "none" : "other-price"));
        return new CartChange(this with { Rows = [.. Rows.Select(row => row == line ? line with { Agreed = agreed } : row)] }, [fact]);
    }

    /// <summary>Agrees what is taken off all of it, or with null nothing any more; the same again changes nothing and leaves no fact.</summary>
    public Outcome<CartChange> Agree(AgreedDiscount? discount) =>
        IsEmpty && discount is not null && discount != Discount ? CartRefusals.NothingInIt
        : Discount == (discount is null ? null : discount with { By = Discount?.By }) ? new CartChange(this, [])
        : new CartChange(this with { Discount = discount }, [new CartDiscountAgreed(Id, Discount?.Terms ?? "none", discount?.Terms ?? "none", discount?.Reason ?? "none")]);

    /// <summary>Agrees what sending it costs, or with null its price again.</summary>
    public Outcome<CartChange> Agree(AgreedShipping? shipping) =>
        IsEmpty && shipping is not null && shipping != Shipping ? CartRefusals.NothingInIt
        : Shipping == (shipping is null ? null : shipping with { By = Shipping?.By }) ? new CartChange(this, [])
        : new CartChange(this with { Shipping = shipping }, [new CartShippingAgreed(Id, Shipping?.Cost.ToString() ?? "none", shipping?.Cost.ToString() ?? "none", shipping?.Reason ?? "none")]);

    /// <summary>Takes an article out. In a branch the buyer's own line is remembered.</summary>
    public Outcome<CartChange> Remove(ProductId product)
    {
        if (Find(product) is not { Quantity.IsPositive: true } line)
        {
            return CartRefusals.LineGone;
        }

        var rows = line.Base is null ? Rows.Where(row => row != line) : Rows.Select(row => row == line ? line with { Quantity = Quantity.Zero, Agreed = null } : row);
        return new CartChange(this with { Rows = [.. rows] }, [new LineRemoved(Id, product, line.Quantity)]);
    }

    /// <summary>
    /// The whole form of a cart at once: the quantities of several articles, other prices, and perhaps one to take out. All of it, or nothing. A quantity that was not touched is
    /// not judged: the line itself says what is wrong with it.
    /// </summary>
    public Outcome<CartChange> Update(
        IEnumerable<(ProductId Product, Quantity Quantity)> quantities, ProductId? remove, Func<ProductId, QuantityRule> ruleOf, IReadOnlyList<AgreedPrice>? prices = null)
    {
        var cart = this;
        var facts = new List<Fact>();
        foreach (var (product, quantity) in quantities.Where(wanted => wanted.Product != remove))
        {
            var changed = cart.SetQuantity(product, quantity, cart.Find(product)?.Quantity == quantity ? QuantityRule.Any : ruleOf(product));
            if (changed.IsRefused)
            {
                return changed.Refusal with { Field = changed.Refusal.Field is null ? null : FieldOf(product) };
            }

            cart = changed.Value.Cart;
            facts.AddRange(changed.Value.Facts);
        }

        if (remove is { } gone)
        {
            var removed = cart.Remove(gone);
            if (removed.IsRefused)
            {
                return removed;
            }

            cart = removed.Value.Cart;
            facts.AddRange(removed.Value.Facts);
        }

        foreach (var price in prices ?? [])
        {
            var agreed = cart.Agree(price);
            if (agreed.IsRefused)
            {
                return agreed;
            }

            cart = agreed.Value.Cart;
            facts.AddRange(agreed.Value.Facts);
        }

        return new CartChange(cart, facts);
    }

    /// <summary>A branch of this cart with the same lines, each knowing where it came from.</summary>
    public CartChange Fork(CartId branch)
    {
        var rows = Lines.Select(line => new CartLine(IId<CartLineId>.New(), line.Product, line.Quantity, new BaseLine(line.Id, line.Quantity)) { Agreed = line.Agreed });
        return new CartChange(new Cart(branch, 0, [.. rows], new CartBase(Id, Version)) { CouponCodes = CouponCodes }, [new CartBranched(branch, Id, Version)]);
    }

    /// <summary>
    /// What is left of the buyer's cart when a branch of it has been ordered: each line that the branch was made from loses what was ordered of it, at
    /// most what is there. Whatever the buyer has put in meanwhile stays.
    /// </summary>
    public CartChange Take(IEnumerable<CartLine> ordered, OrderId order)
    {
        var orderedByBase = ordered.Where(line => line.Base is not null).ToDictionary(line => line.Base!.Id, line => line.Quantity);
        var left = new List<CartLine>(Rows.Count);
        var taken = 0;
        foreach (var line in Rows)
        {
            var less = Quantity.Min(orderedByBase.GetValueOrDefault(line.Id), line.Quantity);
            taken += less.IsPositive ? 1 : 0;
            if (less < line.Quantity)
            {
                left.Add(line with { Quantity = line.Quantity - less });
            }
        }

        return new CartChange(this with { Rows = left, CouponCodes = [] }, taken == 0 ? [] : [new LinesOrdered(Id, order, taken, left.Count)]);
    }

    /// <summary>What is left when this cart itself has been ordered: nothing.</summary>
    public CartChange TakeAll(OrderId order) => new(this with { Rows = [], CouponCodes = [], Discount = null, Shipping = null }, [new LinesOrdered(Id, order, Lines.Count(), 0)]);

    /// <summary>Makes lines what a proposal has for them, which its owner takes; all of them, or nothing.</summary>
    public Outcome<CartChange> Take(Guid proposal, IReadOnlyList<ProposedLine> lines)
    {
        var (rows, facts) = (Rows.ToList(), new List<Fact>());
        foreach (var line in lines)
        {
            var at = rows.FindIndex(row => row.Product == line.Product);
            var before = at < 0 ? Quantity.Zero : rows[at].Quantity;
            var after = line.Proposed.Quantity;
            if (at >= 0 && !after.IsPositive)
            {
                rows.RemoveAt(at);
            }
            else if (at >= 0)
            {
                rows[at] = rows[at] with { Quantity = after, Agreed = line.Agreed };
            }
            else if (after.IsPositive)
            {
                rows.Add(new CartLine(IId<CartLineId>.New(), line.Product, after) { Agreed = line.Agreed });
            }

            facts.Add(new ProposedLineTaken(Id, proposal, line.Product, before, after, line.Proposed.Price?.ToString() ?? "none"));
        }

        return rows.Count > MostLines ? CartRefusals.TooManyLines with { Field = null } : new CartChange(this with { Rows = rows }, facts);
    }

    /// <summary>The field of the form of a cart that a refusal of <see cref="Update"/> is about.</summary>
    public static string FieldOf(ProductId product) => "Quantity of " + product;

    /// <summary>The same of its price.</summary>
    public static string PriceFieldOf(ProductId product) => "Price of " + product;

    /// <summary>The same of the reason of its price.</summary>
    public static string ReasonFieldOf(ProductId product) => "Reason of " + product;

    /// <summary>Why a quantity of an article cannot be ordered; null when it can.</summary>
    public static Refusal? Check(Quantity quantity, QuantityRule rule) =>
        Check(quantity) is { } refusal ? refusal
        : !rule.IsWhole(quantity) ? rule.Pack == Quantity.One ? CartRefusals.QuantityNotWhole : CartRefusals.QuantityNotPacked(rule, quantity)
        : quantity < rule.First ? CartRefusals.QuantityTooSmall(rule)
        : rule.Most is { } most && quantity > most ? CartRefusals.QuantityOverMost(rule, most)
        : null;

    /// <summary>Reads what somebody typed into a quantity field; whether the article comes in it is judged with its rule.</summary>
    public static Outcome<Quantity> ParseQuantity(string? text) =>
        !Quantity.TryParse(text?.Trim(), out var quantity) ? CartRefusals.QuantityNotANumber
        : Check(quantity) is { } refusal ? refusal
        : quantity;

    private static Refusal? Check(Quantity quantity) =>
        !quantity.IsPositive ? CartRefusals.QuantityNotPositive
        : quantity > Quantity.Most ? CartRefusals.QuantityTooLarge
        : null;

    private CartLine? Find(ProductId product) => Rows.FirstOrDefault(line => line.Product == product);

    private Outcome<CartChange> Set(CartLine line, Quantity quantity, Quantity whenNew)
    {
        if (quantity > Quantity.Most)
        {
            return CartRefusals.QuantityTooLarge;
        }

        if (quantity == line.Quantity)
        {
            return new CartChange(this, []);
        }

        Fact fact = line.Quantity.IsPositive
            ? new LineQuantityChanged(Id, line.Product, line.Quantity, quantity)
            : new LineAdded(Id, line.Product, whenNew);
        return new CartChange(this with { Rows = [.. Rows.Select(row => row == line ? line with { Quantity = quantity } : row)] }, [fact]);
    }
}

/// <summary>A cart after a change, and what happened.</summary>
public sealed record CartChange(Cart Cart, IReadOnlyList<Fact> Facts);
