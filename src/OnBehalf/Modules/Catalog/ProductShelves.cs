using System.Collections.Concurrent;
using System.Globalization;
using OnBehalf.Catalog;
using OnBehalf.Data;
using OnBehalf.Kernel;
using OnBehalf.Modules.Pricing;

namespace OnBehalf.Modules.Catalog;

/// <summary>A value by which a list can be narrowed.</summary>
/// <param name="Count">How many of the list have it, with everything else that was chosen; null where that is not counted.</param>
public sealed record FacetCount(string Value, string Title, int? Count);

/// <summary>The values of one kind.</summary>
public sealed record FacetGroup(FacetKind Kind, string Title, IReadOnlyList<FacetCount> Values);

/// <summary>A page of a list, with what it can be narrowed by.</summary>
/// <param name="Count">Of the whole list with what was chosen; null: more than are counted.</param>
/// <param name="IsByBase">Steps and order of prices are those of base prices: too many articles to know what each costs the caller.</param>
public sealed record ShownShelf(ProductPageOf Page, int? Count, IReadOnlyList<FacetGroup> Facets, bool IsByBase);

/// <summary>
/// The lists of categories, counted and narrowed. Up to <see cref="ProductShelf.Most"/> articles all is exact, and prices are those of the caller; longer lists walk
/// an index, show counts that are kept, and know base prices.
/// </summary>
public sealed class ProductShelves(Database database, CatalogQueries catalog, PricingQueries pricing, KeptCounts counts)
{
    private readonly ProductShelf _shelf = new(database);
    private readonly ConcurrentDictionary<(bool InCategories, bool OfAssortment, string Chosen), string> _hits = [];

    /// <summary>What the caller may know of prices.</summary>
    internal async ValueTask<ShelfPrices?> Prices(ShopDb db, Caller caller, CancellationToken cancel) => !await pricing.MaySee(caller, cancel) ? null
        : new ShelfPrices(await pricing.CurrencyOf(db, caller, cancel), await pricing.Precedence(db, cancel));

    /// <param name="scope">Null: all articles.</param>
    internal async Task<ShownShelf> List(ShopDb db, ShelfQuestion question, IReadOnlyCollection<CategoryId>? scope, CancellationToken cancel)
    {
        var kept = await counts.Of(question.Range, cancel);
        var isLarge = kept?.Total(scope) > ProductShelf.Most;
        if (!isLarge || !question.Filter.IsEmpty)
        {
            var chosen = isLarge ? _shelf.Chosen(question.Filter, question.Prices) : "";
            var isByBase = isLarge && question.Filter.Has(FacetKind.Price);
            var lines = await _shelf.Lines(db, question, Hits(question.Range, scope is not null, chosen), "", isByBase, Arguments(question.Range, scope), cancel);
            if (Found(lines) <= ProductShelf.Most)
            {
                var facets = Facets(lines, question, isLarge ? kind => question.Filter.Has(kind) ? Known(kept!, question, scope, kind) : null : _ => null);
                return new ShownShelf(await Page(db, question, lines, cancel), Total(lines), facets, isByBase);
            }
        }

        var page = await catalog.List(
            db, question.Caller, question.Range, scope, question.Sort, question.After, question.Before, cancel,
            question.Filter.IsEmpty ? null : (_shelf.Chosen(question.Filter, question.Prices), _shelf.Own(question)));
        var values = kept is null ? [] : ProductFilter.Kinds.Where(kind => kind != FacetKind.Price || question.Prices is not null)
            .Select(kind => Group(kind, Known(kept, question, scope, kind), question, isByBase: true)).OfType<FacetGroup>();
        return new ShownShelf(page, question.Filter.IsEmpty ? kept?.Total(scope) : null, [.. values], IsByBase: true);
    }

    /// <summary>The articles that a search found, in the order that was asked for.</summary>
    /// <param name="hits">Finds them; given conditions only those that have what was chosen.</param>
    internal async Task<FoundShelf> Search(
        ShopDb db, ShelfQuestion question, Func<string, (string Hits, string Score, IEnumerable<object> Arguments)> hits, CancellationToken cancel)
    {
        var (sql, score, arguments) = hits("");
        var isByBase = false;
        var lines = await _shelf.Lines(db, question, sql, score, isByBase, arguments, cancel);
        var isCounted = Found(lines) <= ProductShelf.Most;
        if (!isCounted && !question.Filter.IsEmpty)
        {
            (sql, score, arguments) = hits(_shelf.Chosen(question.Filter, question.Prices));
            isByBase = question.Filter.Has(FacetKind.Price);
            lines = await _shelf.Lines(db, question, sql, score, isByBase, arguments, cancel);
        }

        var hasMore = Found(lines) > ProductShelf.Most;
        var facets = Facets(lines, question, _ => null, isCounted || !hasMore);
        return new FoundShelf(
            [.. Places(lines).Select(line => new ProductId(line.Id!.Value))], Total(lines), hasMore, facets, isByBase,
            [.. lines.Where(line => line.Kind == 6).Select(line => (line.Value!, line.Name!))]);
    }

    private static int Found(List<ShelfLine> lines) => lines.Find(line => line.Kind == 5)!.Count;

    private static int Total(List<ShelfLine> lines) => lines.Find(line => line.Kind == 5)!.Place;

    private static IEnumerable<ShelfLine> Places(List<ShelfLine> lines) => lines.Where(line => line.Kind == 0).OrderBy(line => line.Place);

    private async Task<ProductPageOf> Page(ShopDb db, ShelfQuestion question, List<ShelfLine> lines, CancellationToken cancel)
    {
        List<ShelfLine> places = [.. Places(lines)];
        var cards = await catalog.Cards(db, question.Caller, question.Range, [.. places.Select(line => new ProductId(line.Id!.Value))], cancel);
        return cards.Count == 0 ? new ProductPageOf(cards, null, null)
            : new ProductPageOf(cards, places[^1].Place < Total(lines) ? cards[^1].Sku : null, places[0].Place > 1 ? cards[0].Sku : null);
    }

    private string Hits(VisibleRange range, bool inCategories, string chosen) => _hits.GetOrAdd((inCategories, !range.IsAll, chosen), key =>
    {
        var (categories, assortment) = ($"{{{ProductShelf.Slots}}}", $"{{{ProductShelf.Slots + (inCategories ? 1 : 0)}}}");
        var (table, id) = key.OfAssortment && key.Chosen.Length == 0 ? ("assortment_product", "product_id") : ("product", "id");
        return $"""
            hits as materialized (
                select z.{id} as id, 0 as score from {table} z where z.status = 'active'{(key.InCategories ? $" and {database.OneOf("z.category_id", categories)}" : "")}{key.Chosen}
                {(!key.OfAssortment ? "" : table == "product" ? $"and {VisibleRange.Has("z.id", assortment)}" : $"and z.assortment_id = {assortment}")} limit {ProductShelf.Most + 1})
            """;
    });

    private IEnumerable<object> Arguments(VisibleRange range, IReadOnlyCollection<CategoryId>? scope)
    {
        if (scope is not null)
        {
            yield return database.List(scope);
        }

        if (range.Assortment is { } assortment)
        {
            yield return assortment.Value;
        }
    }

    private static List<FacetGroup> Facets(List<ShelfLine> lines, ShelfQuestion question, Func<FacetKind, IEnumerable<FacetCount>?> instead, bool isCounted = true)
    {
        var groups = new List<FacetGroup>();
        foreach (var kind in ProductFilter.Kinds)
        {
            if (Group(kind, instead(kind) ?? Counted(lines, question, kind, isCounted), question, isByBase: false) is { } group)
            {
                groups.Add(group);
            }
        }

        return groups;
    }

    private static IEnumerable<FacetCount> Counted(List<ShelfLine> lines, ShelfQuestion question, FacetKind kind, bool isCounted)
    {
        foreach (var line in lines)
        {
            if (line.Kind == (int)kind + 1 && (kind == FacetKind.Category ? question.Tree.Find(new CategoryId(line.Id!.Value))?.Code : kind == FacetKind.Price ? PriceBands.Word(line.Place) : line.Value) is { } value)
            {
                var title = kind switch
                {
                    FacetKind.Category => question.Tree.Find(new CategoryId(line.Id!.Value))!.Name,
                    FacetKind.Price => PriceBands.Title(line.Place, question.Prices!.Currency.Code),
                    _ => value,
                };
                yield return new FacetCount(value, title, isCounted ? line.Count : null);
            }
        }
    }

    // What is kept is about the list before anything was chosen: then it says which values there are, and no more how many.
    private static IEnumerable<FacetCount> Known(KeptCounts.Kept kept, ShelfQuestion question, IReadOnlyCollection<CategoryId>? scope, FacetKind kind)
    {
        int? Shown(int count) => question.Filter.IsEmpty ? count : null;
        return kind switch
        {
            FacetKind.Category => kept.Categories(scope).OrderByDescending(pair => pair.Value).Select(pair => (Node: question.Tree.Find(new CategoryId(pair.Key)), pair.Value)).Where(pair => pair.Node is not null)
                .Select(pair => new FacetCount(pair.Node!.Code, pair.Node.Name, Shown(pair.Value))),
            FacetKind.Price => kept.Values(kind, scope).Select(pair => (Words: pair.Value.Split(' '), pair.Count)).Where(pair => pair.Words[1] == question.Prices!.Currency.Code)
                .Select(pair => (Band: int.Parse(pair.Words[0], CultureInfo.InvariantCulture), pair.Count)).OrderBy(pair => pair.Band)
                .Select(pair => new FacetCount(PriceBands.Word(pair.Band), PriceBands.Title(pair.Band, question.Prices!.Currency.Code), Shown(pair.Count))),
            _ => kept.Values(kind, scope).OrderByDescending(pair => pair.Count).ThenBy(pair => pair.Value, StringComparer.Ordinal).Select(pair => new FacetCount(pair.Value, pair.Value, Shown(pair.Count))),
        };
    }

    // One value narrows nothing, unless it is what was chosen.
    private static FacetGroup? Group(FacetKind kind, IEnumerable<FacetCount> values, ShelfQuestion question, bool isByBase)
    {
        List<FacetCount> known = [.. values.Take(kind == FacetKind.Price ? PriceBands.From.Count : ProductShelf.MostValues)];
        if (known.Count < 2 && !question.Filter.Has(kind))
        {
            return null;
        }

        if (kind == FacetKind.Size)
        {
            known.Sort(static (one, other) => Sizes.Compare(one.Value, other.Value));
        }
        else if (kind == FacetKind.Price)
        {
            known.Sort(static (one, other) => PriceBands.Find(one.Value)!.Value.CompareTo(PriceBands.Find(other.Value)!.Value));
        }

        var title = kind switch
        {
            FacetKind.Category => "Category",
            FacetKind.Color => Say("Colour"),
            FacetKind.Size => Say("Size"),
            _ => isByBase ? Say("Base price") : Say("Price"),
        };
        return new FacetGroup(kind, title, known);
    }
}

/// <summary>What a search put on the shelf.</summary>
internal sealed record FoundShelf(
    IReadOnlyList<ProductId> Products, int Count, bool HasMore, IReadOnlyList<FacetGroup> Facets, bool IsByBase, IReadOnlyList<(string Sku, string Name)> NoLongerSold);
