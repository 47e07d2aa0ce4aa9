using OnBehalf.Kernel;
using OnBehalf.Pricing;

namespace OnBehalf.Modules.Pricing;

/// <summary>The prices of one article that one caller can reach.</summary>
public sealed class ProductPrices(UnitPrice? basePrice, PricePrecedence order, Currency currency)
{
    private List<(Guid Id, ListPrices Prices)>? _known;
    private ListPrices[]? _lists;

    private ListPrices[] Lists => _lists ??= _known is null ? [] : [.. _known.Select(list => list.Prices)];

    /// <summary>The next quantity above one piece from which another price counts, for a hint in a list.</summary>
    public (Quantity From, PriceQuote Quote)? NextStep =>
        _known is not null && PriceEngine.NextFrom(basePrice, Lists, order, currency) is { } from && Quote(from) is { } quote ? (from, quote) : null;

    public PriceQuote? Quote(Quantity quantity) => PriceEngine.Quote(basePrice, Lists, order, currency, quantity);

    /// <summary>All prices that could count at a quantity, the one of the quote first.</summary>
    public IReadOnlyList<PriceAlternative> Alternatives(Quantity quantity) => PriceEngine.Alternatives(basePrice, Lists, order, currency, quantity);

    /// <summary>The quotes at one piece and at every quantity from which another price counts, for a table of tiers.</summary>
    public IReadOnlyList<(Quantity From, PriceQuote Quote)> Steps()
    {
        var steps = new List<(Quantity From, PriceQuote Quote)>();
        foreach (var from in PriceEngine.Steps(Lists, currency))
        {
            if (Quote(from) is { } quote && (steps.Count == 0 || steps[^1].Quote != quote))
            {
                steps.Add((from, quote));
            }
        }

        return steps;
    }

    /// <param name="name">Of the list, for quotes.</param>
    internal void Add(Guid list, string name, PriceSource source, PriceTier? tier, PriceCut? cut)
    {
        _known ??= new(1);
        var at = _known.FindIndex(one => one.Id == list);
        if (at < 0)
        {
            at = _known.Count;
            _known.Add((list, new ListPrices(name, tier is null ? [] : new List<PriceTier>(2), source)));
        }

        var known = _known[at].Prices;
        if (tier is { } from && known.Tiers is List<PriceTier> tiers)
        {
            tiers.Add(from);
        }
        else if (tier is { } first)
        {
            _known[at] = (list, known = known with { Tiers = new List<PriceTier>(2) { first } });
        }

        if (cut is { } off && known.Cuts is List<PriceCut> cuts)
        {
            cuts.Add(off);
        }
        else if (cut is { } only)
        {
            _known[at] = (list, known with { Cuts = new List<PriceCut>(1) { only } });
        }
    }
}
