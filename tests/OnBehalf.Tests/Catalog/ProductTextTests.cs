using System.Net;
using OnBehalf.Catalog;
using OnBehalf.Host;
using OnBehalf.Tests.Import;
using OnBehalf.Tests.Log;
using OnBehalf.Tests.Orders;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Catalog;

/// <summary>Articles in the language of who reads.</summary>
public sealed class ProductTextTests
{
    private const string Drill = "/admin/articles/P-100";
    private const string Own = "Cordless drill 18 V";
    private const string German = "Akkuschrauber 18 V";

    [Fact]
    public void Articles_have_texts_in_every_language_that_is_spoken() => Assert.Equal(Spoken.All.Select(language => language.Code), ArticleSheet.Languages);

    [Fact]
    public async Task Everybody_reads_an_article_in_his_language_and_the_shops_own_text_where_there_is_none()
    {
        await using var shop = await GermanShop();
        var (ines, paul) = (await shop.As("ines"), await shop.As("paul"));
        await shop.Sql("update buyer set language = 'de' where email like 'ines%'");
        await ines.Post("/cart/lines", [("sku", "P-100"), ("quantity", "2")], from: "/product/P-100");
        foreach (var path in new[] { "/products", "/search?q=drill", "/product/P-100", "/cart", "/checkout", "/search/suggestions?q=cordl", "/category/drills" })
        {
            var page = await ines.Get(path);
            Assert.True(page.Html.Contains(German, StringComparison.Ordinal), path);
            Assert.False(page.Html.Contains(Own, StringComparison.Ordinal), path);
        }

        var product = await ines.Get("/product/P-100");
        Assert.Equal(German, product.Document.QuerySelector("h1")!.TextContent);
        Assert.Contains("Schraubt und bohrt.", product.Text);
        foreach (var path in new[] { "/products", "/search?q=drill", "/product/P-100" })
        {
            Assert.Contains(Own, (await paul.Get(path)).Html);
            Assert.DoesNotContain(German, (await paul.Get(path)).Html);
        }

        // What has no German name, and what has no text at all in French.
        Assert.Contains("warning lamp", (await ines.Get("/product/P-300")).Text);
        await shop.Sql("update buyer set language = 'fr' where email like 'ines%'");
        Assert.Equal(Own, (await ines.Get("/product/P-100")).Document.QuerySelector("h1")!.TextContent);

        // In a session it is the customer's language, whatever the operator speaks.
        await shop.Sql("update buyer set language = 'de' where email like 'ines%'");
        Assert.Equal(German, (await (await (await shop.As("karim")).Assisting("ines")).Get("/product/P-100")).Document.QuerySelector("h1")!.TextContent);
    }

    [Fact]
    public async Task A_search_finds_by_either_text_and_by_no_text_that_is_gone()
    {
        await using var shop = await GermanShop();
        var (ada, paul) = (await shop.As("ada"), await shop.As("paul"));
        foreach (var words in new[] { "akkuschrauber", "akkuschr", "cordless drill", "akkuschraubr" })
        {
            Assert.Contains("P-100", Numbers(await paul.Get("/search?q=" + Uri.EscapeDataString(words))));
        }

        await ada.Submit(await ada.Get(Drill), "#article", ("Values[name_de]", ""), ("Values[description_de]", ""));
        Assert.DoesNotContain("P-100", Numbers(await paul.Get("/search?q=akkuschrauber")));
        Assert.Equal(0, await shop.Scalar<int>("select count(*) from product_text"));
        Assert.Equal(0, await shop.Scalar<int>("select count(*) from search_term where term = 'akkuschrauber'"));
    }

    [Fact]
    public async Task An_order_keeps_the_text_that_was_ordered()
    {
        await using var shop = await GermanShop();
        var ines = await shop.As("ines");
        await shop.Sql("update buyer set language = 'de' where email like 'ines%'");
        await ines.Order();
        Assert.Equal(German, await shop.Scalar<string>("select name from order_line"));
        var ada = await shop.As("ada");
        await ada.Submit(await ada.Get(Drill), "#article", ("Values[name_de]", "Bohrmaschine"));
        Assert.Equal(German, await shop.Scalar<string>("select name from order_line"));
        Assert.Equal("Bohrmaschine", (await ines.Get("/product/P-100")).Document.QuerySelector("h1")!.TextContent);
    }

    [Fact]
    public async Task Staff_write_the_texts_where_the_shop_speaks_several_languages_and_each_change_is_in_the_log()
    {
        await using var shop = await TestShop.Start();
        var ada = await shop.As("ada");
        Assert.Null((await ada.Get(Drill)).Document.QuerySelector("[name='Values[name_de]']"));
        await Offer(ada);
        var wrong = await ada.Submit(await ada.Get(Drill), "#article", ("Values[name_de]", new string('x', ArticleSheet.LongestName + 1)));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.Status);
        Assert.Contains("Name in German: at most 300 characters", wrong.Text);
        Assert.Equal(0, await shop.Scalar<int>("select count(*) from product_text"));

        await ada.Submit(await ada.Get(Drill), "#article", ("Values[name_de]", German));
        var entry = await shop.Entry("catalog.article-changed");
        Assert.Contains("\"what\":\"name_de\"", entry);
        Assert.Contains(German, entry);
        Assert.Equal(German, (await ada.Get(Drill)).Document.QuerySelector("[name='Values[name_de]']")!.GetAttribute("value"));

        // A file that says nothing of it leaves it, and so does somebody who stores the form as it is.
        await ArticleTests.Send(ada, "sku,color\nP-100,Blue\n");
        await ada.Submit(await ada.Get(Drill), "#article");
        Assert.Equal(German, await shop.Scalar<string>("select name from product_text where language = 'de'"));
    }

    [Fact]
    public async Task Files_bring_and_give_the_texts_and_what_they_bring_is_found()
    {
        await using var shop = await GermanShop();
        var ada = await shop.As("ada");
        var file = (await ada.Get("/admin/articles/products.csv")).Html;
        Assert.Contains("name_de,description_de", file);
        Assert.Contains(German, file);
        Assert.Equal("/admin/articles?added=0&changed=0", (await ArticleTests.Send(ada, file)).Location);
        Assert.Equal("/admin/articles?added=0&changed=1", (await ArticleTests.Send(ada, "sku,name_fr\nP-200,Rallonge\n")).Location);
        Assert.Contains("P-200", Numbers(await (await shop.As("paul")).Get("/search?q=rallonge")));

        await using var box = await ImportBox.Open(peopled: true);
        box["products.csv"] = file;
        Assert.Empty(await box.Faults());
        Assert.Equal(German, await box.Shop.Scalar<string>("select name from product_text where language = 'de'"));
        var paul = await box.Shop.As("paul");
        Assert.Contains("P-100", Numbers(await paul.Get("/search?q=akkuschrauber")));
        box["products.csv"] = file.Replace(German, "Bohrmaschine", StringComparison.Ordinal);
        Assert.Empty(await box.Faults());
        Assert.Contains("P-100", Numbers(await paul.Get("/search?q=bohrmaschine")));
        Assert.DoesNotContain("P-100", Numbers(await paul.Get("/search?q=akkuschrauber")));
    }

    private static async Task<TestShop> GermanShop()
    {
        var shop = await TestShop.Start();
        var ada = await shop.As("ada");
        await Offer(ada);
        var stored = await ada.Submit(await ada.Get(Drill), "#article", ("Values[name_de]", German), ("Values[description_de]", "Schraubt und bohrt."));
        Assert.Equal(HttpStatusCode.SeeOther, stored.Status);
        return shop;
    }

    private static async Task<Answer> Offer(Visitor ada) => await ada.Submit(await ada.Get("/admin/settings"), "main form", ("Values[shop.languages]", "en de fr"));

    private static IEnumerable<string> Numbers(Answer answer) => answer.Document.QuerySelectorAll("[data-sku]").Select(card => card.GetAttribute("data-sku")!);
}
