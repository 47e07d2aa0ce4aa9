using Microsoft.AspNetCore.Mvc;
using OnBehalf.Catalog;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Modules.Settings;

namespace OnBehalf.Modules.Catalog;

/// <summary>The form of an article, of a new one and of one that is there: values by the names of the columns of `products.csv`.</summary>
public abstract class ArticleForm(Categories categories, ShopSettings settings) : ShopPage
{
    private static readonly (Phrase Title, string[] Columns)[] Groups =
    [
        ("What it is", ["name", "description", "category_code", "model", "color", "size", "weight_grams", "image"]),
        ("What it costs", ["unit_price", "price_per", "currency", "cost", "tax_class"]),
        ("How it is sold", ["kind", "status", "unit", "pack_quantity", "min_quantity", "max_quantity", "replaced_by"]),
    ];

    [BindProperty]
    public Dictionary<string, string?> Values { get; set; } = [];

    /// <summary>With those of the languages of the shop, where it has several.</summary>
    public IReadOnlyList<(Phrase Title, string[] Columns)> Sections { get; private set; } = Groups;

    public CategoryTree Tree { get; private set; } = null!;

    public static bool IsNeeded(string column) => column is "sku" or "name" or "unit_price" or "currency";

    public static int? RowsOf(string column) => column.StartsWith("description", StringComparison.Ordinal) ? 6 : null;

    public static string? HintOf(string column) => column switch
    {
        "sku" => Say("It stays."),
        "model" => Say("Articles of one model are versions of it, told apart by colour and size."),
        "image" => Say("The name of a picture of the shop."),
        "unit_price" => Say("With a dot, without tax. It counts where no price list says otherwise."),
        "cost" => Say("What the shop pays for it; nobody outside sees it."),
        "unit" => Say("In what it is counted: piece, m, kg."),
        "pack_quantity" => Say("Every quantity is a multiple of it."),
        _ when column.StartsWith("name_", StringComparison.Ordinal) => Say("Who reads this language sees it; everybody finds the article by it. Empty: the name above is shown."),
        _ when column.StartsWith("description_", StringComparison.Ordinal) => Say("Empty: the description above is shown."),
        "replaced_by" => Say("The number of what is sold in its place when it is discontinued."),
        _ => null,
    };

    public IEnumerable<(string Value, string Words)>? OptionsOf(string column) => column switch
    {
        "category_code" => ArticlesPage.OptionsOf(Tree, Say("In none")),
        "status" => [("active", Say("Sold")), ("discontinued", Say("No longer sold"))],
        "kind" => ArticleKind.All,
        "price_per" => [("1", "1 unit"), ("10", "10 units"), ("100", "100 units"), ("1000", "1,000 units")],
        _ => null,
    };

    protected async Task LoadTree()
    {
        Tree = await categories.Tree(VisibleRange.All, Cancel);
        var spoken = $"{await settings.Get(ShopSettings.ShopLanguages, Cancel)} {await settings.Get(ShopSettings.ShopLanguage, Cancel)}".Split(' ');
        var columns = ArticleSheet.TextColumns.Where(column => spoken.Contains(column[^2..])).ToArray();
        Sections = spoken.Distinct(StringComparer.Ordinal).Count() > 1 ? [.. Groups[..1], ("What it is in other languages", columns), .. Groups[1..]] : Groups;
    }

    /// <summary>The form once more, as it was sent, with what is wrong at its fields.</summary>
    protected IActionResult RefusedAll(Refusal refusal, IReadOnlyList<Refusal> wrong, ArticleSheet? sheet = null)
    {
        foreach (var column in ArticleSheet.Columns)
        {
            Values.TryAdd(column, sheet?.Values[column]);
        }

        return Refused(wrong.Count == 0 ? [refusal] : [refusal, .. wrong.Select(one => one with { Field = $"Values[{one.Field}]" })], prefix: "");
    }

    /// <summary>Only what the form has: a value that nobody was shown is not changed.</summary>
    protected Dictionary<string, string?> Sent => Values.Where(value => ArticleSheet.Columns.Contains(value.Key)).ToDictionary(StringComparer.Ordinal);
}

/// <summary>A new article.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.CatalogChange)]
public sealed class NewArticlePage(Articles changes, Categories categories, ShopSettings settings) : ArticleForm(categories, settings)
{
    public async Task OnGet()
    {
        await LoadTree();
        foreach (var column in ArticleSheet.Columns)
        {
            Values[column] = column switch { "status" => "active", "kind" => ArticleKind.Physical, "price_per" or "pack_quantity" => "1", "unit" => QuantityRule.Piece, "tax_class" => "standard", _ => null };
        }
    }

    public async Task<IActionResult> OnPost()
    {
        var (sku, wrong) = await changes.Add(Caller, Sent, Cancel);
        if (sku.Refusal is not { } refusal)
        {
            return SeeOther(ArticlesPage.PathOf(sku.Value) + "?stored=true");
        }

        await LoadTree();
        return RefusedAll(refusal, wrong);
    }
}

/// <summary>One article as staff keep it.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.CatalogChange)]
public sealed class ArticlePage(Database database, ArticleQueries articles, Articles changes, Categories categories, ShopSettings settings) : ArticleForm(categories, settings)
{
    [BindProperty]
    public int Version { get; set; }

    public ArticleSheet Sheet { get; private set; } = null!;

    public bool IsStored { get; private set; }

    public string Here => ArticlesPage.PathOf(Sheet.Sku);

    public async Task<IActionResult> OnGet(string sku, bool stored)
    {
        if (!await Load(sku))
        {
            return Missing();
        }

        IsStored = stored;
        Values = Sheet.Values.ToDictionary(value => value.Key, value => (string?)value.Value);
        return Page();
    }

    public async Task<IActionResult> OnPost(string sku)
    {
        var (outcome, wrong) = await changes.Change(Caller, Numbers.Of(sku) ?? "", Version, Sent, Cancel);
        if (outcome.Refusal is not { } refusal)
        {
            return SeeOther(ArticlesPage.PathOf(Numbers.Of(sku)!) + "?stored=true");
        }

        var seen = Version;
        if (!await Load(sku))
        {
            return Missing();
        }

        // What he typed is judged against what he saw, also when he sends it again.
        Version = seen;
        return RefusedAll(refusal, wrong, Sheet);
    }

    private async Task<bool> Load(string sku)
    {
        await LoadTree();
        await using var db = database.Read();
        if (Numbers.Of(sku) is not { } number || await articles.Find(db, number, Cancel) is not { } kept)
        {
            return false;
        }

        (Sheet, Version) = kept;
        return true;
    }
}
