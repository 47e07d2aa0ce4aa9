using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Browser;

/// <summary>The rooms for articles and categories, and what buyers see of versions, stock and downloads.</summary>
[Trait("Category", "Browser")]
public sealed class CatalogLook
{
    [Theory]
    [InlineData(375)]
    [InlineData(1280)]
    public async Task Articles_are_kept_counted_chosen_and_downloaded(int width)
    {
        await using var shop = await TestShop.Start(listen: true);
        var (ada, ines) = (await shop.As("ada"), await shop.As("ines"));
        await shop.Sql("update product set model = 'Drill', color = case sku when 'P-100' then 'Red' else 'Anthracite' end, size = case sku when 'P-300' then 'XL' else 'M' end where sku in ('P-100', 'P-200', 'P-300')");
        await ada.Submit(await ada.Get("/admin/articles/P-100"), "#article", ("Values[kind]", "downloadable"));
        await Catalog.ArticleTests.Upload(ada, "/admin/articles/P-100/files", "/admin/articles/P-100/files", "Input.File", "A manual with quite a long name, in English.pdf", [1, 2, 3]);
        await ines.Post("/cart/lines", [("sku", "P-100"), ("quantity", "1")], from: "/product/P-100");
        await using var office = await Window.Open(shop, "catalog", width);
        await office.Enter(ada);
        foreach (var (path, name) in new[]
        {
            ("/admin/articles", "articles"), ("/admin/articles/P-100", "article"), ("/admin/articles/new", "new"), ("/admin/articles/P-100/files", "files"), ("/admin/articles/P-100/stock", "stock"),
            ("/admin/categories", "categories"), ("/admin/categories/drills", "category"),
        })
        {
            await office.Go(path, name);
        }

        office.Close();
        await using var buyer = await Window.Open(shop, "catalog-buyer", width);
        await buyer.Enter(ines);
        foreach (var (path, name) in new[] { ("/product/P-100", "versions"), ("/checkout", "checkout"), ("/account/downloads", "downloads") })
        {
            await buyer.Go(path, name);
        }

        buyer.Close();
    }
}
