using Microsoft.AspNetCore.Mvc;
using OnBehalf.Catalog;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Catalog;

/// <summary>The further pictures of an article, and the articles that go with it.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.CatalogChange)]
public sealed class ArticleNeighboursPage(Database database, ArticleQueries articles, ArticleNeighbours neighbours) : ShopPage
{
    [BindProperty]
    public NeighboursInput Input { get; set; } = new();

    public ArticleSheet Sheet { get; private set; } = null!;

    public bool IsStored { get; private set; }

    public string Here => ArticlesPage.PathOf(Sheet.Sku) + "/beside";

    public async Task<IActionResult> OnGet(string sku, bool stored)
    {
        await using var db = database.Read();
        if (Numbers.Of(sku) is not { } number || await articles.Find(db, number, Cancel) is not { } kept)
        {
            return Missing();
        }

        (Sheet, IsStored) = (kept.Sheet, stored);
        var (pictures, related) = await ArticleNeighbours.Kept(db, number, Cancel);
        Input = new NeighboursInput { Version = kept.Version, Pictures = string.Join('\n', pictures), Related = string.Join('\n', related) };
        return Page();
    }

    public async Task<IActionResult> OnPost(string sku)
    {
        await using var db = database.Read();
        if (Numbers.Of(sku) is not { } number || await articles.Find(db, number, Cancel) is not { } kept)
        {
            return Missing();
        }

        Sheet = kept.Sheet;
        var outcome = await neighbours.Change(Caller, Sheet.Sku, Input.Version, Input.Pictures, Input.Related, Cancel);
        return outcome.Refusal is { } refusal ? Refused(refusal) : SeeOther(Here + "?stored=true");
    }
}

public sealed class NeighboursInput
{
    /// <summary>Of the article, as it was shown.</summary>
    public int Version { get; set; }

    /// <summary>Names of pictures, one a line.</summary>
    public string? Pictures { get; set; }

    /// <summary>Numbers of articles, one a line.</summary>
    public string? Related { get; set; }
}
