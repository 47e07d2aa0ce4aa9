using OnBehalf.Catalog;
using OnBehalf.Data;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Catalog;

/// <summary>Which articles staff want to see.</summary>
/// <param name="Text">Beginnings of words, of a number or a name; null: all.</param>
/// <param name="Category">With all below it; null: all.</param>
/// <param name="IsSold">Null: discontinued ones too.</param>
public sealed record ArticleFilter(string? Text, CategoryNode? Category, bool? IsSold);

/// <summary>An article as staff keep it, with the version that a form must send back.</summary>
public sealed record KeptArticle(ArticleSheet Sheet, int Version);

/// <summary>Articles as staff see them: all of them, whatever anybody's assortment holds, by number.</summary>
public sealed class ArticleQueries(Database database)
{
    public const int PageSize = 50;

    private static readonly string Columns = $"""
        select p.sku as "Sku", p.name as "Name", p.description as "Description", c.code as "Category", p.model as "Model", p.color as "Color", p.size as "Size", p.weight_milligrams as "Weight",
            p.cost_minor as "Cost", p.price_minor as "Minor", p.price_per as "Per", p.currency as "Currency", p.tax_class as "TaxClass", p.picture_name as "Image", p.status as "Status",
            p.unit as "Unit", p.pack_thousandths as "Pack", p.min_thousandths as "Least", p.max_thousandths as "Most", r.sku as "ReplacedBy", p.kind as "Kind", p.version as "Version",
            en.name as "NameEn", en.description as "DescriptionEn", de.name as "NameDe", de.description as "DescriptionDe", fr.name as "NameFr", fr.description as "DescriptionFr"
        from product p left join category c on c.id = p.category_id left join product r on r.id = p.replaced_by_id
        {string.Join(' ', ArticleSheet.Languages.Select(language => $"left join product_text {language} on {language}.product_id = p.id and {language}.language = '{language}'"))}
        """;

    /// <summary>The articles after a number.</summary>
    public async Task<IReadOnlyList<KeptArticle>> List(ShopDb db, ArticleFilter filter, string after, int most, CancellationToken cancel)
    {
        var (conditions, arguments) = (new List<string> { "p.sku > {0}" }, new List<object?> { after, most });
        if (filter.IsSold is { } isSold)
        {
            conditions.Add(isSold ? "p.status = 'active'" : "p.status <> 'active'");
        }

        if (filter.Category is { } category)
        {
            conditions.Add(database.OneOf("p.category_id", $"{{{arguments.Count}}}"));
            arguments.Add(database.List([.. category.Subtree.Select(node => node.Id)]));
        }

        foreach (var chunk in ProductQuestion.Of(filter.Text).Chunks)
        {
            var parts = string.Join(" and ", chunk.Parts.Select(Has));
            conditions.Add(chunk.Parts is [var only] && only == chunk.Whole ? parts : $"({Has(chunk.Whole)} or {parts})");
        }

        var sql = $"{Columns} where {string.Join(" and ", conditions)} order by p.sku limit {{1}}";
        return (await db.Rows<ArticleRecord>(sql, [.. arguments]).ToListAsync(cancel)).ConvertAll(row => row.Kept);

        string Has(string word)
        {
            arguments.AddRange([word, word + '\uffff']);
            return $"p.id in (select w.product_id from product_word w where w.word >= {{{arguments.Count - 2}}} and w.word < {{{arguments.Count - 1}}})";
        }
    }

    public async Task<KeptArticle?> Find(ShopDb db, string sku, CancellationToken cancel) =>
        await db.Rows<ArticleRecord>(Columns + " where p.sku = {0}", sku).ToListAsync(cancel) is [var row] ? row.Kept : null;

    private sealed record ArticleRecord(
        string Sku, string Name, string Description, string? Category, string? Model, string? Color, string? Size, long? Weight, long? Cost, long Minor, int Per, string Currency, string TaxClass,
        string? Image, string Status, RuleColumns Rule, string? ReplacedBy, string Kind, int Version,
        string? NameEn, string? DescriptionEn, string? NameDe, string? DescriptionDe, string? NameFr, string? DescriptionFr)
    {
        public KeptArticle Kept => new(
            new ArticleSheet(
                Sku, Name, Description, Category, Model, Color, Size, Weight, Cost is { } cost ? new Money(cost, Coin) : null, new UnitPrice(new Money(Minor, Coin), Per), TaxClass, Image,
                Status == "active", Rule.Rule, ReplacedBy, Kind)
            { Texts = Texts },
            Version);

        private Dictionary<string, string> Texts => ArticleSheet.TextColumns.Zip([NameEn, DescriptionEn, NameDe, DescriptionDe, NameFr, DescriptionFr])
            .Where(pair => pair.Second is not null).ToDictionary(pair => pair.First, pair => pair.Second!, StringComparer.Ordinal);

        private Currency Coin => OnBehalf.Kernel.Currency.Of(Currency);
    }
}
