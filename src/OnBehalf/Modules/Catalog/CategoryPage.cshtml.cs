using Microsoft.AspNetCore.Mvc;
using OnBehalf.Catalog;
using OnBehalf.Data;
using OnBehalf.Host;

namespace OnBehalf.Modules.Catalog;

/// <summary>
/// The articles of a category and of all below it; at `/products` all articles, those in no category too. Order, page and what the list is narrowed by live in
/// the URL.
/// </summary>
[Access(Audience.Everybody, Delegation.View, Right = Needs.CatalogView)]
public sealed class CategoryPage(Database database, CatalogQueries catalog, ProductShelves shelves, Categories categories) : ShopPage
{
    private readonly (string Word, string Title, ProductSort Sort)[] _sorts =
    [
        ("name", Say("Name"), ProductSort.Name), ("number", Say("Number"), ProductSort.Number), ("newest", Say("Newest"), ProductSort.Newest),
        ("price", Say("Price ↑"), ProductSort.PriceUp), ("price-down", Say("Price ↓"), ProductSort.PriceDown),
    ];

    private string _sort = "name";

    public CategoryTree Tree { get; private set; } = null!;

    /// <summary>Null: all articles.</summary>
    public CategoryNode? Category { get; private set; }

    public string Title => Category?.Name ?? Say("All articles");

    public ShownShelf Shelf { get; private set; } = null!;

    public ProductPageOf Found => Shelf.Page;

    public ProductFilter Filter { get; private set; } = ProductFilter.None;

    public string Currency { get; private set; } = "";

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

        var prices = await shelves.Prices(db, Caller, Cancel);
        Currency = prices?.Currency.Code ?? "";
        Filter = ProductFilter.Of(field => Request.Query[field], prices is not null);
        Orders = prices is not null ? _sorts : _sorts[..3];
        var order = Orders.FirstOrDefault(order => order.Word == sort, _sorts[0]);
        _sort = order.Word;
        var scope = Category?.Subtree.Where(node => node.Showcase is not null).Select(node => node.Id).ToList();
        Shelf = await shelves.List(db, new ShelfQuestion(Caller, range, Tree, Filter, order.Sort, prices) { After = Numbers.Of(after), Before = Numbers.Of(before) }, scope, Cancel);
        return Found.Cards.Count == 0 && (after is not null || before is not null) ? Redirect(PathOf(_sort)) : Page();
    }

    public bool IsSortedBy(string sort) => sort == _sort;

    /// <summary>Of so many articles as have no prices of the caller's own in time, the order is that of base prices.</summary>
    public string TitleOf(string word, string title) => !Shelf.IsByBase ? title : word switch
    {
        "price" => Say("Base price ↑"),
        "price-down" => Say("Base price ↓"),
        _ => title,
    };

    public string ListPath => Request.PathBase + Request.Path;

    /// <summary>The fields of this list in its order, without what was chosen.</summary>
    public IReadOnlyList<KeyValuePair<string, string?>> Fields => [new("sort", _sort == _sorts[0].Word ? null : _sort)];

    /// <summary>The address of this list in an order; in its own order also of the page after or before an article.</summary>
    public string PathOf(string? sort, string? after = null, string? before = null)
    {
        var chosen = sort ?? _sort;
        var fields = new List<KeyValuePair<string, string?>> { new("sort", chosen == _sorts[0].Word ? null : chosen), new("after", after), new("before", before) };
        return ListPath + QueryString.Create(fields.Where(field => field.Value is not null).Concat(FacetHtml.Fields(Filter)));
    }
}
