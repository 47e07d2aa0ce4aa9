using Microsoft.AspNetCore.Mvc;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Catalog;

/// <summary>All articles for staff: find them, change several at once, take them away as a file and bring a file.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.CatalogChange)]
public sealed class ArticlesPage(Database database, ArticleQueries articles, Articles changes, Categories categories) : ShopPage
{
    public const string Here = "/admin/articles";

    [BindProperty(SupportsGet = true, Name = "q")]
    public string? Text { get; set; }

    [BindProperty(SupportsGet = true, Name = "category")]
    public string? CategoryCode { get; set; }

    /// <summary>`active`, `discontinued`, or nothing for both.</summary>
    [BindProperty(SupportsGet = true, Name = "status")]
    public string? Status { get; set; }

    [BindProperty]
    public ManyArticlesInput Input { get; set; } = new();

    public IReadOnlyList<KeptArticle> Listed { get; private set; } = [];

    public string? Next { get; private set; }

    public string? Told { get; private set; }

    public IReadOnlyList<WrongArticle> Wrong { get; private set; } = [];

    public CategoryTree Tree { get; private set; } = null!;

    public IEnumerable<(string Value, string Words)> CategoryOptions => OptionsOf(Tree, Say("All categories"));

    public IEnumerable<(string Value, string Words)> TargetOptions => OptionsOf(Tree, Say("Out of all categories"));

    public static string PathOf(string sku) => $"{Here}/{Uri.EscapeDataString(sku)}";

    /// <summary>The address of this list with its filters.</summary>
    public string PathWith(string path, string? after = null) => path + QueryString.Create(
        new Dictionary<string, string?> { ["q"] = Text, ["category"] = CategoryCode, ["status"] = Status, ["after"] = after }.Where(field => !string.IsNullOrEmpty(field.Value)));

    public async Task OnGet(string? after, int? changed, int? added)
    {
        Told = (added, changed) switch
        {
            (null, null) => null,
            (null, 0) => Say("All of them were so already."),
            (null, 1) => Say("One article was changed."),
            (null, var count) => Say($"{count:N0} articles were changed."),
            _ => Say($"The file is stored: {added:N0} new, {changed:N0} changed."),
        };
        await Load(Numbers.Of(after) ?? "");
    }

    public async Task<IActionResult> OnPost()
    {
        var (column, value) = Input.Do switch
        {
            "discontinue" => ("status", "discontinued"),
            "sell" => ("status", "active"),
            "category" => ("category_code", Input.Category),
            "tax-class" => ("tax_class", Input.TaxClass),
            _ => ("", null),
        };
        if (column.Length == 0)
        {
            return BadRequest();
        }

        var outcome = await changes.ChangeMany(Caller, [.. Input.Skus.Distinct(StringComparer.Ordinal)], column, value, Cancel);
        if (outcome.Refusal is { } refusal)
        {
            await Load("");
            return Refused(refusal);
        }

        return SeeOther(PathWith(Here) is var path && path.Contains('?', StringComparison.Ordinal) ? $"{path}&changed={outcome.Value}" : $"{path}?changed={outcome.Value}");
    }

    public async Task<IActionResult> OnPostFile()
    {
        if (Input.File is not { Length: > 0 } file || file.Length > ArticleFile.LargestBytes)
        {
            await Load("");
            return Refused(Refusal.Invalid("catalog.article-file", "Choose a CSV file of at most 3 MB.", "File"));
        }

        await using var content = new MemoryStream();
        await file.CopyToAsync(content, Cancel);
        content.Position = 0;
        var (lines, wrong) = ArticleFile.Read(content);
        var (outcome, faults) = wrong.Count > 0 ? (Articles.FaultsIn(wrong.Count), wrong) : await changes.Import(Caller, lines, Cancel);
        Wrong = faults;
        if (outcome.Refusal is { } refusal)
        {
            await Load("");
            return Refused(refusal);
        }

        return SeeOther($"{Here}?added={outcome.Value.Added}&changed={outcome.Value.Changed}");
    }

    internal static ArticleFilter FilterOf(CategoryTree tree, string? text, string? category, string? status) => new(
        string.IsNullOrWhiteSpace(text) ? null : text.Trim(), category is null ? null : tree.Find(category), status switch { "active" => true, "discontinued" => false, _ => null });

    internal static IEnumerable<(string Value, string Words)> OptionsOf(CategoryTree tree, string none) =>
        [("", none), .. tree.Roots.SelectMany(root => root.Subtree).Select(node => (node.Code, string.Join(" › ", node.Path.Select(step => step.Name))))];

    private async Task Load(string after)
    {
        await using var db = database.Read();
        Tree = await categories.Tree(VisibleRange.All, Cancel);
        var found = await articles.List(db, FilterOf(Tree, Text, CategoryCode, Status), after, ArticleQueries.PageSize + 1, Cancel);
        Listed = [.. found.Take(ArticleQueries.PageSize)];
        Next = found.Count > ArticleQueries.PageSize ? PathWith(Here, Listed[^1].Sheet.Sku) : null;
    }
}

/// <summary>What the forms of the list send.</summary>
public sealed class ManyArticlesInput
{
    /// <summary>Which button was pressed.</summary>
    public string? Do { get; set; }

    public List<string> Skus { get; set; } = [];

    public string? Category { get; set; }

    public string? TaxClass { get; set; }

    public IFormFile? File { get; set; }
}
