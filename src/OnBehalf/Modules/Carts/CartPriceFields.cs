using System.Globalization;
using OnBehalf.Kernel;
using OnBehalf.Modules.Deals;
using OnBehalf.Pricing;

namespace OnBehalf.Modules.Carts;

/// <summary>The part of a line in which its price is changed.</summary>
/// <param name="Place">Of the line in the form.</param>
/// <param name="Typed">As it was typed where the form came back with messages.</param>
public sealed record CartPriceFields(int Place, ShownLine Line, PriceEditing Editing, (string? Price, string? Reason, string? PriceError, string? ReasonError) Typed)
{
    public bool IsOpen => !string.IsNullOrEmpty(Typed.Price) || Typed.PriceError is not null || Typed.ReasonError is not null;

    /// <summary>How low the caller goes by himself; null: the shop has no limits.</summary>
    public UnitPrice? Floor { get; init; }

    /// <summary>It stands on the page of the cart, which has an action to take a request back.</summary>
    public bool IsOnCart { get; init; } = true;

    /// <summary>What he asked for beyond that.</summary>
    public LineDeal? Deal { get; init; }

    /// <summary>It was approved and is not in the cart yet.</summary>
    public bool IsApproved => Deal is { Price: { } price } deal && deal.CountsFor(Line.Quantity) && Line.Quote?.Unit != price && Line.Quote?.Unit.Amount.Currency == price.Amount.Currency;

    /// <summary>What else the shop has for the line, each with what its button sends.</summary>
    public IEnumerable<(PriceAlternative Price, string Sends)> Alternatives => !Editing.OffersAlternatives || Line.Prices?.Alternatives(Line.Quantity) is not { } all ? []
        : all.Index().Where(one => one.Item.Price != Line.Quote!.Unit && one.Item.Price.Amount.Currency == Line.Quote.Unit.Amount.Currency)
            .Select(one => (one.Item, string.Create(CultureInfo.InvariantCulture, $"{Line.Product.Value}:{one.Index}:{one.Item.Price.Amount.Minor}")));
}
