using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using OnBehalf.Data;
using OnBehalf.Host;

namespace OnBehalf.Modules.Catalog;

/// <summary>Articles by words, number or the beginning of either; small typing errors are forgiven and said.</summary>
[Access(Audience.Everybody, Delegation.View, Right = Needs.CatalogView)]
public sealed class SearchPage(Database database, ProductSearch search, CatalogQueries catalog, Categories categories) : ShopPage
{
    [BindProperty(SupportsGet = true, Name = "q")]
    public string? Text { get; set; }

    // Not "page": Razor keeps the path of the page itself under that name.
    [BindProperty(SupportsGet = true, Name = "p")]
    public string? PageText { get; set; }

    public FoundProducts Found { get; private set; } = null!;

    public IReadOnlyList<ProductCard> Cards { get; private set; } = [];

    public CategoryTree Tree { get; private set; } = null!;

    public int Number { get; private set; } = 1;

    public bool HasNext => Number * ProductLists.PageSize < Found.Count;

    public string Count => Found.Count switch
    {
        1 => "1 article",
        var count when Found.HasMore => $"The best {count} articles; there are more. Add a word to narrow it down.",
        var count => $"{count} articles",
    };

    public async Task<IActionResult> OnGet()
    {
        await using var db = database.Read();
        Number = int.TryParse(PageText, NumberStyles.None, CultureInfo.InvariantCulture, out var asked) ? Math.Clamp(asked, 1, ProductRanking.Most) : 1;
        var range = await catalog.RangeOf(db, Caller, Cancel);
        Found = await search.Find(db, range, Text, Number, Cancel);
        Tree = await categories.Tree(range, Cancel);
        Cards = await catalog.Cards(db, Caller, range, Found.Products, Cancel);
        return Cards.Count == 0 && Number > 1 ? Redirect(PathOf(Found.Question.Text)) : Page();
    }

    public string PathOf(string text, int page = 1) =>
        Request.PathBase + "/search" + QueryString.Create([new("q", text), .. page == 1 ? [] : new KeyValuePair<string, string?>[] { new("p", page.ToString(CultureInfo.InvariantCulture)) }]);
}
