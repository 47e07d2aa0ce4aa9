using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using OnBehalf.Catalog;
using OnBehalf.Data;
using OnBehalf.Host;

namespace OnBehalf.Modules.Catalog;

/// <summary>Articles by words, number or the beginning of either, narrowed by what was chosen; small typing errors are forgiven and said.</summary>
[Access(Audience.Everybody, Delegation.View, Right = Needs.CatalogView)]
public sealed class SearchPage(Database database, ProductSearch search, ProductShelves shelves, CatalogQueries catalog, Categories categories) : ShopPage
{
    private readonly (string Word, string Title, ProductSort Sort)[] _sorts =
    [
        ("best", Say("Best match"), ProductSort.Relevance), ("name", Say("Name"), ProductSort.Name), ("newest", Say("Newest"), ProductSort.Newest),
        ("price", Say("Price ↑"), ProductSort.PriceUp), ("price-down", Say("Price ↓"), ProductSort.PriceDown),
    ];

    private string _sort = "best";

    [BindProperty(SupportsGet = true, Name = "q")]
    public string? Text { get; set; }

    // Not "page": Razor keeps the path of the page itself under that name.
    [BindProperty(SupportsGet = true, Name = "p")]
    public string? PageText { get; set; }

    [BindProperty(SupportsGet = true, Name = "sort")]
    public string? SortText { get; set; }

    public FoundProducts Found { get; private set; } = null!;

    public IReadOnlyList<ProductCard> Cards { get; private set; } = [];

    public CategoryTree Tree { get; private set; } = null!;

    public ProductFilter Filter { get; private set; } = ProductFilter.None;

    public string Currency { get; private set; } = "";

    /// <summary>The orders that the caller may choose from. That of prices is told to nobody who may not see them.</summary>
    public IReadOnlyList<(string Word, string Title, ProductSort Sort)> Orders { get; private set; } = [];

    public int Number { get; private set; } = 1;

    public bool HasNext => Number * ProductLists.PageSize < Math.Min(Found.Count, ProductShelf.Most);

    public string Count => Found.Count switch
    {
        1 => "1 article",
        _ when Found.HasMore => Say($"The best {ProductShelf.Most:N0} articles; there are more. Add a word{(Found.Facets.Count > 0 ? " or choose" : "")} to narrow it down."),
        var count => $"{count} articles",
    };

    public async Task<IActionResult> OnGet()
    {
        await using var db = database.Read();
        Number = int.TryParse(PageText, NumberStyles.None, CultureInfo.InvariantCulture, out var asked) ? Math.Clamp(asked, 1, ProductShelf.Most) : 1;
        var range = await catalog.RangeOf(db, Caller, Cancel);
        var prices = await shelves.Prices(db, Caller, Cancel);
        Currency = prices?.Currency.Code ?? "";
        Filter = ProductFilter.Of(field => Request.Query[field], prices is not null);
        Tree = await categories.Tree(range, Cancel);
        Orders = prices is not null ? _sorts : _sorts[..3];
        var order = Orders.FirstOrDefault(order => order.Word == SortText, _sorts[0]);
        _sort = order.Word;
        var question = new ShelfQuestion(Caller, range, Tree, Filter, order.Sort, prices) { From = (Number - 1) * ProductLists.PageSize };
        Found = await search.Find(db, question, Text, Cancel);
        Cards = await catalog.Cards(db, Caller, range, Found.Products, Cancel);
        return Cards.Count == 0 && Number > 1 ? Redirect(PathOf(Found.Question.Text)) : Page();
    }

    public bool IsSortedBy(string sort) => sort == _sort;

    /// <summary>The fields of this search in an order, without what was chosen.</summary>
    public IReadOnlyList<KeyValuePair<string, string?>> FieldsOf(string text, string? sort = null) =>
        [new("q", text), new("sort", (sort ?? _sort) is var order && order == _sorts[0].Word ? null : order)];

    public string SearchPath => Request.PathBase + "/search";

    public string PathOf(string text, int page = 1, string? sort = null, bool isNarrowed = true) =>
        SearchPath + QueryString.Create(FieldsOf(text, sort).Where(field => field.Value is not null).Concat(isNarrowed ? FacetHtml.Fields(Filter) : [])
            .Concat(page == 1 ? [] : [new KeyValuePair<string, string?>("p", page.ToString(CultureInfo.InvariantCulture))]));
}
