using OnBehalf.Kernel;
using OnBehalf.Pricing;

namespace OnBehalf.Modules.Pricing;

/// <summary>The prices of one article that one caller can reach.</summary>
public sealed class ProductPrices(UnitPrice? basePrice, PricePrecedence order, Currency currency)
{
    private List<OfList>? _lists;
    private ListPrices[]? _all;

    private ListPrices[] Lists => _all ??= _lists is null ? [] : [.. _lists.Select(list => new ListPrices(list.Name, list.Tiers, list.Source) { Cuts = list.Cuts })];

    /// <summary>The next quantity above one piece from which another price counts, for a hint in a list.</summary>
    public (Quantity From, PriceQuote Quote)? NextStep =>
        _lists is not null && PriceEngine.NextFrom(basePrice, Lists, order, currency) is { } from && Quote(from) is { } quote ? (from, quote) : null;

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

    internal void Add(Guid list, string name, PriceSource source, PriceTier? tier, PriceCut? cut)
    {
        _lists ??= new(2);
        var known = _lists.Find(one => one.Id == list);
        if (known is null)
        {
            _lists.Add(known = new OfList(list, name, source));
        }

        if (tier is { } from)
        {
            known.Tiers.Add(from);
        }

        if (cut is { } off)
        {
            known.Cuts.Add(off);
        }
    }

    private sealed record OfList(Guid Id, string Name, PriceSource Source)
    {
        public List<PriceTier> Tiers { get; } = new(2);

        public List<PriceCut> Cuts { get; } = [];
    }
}
