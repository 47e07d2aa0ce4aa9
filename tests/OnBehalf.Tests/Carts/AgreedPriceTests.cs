using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OnBehalf.Data;
using OnBehalf.Kernel;
using OnBehalf.Modules.Settings;
using OnBehalf.Tests.Assistance;
using OnBehalf.Tests.Orders;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Carts;

/// <summary>Other prices that staff agree in a session, from the cart to the order.</summary>
public sealed class AgreedPriceTests
{
    private const string Agreed = "select count(*) from cart_line where agreed_minor is not null or agreed_off_millionths is not null";

    [Fact]
    public async Task A_price_is_agreed_ordered_mailed_printed_and_told()
    {
        await using var shop = await TestShop.Start();
        var inside = await Karim(shop);
        await inside.Put("P-100", "2");

        var agreed = await inside.Submit(await inside.Get("/cart"), "#cart", ("Input.Lines[0].Price", "80"), ("Input.Lines[0].Reason", "price-match"));
        Assert.Equal(HttpStatusCode.SeeOther, agreed.Status);
        var cart = await inside.Get("/cart");
        Assert.Contains("80.00 EUR", cart.Line("P-100"), StringComparison.Ordinal);
        Assert.Contains("Agreed: price match", cart.Line("P-100"), StringComparison.Ordinal);
        Assert.Equal("100.00 EUR", cart.Document.QuerySelector(".cart-line s")!.TextContent.Replace('\u00A0', ' '));
        Assert.Contains("160.00 EUR", cart.Document.QuerySelector("#subtotal")!.TextContent.Replace('\u00A0', ' '), StringComparison.Ordinal);

        // A price stays, whatever the quantity; the dealer's price from ten on would be 85.00.
        await inside.Submit(await inside.Get("/cart"), "#cart", ("Input.Lines[0].Quantity", "10"));
        Assert.Contains("800.00 EUR", (await inside.Get("/cart")).Line("P-100"), StringComparison.Ordinal);

        var number = (await inside.Place(await inside.Get("/checkout"))).OrderNumber();
        Assert.Equal("8000 8500 price-match Karim", await shop.Scalar<string>(
            "select cast(l.price_minor as text) || ' ' || cast(l.regular_price_minor as text) || ' ' || l.agreed_reason || ' ' || s.first_name from order_line l join staff s on s.id = l.agreed_by_id"));
        foreach (var page in (string[])["", "/print"])
        {
            var order = await inside.Get($"/account/orders/{number}{page}");
            Assert.Contains("Agreed: price match", order.Text, StringComparison.Ordinal);
            Assert.Contains("85.00", order.Document.QuerySelector("td s")!.TextContent, StringComparison.Ordinal);
        }

        Assert.Contains("80.00 EUR, Agreed: price match, instead of 85.00 EUR: 800.00 EUR", (await shop.Mail("order-placed")).Body, StringComparison.Ordinal);
        var karim = await shop.As("karim");
        Assert.Contains("\"given\":\"50.00\"", (await karim.Get("/staff/orders.json")).Html, StringComparison.Ordinal);
        Assert.Contains(",given,", (await karim.Get("/staff/orders.csv")).Html.Replace('\n', ','), StringComparison.Ordinal);
        Assert.Contains(",50.00,", (await karim.Get("/staff/orders.csv")).Html, StringComparison.Ordinal);
        Assert.Equal("90.00 EUR|90.00 EUR|80.00 EUR|price-match", await Told(shop, "carts.line-price-agreed", "regular", "before", "after", "reason"));
        var timeline = await (await shop.As("ada")).Get("/admin/audit/sessions/" + await shop.Scalar<string>("select lower(cast(id as text)) from assisted_session"));
        Assert.Matches("greed another price for .*Cordless drill 18 V.* in the cart .price match.", timeline.Text);
    }

    [Fact]
    public async Task A_percentage_follows_the_price_and_is_taken_back()
    {
        await using var shop = await TestShop.Start();
        var inside = await Karim(shop);
        await inside.Put("P-100", "2");
        await inside.Submit(await inside.Get("/cart"), "#cart", ("Input.Lines[0].Price", "10 %"), ("Input.Lines[0].Reason", "loyalty"));
        Assert.Contains("81.00 EUR", (await inside.Get("/cart")).Line("P-100"), StringComparison.Ordinal);
        await inside.Submit(await inside.Get("/cart"), "#cart", ("Input.Lines[0].Quantity", "10"));
        Assert.Contains("76.50 EUR", (await inside.Get("/cart")).Line("P-100"), StringComparison.Ordinal);

        var cart = await inside.Get("/cart");
        await inside.Submit(cart, "#cart", ("Input.Restore", cart.Product("P-100")));
        Assert.Contains("850.00 EUR", (await inside.Get("/cart")).Line("P-100"), StringComparison.Ordinal);
        Assert.Equal("76.50 EUR|85.00 EUR", await Told(shop, "carts.line-price-restored", "before", "after"));
    }

    [Fact]
    public async Task What_else_the_shop_has_is_one_click_away()
    {
        await using var shop = await TestShop.Start();
        var inside = await Karim(shop);
        await inside.Put("P-100", "10");
        var cart = await inside.Get("/cart");
        var offered = cart.Document.QuerySelectorAll(".price-others button").ToDictionary(button => button.TextContent.Trim().Replace('\u00A0', ' '), button => button.GetAttribute("value")!);
        Assert.Equal(["Dealer prices: 90.00 EUR", "Base price: 100.00 EUR"], offered.Keys);

        await inside.Submit(cart, "#cart", ("Input.Choose", offered["Base price: 100.00 EUR"]));
        Assert.Contains("1,000.00 EUR", (await inside.Get("/cart")).Line("P-100"), StringComparison.Ordinal);
        Assert.Equal("other-price", await Told(shop, "carts.line-price-agreed", "reason"));

        // Not what the page offered: an amount of his own in the button, or a price that is another one by now.
        cart = await inside.Get("/cart");
        var forged = offered["Dealer prices: 90.00 EUR"].Replace(":9000", ":100", StringComparison.Ordinal);
        Assert.Contains("not there any more", (await inside.Submit(cart, "#cart", ("Input.Choose", forged))).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await inside.Submit(cart, "#cart", ("Input.Choose", "1:2:3"))).Status);
        Assert.Contains("1,000.00 EUR", (await inside.Get("/cart")).Line("P-100"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0", "volume", "The price has to be above zero", "Price")]
    [InlineData("-1", "volume", "A price in EUR with at most 2 decimals", "Price")]
    [InlineData("1.234", "volume", "A price in EUR with at most 2 decimals", "Price")]
    [InlineData("much", "volume", "A price in EUR with at most 2 decimals", "Price")]
    [InlineData("80", "", "Choose a reason", "Reason")]
    [InlineData("80", "friendship", "Choose a reason", "Reason")]
    public async Task What_is_no_price_is_told_at_its_field_and_changes_nothing(string price, string reason, string told, string field)
    {
        await using var shop = await TestShop.Start();
        var inside = await Karim(shop);
        await inside.Put("P-100", "2");
        var answer = await inside.Submit(await inside.Get("/cart"), "#cart", ("Input.Lines[0].Quantity", "3"), ("Input.Lines[0].Price", price), ("Input.Lines[0].Reason", reason));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Contains(told, answer.Document.QuerySelector(".cart-line .price-edit[open] .invalid-feedback")!.TextContent, StringComparison.OrdinalIgnoreCase);
        Assert.NotNull(answer.Document.QuerySelector($".is-invalid[name='Input.Lines[0].{field}'][aria-describedby]"));
        Assert.Equal(price, answer.Document.QuerySelector("input[name='Input.Lines[0].Price']")!.GetAttribute("value"));
        Assert.Equal(["P-100 2"], (await inside.Get("/cart")).Lines());
        Assert.Equal(0, await shop.Scalar<int>(Agreed));
    }

    /// <summary>The shop's switch, the right of the operator, the mode of the session, the buyer himself, a colleague of his, and articles that are excluded.</summary>
    [Theory]
    [InlineData("switch")]
    [InlineData("right")]
    [InlineData("buyer")]
    [InlineData("article")]
    [InlineData("category")]
    [InlineData("kind")]
    public async Task Who_may_not_is_offered_nothing_and_sending_it_all_the_same_changes_nothing(string why)
    {
        await using var shop = await TestShop.Start();
        var inside = why == "buyer" ? await shop.As("ines") : await Karim(shop, mayAdjust: why != "right");
        await inside.Put("P-100", "2");
        var settings = shop.Services.GetRequiredService<ShopSettings>();
        var before = await inside.Get("/cart");
        (Setting Setting, string Value)? change = why switch
        {
            "switch" => (ShopSettings.PriceEditing, "false"),
            "article" => (ShopSettings.PriceFixedArticles, "P-1, P-100"),
            "category" => (ShopSettings.PriceFixedCategories, "light, tools"),
            "kind" => (ShopSettings.PriceFixedKinds, "service, physical"),
            _ => null,
        };
        if (change is var (setting, value))
        {
            await settings.Change(Caller.Machine("test"), setting, value);
        }

        Assert.Null((await inside.Get("/cart")).Document.QuerySelector(".price-edit"));
        var sent = await inside.Submit(before, "#cart", ("Input.Lines[0].Price", "1"), ("Input.Lines[0].Reason", "volume"));
        Assert.Contains(sent.Status, (HttpStatusCode[])[HttpStatusCode.Forbidden, HttpStatusCode.UnprocessableEntity]);
        var chosen = await inside.Submit(before, "#cart", ("Input.Choose", before.Product("P-100") + ":1:10000"));
        Assert.NotEqual(HttpStatusCode.SeeOther, chosen.Status);
        Assert.Equal(0, await shop.Scalar<int>(Agreed));
        Assert.DoesNotContain("carts.line-price-agreed", await shop.Facts());
    }

    [Fact]
    public async Task Two_on_one_cart_do_not_overwrite_each_other()
    {
        await using var shop = await TestShop.Start();
        var inside = await Karim(shop);
        await inside.Put("P-100", "2");
        await inside.Put("P-300", "1");
        var (mine, his) = (await inside.Get("/cart"), await inside.Get("/cart"));
        await inside.Submit(mine, "#cart", ("Input.Lines[0].Price", "80"), ("Input.Lines[0].Reason", "volume"));
        var late = await inside.Submit(his, "#cart", ("Input.Lines[1].Price", "15"), ("Input.Lines[1].Reason", "volume"));
        Assert.Equal(HttpStatusCode.Conflict, late.Status);
        await inside.Submit(await inside.Get("/cart"), "#cart", ("Input.Lines[1].Price", "15"), ("Input.Lines[1].Reason", "volume"));
        var cart = await inside.Get("/cart");
        Assert.Contains("160.00 EUR", cart.Line("P-100"), StringComparison.Ordinal);
        Assert.Contains("15.00 EUR", cart.Line("P-300"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_agreed_stays_with_the_copy_and_never_reaches_the_buyers_own_cart()
    {
        await using var shop = await TestShop.Start();
        var ines = await shop.As("ines");
        await ines.Put("P-100", "2");
        var inside = await Karim(shop);
        await inside.Submit(await inside.Get("/cart"), "#cart", ("Input.Lines[0].Price", "80"), ("Input.Lines[0].Reason", "volume"));

        var own = await ines.Get("/cart");
        Assert.Contains("180.00 EUR", own.Line("P-100"), StringComparison.Ordinal);
        Assert.Contains("160.00", own.Document.QuerySelector("#prepared")!.TextContent, StringComparison.Ordinal);

        // Taken out and put in again, it costs what it costs.
        var cart = await inside.Get("/cart");
        await inside.Submit(cart, "#cart", ("Input.Remove", cart.Product("P-100")));
        await inside.Put("P-100", "2");
        Assert.Contains("180.00 EUR", (await inside.Get("/cart")).Line("P-100"), StringComparison.Ordinal);
    }

    /// <summary>10 % of 180.00 and 19.99: 18.00 + 2.00; the third line is excluded and keeps its price.</summary>
    [Fact]
    public async Task A_discount_of_the_cart_is_shared_out_to_the_cent_and_stays_with_the_order()
    {
        await using var shop = await TestShop.Start();
        await shop.Services.GetRequiredService<ShopSettings>().Change(Caller.Machine("test"), ShopSettings.PriceFixedArticles, "P-200");
        var inside = await Karim(shop);
        await inside.Put("P-100", "2");
        await inside.Put("P-300", "1");
        await inside.Put("P-200", "4");
        var agreed = await inside.Submit(await inside.Get("/cart"), "#terms", ("Input.Discount", "10%"), ("Input.DiscountReason", "loyalty"), ("Input.Shipping", "5"), ("Input.ShippingReason", "loyalty"));
        Assert.Equal(HttpStatusCode.SeeOther, agreed.Status);
        Assert.Equal("-20.00 EUR", (await inside.Get("/cart")).Document.QuerySelector("#agreed-discount")!.LastChild!.TextContent.Trim().Replace('\u00A0', ' ').Replace('−', '-'));

        var checkout = await inside.Get("/checkout");
        Assert.Contains("Agreed discount: loyalty", checkout.Text, StringComparison.Ordinal);
        var number = (await inside.Place(checkout)).OrderNumber();

        // 204.99 - 20.00 + 5.00 = 189.99, and 19 % of it: 36.10.
        Assert.Equal("20499 2000 500 990 3610 22609 loyalty", await shop.Scalar<string>(
            "select cast(lines_minor as text) || ' ' || cast(agreed_discount_minor as text) || ' ' || cast(shipping_minor as text) || ' ' || cast(regular_shipping_minor as text) || ' ' || cast(tax_minor as text) || ' ' || cast(total_minor as text) || ' ' || agreed_discount_reason from orders"));
        Assert.Equal(["P-100 1800", "P-300 200", "P-200 0"], await Lines(shop));
        foreach (var page in (string[])["", "/print"])
        {
            var order = await inside.Get($"/account/orders/{number}{page}");
            Assert.Contains("Discount (agreed: loyalty)", order.Text, StringComparison.Ordinal);
            Assert.Contains("9.90", order.Document.QuerySelector("tfoot s")!.TextContent, StringComparison.Ordinal);
        }

        Assert.Contains("Discount (agreed: loyalty): ", (await shop.Mail("order-placed")).Body, StringComparison.Ordinal);
        Assert.Equal("none|10 %|loyalty", await Told(shop, "carts.discount-agreed", "before", "after", "reason"));
        Assert.Equal("none|5.00 EUR|loyalty", await Told(shop, "carts.shipping-agreed", "before", "after", "reason"));
        Assert.Equal(0, await shop.Scalar<int>("select count(*) from cart where status = 'active' and (agreed_discount_minor is not null or agreed_discount_millionths is not null or agreed_shipping_minor is not null)"));
    }

    [Fact]
    public async Task A_coupon_takes_from_what_the_agreed_discount_leaves()
    {
        await using var shop = await TestShop.Start();
        var ada = await shop.As("ada");
        await ada.Submit(await ada.Get("/admin/coupons"), "#new", ("Input.Name", "Half"), ("Input.Code", "HALF"), ("Input.Percent", "50"), ("Input.IsCombinable", "true"));
        var inside = await Karim(shop);
        await inside.Put("P-100", "2");
        await inside.Submit(await inside.Get("/cart"), "#terms", ("Input.Discount", "80"), ("Input.DiscountReason", "loyalty"));
        await inside.Submit(await inside.Get("/cart"), "#add-coupon", ("Input.Coupon", "half"));
        var number = (await inside.Place(await inside.Get("/checkout"))).OrderNumber();
        Assert.Equal("8000 13000", await shop.Scalar<string>("select cast(agreed_discount_minor as text) || ' ' || cast(discount_minor as text) from orders"));
        Assert.Contains("Discount (agreed: loyalty, HALF)", (await inside.Get("/account/orders/" + number)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Shipping_is_free_with_one_click_and_costs_its_price_with_another()
    {
        await using var shop = await TestShop.Start();
        var inside = await Karim(shop);
        await inside.Put("P-100", "2");
        await inside.Submit(await inside.Get("/cart"), "#terms", ("Input.Terms", "free"));
        Assert.Contains("214.20", (await inside.Get("/checkout")).Total(), StringComparison.Ordinal);
        Assert.Null((await inside.Get("/cart")).Document.QuerySelector("#terms button[value=free]"));
        await inside.Submit(await inside.Get("/cart"), "#terms", ("Input.Terms", "shipping"));
        Assert.Contains("225.98", (await inside.Get("/checkout")).Total(), StringComparison.Ordinal);
        Assert.Equal(2, (await shop.Facts()).Count(name => name == "carts.shipping-agreed"));
    }

    /// <summary>It was less than all when it was agreed, and the cart has shrunk since.</summary>
    [Fact]
    public async Task A_discount_that_gives_all_away_is_not_ordered()
    {
        await using var shop = await TestShop.Start();
        var inside = await Karim(shop);
        await inside.Put("P-100", "2");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await inside.Submit(await inside.Get("/cart"), "#terms", ("Input.Discount", "180"), ("Input.DiscountReason", "loyalty"))).Status);
        await inside.Submit(await inside.Get("/cart"), "#terms", ("Input.Discount", "100"), ("Input.DiscountReason", "loyalty"));
        await inside.Submit(await inside.Get("/cart"), "#cart", ("Input.Lines[0].Quantity", "1"));
        var refused = await inside.Place(await inside.Get("/checkout"));
        Assert.Contains("takes off all that the articles cost", refused.Text, StringComparison.Ordinal);
        Assert.Equal(0, await shop.Scalar<int>("select count(*) from orders"));

        var cart = await inside.Get("/cart");
        await inside.Submit(cart, "#terms", ("Input.Terms", "discount"));
        Assert.Equal(HttpStatusCode.SeeOther, (await inside.Place(await inside.Get("/checkout"))).Status);
    }

    [Theory]
    [InlineData("buyer")]
    [InlineData("right")]
    [InlineData("switch")]
    public async Task Nobody_else_agrees_anything_for_a_cart(string why)
    {
        await using var shop = await TestShop.Start();
        var inside = why == "buyer" ? await shop.As("ines") : await Karim(shop, mayAdjust: why != "right");
        await inside.Put("P-100", "2");
        if (why == "switch")
        {
            await shop.Services.GetRequiredService<ShopSettings>().Change(Caller.Machine("test"), ShopSettings.PriceEditing, "false");
        }

        var cart = await inside.Get("/cart");
        Assert.Null(cart.Document.QuerySelector("#terms"));
        var (id, version) = (cart.Document.QuerySelector("[name='Input.Cart']")!.GetAttribute("value")!, cart.Document.QuerySelector("[name='Input.Version']")!.GetAttribute("value")!);
        foreach (var (name, value) in ((string, string)[])[("Input.Discount", "10"), ("Input.Terms", "free")])
        {
            var sent = await inside.Post("/cart?handler=terms", [("Input.Cart", id), ("Input.Version", version), (name, value), ("Input.DiscountReason", "loyalty")], from: "/cart");
            Assert.Equal(HttpStatusCode.Forbidden, sent.Status);
        }

        Assert.Equal(0, await shop.Scalar<int>("select count(*) from cart where agreed_discount_minor is not null or agreed_shipping_minor is not null"));
    }

    [Fact]
    public async Task The_owner_sees_what_was_given_away_by_whom_and_why()
    {
        await using var shop = await TestShop.Start();
        var (ada, inside) = (await shop.As("ada"), await Karim(shop));
        Assert.Contains("Nothing was given away", (await ada.Get("/admin/given-away")).Text, StringComparison.Ordinal);
        var plain = await inside.Order("P-300", "1");
        var agreed = new List<string>();
        foreach (var (price, reason) in ((string, string)[])[("80", "price-match"), ("100", "custom-quote")])
        {
            await inside.Put("P-100", "2");
            await inside.Submit(await inside.Get("/cart"), "#cart", ("Input.Lines[0].Price", price), ("Input.Lines[0].Reason", reason));
            await inside.Submit(await inside.Get("/cart"), "#terms", ("Input.Discount", "10"), ("Input.DiscountReason", "loyalty"), ("Input.Terms", "free"));
            await inside.Submit(await inside.Get("/cart"), "#terms", ("Input.Discount", "10"), ("Input.DiscountReason", "loyalty"));
            agreed.Add((await inside.Place(await inside.Get("/checkout"))).OrderNumber());
        }

        // 2 × 10.00 and 10.00 and 9.90 for sending; then 20.00 more than the price, less 10.00 and 9.90.
        var page = await ada.Get("/admin/given-away");
        var rows = page.Document.QuerySelectorAll("#given tbody tr").Select(row => row.TextContent.Replace('\u00A0', ' ')).ToList();
        Assert.Equal(2, rows.Count);
        Assert.DoesNotContain(plain, page.Text, StringComparison.Ordinal);
        Assert.Contains("39.90 EUR", rows[1], StringComparison.Ordinal);
        Assert.Contains("P-100 20.00: price match", rows[1], StringComparison.Ordinal);
        Assert.Contains("Whole cart 10.00: loyalty", rows[1], StringComparison.Ordinal);
        Assert.Contains("Shipping 9.90", rows[1], StringComparison.Ordinal);
        Assert.Contains("-0.10 EUR", rows[0].Replace('−', '-'), StringComparison.Ordinal);
        var sum = page.Document.QuerySelector("#sums tbody tr")!.TextContent.Replace('\u00A0', ' ');
        Assert.Equal("Karim Weiss239.80 EUR10.5 %340.00 EUR", sum);
        var csv = await ada.Get("/admin/given-away.csv");
        Assert.Contains($"{agreed[0]},", csv.Html, StringComparison.Ordinal);
        Assert.Contains(",39.90,", csv.Html, StringComparison.Ordinal);

        // A cancelled order gave nothing, and another month is another one.
        await shop.Sql($"update orders set status = 'cancelled' where number = '{agreed[0]}'");
        Assert.Equal("Karim Weiss1-0.10 EUR-0.1 %190.00 EUR", (await ada.Get("/admin/given-away")).Document.QuerySelector("#sums tbody tr")!.TextContent.Replace('\u00A0', ' ').Replace('−', '-'));
        Assert.Contains("Nothing was given away", (await ada.Get("/admin/given-away?month=2020-01")).Text, StringComparison.Ordinal);
        Assert.Equal(2, (await ada.Get("/admin/given-away?month=nonsense")).Document.QuerySelectorAll("#given tbody tr").Length);
    }

    private static async Task<IReadOnlyList<string>> Lines(TestShop shop)
    {
        await using var db = shop.Database.Read();
        return await db.Rows<string>("select sku || ' ' || cast(discount_minor as text) as \"Value\" from order_line order by position").ToListAsync(default);
    }

    private static async Task<Visitor> Karim(TestShop shop, bool mayAdjust = true)
    {
        await shop.Sql($"update staff set may_adjust_prices = {(mayAdjust ? "true" : "false")} where email = 'karim@onbehalf.example'");
        return await (await shop.As("karim")).Assisting("ines");
    }

    // Values of the one event of a kind, with bars between.
    private static async Task<string> Told(TestShop shop, string name, params string[] fields)
    {
        await using var db = shop.Database.Read();
        using var entry = JsonDocument.Parse(await db.Set<AuditEventRow>().Where(row => row.Name == name).Select(row => row.Entry).SingleAsync());
        return string.Join('|', fields.Select(field => entry.RootElement.GetProperty(field).GetString()));
    }
}
