using System.Net;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Carts;

public sealed class CartPageTests
{
    [Fact]
    public async Task An_article_goes_into_the_cart_at_the_buyers_own_price_and_tier()
    {
        await using var shop = await TestShop.Start();
        var ines = await shop.As("ines");

        var added = await ines.Put("P-100", "2");
        Assert.Equal(HttpStatusCode.SeeOther, added.Status);
        Assert.Equal("/cart?added=P-100", added.Location);
        var page = await ines.Follow(added);
        Assert.Contains("In the cart: 2 × Cordless drill 18 V", page.Text);
        Assert.Contains("90.00 EUR", page.Line("P-100"));
        Assert.Contains("Dealer prices", page.Line("P-100"));
        Assert.Contains("180.00 EUR", page.Line("P-100"));

        await ines.Put("P-100", "8");
        await ines.Put("p-300", "3");
        page = await ines.Get("/cart");
        Assert.Contains("Dealer prices, from 10", page.Line("P-100"));
        Assert.Contains("850.00 EUR", page.Line("P-100"));
        Assert.Contains("59.97 EUR", page.Line("P-300"));
        Assert.Equal("909.97 EUR", page.Document.QuerySelector("#subtotal")!.TextContent.Replace('\u00A0', ' '));
        Assert.Equal(["carts.line-added", "carts.line-quantity-changed", "carts.line-added"], await shop.Facts());
    }

    [Fact]
    public async Task One_form_changes_all_quantities_and_takes_lines_out()
    {
        await using var shop = await TestShop.Start();
        var ines = await shop.As("ines");
        await ines.Put("P-100", "2");
        await ines.Put("P-200", "5");
        await ines.Put("P-300", "1");

        var page = await ines.Get("/cart");
        await ines.Submit(page, "#cart", ("Input.Lines[0].Quantity", "3"), ("Input.Lines[2].Quantity", "4"), ("Input.Remove", page.Product("P-200")));

        page = await ines.Get("/cart");
        Assert.Equal(["P-100 3", "P-300 4"], page.Lines());
        Assert.Equal(["carts.line-quantity-changed", "carts.line-quantity-changed", "carts.line-removed"], (await shop.Facts()).TakeLast(3));
    }

    [Fact]
    public async Task An_empty_cart_says_what_to_do_next()
    {
        await using var shop = await TestShop.Start();
        var page = await (await shop.As("ines")).Get("/cart");

        Assert.Contains("Your cart is empty", page.Text);
        Assert.NotNull(page.Document.QuerySelector("main a[href='/']"));
        Assert.NotNull(page.Document.QuerySelector("#quick-add"));
        Assert.Null(page.Document.QuerySelector("a[href='/checkout']"));
    }

    [Theory]
    [InlineData("", "1", "Sku", "Type an article number.")]
    [InlineData("   ", "1", "Sku", "Type an article number.")]
    [InlineData("P-999", "1", "Sku", "There is no article with the number “P-999”.")]
    [InlineData("<script>", "1", "Sku", "There is no article with the number “<script>”.")]
    [InlineData("' or 1=1 --", "1", "Sku", "There is no article")]
    [InlineData("P-900", "1", "Sku", "“Old saw” cannot be ordered: it is no longer sold.")]
    [InlineData("P-400", "1", "Sku", "“Knife, Swiss francs only” cannot be ordered: its price is on request.")]
    [InlineData("P-100", "", "Quantity", "must be a whole number")]
    [InlineData("P-100", "many", "Quantity", "must be a whole number")]
    [InlineData("P-100", "0", "Quantity", "must be at least 1")]
    [InlineData("P-100", "-3", "Quantity", "must be a whole number")]
    [InlineData("P-100", "1.5", "Quantity", "must be a whole number")]
    [InlineData("P-100", "1e3", "Quantity", "must be a whole number")]
    [InlineData("P-100", "1000001", "Quantity", "at most 1,000,000")]
    [InlineData("P-100", "99999999999999999999999", "Quantity", "must be a whole number")]
    public async Task Bad_input_comes_back_with_a_message_at_its_field(string sku, string quantity, string field, string sentence)
    {
        await using var shop = await TestShop.Start();
        var ines = await shop.As("ines");

        var quick = await ines.Submit(await ines.Get("/cart"), "#quick-add", ("Input.Sku", sku), ("Input.Quantity", quantity));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, quick.Status);
        AssertMessage(quick);
        Assert.Equal(sku.Trim(), quick.Document.QuerySelector("#sku")!.GetAttribute("value") ?? "");

        var single = await ines.Put(sku, quantity);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, single.Status);
        AssertMessage(single);
        Assert.Empty(await shop.Facts());
        Assert.Equal("", await shop.Dump("cart", "cart_line"));

        void AssertMessage(Answer answer)
        {
            var input = answer.Document.QuerySelector($"#{field.ToLowerInvariant()}")!;
            var message = answer.Document.GetElementById(input.GetAttribute("aria-describedby")!)!;
            Assert.Contains(sentence, message.TextContent);
        }
    }

    [Fact]
    public async Task Bad_quantities_keep_what_was_typed_and_change_nothing()
    {
        await using var shop = await TestShop.Start();
        var ines = await shop.As("ines");
        await ines.Put("P-100", "2");
        await ines.Put("P-300", "1");
        var before = await shop.Dump("cart", "cart_line", "audit_event");

        var page = await ines.Submit(await ines.Get("/cart"), "#cart", ("Input.Lines[0].Quantity", "7"), ("Input.Lines[1].Quantity", "lots"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        Assert.Equal(["P-100 7", "P-300 lots"], page.Lines());
        Assert.Single(page.Document.QuerySelectorAll(".invalid-feedback"));
        Assert.Contains("must be a whole number", page.Line("P-300"));
        Assert.Equal(before, await shop.Dump("cart", "cart_line", "audit_event"));
    }

    [Theory]
    [InlineData("Input.Cart", "nonsense")]
    [InlineData("Input.Version", "nonsense")]
    [InlineData("Input.Version", "99999999999")]
    [InlineData("Input.Lines[0].Product", "nonsense")]
    [InlineData("Input.Remove", "nonsense")]
    public async Task A_form_that_no_page_of_ours_wrote_is_refused_and_changes_nothing(string field, string value)
    {
        await using var shop = await TestShop.Start();
        var ines = await shop.As("ines");
        await ines.Put("P-100", "2");
        var before = await shop.Dump("cart", "cart_line");

        var answer = await ines.Submit(await ines.Get("/cart"), "#cart", (field, value));

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal(before, await shop.Dump("cart", "cart_line"));
    }

    [Fact]
    public async Task A_lost_update_is_reported_with_the_cart_as_it_is_now()
    {
        await using var shop = await TestShop.Start();
        var (desk, phone) = (await shop.As("ines"), await shop.As("ines"));
        await desk.Put("P-100", "2");
        var old = await desk.Get("/cart");
        await phone.Put("P-100", "3");

        var answer = await desk.Submit(old, "#cart", ("Input.Lines[0].Quantity", "1"));

        Assert.Equal(HttpStatusCode.Conflict, answer.Status);
        Assert.Contains("was changed in another window or by somebody else", answer.Text);
        Assert.Equal(["P-100 5"], answer.Lines());
        await desk.Submit(answer, "#cart", ("Input.Lines[0].Quantity", "1"));
        Assert.Equal(["P-100 1"], (await desk.Get("/cart")).Lines());
    }

    [Fact]
    public async Task Twenty_tabs_that_add_at_once_lose_nothing()
    {
        await using var shop = await TestShop.Start();
        var ines = await shop.As("ines");
        await ines.Get("/cart");

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => ines.Put("P-200", "1")));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.SeeOther, answer.Status));
        Assert.Equal(["P-200 20"], (await ines.Get("/cart")).Lines());
        Assert.Equal(1, await shop.Scalar<int>("select count(*) from cart"));
    }

    [Fact]
    public async Task Whoever_only_looks_sees_the_cart_and_cannot_change_it()
    {
        await using var shop = await TestShop.Start();
        var lena = await shop.As("lena");
        var page = await lena.Get("/cart");
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Null(page.Document.QuerySelector("#quick-add"));

        Assert.Equal(HttpStatusCode.Forbidden, (await lena.Put("P-100", "1")).Status);
        Assert.Equal("", await shop.Dump("cart"));
    }

    [Theory]
    [InlineData("/product/P-100", "/product/P-100?added=P-300")]
    [InlineData("/search?q=drill", "/search?q=drill&added=P-300")]
    [InlineData("//evil.example", "/cart?added=P-300")]
    [InlineData("https://evil.example/", "/cart?added=P-300")]
    [InlineData("/\\evil.example", "/cart?added=P-300")]
    [InlineData("javascript:alert(1)", "/cart?added=P-300")]
    public async Task Adding_goes_back_to_a_page_of_the_shop_and_nowhere_else(string returnUrl, string location)
    {
        await using var shop = await TestShop.Start();
        var ines = await shop.As("ines");

        var answer = await ines.Post("/cart/lines", [("Sku", "P-300"), ("Quantity", "1"), ("ReturnUrl", returnUrl)], from: "/cart");

        Assert.Equal(location, answer.Location);
    }

    [Fact]
    public async Task An_article_that_went_out_of_sale_stays_visible_and_stops_the_checkout()
    {
        await using var shop = await TestShop.Start();
        var ines = await shop.As("ines");
        await ines.Put("P-100", "1");
        await ines.Put("P-300", "1");
        await shop.Sql("update product set status = 'discontinued' where sku = 'P-300'");

        var page = await ines.Get("/cart");

        Assert.Contains("No longer sold", page.Line("P-300"));
        Assert.Equal("90.00 EUR", page.Document.QuerySelector("#subtotal")!.TextContent.Replace('\u00A0', ' '));
        Assert.Null(page.Document.QuerySelector("a[href='/checkout']"));
    }
}
