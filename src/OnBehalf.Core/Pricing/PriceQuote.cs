using OnBehalf.Kernel;

namespace OnBehalf.Pricing;

/// <summary>What an article costs somebody at a quantity, and where that price comes from.</summary>
/// <param name="Unit">The price that counts.</param>
/// <param name="List">The base price beside it; the price itself where the article has no base price in this currency.</param>
/// <param name="Source">In words: "Base price", "Dealer prices", "Dealer prices, from 10".</param>
public record PriceQuote(UnitPrice Unit, UnitPrice List, string Source)
{
    /// <summary>What it would cost without what was agreed for the line; null: nothing was.</summary>
    public virtual UnitPrice? Regular => null;

    /// <summary>The higher price that stands struck through beside it; null: there is none.</summary>
    public UnitPrice? Struck => IsAbove(List) ? List : Regular is { } regular && IsAbove(regular) ? regular : null;

    private bool IsAbove(UnitPrice other) => other.PerUnits == Unit.PerUnits && other.Amount > Unit.Amount;

    /// <summary>The total of a line: rounded once.</summary>
    public Money For(Quantity quantity) => Unit.Times(quantity);
}

/// <summary>A quote with what staff agreed. A type of its own: pages hold hundreds of quotes, and next to none of them is one.</summary>
/// <param name="Before">What it would cost without.</param>
public sealed record AgreedQuote(UnitPrice Unit, UnitPrice List, string Source, UnitPrice Before) : PriceQuote(Unit, List, Source)
{
    public override UnitPrice? Regular => Before;
}

/// <summary>One of the prices that could count, whether it does, and why, in words.</summary>
public sealed record PriceAlternative(string Name, UnitPrice Price, bool IsWinner, PriceSource Source, string Why);

/// <summary>A price from a quantity on.</summary>
public readonly record struct PriceTier(Quantity From, UnitPrice Price);

/// <summary>A percentage off the base price.</summary>
/// <param name="Distance">How far above the article the category stands for which it is given; the nearest counts.</param>
public readonly record struct PriceCut(Percentage Off, int Distance);

/// <summary>The part of a price list that is about one article; tiers and cuts in any order.</summary>
public sealed record ListPrices(string Name, IReadOnlyList<PriceTier> Tiers, PriceSource Source = PriceSource.List)
{
    /// <summary>They count where no tier is reached.</summary>
    public IReadOnlyList<PriceCut> Cuts { get; init; } = [];
}
