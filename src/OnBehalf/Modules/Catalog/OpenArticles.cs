using Microsoft.EntityFrameworkCore;
using OnBehalf.Catalog;
using OnBehalf.Data;
using OnBehalf.Kernel;
using OnBehalf.Modules.Pricing;

namespace OnBehalf.Modules.Catalog;

/// <summary>Some articles inside a write, with what their values may name. Whoever changes several does it with a few commands.</summary>
internal sealed class OpenArticles
{
    // So many are looked at in the assortments one by one; of more all assortments are made anew.
    private const int FewArticles = 20;
    private const int AtOnce = 500;

    private static readonly string[] Listed = ["sku", "name", "category_code", "unit_price", "price_per", "status"];
    private static readonly string[] Searched = ["sku", "name", "model", "color", "size", "category_code", .. ArticleSheet.TextColumns.Where(column => column.StartsWith("name_", StringComparison.Ordinal))];

    private readonly Tx _tx;
    private readonly Dictionary<string, ProductRow> _rows = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ProductId> _numbers = new(StringComparer.Ordinal);
    private readonly Dictionary<ProductId, string> _numberOf = [];
    private readonly Dictionary<string, CategoryRow> _categories = new(StringComparer.Ordinal);
    private readonly HashSet<string> _pictures = new(StringComparer.Ordinal);
    private readonly HashSet<string> _taxClasses = new(StringComparer.Ordinal) { ArticleSheet.StandardTax };
    private readonly HashSet<ProductId> _listed = [];
    private readonly HashSet<ProductId> _searched = [];

    private readonly ArticleTexts _texts;

    private OpenArticles(Tx tx) => (_tx, _texts) = (tx, new ArticleTexts(tx));

    /// <param name="tx">A transaction of the door.</param>
    /// <param name="numbers">Of the articles that are changed or added.</param>
    /// <param name="values">What they get; it may name other articles and pictures.</param>
    public static async Task<OpenArticles> Load(Tx tx, IReadOnlyCollection<string> numbers, IReadOnlyCollection<IReadOnlyDictionary<string, string?>> values)
    {
        await AssortmentIndex.Hold(tx);
        var open = new OpenArticles(tx);
        foreach (var category in await tx.Db.Set<CategoryRow>().AsNoTracking().ToListAsync(tx.Cancel))
        {
            open._categories[category.Code] = category;
        }

        open._taxClasses.UnionWith(await PricingQueries.TaxClasses(tx.Db, tx.Cancel));
        foreach (var some in numbers.Distinct(StringComparer.Ordinal).Chunk(AtOnce))
        {
            foreach (var row in await tx.Db.Set<ProductRow>().Where(row => some.Contains(row.Sku)).ToListAsync(tx.Cancel))
            {
                (open._rows[row.Sku], open._numbers[row.Sku], open._numberOf[row.Id]) = (row, row.Id, row.Sku);
            }

            await open._texts.Load([.. some.Select(open.Find).OfType<ProductRow>().Select(row => row.Id)]);
        }

        foreach (var sku in numbers.Where(sku => !open._numbers.ContainsKey(sku)))
        {
            open._numbers[sku] = IId<ProductId>.New();
        }

        await open.LoadNamed(
            [.. values.Select(one => one.GetValueOrDefault("replaced_by")?.Trim()).OfType<string>().Where(sku => sku.Length > 0 && !open._numbers.ContainsKey(sku))],
            [.. open._rows.Values.Select(row => row.ReplacedById).OfType<ProductId>().Where(id => !open._numberOf.ContainsKey(id))],
            [.. values.Select(one => one.GetValueOrDefault("image")?.Trim()).OfType<string>().Where(name => name.Length > 0)]);
        return open;
    }

    public ProductRow? Find(string sku) => _rows.GetValueOrDefault(sku);

    /// <summary>Gives an article these values and leaves the others, or says all that is wrong with them. One that is not there is added.</summary>
    public IReadOnlyList<Refusal> Put(string sku, IReadOnlyDictionary<string, string?> values)
    {
        var row = Find(sku);
        var before = row is null ? null : SheetOf(row);
        var (sheet, wrong) = ArticleSheet.Read(before is null ? values : Merged(before, values));
        if (sheet is null)
        {
            return wrong;
        }

        if (Named(sheet, before) is { Count: > 0 } unknown)
        {
            return unknown;
        }

        if (before is null)
        {
            row = New(sheet);
            _tx.Add(new ArticleAdded(sheet.Sku, sheet.Name));
        }

        var (was, now) = (before?.Values, sheet.Values);
        var changed = ArticleSheet.Columns.Where(column => was is null || was[column] != now[column]).ToList();
        if (changed.Count == 0)
        {
            return [];
        }

        if (was is not null)
        {
            foreach (var fact in ArticleChanged.Of(sheet.Sku, changed.Select(column => (column, was[column], now[column]))))
            {
                _tx.Add(fact);
            }
        }

        Store(row!, sheet);
        Mark(_listed, Listed);
        Mark(_searched, Searched);
        return [];

        void Mark(HashSet<ProductId> marked, string[] columns)
        {
            if (changed.Exists(column => columns.Contains(column)))
            {
                marked.Add(row!.Id);
            }
        }
    }

    /// <summary>After the last change: search and assortments find them as they are now.</summary>
    public async Task Finish()
    {
        if (_tx.Facts.Count == 0)
        {
            return;
        }

        await _tx.Flush();
        await ProductIndex.Refresh(_tx, _searched);
        if (_listed.Count > FewArticles)
        {
            await AssortmentIndex.RefreshAll(_tx);
            return;
        }

        foreach (var article in _listed)
        {
            await AssortmentIndex.Refresh(_tx, article);
        }
    }

    private static Dictionary<string, string?> Merged(ArticleSheet before, IReadOnlyDictionary<string, string?> values)
    {
        var merged = before.Values.ToDictionary(value => value.Key, value => (string?)value.Value, StringComparer.Ordinal);
        foreach (var (column, value) in values.Where(value => value.Key != "sku" && !(string.IsNullOrWhiteSpace(value.Value) && ArticleSheet.NeverEmpty.Contains(value.Key))))
        {
            merged[column] = value;
        }

        return merged;
    }

    private List<Refusal> Named(ArticleSheet sheet, ArticleSheet? before)
    {
        var wrong = new List<Refusal>();
        if (sheet.Category is { } category && !_categories.ContainsKey(category))
        {
            wrong.Add(Refusal.Invalid("catalog.article-category", $"Category: there is none with the code “{category}”.", "category_code"));
        }

        if (sheet.ReplacedBy is { } next && !_numbers.ContainsKey(next))
        {
            wrong.Add(Refusal.Invalid("catalog.article-successor", $"Replaced by: there is no article with the number “{next}”.", "replaced_by"));
        }

        if (sheet.Image is { } image && !_pictures.Contains(image))
        {
            wrong.Add(Refusal.Invalid("catalog.article-picture", $"Picture: there is none with the name “{image}”.", "image"));
        }

        // A class without any rate could not be ordered anywhere; what an article has already stays.
        if (sheet.TaxClass != before?.TaxClass && !_taxClasses.Contains(sheet.TaxClass))
        {
            wrong.Add(Refusal.Invalid("catalog.article-tax", $"Tax class: there is no tax rate for “{sheet.TaxClass}”.", "tax_class"));
        }

        return wrong;
    }

    private async Task LoadNamed(string[] numbers, ProductId[] ids, string[] pictures)
    {
        foreach (var some in numbers.Distinct(StringComparer.Ordinal).Chunk(AtOnce))
        {
            foreach (var row in await _tx.Db.Set<ProductRow>().Where(row => some.Contains(row.Sku)).Select(row => new { row.Id, row.Sku }).ToListAsync(_tx.Cancel))
            {
                (_numbers[row.Sku], _numberOf[row.Id]) = (row.Id, row.Sku);
            }
        }

        foreach (var some in ids.Distinct().Chunk(AtOnce))
        {
            foreach (var row in await _tx.Db.Set<ProductRow>().Where(row => some.Contains(row.Id)).Select(row => new { row.Id, row.Sku }).ToListAsync(_tx.Cancel))
            {
                (_numbers[row.Sku], _numberOf[row.Id]) = (row.Id, row.Sku);
            }
        }

        foreach (var some in pictures.Distinct(StringComparer.Ordinal).Chunk(AtOnce))
        {
            _pictures.UnionWith(await _tx.Db.Set<PictureRow>().Where(row => some.Contains(row.Name)).Select(row => row.Name).ToListAsync(_tx.Cancel));
        }

        // What an article shows already is not looked up again.
        _pictures.UnionWith(_rows.Values.Select(row => row.PictureName).OfType<string>());
    }

    private ArticleSheet SheetOf(ProductRow row) => new(
        row.Sku, row.Name, row.Description, row.CategoryId is { } category ? _categories.Values.First(known => known.Id == category).Code : null, row.Model, row.Color, row.Size, row.WeightMilligrams,
        row.CostMinor is { } cost ? new Money(cost, row.Currency) : null, row.BasePrice, row.TaxClass, row.PictureName, row.Status == "active",
        new RuleColumns(row.Unit, row.PackThousandths, row.MinThousandths, row.MaxThousandths).Rule, row.ReplacedById is { } next ? _numberOf.GetValueOrDefault(next) : null, row.Kind)
    { Texts = _texts.Of(row.Id) };

    private ProductRow New(ArticleSheet sheet)
    {
        var row = new ProductRow
        {
            Id = _numbers[sheet.Sku], Sku = sheet.Sku, Name = sheet.Name, Description = sheet.Description, Currency = sheet.Price.Amount.Currency, TaxClass = sheet.TaxClass, Status = "active", SortName = "",
        };
        _tx.Db.Add(row);
        (_rows[row.Sku], _numberOf[row.Id]) = (row, row.Sku);
        return row;
    }

    private void Store(ProductRow row, ArticleSheet sheet)
    {
        _texts.Store(row.Id, sheet.Texts);
        (row.Name, row.SortName, row.Description, row.TaxClass, row.PictureName) = (sheet.Name, SearchText.SortName(sheet.Name), sheet.Description, sheet.TaxClass, sheet.Image);
        (row.CategoryId, row.Model, row.Color, row.Size) = (sheet.Category is { } category ? _categories[category].Id : null, sheet.Model, sheet.Color, sheet.Size);
        (row.WeightMilligrams, row.CostMinor, row.PriceMinor, row.PricePer, row.Currency) =
            (sheet.Weight, sheet.Cost?.Minor, sheet.Price.Amount.Minor, sheet.Price.PerUnits, sheet.Price.Amount.Currency);
        (row.Unit, row.PackThousandths, row.MinThousandths, row.MaxThousandths) = (sheet.Rule.Unit, sheet.Rule.Pack.Thousandths, sheet.Rule.Least?.Thousandths, sheet.Rule.Most?.Thousandths);
        (row.Kind, row.Status, row.ReplacedById, row.Version) = (sheet.Kind, sheet.IsSold ? "active" : "discontinued", sheet.ReplacedBy is { } next ? _numbers[next] : null, row.Version + 1);
    }
}
