using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using OnBehalf.Catalog;
using OnBehalf.Data;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Catalog;

/// <summary>
/// What articles are called in the language of who reads, as parts of the SQL that reads them: no command more, and the shop's own text where there is no other. A statement that uses these
/// goes through <see cref="Spoken"/> before it is asked.
/// </summary>
public static class ProductTexts
{
    private const string Place = "{language}";

    private static readonly ConcurrentDictionary<(string Sql, string Language), string> Texts = [];

    /// <param name="product">Alias of the article; where it may be absent, so is its name.</param>
    public static string Name(string product) => Of(product, "name");

    public static string Description(string product) => Of(product, "description");

    /// <summary>The statement in the language of who asks: one of ours, so that nothing that somebody sent becomes SQL.</summary>
    public static string Spoken(string sql)
    {
        var asked = Phrasebook.Asked;
        return Texts.GetOrAdd((sql, ArticleSheet.Languages.Contains(asked) ? asked : "en"), static key => key.Sql.Replace(Place, key.Language, StringComparison.Ordinal));
    }

    private static string Of(string product, string column) =>
        $"coalesce((select own_text.{column} from product_text own_text where own_text.product_id = {product}.id and own_text.language = '{Place}'), {product}.{column})";
}

/// <summary>The texts of some articles in other languages, inside a write.</summary>
internal sealed class ArticleTexts(Tx tx)
{
    private readonly Dictionary<ProductId, List<ProductTextRow>> _rows = [];

    public async Task Load(IReadOnlyCollection<ProductId> products)
    {
        foreach (var row in await tx.Db.Set<ProductTextRow>().Where(row => products.Contains(row.ProductId)).ToListAsync(tx.Cancel))
        {
            Known(row.ProductId).Add(row);
        }
    }

    /// <summary>By the names of the columns: `name_de`.</summary>
    public IReadOnlyDictionary<string, string> Of(ProductId product) => Known(product)
        .SelectMany(row => new[] { ("name_" + row.Language, row.Name), ("description_" + row.Language, row.Description) })
        .Where(text => text.Item2 is not null && ArticleSheet.TextColumns.Contains(text.Item1)).ToDictionary(text => text.Item1, text => text.Item2!, StringComparer.Ordinal);

    // What an import brought in a language that nobody edits here stays.
    public void Store(ProductId product, IReadOnlyDictionary<string, string> texts)
    {
        foreach (var language in ArticleSheet.Languages)
        {
            var (name, description) = (texts.GetValueOrDefault("name_" + language), texts.GetValueOrDefault("description_" + language));
            var row = Known(product).Find(row => row.Language == language);
            if (row is not null && name is null && description is null)
            {
                tx.Db.Remove(row);
                Known(product).Remove(row);
            }
            else if (row is not null)
            {
                (row.Name, row.Description) = (name, description);
            }
            else if (name is not null || description is not null)
            {
                row = new ProductTextRow { ProductId = product, Language = language, Name = name, Description = description };
                tx.Db.Add(row);
                Known(product).Add(row);
            }
        }
    }

    private List<ProductTextRow> Known(ProductId product) => _rows.TryGetValue(product, out var known) ? known : _rows[product] = [];
}
