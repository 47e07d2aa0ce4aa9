using OnBehalf.Kernel;
using OnBehalf.Pricing;

namespace OnBehalf.Modules.Pricing;

/// <summary>The prices of one article that one caller can reach.</summary>
public sealed class ProductPrices(UnitPrice? basePrice, PricePrecedence order, Currency currency)
{
    // A page has dozens of these, and almost every article is in one list.
    private Guid _first;
    private List<Guid>? _others;
    private List<ListPrices>? _lists;

    /// <summary>Of one who sees prices with tax: the rate, where it is known; null: they are shown without.</summary>
    public Percentage? Tax { get; init; }

    /// <summary>A price as the caller sees it.</summary>
    public UnitPrice Shown(UnitPrice price) => Tax is { } tax ? price.With(tax) : price;

    private IReadOnlyList<ListPrices> Lists => _lists ?? (IReadOnlyList<ListPrices>)[];

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

    /// <param name="name">Of the list, for quotes.</param>
    internal void Add(Guid list, string name, PriceSource source, PriceTier? tier, PriceCut? cut)
    {
        var at = _lists is null ? -1 : list == _first ? 0 : (_others?.IndexOf(list) ?? -1) is >= 0 and var other ? other + 1 : -1;
        if (_lists is null)
        {
            (_first, _lists) = (list, new(1));
        }
        else if (at < 0)
        {
            (_others ??= new(1)).Add(list);
        }

        if (at < 0)
        {
            at = _lists.Count;
            _lists.Add(new ListPrices(name, tier is null ? [] : new List<PriceTier>(1), source));
        }

        if (tier is { } from)
        {
            if (_lists[at].Tiers is not List<PriceTier> tiers)
            {
                _lists[at] = new ListPrices(name, tiers = new(1), source) { Cuts = _lists[at].Cuts };
            }

            tiers.Add(from);
        }

        if (cut is { } off)
        {
            if (_lists[at].Cuts is not List<PriceCut> cuts)
            {
                _lists[at] = new ListPrices(name, _lists[at].Tiers, source) { Cuts = cuts = new(1) };
            }

            cuts.Add(off);
        }
    }
}
