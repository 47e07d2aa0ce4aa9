using OnBehalf.Kernel;

namespace OnBehalf.Pricing;

/// <summary>What an article costs somebody at a quantity, and where that price comes from.</summary>
/// <param name="Unit">The price that counts.</param>
/// <param name="List">The base price beside it; the price itself where the article has no base price in this currency.</param>
/// <param name="Source">In words: "Base price", "Dealer prices", "Dealer prices, from 10".</param>
public sealed record PriceQuote(UnitPrice Unit, UnitPrice List, string Source)
{
    /// <summary>The total of a line: rounded once.</summary>
    public Money For(Quantity quantity) => Unit.Times(quantity);
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
