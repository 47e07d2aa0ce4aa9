using System.Net;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Pricing;

public sealed class CouponTests
{
    private const string Coupons = "/admin/coupons";

    [Fact]
    public async Task A_coupon_is_taken_off_at_the_checkout_and_stands_on_order_paper_mail_and_file()
    {
        await using var shop = await TestShop.Start();
        var (ada, ines) = (await shop.As("ada"), await shop.As("ines"));
        await Add(ada, ("Input.Code", "tools10"), ("Input.Kind", "percent"), ("Input.Percent", "10"), ("Input.Category", "tools"), ("Input.IsCombinable", "true"));
        await Add(ada, ("Input.Code", "free"), ("Input.Kind", "free-shipping"), ("Input.IsCombinable", "true"));
        await Fill(ines, "P-100", 1);
        await ines.Post("/cart/lines", [("sku", "P-300"), ("quantity", "1")], from: "/product/P-300");

        // 90.00 for the drill less 10 %, 19.99 for the lamp; no shipping; 19 % of 100.99 are 19.19.
        var checkout = await ines.Submit(await ines.Get("/checkout"), "#checkout", ("Input.Coupons", "TOOLS10 free"));
        Assert.Contains("TOOLS10", checkout.Document.QuerySelector("#review")!.TextContent);
        Assert.Equal("120.18 EUR", checkout.Document.QuerySelector("#total")!.TextContent.Replace('\u00A0', ' '));
        var placed = await ines.Submit(checkout, "#checkout", ("Input.Place", "true"));
        Assert.Equal(HttpStatusCode.SeeOther, placed.Status);
        Assert.Equal("900 0 12018 TOOLS10 FREE", await shop.Scalar<string>("select discount_minor || ' ' || shipping_minor || ' ' || total_minor || ' ' || coupon_codes from orders"));
        Assert.Equal("900 0", await shop.Scalar<string>("select max(discount_minor) || ' ' || min(discount_minor) from order_line"));
        var number = await shop.Scalar<string>("select number from orders");
        foreach (var path in new[] { $"/account/orders/{number}", $"/account/orders/{number}/print" })
        {
            Assert.Contains("Discount (TOOLS10 FREE)-9.00 EUR", (await ines.Get(path)).Text.Replace('\u00A0', ' '));
        }

        Assert.Contains("Discount (TOOLS10 FREE): -9.00 EUR", (await shop.Dump("mail")).Replace('\u00A0', ' '));
        Assert.Contains("9.00,TOOLS10 FREE", (await ada.Get("/staff/orders.csv?tab=customers")).Html);
        Assert.Equal(2, (await shop.Facts()).Count(fact => fact == "pricing.coupon-used"));

        // Once per customer: also a colleague of the same company has had it.
        var jonas = await shop.As("jonas");
        await Fill(jonas, "P-100", 1);
        var again = await jonas.Submit(await jonas.Get("/checkout"), "#checkout", ("Input.Coupons", "tools10"), ("Input.Place", "true"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, again.Status);
        Assert.Contains("Coupon TOOLS10 was used already", again.Text);
        Assert.Equal(1, await shop.Scalar<int>("select count(*) from orders"));
    }

    [Theory]
    [InlineData("none", "There is no coupon NONE")]
    [InlineData("over", "There is no coupon OVER")]
    [InlineData("alone tools10", "Coupon ALONE cannot be combined")]
    [InlineData("big", "Coupon BIG counts from articles for")]
    [InlineData("lamps", "Coupon LAMPS is for other articles")]
    [InlineData("a b c d", "At most 3 coupons")]
    public async Task A_coupon_that_does_not_count_is_refused_with_the_reason_and_takes_nothing_off(string typed, string why)
    {
        await using var shop = await TestShop.Start();
        var (ada, ines) = (await shop.As("ada"), await shop.As("ines"));
        await Add(ada, ("Input.Code", "TOOLS10"), ("Input.Percent", "10"), ("Input.IsCombinable", "true"));
        await Add(ada, ("Input.Code", "OVER"), ("Input.Percent", "10"), ("Input.From", "2020-01-01"), ("Input.Until", "2020-12-31"));
        await Add(ada, ("Input.Code", "ALONE"), ("Input.Kind", "amount"), ("Input.Amount", "5.00"), ("Input.Currency", "EUR"));
        await Add(ada, ("Input.Code", "BIG"), ("Input.Percent", "10"), ("Input.Least", "500.00"), ("Input.Currency", "EUR"));
        await Add(ada, ("Input.Code", "LAMPS"), ("Input.Percent", "10"), ("Input.Article", "P-300"));
        await Fill(ines, "P-100", 1);
        var looked = await ines.Submit(await ines.Get("/checkout"), "#checkout", ("Input.Coupons", typed));
        Assert.Contains(why, looked.Text);
        var placed = await ines.Submit(looked, "#checkout", ("Input.Place", "true"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, placed.Status);
        Assert.Contains(why, placed.Text);
        Assert.Equal(0, await shop.Scalar<int>("select count(*) from orders"));
    }

    [Fact]
    public async Task A_coupon_for_one_order_is_never_used_twice_however_many_order_at_once()
    {
        await using var shop = await TestShop.Start();
        await Add(await shop.As("ada"), ("Input.Code", "FIRST"), ("Input.Percent", "50"), ("Input.Times", "1"));
        var checkouts = new List<(Visitor Buyer, Answer Page)>();
        foreach (var name in new[] { "ines", "paul", "jonas", "mira" })
        {
            var buyer = await shop.As(name);
            await Fill(buyer, "P-100", 1);
            checkouts.Add((buyer, await buyer.Submit(await buyer.Get("/checkout"), "#checkout", ("Input.Coupons", "FIRST"))));
        }

        var answers = await Task.WhenAll(checkouts.Select(one => one.Buyer.Submit(one.Page, "#checkout", ("Input.Place", "true"))));
        Assert.Equal(1, answers.Count(answer => answer.Status == HttpStatusCode.SeeOther));
        Assert.All(answers.Where(answer => answer.Status != HttpStatusCode.SeeOther), answer => Assert.Contains("Coupon FIRST", answer.Text));
        Assert.Equal("1 1 1", await shop.Scalar<string>("select used || ' ' || (select count(*) from coupon_use) || ' ' || (select count(*) from orders) from coupon"));
    }

    [Fact]
    public async Task An_administrator_changes_how_often_and_until_when_and_nothing_else()
    {
        await using var shop = await TestShop.Start();
        var ada = await shop.As("ada");
        await Add(ada, ("Input.Code", "ten"), ("Input.Percent", "10"));
        Assert.Contains("another coupon has it", (await Add(ada, ("Input.Code", "TEN"), ("Input.Percent", "10"))).Text);
        Assert.Contains("Percent: above 0", (await Add(ada, ("Input.Code", "B"), ("Input.Percent", "0"))).Text);
        Assert.Contains("Amount: above 0", (await Add(ada, ("Input.Code", "B"), ("Input.Kind", "amount"), ("Input.Amount", "1.005"), ("Input.Currency", "EUR"))).Text);
        var old = await ada.Get($"{Coupons}/TEN");
        await ada.Submit(await ada.Get($"{Coupons}/TEN"), "main form", ("Input.Times", "7"), ("Input.Until", "2099-12-31"));
        Assert.Contains("Used 0 of 7 times", (await ada.Get(Coupons)).Text);
        Assert.Contains("was used or changed meanwhile", (await ada.Submit(old, "main form", ("Input.Times", "9"))).Text);
        Assert.Equal(["pricing.coupon-added", "pricing.coupon-changed", "pricing.coupon-changed"], (await shop.Facts()).Where(fact => fact.StartsWith("pricing.", StringComparison.Ordinal)));
    }

    private static async Task<Answer> Add(Visitor ada, params (string Name, string Value)[] fields) =>
        await ada.Submit(await ada.Get(Coupons), "#new", [("Input.Name", "A coupon"), .. fields]);

    private static Task<Answer> Fill(Visitor buyer, string sku, int quantity) =>
        buyer.Post("/cart/lines", [("sku", sku), ("quantity", quantity.ToString(System.Globalization.CultureInfo.InvariantCulture))], from: $"/product/{sku}");
}
