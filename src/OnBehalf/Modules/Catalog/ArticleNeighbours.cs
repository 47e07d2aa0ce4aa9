using Microsoft.EntityFrameworkCore;
using OnBehalf.Catalog;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Catalog;

/// <summary>A picture as the page of its article shows it.</summary>
public sealed record ShownPicture(string Url);

/// <summary>What stands beside an article: its further pictures and the articles that go with it, each in the order in which staff or a file wrote them.</summary>
public sealed class ArticleNeighbours(Database database)
{
    public const int MostPictures = 20;
    public const int MostRelated = 50;

    private const string Sql = """
        select 'picture' as "Kind", a.position as "Position", a.picture_name as "Name", i.digest as "Digest", cast(null as uuid) as "Product"
        from product_picture a join picture i on i.name = a.picture_name where a.product_id = {0}
        union all
        select 'related', r.position, p.sku, cast(null as text), p.id from product_related r join product p on p.id = r.related_id where r.product_id = {0}
        order by 1, 2, 3
        """;

    private static readonly string OfSku = Sql.Replace("{0}", "(select id from product where sku = {0})", StringComparison.Ordinal);

    private static readonly Refusal Gone = Refusal.Missing("catalog.article-gone", "There is no such article.");

    private static readonly Refusal ChangedMeanwhile = Refusal.Conflict(
        "catalog.article-changed", "Somebody has changed this article meanwhile. Look at it as it is now and decide again.");

    /// <summary>The pictures, and the articles of whatever range; who shows these asks for those that the caller may see.</summary>
    public static async Task<(IReadOnlyList<ShownPicture> Pictures, IReadOnlyList<ProductId> Related)> Of(ShopDb db, ProductId product, CancellationToken cancel)
    {
        var lines = await db.Rows<Line>(Sql, product.Value).ToListAsync(cancel);
        return (
            [.. lines.Where(line => line.Product is null).Select(line => new ShownPicture(Pictures.Url(line.Digest, line.Name)))],
            [.. lines.Where(line => line.Product is not null).Select(line => new ProductId(line.Product!.Value))]);
    }

    /// <summary>Names of the pictures and numbers of the articles, as staff keep them.</summary>
    public static async Task<(IReadOnlyList<string> Pictures, IReadOnlyList<string> Related)> Kept(ShopDb db, string sku, CancellationToken cancel)
    {
        var lines = await db.Rows<Line>(OfSku, sku).ToListAsync(cancel);
        return ([.. lines.Where(line => line.Product is null).Select(line => line.Name)], [.. lines.Where(line => line.Product is not null).Select(line => line.Name)]);
    }

    /// <summary>Gives an article these pictures and these articles beside it, in this order, in place of those that it had: all, or none.</summary>
    /// <param name="caller">Who does it.</param>
    /// <param name="sku">Of the article.</param>
    /// <param name="seen">The version that was shown.</param>
    /// <param name="pictures">Names, one a line.</param>
    /// <param name="related">Numbers, one a line.</param>
    /// <param name="cancel">Ends it early.</param>
    public Task<Outcome<Done>> Change(Caller caller, string sku, int seen, string? pictures, string? related, CancellationToken cancel) => caller.IsAssisting || !caller.May(Right.CatalogChange)
        ? Task.FromResult<Outcome<Done>>(AccessGate.RightMissing)
        : database.Write<Done>(
            caller,
            async tx =>
            {
                if (await tx.Db.Set<ProductRow>().SingleOrDefaultAsync(row => row.Sku == sku, tx.Cancel) is not { } product)
                {
                    return Gone;
                }

                if (product.Version != seen)
                {
                    return ChangedMeanwhile;
                }

                var (names, numbers) = (Lines(pictures), Lines(related));
                if (await Wrong(tx, sku, names, numbers) is { } refusal)
                {
                    return refusal;
                }

                var before = await Kept(tx.Db, sku, tx.Cancel);
                if (before.Pictures.SequenceEqual(names, StringComparer.Ordinal) && before.Related.SequenceEqual(numbers, StringComparer.Ordinal))
                {
                    return Done.It;
                }

                Tell(tx, sku, "pictures", before.Pictures, names);
                Tell(tx, sku, "related", before.Related, numbers);
                await Store(tx, product.Id, names, numbers);
                product.Version++;
                return Done.It;
            },
            cancel);

    internal static List<string> Lines(string? text) => [.. (text ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct(StringComparer.Ordinal)];

    private static async Task<Refusal?> Wrong(Tx tx, string sku, List<string> names, List<string> numbers)
    {
        if (names.Count > MostPictures)
        {
            return Refusal.Invalid("catalog.pictures-many", $"An article has at most {MostPictures} further pictures.", "Pictures");
        }

        if (numbers.Count > MostRelated)
        {
            return Refusal.Invalid("catalog.related-many", $"At most {MostRelated} articles go with one.", "Related");
        }

        var pictures = names.Count == 0 ? [] : await tx.Db.Set<PictureRow>().Where(row => names.Contains(row.Name)).Select(row => row.Name).ToListAsync(tx.Cancel);
        if (names.Find(name => !pictures.Contains(name)) is { } unknown)
        {
            return Refusal.Invalid("catalog.article-picture", $"There is no picture with the name “{unknown}” in the shop.", "Pictures");
        }

        var articles = numbers.Count == 0 ? [] : await tx.Db.Set<ProductRow>().Where(row => numbers.Contains(row.Sku)).Select(row => row.Sku).ToListAsync(tx.Cancel);
        return numbers.Contains(sku) ? Refusal.Invalid("catalog.related-itself", "An article does not go with itself.", "Related")
            : numbers.Find(number => !articles.Contains(number)) is { } none ? Refusal.Invalid("catalog.related-unknown", $"There is no article with the number “{none}”.", "Related")
            : null;
    }

    private static async Task Store(Tx tx, ProductId product, List<string> names, List<string> numbers)
    {
        var pictures = await tx.Db.Set<ProductPictureRow>().Where(row => row.ProductId == product).ToListAsync(tx.Cancel);
        tx.Db.RemoveRange(pictures.Where(row => !names.Contains(row.PictureName)));
        foreach (var (name, place) in names.Select((name, place) => (name, place)))
        {
            if (pictures.Find(row => row.PictureName == name) is { } row)
            {
                row.Position = place;
            }
            else
            {
                tx.Db.Add(new ProductPictureRow { ProductId = product, PictureName = name, Position = place });
            }
        }

        var ids = await tx.Db.Set<ProductRow>().Where(row => numbers.Contains(row.Sku)).Select(row => new { row.Id, row.Sku }).ToDictionaryAsync(row => row.Sku, row => row.Id, tx.Cancel);
        var related = await tx.Db.Set<ProductRelatedRow>().Where(row => row.ProductId == product).ToListAsync(tx.Cancel);
        tx.Db.RemoveRange(related.Where(row => !ids.ContainsValue(row.RelatedId)));
        foreach (var (number, place) in numbers.Select((number, place) => (number, place)))
        {
            if (related.Find(row => row.RelatedId == ids[number]) is { } row)
            {
                row.Position = place;
            }
            else
            {
                tx.Db.Add(new ProductRelatedRow { ProductId = product, RelatedId = ids[number], Position = place });
            }
        }
    }

    private static void Tell(Tx tx, string sku, string what, IReadOnlyList<string> before, IReadOnlyList<string> after)
    {
        if (!before.SequenceEqual(after, StringComparer.Ordinal))
        {
            tx.Add(ArticleChanged.Of(sku, what, string.Join(' ', before), string.Join(' ', after)));
        }
    }

    private sealed record Line(string Kind, int Position, string Name, string? Digest, Guid? Product);
}
