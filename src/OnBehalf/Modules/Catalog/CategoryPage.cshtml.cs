using Microsoft.AspNetCore.Mvc;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Modules.Pricing;

namespace OnBehalf.Modules.Catalog;

/// <summary>
/// The articles of a category and of all below it; at `/products` all articles, those in no category too. Order and page of the list live in the URL.
/// </summary>
[Access(Audience.Everybody, Delegation.View, Right = Needs.CatalogView)]
public sealed class CategoryPage(Database database, CatalogQueries catalog, PricingQueries pricing, Categories categories) : ShopPage
{
    private static readonly (string Word, string Title, ProductSort Sort)[] Sorts =
    [
        ("name", "Name", ProductSort.Name), ("number", "Number", ProductSort.Number), ("price", "Base price ↑", ProductSort.PriceUp),
        ("price-down", "Base price ↓", ProductSort.PriceDown),
    ];

    private string _sort = Sorts[0].Word;

    public CategoryTree Tree { get; private set; } = null!;

    /// <summary>Null: all articles.</summary>
    public CategoryNode? Category { get; private set; }

    public string Title => Category?.Name ?? "All articles";

    public ProductPageOf Found { get; private set; } = null!;

    /// <summary>The orders that the caller may choose from. That of prices is told to nobody who may not see them.</summary>
    public IReadOnlyList<(string Word, string Title, ProductSort Sort)> Orders { get; private set; } = [];

    public async Task<IActionResult> OnGet(string? code, string? sort, string? after, string? before)
    {
        await using var db = database.Read();
        var range = await catalog.RangeOf(db, Caller, Cancel);
        Tree = await categories.Tree(range, Cancel);
        if (code is not null && (Category = Tree.Find(code)) is null)
        {
            return Missing();
        }

        Orders = await pricing.MaySee(Caller, Cancel) ? Sorts : Sorts[..2];
        var order = Orders.FirstOrDefault(order => order.Word == sort, Sorts[0]);
        _sort = order.Word;
        var scope = Category?.Subtree.Where(node => node.Showcase is not null).Select(node => node.Id).ToList();
        Found = await catalog.List(db, Caller, range, scope, order.Sort, Numbers.Of(after), Numbers.Of(before), Cancel);
        return Found.Cards.Count == 0 && (after is not null || before is not null) ? Redirect(PathOf(_sort)) : Page();
    }

    public bool IsSortedBy(string sort) => sort == _sort;

    /// <summary>The address of this list in an order; in its own order also of the page after or before an article.</summary>
    public string PathOf(string? sort, string? after = null, string? before = null)
    {
        var chosen = sort ?? _sort;
        var fields = new List<KeyValuePair<string, string?>> { new("sort", chosen == Sorts[0].Word ? null : chosen), new("after", after), new("before", before) };
        return Request.PathBase + Request.Path + QueryString.Create(fields.Where(field => field.Value is not null));
    }
}
