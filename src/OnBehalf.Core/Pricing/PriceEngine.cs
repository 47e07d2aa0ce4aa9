using OnBehalf.Kernel;

namespace OnBehalf.Pricing;

/// <summary>
/// Decides which price counts: of every list the tier with the highest quantity that is reached, else its nearest percentage off the base price; of the lists
/// and the base price the one whose source counts first (<see cref="PricePrecedence"/>), among equals the lowest. Prices in another currency than the buyer's
/// do not exist for him.
/// </summary>
public static class PriceEngine
{
    /// <summary>The quote, or null: no price in this currency reaches this quantity, the article is "price on request" and cannot be ordered.</summary>
    public static PriceQuote? Quote(UnitPrice? basePrice, IReadOnlyList<ListPrices> lists, PricePrecedence order, Currency currency, Quantity quantity)
    {
        var ownBase = BaseOf(basePrice, lists, currency, quantity);
        return Best(basePrice, ownBase, lists, order, currency, quantity) is { } winner ? new PriceQuote(winner.Price, ownBase ?? winner.Price, winner.Name) : null;
    }

    private static Offer? Best(UnitPrice? basePrice, UnitPrice? ownBase, IReadOnlyList<ListPrices> lists, PricePrecedence order, Currency currency, Quantity quantity)
    {
        Offer? best = Own(basePrice, currency) is { } own ? new Offer(null, own, null, null) : null;
        for (var i = 0; i < lists.Count; i++)
        {
            if (First(lists[i], ownBase, currency, quantity) is { } offer && (best is not { } other || Compare(offer, other, order) < 0))
            {
                best = offer;
            }
        }

        return best;
    }

    /// <summary>All prices that could count at this quantity, in order of precedence: the first is the one of the quote. Each says why it counts or not.</summary>
    public static IReadOnlyList<PriceAlternative> Alternatives(
        UnitPrice? basePrice, IReadOnlyList<ListPrices> lists, PricePrecedence order, Currency currency, Quantity quantity)
    {
        var ownBase = BaseOf(basePrice, lists, currency, quantity);
        var ofLists = lists.Select(list => Of(list, ownBase, currency, quantity).ToList()).Where(offers => offers.Count > 0).ToList();
        if (Own(basePrice, currency) is { } own)
        {
            ofLists.Insert(0, [new Offer(null, own, null, null)]);
        }

        var inOrder = ofLists.Order(Comparer<List<Offer>>.Create((one, other) => Compare(one[0], other[0], order))).ToList();
        if (inOrder.Count == 0)
        {
            return [];
        }

        var winner = inOrder[0][0];
        var equals = inOrder.Count(offers => order.RankOf(offers[0].Source) == order.RankOf(winner.Source));
        return
        [
            .. from offers in inOrder
               from pair in offers.Index()
               let isWinner = offers == inOrder[0] && pair.Index == 0
               select new PriceAlternative(pair.Item.Name, pair.Item.Price, isWinner, pair.Item.Source, isWinner ? WhyWon() : WhyNot(offers[0], pair.Item, pair.Index)),
        ];

        string WhyWon() => ofLists.Count == 1 && ofLists[0].Count == 1 ? Say("The only price there is.")
            : inOrder.Count == 1 ? Say("The highest quantity of it that is reached.")
            : equals > 1 ? Say("The lowest of those that count alike.")
            : Say($"A {PriceSources.Word(winner.Source)} counts first.");

        string WhyNot(Offer first, Offer offer, int place) =>
            place > 0 && first.Tier is not null ? (offer.Tier is not null ? Say("A higher quantity of the same prices is reached.") : Say("The same prices name the article itself."))
            : place > 0 ? Say("A closer category has its own discount.")
            : order.RankOf(offer.Source) == order.RankOf(winner.Source) ? Say("Not the lowest of those that count alike.")
            : Say($"Counts after a {PriceSources.Word(winner.Source)}.");
    }

    /// <summary>The lowest quantity above one piece from which another price counts, or null.</summary>
    public static Quantity? NextFrom(UnitPrice? basePrice, IReadOnlyList<ListPrices> lists, PricePrecedence order, Currency currency)
    {
        // A list of articles asks this for every one of them: by index, and without the names of quotes that nobody reads.
        Quantity? next = null;
        var atOne = At(Quantity.One);
        for (var i = 0; i < lists.Count; i++)
        {
            for (var j = 0; j < lists[i].Tiers.Count; j++)
            {
                var tier = lists[i].Tiers[j];
                if (tier.From > Quantity.One && !(tier.From >= next) && tier.Price.Amount.Currency == currency && atOne != At(tier.From))
                {
                    next = tier.From;
                }
            }
        }

        return next;

        UnitPrice? At(Quantity quantity) => Best(basePrice, BaseOf(basePrice, lists, currency, quantity), lists, order, currency, quantity)?.Price;
    }

    /// <summary>One piece and every quantity from which a buyer of this currency can reach another tier, lowest first.</summary>
    public static IEnumerable<Quantity> Steps(IReadOnlyList<ListPrices> lists, Currency currency) =>
        lists.SelectMany(list => list.Tiers).Where(tier => tier.Price.Amount.Currency == currency).Select(tier => tier.From).Append(Quantity.One).Distinct().Order();

    private static UnitPrice? Own(UnitPrice? basePrice, Currency currency) => basePrice is { } given && given.Amount.Currency == currency ? basePrice : null;

    // What percentages are taken from, and what stands beside a price: the article's own price, or that of a list of base prices, whichever is lower.
    private static UnitPrice? BaseOf(UnitPrice? basePrice, IReadOnlyList<ListPrices> lists, Currency currency, Quantity quantity)
    {
        var lowest = Own(basePrice, currency);
        for (var i = 0; i < lists.Count; i++)
        {
            if (lists[i].Source == PriceSource.Base && Reached(lists[i], currency, quantity) is { } tier && (lowest is not { } other || Compare(tier.Price, other) < 0))
            {
                lowest = tier.Price;
            }
        }

        return lowest;
    }

    // A list of articles asks this for every one of them, so it goes through the tiers without making anything.
    private static PriceTier? Reached(ListPrices list, Currency currency, Quantity quantity)
    {
        PriceTier? reached = null;
        for (var i = 0; i < list.Tiers.Count; i++)
        {
            var tier = list.Tiers[i];
            if (tier.Price.Amount.Currency == currency && tier.From <= quantity && !(tier.From < reached?.From))
            {
                reached = tier;
            }
        }

        return reached;
    }

    private static Offer? First(ListPrices list, UnitPrice? ownBase, Currency currency, Quantity quantity)
    {
        if (Reached(list, currency, quantity) is { } tier)
        {
            return new Offer(list, tier.Price, tier, null);
        }

        PriceCut? nearest = null;
        for (var i = 0; ownBase is not null && i < list.Cuts.Count; i++)
        {
            nearest = nearest is { } near && near.Distance <= list.Cuts[i].Distance ? nearest : list.Cuts[i];
        }

        return nearest is { } cut ? new Offer(list, Less(ownBase!.Value, cut), null, cut) : null;
    }

    private static IEnumerable<Offer> Of(ListPrices list, UnitPrice? ownBase, Currency currency, Quantity quantity) =>
        list.Tiers.Where(tier => tier.Price.Amount.Currency == currency && tier.From <= quantity).OrderByDescending(tier => tier.From)
            .Select(tier => new Offer(list, tier.Price, tier, null))
            .Concat(ownBase is not { } price ? [] : list.Cuts.OrderBy(cut => cut.Distance).Select(cut => new Offer(list, Less(price, cut), null, cut)));

    private static UnitPrice Less(UnitPrice price, PriceCut cut) => price with { Amount = price.Amount - price.Amount.Percent(cut.Off) };

    private static int Compare(Offer one, Offer other, PricePrecedence order) =>
        order.RankOf(one.Source).CompareTo(order.RankOf(other.Source)) is not 0 and var byRank ? byRank : Compare(one.Price, other.Price);

    private static int Compare(UnitPrice one, UnitPrice other) =>
        ((Int128)one.Amount.Minor * other.PerUnits).CompareTo((Int128)other.Amount.Minor * one.PerUnits);

    /// <param name="List">Null: the base price of the article.</param>
    private readonly record struct Offer(ListPrices? List, UnitPrice Price, PriceTier? Tier, PriceCut? Cut)
    {
        public PriceSource Source => List?.Source ?? PriceSource.Base;

        public string Name => List is null ? Say("Base price")
            : Cut is { } cut ? Say($"{List.Name}, {cut.Off} off")
            : Tier is { } tier && tier.From > Quantity.One ? Say($"{List.Name}, from {tier.From}")
            : List.Name;
    }
}
