using System.Collections.Concurrent;
using OnBehalf.Data;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Catalog;

public enum ProductSort
{
    Name,
    Number,
    PriceUp,
    PriceDown,

    /// <summary>What came into the catalogue last comes first.</summary>
    Newest,

    /// <summary>What answers a search best comes first.</summary>
    Relevance,
}

/// <summary>
/// The SQL of the lists of articles. Each category that is asked for gives its own next page from an index, and the pages are merged: the cost follows the
/// number of categories and never the number of articles in them. A page starts after (or ends before) an article that is named by its number. Whoever has an
/// assortment reads its rows, which have the same columns and indexes.
/// </summary>
internal sealed class ProductLists(Database database)
{
    public const int PageSize = 24;

    public static readonly string CardFields = $"""
        p.id as "Id", p.sku as "Sku", {ProductTexts.Name("p")} as "Name", p.model as "Model", p.color as "Color", p.size as "Size", i.digest as "Digest", i.name as "Picture"
        """;

    private readonly ConcurrentDictionary<ListShape, string> _texts = [];

    /// <summary>One article more than a page is fetched, to know whether there are more; going back they come in reverse.</summary>
    /// <param name="range">What is there for the caller.</param>
    /// <param name="categories">Null: all.</param>
    /// <param name="sort">The order.</param>
    /// <param name="after">Number of the article before the page.</param>
    /// <param name="before">Number of the article after the page.</param>
    /// <param name="chosen">Conditions on an article `z` with the slots of a shelf, and their arguments: of more articles than it holds.</param>
    public (string Sql, object[] Arguments) Of(
        VisibleRange range, IReadOnlyCollection<CategoryId>? categories, ProductSort sort, string? after, string? before, (string Sql, object[] Arguments)? chosen)
    {
        var start = after ?? before;
        var sql = _texts.GetOrAdd(new ListShape(sort, categories is not null, start is not null, after is null && before is not null, !range.IsAll, chosen?.Sql ?? ""), Text);
        return (ProductTexts.Spoken(sql), [.. chosen?.Arguments ?? [], .. Arguments()]);

        IEnumerable<object> Arguments()
        {
            if (categories is not null)
            {
                yield return database.List(categories);
            }

            if (start is not null)
            {
                yield return start;
            }

            if (range.Assortment is { } assortment)
            {
                yield return assortment.Value;
            }
        }
    }

    private string Text(ListShape list)
    {
        var first = list.Chosen.Length == 0 ? 0 : ProductShelf.Slots;
        var (table, id) = list.OfAssortment ? ("assortment_product", "product_id") : ("product", "id");
        var given = list.OfAssortment ? $"q.assortment_id = {Slot((list.InCategories ? 1 : 0) + (list.HasStart ? 1 : 0))} and " : "";
        var keys = list.Sort switch
        {
            ProductSort.Number => ["q.sku"],
            ProductSort.Name or ProductSort.Relevance => ["q.sort_name", "q.sku"],
            ProductSort.Newest => [$"q.{id}"],
            _ => new[] { "(q.price_minor * (1000 / q.price_per))", "q.sku" },
        };
        var isDown = (list.Sort is ProductSort.PriceDown or ProductSort.Newest) != list.IsBack;
        var start = list.HasStart ? Start(keys, isDown, Slot(list.InCategories ? 1 : 0)) : "";
        var chosen = list.Chosen.Length == 0 ? "" : $"and exists (select 1 from product z where z.id = q.{id}{list.Chosen})";
        var order = string.Join(", ", keys.Select(key => isDown ? key + " desc" : key));
        var columns = string.Join(", ", keys.Select((key, i) => $"{key} as key{i}"));
        var outerOrder = string.Join(", ", keys.Select((_, i) => isDown ? $"key{i} desc" : $"key{i}"));
        var page = $"where {given}q.status = 'active' {(list.InCategories ? "and q.category_id = c.id" : "")} {chosen} {start} order by {order} limit {PageSize + 1}";
        var merged = (list.InCategories, database.Kind) switch
        {
            (false, _) => $"select q.{id} as id, {columns} from {table} q {page}",
            (true, DatabaseKind.Postgres) => $"select x.* from unnest({Slot(0)}) as c(id) cross join lateral (select q.{id} as id, {columns} from {table} q {page}) x",
            _ => $"""
                select p.{id} as id, {columns.Replace("q.", "p.", StringComparison.Ordinal)}
                from (select value as id from json_each({Slot(0)})) c join {table} p on p.rowid in (select q.rowid from {table} q {page})
                """,
        };
        return $"""
            select {CardFields}
            from (select * from ({merged}) m order by {outerOrder} limit {PageSize + 1}) f
            join product p on p.id = f.id
            left join picture i on i.name = p.picture_name
            order by {outerOrder.Replace("key", "f.key", StringComparison.Ordinal)}
            """;

        string Slot(int number) => $"{{{first + number}}}";
    }

    // The first key is compared once more by itself: SQLite enters an index of an expression only so.
    private static string Start(string[] keys, bool isDown, string number)
    {
        var row = string.Join(", ", keys);
        var than = isDown ? '<' : '>';
        return $"and {keys[0]} {than}= {Of(keys[0])} and ({row}) {than} {Of(row)}";

        string Of(string columns) => $"(select {columns.Replace("q.product_id", "q.id", StringComparison.Ordinal).Replace("q.", "a.", StringComparison.Ordinal)} from product a where a.sku = {number})";
    }

    private readonly record struct ListShape(ProductSort Sort, bool InCategories, bool HasStart, bool IsBack, bool OfAssortment, string Chosen);
}
