using System.Net;
using AngleSharp.Dom;
using OnBehalf.Kernel;
using OnBehalf.Modules.Settings;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Catalog;

public sealed class CatalogPagesTests
{
    [Fact]
    public async Task A_visitor_sees_the_catalogue_and_is_asked_to_sign_in_for_prices()
    {
        await using var shop = await TestShop.Start();
        var visitor = shop.Anonymous();

        var home = await visitor.Get("/");
        Assert.Equal(HttpStatusCode.OK, home.Status);
        Assert.Contains("Tools", home.Text);
        Assert.DoesNotContain("EUR", home.Text);

        var drill = await visitor.Get("/product/P-100");
        Assert.Equal("Cordless drill 18 V", drill.Document.QuerySelector("h1")!.TextContent);
        Assert.DoesNotContain("EUR", drill.Text);
        Assert.Null(drill.Document.QuerySelector("form[action$='/cart/lines']"));
        Assert.Equal("/account/login?returnUrl=%2Fproduct%2FP-100", Link(drill, "Sign in to see your price"));
        Assert.DoesNotContain("price", (await visitor.Get("/products")).Document.QuerySelector(".sort-links")!.TextContent, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task By_setting_a_visitor_sees_base_prices()
    {
        await using var shop = await TestShop.Start();
        await shop.Sql($"insert into setting (name, value, changed_at, changed_by) values ('{ShopSettings.PricesNeedSignIn.Name}', 'false', {shop.Database.Now}, 'test')");

        var drill = await shop.Anonymous().Get("/product/P-100");

        Assert.Equal("100.00 EUR", Price(drill));
        Assert.Contains("Base price", drill.Text);
        Assert.Equal("/account/login?returnUrl=%2Fproduct%2FP-100", Link(drill, "Sign in to order"));
    }

    [Fact]
    public async Task A_buyer_sees_his_own_price_where_it_comes_from_and_its_tiers()
    {
        await using var shop = await TestShop.Start();

        var hers = await (await shop.As("ines")).Get("/product/P-100");
        Assert.Equal("90.00 EUR", Price(hers));
        Assert.Contains("Dealer prices, without tax", hers.Text);
        Assert.Contains("100.00 EUR", hers.Text);
        Assert.Equal(
            ["1|90.00 EUR|Dealer prices", "10|85.00 EUR|Dealer prices, from 10"],
            hers.Document.QuerySelectorAll(".product-tiers tbody tr").Select(row => string.Join('|', row.Children.Select(Words))));

        var his = await (await shop.As("paul")).Get("/product/P-100");
        Assert.Equal("100.00 EUR", Price(his));
        Assert.DoesNotContain("Dealer", his.Text);
        Assert.Null(his.Document.QuerySelector(".product-tiers"));
    }

    [Fact]
    public async Task In_a_session_the_pages_show_what_the_buyer_sees_and_stay_in_it()
    {
        await using var shop = await TestShop.Start();
        var ines = await shop.As("ines");
        var karim = await (await shop.As("karim")).Assisting("ines");
        foreach (var path in new[] { "/", "/products", "/category/tools", "/product/P-100", "/search?q=drill" })
        {
            var (own, assisted) = (await ines.Get(path), await karim.Get(path));

            // But for what staff are told about the price.
            foreach (var why in assisted.Document.QuerySelectorAll(".price-why"))
            {
                why.Remove();
            }

            Assert.Equal(own.Text, assisted.Text);
            Assert.NotNull(assisted.Document.QuerySelector(".assisted-bar"));
            Assert.Empty(assisted.Document.QuerySelectorAll("main a, main form").Select(e => e.GetAttribute("href") ?? e.GetAttribute("action")!)
                .Where(url => !url.StartsWith(karim.PathBase + "/", StringComparison.Ordinal)));
        }
    }

    [Fact]
    public async Task Who_may_not_fill_a_cart_is_not_offered_to()
    {
        await using var shop = await TestShop.Start();
        Assert.NotNull(AddForm(await (await shop.As("ines")).Get("/product/P-100")));
        Assert.Null(AddForm(await (await shop.As("lena")).Get("/product/P-100")));
        var looking = await (await shop.As("karim")).Assisting("ines", Mode.View);
        Assert.Null(AddForm(await looking.Get("/product/P-100")));
        Assert.Contains("may look", (await looking.Get("/product/P-100")).Text);
        Assert.Null(AddForm(await looking.Get("/products")));

        static IElement? AddForm(Answer page) => page.Document.QuerySelector("form#add");
    }

    [Fact]
    public async Task An_article_is_put_into_the_cart_from_its_page_and_from_a_list()
    {
        await using var shop = await TestShop.Start();
        var ines = await shop.As("ines");

        var page = await ines.Get("/product/P-100");
        var back = await ines.Follow(await ines.Submit(page, "form#add", ("quantity", "12")));
        Assert.Equal("/product/P-100?added=P-100", back.Path);
        Assert.Contains("In the cart: Cordless drill 18 V", back.Text);

        var list = await ines.Get("/category/light?sort=number");
        var button = list.Document.QuerySelector("button[form=add][name=sku][value='P-300']")!;
        Assert.Contains("Señal warning lamp", button.GetAttribute("aria-label"));
        var again = await ines.Follow(await ines.Submit(list, "form#add", ("sku", "P-300")));
        Assert.Equal("/category/light?sort=number&added=P-300", again.Path);
        Assert.Contains("In the cart: Señal warning lamp (P-300)", again.Text);
        Assert.Equal(2, await shop.Scalar<int>("select count(*) from cart_line"));
    }

    [Fact]
    public async Task An_article_without_a_price_in_the_buyers_currency_is_on_request()
    {
        await using var shop = await TestShop.Start();
        var ines = await shop.As("ines");

        var knife = await ines.Get("/product/P-400");
        Assert.Contains("Price on request", knife.Text);
        Assert.Null(knife.Document.QuerySelector("form#add"));
        Assert.Contains("Price on request", Card(await ines.Get("/category/tools"), "P-400"));
    }

    [Fact]
    public async Task A_discontinued_article_has_a_page_and_nothing_else()
    {
        await using var shop = await TestShop.Start();
        var ines = await shop.As("ines");

        var saw = await ines.Get("/product/P-900");
        Assert.Equal(HttpStatusCode.OK, saw.Status);
        Assert.Contains("no longer sold", saw.Text);
        Assert.Null(saw.Document.QuerySelector("form#add"));
        foreach (var list in new[] { "/", "/products", "/category/tools", "/search?q=old+saw", "/search?q=P-900" })
        {
            Assert.Null((await ines.Get(list)).Document.QuerySelector("[data-sku='P-900']"));
        }
    }

    [Fact]
    public async Task A_category_shows_what_is_in_it_and_below_it()
    {
        await using var shop = await TestShop.Start();
        var visitor = shop.Anonymous();

        Assert.Equal(["P-100", "P-400"], Numbers(await visitor.Get("/category/tools")));
        var drills = await visitor.Get("/category/drills");
        Assert.Equal(["P-100"], Numbers(drills));
        Assert.Equal("Catalogue Tools Drills", string.Join(' ', drills.Document.QuerySelectorAll(".breadcrumb-item").Select(Words)));
        Assert.Equal("Drills", drills.Document.QuerySelector(".category-tree [aria-current=page]")!.TextContent);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.Get("/category/none")).Status);
    }

    [Fact]
    public async Task A_number_is_found_in_small_letters_too_and_an_unknown_one_is_not()
    {
        await using var shop = await TestShop.Start();
        Assert.Equal(HttpStatusCode.OK, (await shop.Anonymous().Get("/product/p-100")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await shop.Anonymous().Get("/product/P-101")).Status);
    }

    [Theory]
    [InlineData("/product/%EF%BF%BE")]
    [InlineData("/product/a%2Fb")]
    [InlineData("/product/%27;drop%20table%20product;--")]
    [InlineData("/category/%E2%82%AC")]
    [InlineData("/products?sort=colour&after=%00&before=%27")]
    [InlineData("/products?after=P-9999")]
    [InlineData("/products?before=&after=")]
    [InlineData("/search")]
    [InlineData("/search?q=%00%EF%BF%BE%F0%9F%98%80")]
    [InlineData("/search?q=%25_%5C&p=99999999999999999999")]
    [InlineData("/search?q=drill&p=-1")]
    [InlineData("/search?q=a&q=b&p=x")]
    [InlineData("/pictures/0/%2e%2e%2fsecret")]
    public async Task Whatever_stands_in_an_address_is_answered_and_never_breaks(string path)
    {
        await using var shop = await TestShop.Start();
        var answer = await shop.Anonymous().Get(path);
        Assert.True((int)answer.Status < 500, $"{answer.Status}\n{answer.Text}");
        Assert.Equal(5, await shop.Scalar<int>("select count(*) from product"));
    }

    private static string Price(Answer page) => Words(page.Document.QuerySelector(".product-price-large")!);

    private static string Card(Answer page, string sku) => Words(page.Document.QuerySelector($"[data-sku='{sku}']")!);

    private static IEnumerable<string> Numbers(Answer page) => page.Document.QuerySelectorAll("[data-sku]").Select(card => card.GetAttribute("data-sku")!);

    private static string? Link(Answer page, string words) => page.Document.QuerySelectorAll("a").Single(link => Words(link) == words).GetAttribute("href");

    private static string Words(IElement element) => string.Join(' ', element.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
