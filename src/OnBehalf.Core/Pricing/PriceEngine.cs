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
        var ownBase = Own(basePrice, currency);
        return Reached(list, currency, quantity) is { } tier ? new PriceQuote(tier.Price, ownBase ?? tier.Price, NameOf(list!.Name, tier))
            : ownBase is { } price ? new PriceQuote(price, price, BasePrice)
            : null;
    }

    /// <summary>All prices that could count at this quantity, in order of precedence: the first is the one of the quote.</summary>
    public static IReadOnlyList<PriceAlternative> Alternatives(UnitPrice? basePrice, ListPrices? list, Currency currency, Quantity quantity)
    {
        var reached = Tiers(list, currency).Where(tier => tier.From <= quantity).Reverse();
        var alternatives = reached.Select(tier => (Name: NameOf(list!.Name, tier), tier.Price));
        if (Own(basePrice, currency) is { } price)
        {
            alternatives = alternatives.Append((BasePrice, price));
        }

        return [.. alternatives.Select((alternative, place) => new PriceAlternative(alternative.Name, alternative.Price, place == 0))];
    }

    /// <summary>The quantity above one piece from which the first other price of the list counts, or null.</summary>
    public static Quantity? NextFrom(ListPrices? list, Currency currency)
    {
        Quantity? next = null;
        for (var i = 0; i < list?.Tiers.Count; i++)
        {
            var tier = list.Tiers[i];
            if (tier.Price.Amount.Currency == currency && tier.From > Quantity.One && !(tier.From >= next))
            {
                next = tier.From;
            }
        }

        return next;
    }

    /// <summary>The tiers that a buyer of this currency can reach, lowest quantity first.</summary>
    public static IReadOnlyList<PriceTier> Tiers(ListPrices? list, Currency currency) =>
        list is null ? [] : [.. list.Tiers.Where(tier => tier.Price.Amount.Currency == currency).OrderBy(tier => tier.From)];

    private static UnitPrice? Own(UnitPrice? basePrice, Currency currency) => basePrice is { } given && given.Amount.Currency == currency ? basePrice : null;

    // A list of articles asks this for every one of them, so it goes through the tiers without making anything.
    private static PriceTier? Reached(ListPrices? list, Currency currency, Quantity quantity)
    {
        PriceTier? reached = null;
        for (var i = 0; i < list?.Tiers.Count; i++)
        {
            var tier = list.Tiers[i];
            if (tier.Price.Amount.Currency == currency && tier.From <= quantity && !(tier.From < reached?.From))
            {
                reached = tier;
            }
        }

        return reached;
    }

    private static string NameOf(string list, PriceTier tier) => tier.From <= Quantity.One ? list : $"{list}, from {tier.From}";
}
