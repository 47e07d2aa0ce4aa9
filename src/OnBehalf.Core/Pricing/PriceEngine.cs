using OnBehalf.Kernel;

namespace OnBehalf.Pricing;

/// <summary>
/// Decides which price counts. Precedence: the price list of the buyer's company, there the tier with the highest quantity that is reached; then the base
/// price. A price list is an agreement, so it counts even where the base price is lower. Prices in another currency than the buyer's do not exist for him.
/// </summary>
public static class PriceEngine
{
    public const string BasePrice = "Base price";

    /// <summary>The quote, or null: no price in this currency reaches this quantity, the article is "price on request" and cannot be ordered.</summary>
    public static PriceQuote? Quote(UnitPrice? basePrice, ListPrices? list, Currency currency, Quantity quantity)
    {
        var ownBase = basePrice is { } given && given.Amount.Currency == currency ? basePrice : null;
        var reached = Tiers(list, currency).Where(tier => tier.From <= quantity).ToList();
        var alternatives = new List<PriceAlternative>(reached.Count + 1);
        for (var i = reached.Count - 1; i >= 0; i--)
        {
            alternatives.Add(new PriceAlternative(NameOf(list!.Name, reached[i]), reached[i].Price, alternatives.Count == 0));
        }

        if (ownBase is { } price)
        {
            alternatives.Add(new PriceAlternative(BasePrice, price, alternatives.Count == 0));
        }

        return alternatives is [var winner, ..] ? new PriceQuote(winner.Price, ownBase ?? winner.Price, winner.Name, alternatives) : null;
    }

    /// <summary>The tiers that a buyer of this currency can reach, lowest quantity first.</summary>
    public static IReadOnlyList<PriceTier> Tiers(ListPrices? list, Currency currency) =>
        list is null ? [] : [.. list.Tiers.Where(tier => tier.Price.Amount.Currency == currency).OrderBy(tier => tier.From)];

    private static string NameOf(string list, PriceTier tier) => tier.From <= Quantity.One ? list : $"{list}, from {tier.From}";
}
