using System.Net;
using OnBehalf.Modules.Catalog;
using OnBehalf.Tests.Carts;
using OnBehalf.Tests.Import;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Catalog;

/// <summary>Further pictures of an article, and what goes with it.</summary>
public sealed class ArticleNeighboursTests
{
    private const string Beside = "/admin/articles/P-100/beside";

    [Fact]
    public async Task An_article_has_a_gallery_that_needs_no_script()
    {
        await using var shop = await ShopWithPictures();
        var ada = await shop.As("ada");
        Assert.Equal(Beside + "?stored=true", (await ada.Submit(await ada.Get(Beside), "#beside", ("Input.Pictures", "side view.png\r\n back.png \r\n\r\nside view.png"))).Location);
        Assert.Equal("side view.png\nback.png", (await ada.Get(Beside)).Document.QuerySelector("[name='Input.Pictures']")!.TextContent.Trim().ReplaceLineEndings("\n"));

        foreach (var who in new[] { shop.Anonymous(), await shop.As("ines"), await (await shop.As("karim")).Assisting("ines") })
        {
            var page = await who.Get("/product/P-100");
            Assert.Equal(["/pictures/d1/front.png", "/pictures/d2/side%20view.png", "/pictures/d3/back.png"], page.Document.QuerySelectorAll("#gallery img").Select(image => image.GetAttribute("src")));
            Assert.Equal("/pictures/d1/front.png", Large(page));
            var link = page.Document.QuerySelectorAll("#gallery a")[2].GetAttribute("href")!;
            var third = await who.Get(link[who.PathBase.Length..]);
            Assert.Equal("/pictures/d3/back.png", Large(third));
            Assert.Equal("Picture 3 of 3", third.Document.QuerySelector("#gallery [aria-current] img")!.GetAttribute("alt"));
            foreach (var wild in new[] { "0", "4", "-1", "x", "99999999999" })
            {
                Assert.Equal("/pictures/d1/front.png", Large(await who.Get("/product/P-100?picture=" + wild)));
            }
        }

        Assert.Null((await shop.Anonymous().Get("/product/P-200")).Document.QuerySelector("#gallery"));
    }

    [Fact]
    public async Task What_goes_with_an_article_is_shown_to_whom_it_is_there_and_goes_into_the_cart()
    {
        await using var shop = await TestShop.Start();
        var (ada, ines) = (await shop.As("ada"), await shop.As("ines"));
        await ada.Submit(await ada.Get(Beside), "#beside", ("Input.Related", "P-300\nP-200\nP-900"));
        var page = await ines.Get("/product/P-100");
        Assert.Equal(["P-300", "P-200"], Related(page));
        Assert.Contains("EUR", page.Document.QuerySelector("#goes-with-it .product-price")!.TextContent);
        Assert.Single(page.Document.QuerySelectorAll("#add"));
        Assert.Equal(HttpStatusCode.SeeOther, (await ines.Submit(page, "#add-related", ("sku", "P-200"))).Status);
        Assert.Contains("P-200", (await ines.Get("/cart")).Text);

        // One direction only; and what does not exist for somebody goes with nothing.
        Assert.Empty(Related(await ines.Get("/product/P-300")));
        await AssortmentTests.Make(ada, "no-light", "Without", ("add-articles", "Input.Numbers", "P-100\nP-200"), ("give-company", "Input.Company", "N-1001"));
        Assert.Equal(["P-200"], Related(await ines.Get("/product/P-100")));
        Assert.Equal(["P-200"], Related(await (await (await shop.As("karim")).Assisting("ines")).Get("/product/P-100")));
        Assert.Equal(["P-300", "P-200"], Related(await shop.Anonymous().Get("/product/P-100")));
    }

    [Fact]
    public async Task What_will_not_do_is_named_and_changes_nothing_and_what_changed_is_in_the_log()
    {
        await using var shop = await ShopWithPictures();
        var ada = await shop.As("ada");
        var page = await ada.Get(Beside);
        foreach (var (field, value, said) in new[]
        {
            ("Input.Pictures", "none.png", "no picture with the name “none.png”"), ("Input.Related", "P-200\nnone", "no article with the number “none”"), ("Input.Related", "P-100", "does not go with itself"),
            ("Input.Pictures", string.Join('\n', Enumerable.Range(0, 21)), "at most 20"), ("Input.Related", string.Join('\n', Enumerable.Range(0, 51)), "At most 50"),
        })
        {
            var wrong = await ada.Submit(page, "#beside", (field, value));
            Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.Status);
            Assert.Contains(said, wrong.Text);
        }

        Assert.DoesNotContain("catalog.article-changed", await shop.Facts());
        await ada.Submit(page, "#beside", ("Input.Pictures", "back.png"), ("Input.Related", "P-200\nP-300"));
        await ada.Submit(await ada.Get(Beside), "#beside", ("Input.Related", "P-300\nP-200"));
        Assert.Equal(3, (await shop.Facts()).Count(fact => fact == "catalog.article-changed"));
        Assert.Contains("P-200 P-300", (await ada.Get("/admin/audit?about=article:P-100")).Text);

        // The same again is no change; what somebody else has stored meanwhile is not stored over.
        await ada.Submit(await ada.Get(Beside), "#beside");
        Assert.Equal(3, (await shop.Facts()).Count(fact => fact == "catalog.article-changed"));
        Assert.Equal(HttpStatusCode.Conflict, (await ada.Submit(page, "#beside", ("Input.Pictures", ""))).Status);
        Assert.Equal(1, await shop.Scalar<int>("select count(*) from product_picture"));
        Assert.Equal(HttpStatusCode.NotFound, (await ada.Get("/admin/articles/none/beside")).Status);
    }

    [Fact]
    public async Task Both_come_by_import_in_the_order_of_their_files()
    {
        await using var box = await ImportBox.Open(peopled: true);
        await AddPictures(box.Shop);
        box["product_pictures.csv"] = "sku,image\nP-100,back.png\nP-100,side view.png\n";
        box["related_products.csv"] = "sku,related_sku\nP-100,P-300\nP-100,P-200\n";
        Assert.Empty(await box.Faults());
        var page = await box.Shop.Anonymous().Get("/product/P-100");
        Assert.Equal(["P-300", "P-200"], Related(page));
        Assert.EndsWith("/back.png", page.Document.QuerySelectorAll("#gallery img")[1].GetAttribute("src"));

        box["related_products.csv"] = "sku,related_sku\nP-100,P-200\nP-100,P-300\n";
        Assert.Empty(await box.Faults());
        Assert.Equal(["P-200", "P-300"], Related(await box.Shop.Anonymous().Get("/product/P-100")));

        box["product_pictures.csv"] = "sku,image\nnone,back.png\nP-100,none.png\n";
        box["related_products.csv"] = "sku,related_sku\nP-100,P-100\nP-100,none\nP-200,P-300\nP-200,P-300\n";
        var faults = await box.Faults();
        foreach (var said in new[] { "Sku not found", "no picture of this name", "does not go with itself" })
        {
            Assert.Contains(faults, fault => fault.Contains(said, StringComparison.Ordinal));
        }

        Assert.Equal(2, await box.Shop.Scalar<int>("select count(*) from product_related"));
    }

    private static string? Large(Answer page) => page.Document.QuerySelector(".product-picture-large img")!.GetAttribute("src");

    private static IEnumerable<string?> Related(Answer page) => page.Document.QuerySelectorAll("#goes-with-it .product-card").Select(card => card.GetAttribute("data-sku"));

    private static async Task<TestShop> ShopWithPictures()
    {
        var shop = await TestShop.Start();
        await AddPictures(shop);
        return shop;
    }

    private static async Task AddPictures(TestShop shop)
    {
        await using (var db = shop.Database.Read())
        {
            db.AddRange(new[] { ("front.png", "d1"), ("side view.png", "d2"), ("back.png", "d3") }.Select(picture => new PictureRow { Name = picture.Item1, ContentType = "image/png", Digest = picture.Item2, Bytes = [1] }));
            await db.SaveChangesAsync();
        }

        await shop.Sql("update product set picture_name = 'front.png' where sku = 'P-100'");
    }
}
