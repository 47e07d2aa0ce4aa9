using System.Collections.Concurrent;
using OnBehalf.Catalog;
using OnBehalf.Data;
using OnBehalf.Kernel;
using OnBehalf.Modules.Pricing;
using OnBehalf.Pricing;

namespace OnBehalf.Modules.Catalog;

/// <summary>A line of a shelf: an article at its place (kind 0), a count of one kind of facet (1 to 4), how many there are (5), or an article no longer sold (6).</summary>
internal sealed record ShelfLine(int Kind, Guid? Id, int Place, int Count, string? Value, string? Name);

/// <summary>For whom a shelf is filled, and what he chose.</summary>
/// <param name="Tree">The categories that are there for the caller.</param>
/// <param name="Prices">Null: he may not see prices.</param>
internal sealed record ShelfQuestion(Caller Caller, VisibleRange Range, CategoryTree Tree, ProductFilter Filter, ProductSort Sort, ShelfPrices? Prices)
{
    public string? After { get; init; }

    public string? Before { get; init; }

    /// <summary>Counts where neither of both is given: how many articles come before the page.</summary>
    public int From { get; init; }
}

internal sealed record ShelfPrices(Currency Currency, PricePrecedence Order);

/// <summary>
/// The SQL that counts, orders and cuts a page out of at most <see cref="Most"/> articles that something else has found: all of it in one statement, so that
/// every number is about the same moment. More articles than that are never looked at.
/// </summary>
internal sealed class ProductShelf(Database database)
{
    /// <summary>Up to so many articles everything is exact.</summary>
    public const int Most = 1_000;

    /// <summary>Slots of the shelf itself; those of whatever finds the articles come behind them.</summary>
    public const int Slots = 14;

    internal const int MostValues = 20;

    private readonly object _noIds = database.List(Array.Empty<Guid>());
    private readonly object _noWords = database.List(Array.Empty<string>());
    private readonly ConcurrentDictionary<(Shape Shape, string Hits), string> _texts = [];

    /// <param name="db">To read from.</param>
    /// <param name="question">What was chosen.</param>
    /// <param name="hits">Parts of a `with` that end in `hits (id, score)`, at most one more than <see cref="Most"/>; asked for once for each shape.</param>
    /// <param name="score">What is added to the score of an article `z`.</param>
    /// <param name="isByBase">Prices are those of the article and not the caller's.</param>
    /// <param name="arguments">Of the hits.</param>
    /// <param name="cancel">Ends it early.</param>
    public Task<List<ShelfLine>> Lines(ShopDb db, ShelfQuestion question, string hits, string score, bool isByBase, IEnumerable<object> arguments, CancellationToken cancel)
    {
        var shape = new Shape(question.Sort, question.Prices?.Order, question.Prices?.Currency.MinorPerMajor ?? 0, isByBase, score);
        var sql = ProductTexts.Spoken(_texts.GetOrAdd((shape, hits), static (key, database) => Text(database, key.Shape, key.Hits), database));
        return db.Rows<ShelfLine>(sql, [.. Own(question), .. arguments]).ToListAsync(cancel);
    }

    /// <summary>What was chosen as conditions on an article `z`, for whoever finds articles among more than a shelf holds. Prices are those of the article.</summary>
    public string Chosen(ProductFilter filter, ShelfPrices? prices) => string.Concat(ProductFilter.Kinds.Where(filter.Has).Select(kind => " and " + kind switch
    {
        FacetKind.Category => database.OneOf("z.category_id", "{5}"),
        FacetKind.Color => database.OneOf("z.color", "{7}"),
        FacetKind.Size => database.OneOf("z.size", "{9}"),
        _ => $"z.currency = {{0}} and ({{10}} >> ({Band($"z.price_minor * (1000 / z.price_per)", prices!.Currency.MinorPerMajor)})) & 1 = 1",
    }));

    /// <summary>The arguments of the shelf's own slots.</summary>
    public object[] Own(ShelfQuestion question)
    {
        var (caller, filter) = (question.Caller, question.Filter);
        (IReadOnlyList<string> categories, IReadOnlyList<string> colors, IReadOnlyList<string> sizes) = filter.IsEmpty ? ([], [], []) : (filter.Of(FacetKind.Category), filter.Of(FacetKind.Color), filter.Of(FacetKind.Size));
        var isFrom = question.After is null && question.Before is null;
        return
        [
            question.Prices?.Currency.Code ?? "", caller.Company?.PriceList?.Value ?? Guid.Empty, caller.Company?.Id.Value ?? Guid.Empty,
            (caller.Company is null ? caller.Buyer?.Membership.Value : null) ?? Guid.Empty,
            categories.Count, categories.Count == 0 ? _noIds : database.List(categories.Select(question.Tree.Find).OfType<CategoryNode>().SelectMany(node => node.Subtree).Select(node => node.Id.Value)),
            colors.Count, colors.Count == 0 ? _noWords : database.List(colors), sizes.Count, sizes.Count == 0 ? _noWords : database.List(sizes), filter.IsEmpty ? 0L : filter.Bands,
            question.After ?? "", question.Before ?? "", isFrom ? question.From : -Most,
        ];
    }

    /// <summary>The step of a price of a thousand units, as SQL.</summary>
    public static string Band(string unit, long minorPerMajor) =>
        $"case {string.Concat(PriceBands.From.Skip(1).Select((from, i) => $"when {unit} < {from * minorPerMajor * 1000} then {i} "))}else {PriceBands.From.Count - 1} end";

    private static string Text(Database database, Shape shape, string hits)
    {
        var hasPrices = shape.Order is not null;
        var ownPrices = !hasPrices ? "own_price as (select id, cast(null as bigint) as unit from x)"
            : shape.IsByBase ? "own_price as (select id, price_minor * (1000 / price_per) as unit from x where currency = {0})"
            : OwnPriceQueries.Parts(database, shape.Order!, "x");
        var binary = database.Kind == DatabaseKind.Postgres ? " collate \"C\"" : "";
        var order = shape.Sort switch
        {
            ProductSort.Relevance => "score desc, sort_name, sku",
            ProductSort.Number => "sku",
            ProductSort.PriceUp => "coalesce(unit, 9000000000000000000), sku",
            ProductSort.PriceDown => "coalesce(unit, -1) desc, sku desc",
            ProductSort.Newest => "id desc",
            _ => "sort_name, sku",
        };
        return $$"""
            with recursive {{hits}},
            x as materialized (
                select z.id, z.sku, z.name, z.sort_name, z.category_id, z.color, z.size, z.price_minor, z.price_per, z.currency, case when z.status = 'active' then 0 else 1 end as old,
                    h.score {{shape.Score}} as score
                from hits h join product z on z.id = h.id),
            {{ownPrices}},
            y as materialized (
                select x.id, x.sku, x.sort_name, x.category_id, x.color, x.size, x.score, o.unit, {{Band("o.unit", Math.Max(shape.MinorPerMajor, 1))}} as band,
                    case when {4} = 0 or {{database.OneOf("x.category_id", "{5}")}} then 1 else 0 end as of_category,
                    case when {6} = 0 or {{database.OneOf("x.color", "{7}")}} then 1 else 0 end as of_color,
                    case when {8} = 0 or {{database.OneOf("x.size", "{9}")}} then 1 else 0 end as of_size,
                    case when {10} = 0 or o.unit is not null and ({10} >> ({{Band("o.unit", Math.Max(shape.MinorPerMajor, 1))}})) & 1 = 1 then 1 else 0 end as of_price
                from x left join own_price o on o.id = x.id where x.old = 0),
            f as materialized (
                select id, sku, row_number() over (order by {{order}}) as place from y where of_category + of_color + of_size + of_price = 4),
            page as (select coalesce((select place from f where sku = {11}), (select place - {{ProductLists.PageSize + 1}} from f where sku = {12}), {13}) as start)
            select 0 as "Kind", f.id as "Id", cast(f.place as integer) as "Place", 0 as "Count", cast(null as text) as "Value", cast(null as text) as "Name"
            from f, page where f.place > page.start and f.place <= page.start + {{ProductLists.PageSize}}
            union all select 5, null, cast((select count(*) from f) as integer), cast((select count(*) from hits) as integer), null, null
            {{Counts(1, "category_id", "of_color + of_size + of_price", "category_id", "null")}}
            {{Counts(2, "color", "of_category + of_size + of_price", "null", "color", binary)}}
            {{Counts(3, "size", "of_category + of_color + of_price", "null", "size", binary)}}
            {{(hasPrices ? "union all select 4, null, band, cast(count(*) as integer), null, null from y where of_category + of_color + of_size = 3 and unit is not null group by band" : "")}}
            union all select 6, null, 0, 0, sku, name from (
                select sku, {{ProductTexts.Name("x")}} as name from x where old = 1 and (score >= {{ProductRanking.IsNumber}} or not exists (select 1 from x where old = 0)) order by score desc, sort_name, sku limit 3) gone
            """;
    }

    private static string Counts(int kind, string column, string others, string id, string value, string collation = "") => $"""
        union all select {kind}, {id}, 0, number, {value}, null from (
            select {column}, cast(count(*) as integer) as number from y where {others} = 3 and {column} is not null group by {column} order by number desc, {column}{collation} limit {MostValues}) c{kind}
        """;

    private readonly record struct Shape(ProductSort Sort, PricePrecedence? Order, long MinorPerMajor, bool IsByBase, string Score);
}
