using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using OnBehalf.Catalog;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Modules.Preferences;
using OnBehalf.Modules.Settings;
using OnBehalf.Pricing;

namespace OnBehalf.Modules.Catalog;

/// <summary>One article: what it is, what it costs the caller and why, and the way into the cart.</summary>
[Access(Audience.Everybody, Delegation.View, Right = Needs.CatalogView)]
public sealed class ProductPage(Database database, CatalogQueries catalog, Categories categories, BuyerPreferences preferences, ShopSettings settings, TimeProvider clock) : ShopPage
{
    public ProductDetails Product { get; private set; } = null!;

    public CategoryNode? Category { get; private set; }

    public IReadOnlyList<ProductVersion> Versions { get; private set; } = [];

    public IReadOnlyList<VariantOption> Colors { get; private set; } = [];

    public IReadOnlyList<VariantOption> Sizes { get; private set; } = [];

    /// <summary>All its pictures, the first of the article itself; fewer than two are no gallery.</summary>
    public IReadOnlyList<string> Gallery { get; private set; } = [];

    /// <summary>The place of the picture that is shown large, from 0.</summary>
    public int Place { get; private set; }

    /// <summary>What goes with it, of what is there for the caller.</summary>
    public IReadOnlyList<ProductCard> Related { get; private set; } = [];

    /// <summary>How much there is, in words; null: nobody is told.</summary>
    public string? Availability { get; private set; }

    /// <summary>What it costs from which quantity on; empty: price on request, or not to be seen.</summary>
    public IReadOnlyList<(Quantity From, PriceQuote Quote)> Steps { get; private set; } = [];

    public bool IsInCart => Request.Query["added"] == Product.Sku;

    public string SignInUrl => "/account/login" + QueryString.Create("returnUrl", Request.Path);

    public async Task<IActionResult> OnGet(string sku)
    {
        await using var db = database.Read();
        var range = await catalog.RangeOf(db, Caller, Cancel);
        if (Numbers.Of(sku) is not { } number || await catalog.Find(db, Caller, range, number, Cancel) is not { } product)
        {
            return Missing();
        }

        Product = product;
        Steps = product.Prices?.Steps() ?? [];
        Category = (await categories.Tree(range, Cancel)).Find(product.Category);
        Versions = await catalog.VersionsOf(db, range, product, Cancel);
        if (product.HasNeighbours)
        {
            var (pictures, related) = await ArticleNeighbours.Of(db, product.Id, Cancel);
            Gallery = [.. product.HasPicture ? [product.PictureUrl] : (string[])[], .. pictures.Select(picture => picture.Url).Where(url => url != product.PictureUrl)];
            Place = int.TryParse((string?)Request.Query["picture"], NumberStyles.None, CultureInfo.InvariantCulture, out var asked) && asked > 0 && asked <= Gallery.Count ? asked - 1 : 0;
            Related = await catalog.Cards(db, Caller, range, related, Cancel);
        }

        await preferences.Viewed(Caller, product.Id, Cancel);
        if (product is { IsSold: true, Stock: { } stock } && await settings.Get(db, ShopSettings.Stock, Cancel) != StockLevel.Off)
        {
            Availability = stock.InWords(int.Parse(await settings.Get(db, ShopSettings.StockFew, Cancel), NumberStyles.None, CultureInfo.InvariantCulture), clock.GetUtcNow());
        }

        var (here, others) = (new Variant(product.Sku, product.Color, product.Size), Versions.Select(version => new Variant(version.Sku, version.Color, version.Size)).ToList());
        (Colors, Sizes) = (VariantChooser.Colors(here, others), VariantChooser.Sizes(here, others));
        return Page();
    }

    /// <summary>What describes it, without what is not known.</summary>
    public IEnumerable<(string Name, string Value)> Attributes()
    {
        (string, string?)[] all =
        [
            (Say("Sold"), Product.IsSold ? Product.Rule.InWords ?? (Product.Rule.Unit == OnBehalf.Catalog.QuantityRule.Piece ? null : Say("by the ") + Product.Rule.Unit) : null), (Say("Model"), Product.Model), (Say("Colour"), Product.Color), (Say("Size"), Product.Size), (Say("Weight"), Product.Weight is { } weight ? WeightOf(weight) : null),
        ];
        return from attribute in all where attribute.Item2 is { Length: > 0 } select (attribute.Item1, attribute.Item2!);
    }

    private static string WeightOf(long milligrams) => milligrams < 1_000_000
        ? string.Create(CultureInfo.CurrentCulture, $"{milligrams / 1_000m:0.###} g")
        : string.Create(CultureInfo.CurrentCulture, $"{milligrams / 1_000_000m:#,0.###} kg");
}
