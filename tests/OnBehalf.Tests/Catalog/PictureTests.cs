using System.Net;
using OnBehalf.Modules.Catalog;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Catalog;

public sealed class PictureTests
{
    private const string Svg = "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>";

    [Fact]
    public async Task A_picture_lies_at_an_address_of_its_content_for_ever()
    {
        await using var shop = await ShopWith("image/svg+xml");
        var visitor = shop.Anonymous();

        var page = await visitor.Get("/product/P-100");
        var url = page.Document.QuerySelector("main img")!.GetAttribute("src")!;
        Assert.Equal("/pictures/d1/drill%20%26%20bit.svg", url);

        var picture = await visitor.Get(url);
        Assert.Equal(HttpStatusCode.OK, picture.Status);
        Assert.Equal(Svg, picture.Html);
        Assert.Equal("image/svg+xml", picture.Response.Content.Headers.ContentType!.ToString());
        Assert.Equal("public, max-age=31536000, immutable", picture.Response.Headers.GetValues("Cache-Control").Single());
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.Get("/pictures/d2/drill%20%26%20bit.svg")).Status);
    }

    [Fact]
    public async Task A_drawing_with_a_script_in_it_can_do_nothing()
    {
        await using var shop = await ShopWith("image/svg+xml");
        var picture = await shop.Anonymous().Get("/pictures/d1/drill%20%26%20bit.svg");

        var policy = picture.Response.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains("default-src 'none'", policy);
        Assert.Contains("sandbox", policy);
        Assert.DoesNotContain("script-src", policy);
        Assert.Equal("nosniff", picture.Response.Headers.GetValues("X-Content-Type-Options").Single());
    }

    [Fact]
    public async Task What_is_no_picture_is_never_shown_as_a_page()
    {
        await using var shop = await ShopWith("text/html");
        var picture = await shop.Anonymous().Get("/pictures/d1/drill%20%26%20bit.svg");

        Assert.Equal("application/octet-stream", picture.Response.Content.Headers.ContentType!.ToString());
        Assert.Equal("attachment", picture.Response.Content.Headers.ContentDisposition!.ToString());
    }

    [Fact]
    public async Task An_article_without_a_picture_has_a_drawing()
    {
        await using var shop = await TestShop.Start();
        var visitor = shop.Anonymous();
        var page = await visitor.Get("/product/P-200");
        var picture = page.Document.QuerySelector("main img")!;

        Assert.Equal("", picture.GetAttribute("alt"));
        Assert.Equal(HttpStatusCode.OK, (await visitor.Get(picture.GetAttribute("src")!)).Status);
    }

    private static async Task<TestShop> ShopWith(string contentType)
    {
        var shop = await TestShop.Start();
        await using var db = shop.Database.Read();
        db.Add(new PictureRow { Name = "drill & bit.svg", ContentType = contentType, Digest = "d1", Bytes = System.Text.Encoding.UTF8.GetBytes(Svg) });
        await db.SaveChangesAsync();
        await shop.Sql("update product set picture_name = 'drill & bit.svg' where sku = 'P-100'");
        return shop;
    }
}
