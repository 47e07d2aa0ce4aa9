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

/// <summary>One of the prices that could count, and whether it does.</summary>
public sealed record PriceAlternative(string Name, UnitPrice Price, bool IsWinner);

/// <summary>A price from a quantity on.</summary>
public readonly record struct PriceTier(Quantity From, UnitPrice Price);

/// <summary>The part of a price list that is about one article; tiers in any order.</summary>
public sealed record ListPrices(string Name, IReadOnlyList<PriceTier> Tiers);
