using OnBehalf.Data;
using OnBehalf.Host;

namespace OnBehalf.Modules.Catalog;

/// <summary>The way in: what kinds of articles there are, and a few of them.</summary>
[Access(Audience.Everybody, Delegation.View, Right = Needs.CatalogView)]
public sealed class HomePage(Database database, CatalogQueries catalog, Categories categories) : ShopPage
{
    private const int Shown = 8;

    public CategoryTree Tree { get; private set; } = null!;

    public IReadOnlyList<ProductCard> Cards { get; private set; } = [];

    public async Task OnGet()
    {
        await using var db = database.Read();
        var range = await catalog.RangeOf(db, Caller, Cancel);
        Tree = await categories.Tree(range, Cancel);
        var showcase = Tree.Showcase(Shown);
        Cards = showcase.Count > 0 ? await catalog.Cards(db, Caller, range, showcase, Cancel)
            : (await catalog.List(db, Caller, range, null, ProductSort.Name, null, null, Cancel)).Cards;
    }
}
