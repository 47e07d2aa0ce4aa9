using Microsoft.AspNetCore.Mvc;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Modules.Pricing;

namespace OnBehalf.Modules.Catalog;

/// <summary>What the lists of a category and of all articles have in common: their order and their pages live in the URL.</summary>
public abstract class ProductListPage(Database database, CatalogQueries catalog, PricingQueries pricing, Categories categories) : ShopPage
{
    public static readonly (string Word, string Title, ProductSort Sort)[] Sorts =
    [
        ("name", "Name", ProductSort.Name), ("number", "Number", ProductSort.Number), ("price", "Base price ↑", ProductSort.PriceUp),
        ("price-down", "Base price ↓", ProductSort.PriceDown),
    ];

    [BindProperty(SupportsGet = true)]
    public string? Sort { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? After { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Before { get; set; }

    public CategoryTree Tree { get; private set; } = null!;

    public CategoryNode? Category { get; private set; }

    public ProductPageOf Found { get; private set; } = null!;

    public ProductListing Listing { get; private set; } = null!;

    public bool SeesPrices { get; private set; }

    public string SortWord { get; private set; } = "";

    /// <summary>The address of this list in an order, at its beginning or at one of its pages.</summary>
    public string PathOf(string sort, string? after = null, string? before = null)
    {
        var fields = new List<KeyValuePair<string, string?>>();
        if (sort != Sorts[0].Word)
        {
            fields.Add(new("sort", sort));
        }

        if (after is not null)
        {
            fields.Add(new("after", after));
        }

        if (before is not null)
        {
            fields.Add(new("before", before));
        }

        return Request.PathBase + Request.Path + QueryString.Create(fields);
    }

    protected async Task<IActionResult> Show(string? code)
    {
        Tree = await categories.Tree(Cancel);
        if (code is not null && (Category = Tree.Find(code)) is null)
        {
            return Missing();
        }

        // The order of prices is told to nobody who may not see them.
        SeesPrices = await pricing.MaySee(Caller, Cancel);
        var chosen = Array.Find(Sorts, sort => sort.Word == Sort && (SeesPrices || sort.Sort is ProductSort.Name or ProductSort.Number));
        (SortWord, _, var order) = chosen.Word is null ? Sorts[0] : chosen;
        await using var db = database.Read();
        var scope = Category?.Subtree.Where(node => node.Showcase is not null).Select(node => node.Id).ToList();
        Found = await catalog.List(db, Caller, scope, order, Numbers.Of(After), Numbers.Of(Before), Cancel);
        if (Found.Cards.Count == 0 && (After is not null || Before is not null))
        {
            return Redirect(PathOf(SortWord));
        }

        Listing = ProductListing.Of(Found.Cards, HttpContext);
        return Page();
    }
}
