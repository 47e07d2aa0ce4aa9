using System.Globalization;
using OnBehalf.Carts;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Carts;

/// <summary>A row of the form: which article, and the quantity as it was typed.</summary>
public sealed class CartLineInput
{
    public Guid Product { get; set; }

    public string? Quantity { get; set; }

    /// <summary>Another price for it, as it was typed; nothing: it stays.</summary>
    public string? Price { get; set; }

    /// <summary>Code of the reason of that price.</summary>
    public string? Reason { get; set; }
}

/// <summary>The lines of a cart as a form sends them, and which of their buttons was pressed.</summary>
public abstract class CartLinesInput
{
    /// <summary>Which cart the page showed.</summary>
    public Guid Cart { get; set; }

    public int Version { get; set; }

    public List<CartLineInput> Lines { get; set; } = [];

    /// <summary>The article whose Remove button was pressed.</summary>
    public Guid? Remove { get; set; }

    /// <summary>The article that is to cost again what it costs.</summary>
    public Guid? Restore { get; set; }

    /// <summary>A price that was offered for an article: its id, the place of the price and its amount in minor units, with colons between.</summary>
    public string? Choose { get; set; }

    /// <summary>The article whose typed price is not agreed, but asked for.</summary>
    public Guid? Ask { get; set; }

    /// <summary>An approved price that is to count: the id of the article and of the request, with a colon between; to take a request back, its id.</summary>
    public string? Deal { get; set; }

    public SeenCart Seen => new(Cart, Version);

    /// <summary>The quantities as they were typed, and what is wrong with some of them.</summary>
    public (List<(ProductId Product, Quantity Quantity)> Quantities, List<Refusal> Refusals) Quantities()
    {
        var (quantities, refusals) = (new List<(ProductId, Quantity)>(Lines.Count), new List<Refusal>());
        for (var i = 0; i < Lines.Count; i++)
        {
            var parsed = OnBehalf.Carts.Cart.ParseQuantity(Lines[i].Quantity);
            if (!parsed.IsRefused)
            {
                quantities.Add((new ProductId(Lines[i].Product), parsed.Value));
            }
            else if (Lines[i].Product != Remove)
            {
                refusals.Add(parsed.Refusal with { Field = $"Lines[{i}].Quantity" });
            }
        }

        return (quantities, refusals);
    }

    /// <summary>The prices that are wanted. What was pressed goes before what was typed for the same article; null: no form of ours.</summary>
    public List<PriceWish>? Prices()
    {
        var wishes = new List<PriceWish>();
        if (Restore is { } back)
        {
            wishes.Add(new PriceWish(new ProductId(back), null));
        }

        if (Choose is { } chosen)
        {
            if (chosen.Split(':') is not [var product, var place, var minor] || !Guid.TryParse(product, out var id)
                || !int.TryParse(place, NumberStyles.None, CultureInfo.InvariantCulture, out var at) || !long.TryParse(minor, NumberStyles.None, CultureInfo.InvariantCulture, out var amount))
            {
                return null;
            }

            wishes.Add(new PriceWish(new ProductId(id), null, Chosen: (at, amount)));
        }

        if (Deal is { } deal)
        {
            if (deal.Split(':') is not [var of, var request] || !Guid.TryParse(of, out var article) || !Guid.TryParse(request, out var approved))
            {
                return null;
            }

            wishes.Add(new PriceWish(new ProductId(article), null, Approved: approved));
        }

        // Asked for, and nothing typed: the field says so.
        if (Ask is { } asked && wishes.TrueForAll(wish => wish.Product.Value != asked))
        {
            var line = Lines.Find(line => line.Product == asked);
            wishes.Add(new PriceWish(new ProductId(asked), line?.Price ?? "", line?.Reason, IsAsked: true));
        }

        foreach (var line in Lines.Where(line => !string.IsNullOrWhiteSpace(line.Price) && wishes.TrueForAll(wish => wish.Product.Value != line.Product)))
        {
            wishes.Add(new PriceWish(new ProductId(line.Product), line.Price, line.Reason));
        }

        return wishes;
    }

    /// <summary>A refusal of an article of the cart as one of the field of its line.</summary>
    public Refusal AtLine(Refusal refusal)
    {
        foreach (var (of, name) in ((Func<ProductId, string>, string)[])[(OnBehalf.Carts.Cart.FieldOf, "Quantity"), (OnBehalf.Carts.Cart.PriceFieldOf, "Price"), (OnBehalf.Carts.Cart.ReasonFieldOf, "Reason")])
        {
            if (refusal.Field is not null && Lines.FindIndex(line => of(new ProductId(line.Product)) == refusal.Field) is >= 0 and var at)
            {
                return refusal with { Field = $"Lines[{at}].{name}" };
            }
        }

        return refusal;
    }
}
