using Microsoft.EntityFrameworkCore;
using OnBehalf.Catalog;
using OnBehalf.Data;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Catalog;

/// <summary>Keeps the words by which articles are found when staff change them; the import keeps those of what it brings.</summary>
internal static class ProductIndex
{
    private const int AtOnce = 500;

    /// <summary>After what changed is stored; the rest of the transaction stores the words.</summary>
    public static async Task Refresh(Tx tx, IEnumerable<ProductId> articles)
    {
        foreach (var some in articles.Chunk(AtOnce))
        {
            var found = await (
                from product in tx.Db.Set<ProductRow>().AsNoTracking()
                where some.Contains(product.Id)
                join category in tx.Db.Set<CategoryRow>() on product.CategoryId equals category.Id into categories
                from category in categories.DefaultIfEmpty()
                select new { product.Id, product.Sku, product.Name, product.Model, product.Color, product.Size, Category = category == null ? null : category.Name }).ToListAsync(tx.Cancel);
            var texts = (await tx.Db.Set<ProductTextRow>().AsNoTracking().Where(row => some.Contains(row.ProductId) && row.Name != null).Select(row => new { row.ProductId, row.Name }).ToListAsync(tx.Cancel))
                .ToLookup(row => row.ProductId, row => row.Name!);
            await Write(tx, found.ToDictionary(one => one.Id, one => ProductWords.Of(one.Sku, one.Name, one.Model, one.Color, one.Size, one.Category, [.. texts[one.Id]])));
        }
    }

    private static async Task Write(Tx tx, Dictionary<ProductId, IReadOnlyDictionary<string, int>> wanted)
    {
        var ids = wanted.Keys.ToList();
        var before = await tx.Db.Set<ProductWordRow>().Where(row => ids.Contains(row.ProductId)).ToListAsync(tx.Cancel);
        var known = before.Select(row => (row.ProductId, row.Word)).ToHashSet();
        var gone = before.Where(row => !wanted[row.ProductId].ContainsKey(row.Word)).ToList();
        foreach (var row in before.Where(row => wanted[row.ProductId].TryGetValue(row.Word, out var weight) && weight != row.Weight))
        {
            row.Weight = wanted[row.ProductId][row.Word];
        }

        List<ProductWordRow> added =
        [
            .. from article in wanted
               from word in article.Value
               where !known.Contains((article.Key, word.Key))
               select new ProductWordRow { ProductId = article.Key, Word = word.Key, Weight = word.Value },
        ];
        tx.Db.RemoveRange(gone);
        tx.Db.AddRange(added);
        await tx.Flush();
        await Terms(tx, [.. added.Select(row => row.Word).Where(ProductWords.IsTerm).Distinct(StringComparer.Ordinal)], [.. gone.Select(row => row.Word).Where(ProductWords.IsTerm).Distinct(StringComparer.Ordinal)]);
    }

    // Somebody who mistyped is offered what an article has, and nothing else.
    private static async Task Terms(Tx tx, IReadOnlyList<string> added, IReadOnlyList<string> gone)
    {
        foreach (var some in added.Chunk(AtOnce))
        {
            var known = await tx.Db.Set<SearchTermRow>().Where(row => row.Kind == "product" && some.Contains(row.Term)).Select(row => row.Term).ToListAsync(tx.Cancel);
            tx.Db.AddRange(some.Except(known, StringComparer.Ordinal).Select(term => new SearchTermRow { Kind = "product", Term = term }));
        }

        foreach (var some in gone.Chunk(AtOnce))
        {
            tx.Db.RemoveRange(await tx.Db.Set<SearchTermRow>()
                .Where(row => row.Kind == "product" && some.Contains(row.Term) && !tx.Db.Set<ProductWordRow>().Any(word => word.Word == row.Term)).ToListAsync(tx.Cancel));
        }

        await tx.Flush();
    }
}
