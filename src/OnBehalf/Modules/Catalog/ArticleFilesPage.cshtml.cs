using Microsoft.AspNetCore.Mvc;
using OnBehalf.Catalog;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Catalog;

/// <summary>The files that buyers of an article download.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.CatalogChange)]
[RequestSizeLimit(ProductFiles.LargestBytes + (1024 * 1024))]
[RequestFormLimits(MultipartBodyLengthLimit = ProductFiles.LargestBytes + (1024 * 1024))]
public sealed class ArticleFilesPage(Database database, ArticleQueries articles, ProductFiles files) : ShopPage
{
    [BindProperty]
    public ArticleFilesInput Input { get; set; } = new();

    public ArticleSheet Sheet { get; private set; } = null!;

    public IReadOnlyList<ProductFileRow> Files { get; private set; } = [];

    public string Here => ArticlesPage.PathOf(Sheet.Sku) + "/files";

    public async Task<IActionResult> OnGet(string sku) => await Load(sku) ? Page() : Missing();

    public async Task<IActionResult> OnPost(string sku)
    {
        if (!await Load(sku))
        {
            return Missing();
        }

        Outcome<Done> outcome;
        if (Input.Remove is { } gone)
        {
            outcome = await files.Remove(Caller, Sheet.Sku, gone, Cancel);
        }
        else
        {
            await using var content = Input.File?.OpenReadStream() ?? Stream.Null;
            outcome = await files.Add(Caller, Sheet.Sku, Input.File?.FileName, content, Input.File?.Length ?? 0, Cancel);
        }

        return outcome.Refusal is { } refusal ? Refused(refusal) : SeeOther(Here);
    }

    private async Task<bool> Load(string sku)
    {
        await using var db = database.Read();
        if (Numbers.Of(sku) is not { } number || await articles.Find(db, number, Cancel) is not { } kept)
        {
            return false;
        }

        Sheet = kept.Sheet;
        Files = await ProductFiles.Of(db, number, Cancel);
        return true;
    }
}

public sealed class ArticleFilesInput
{
    public IFormFile? File { get; set; }

    /// <summary>The file that goes.</summary>
    public Guid? Remove { get; set; }
}
