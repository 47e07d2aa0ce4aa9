using Microsoft.Extensions.Configuration;
using Microsoft.Playwright;
using OnBehalf.PayProvider;
using OnBehalf.Tests.Payments;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Browser;

/// <summary>The pay link that a session ends with, and what the seller earns at the order.</summary>
[Trait("Category", "Browser")]
public sealed class PayAndEarnLook
{
    [Theory]
    [InlineData(375)]
    [InlineData(1280)]
    public async Task A_link_is_handed_over_opened_by_the_buyer_and_the_order_earns(int width)
    {
        await using var provider = await TestProvider.Start(OnlinePaymentTests.Key, OnlinePaymentTests.Secret);
        await using var shop = await TestShop.Start(
            builder => builder.Configuration.AddInMemoryCollection(
                [new("Payments:Address", provider.Address), new("Payments:Key", OnlinePaymentTests.Key), new("Payments:Secret", OnlinePaymentTests.Secret), new("Payments:Name", "Testpay")]),
            listen: true);
        var ada = await shop.As("ada");
        await ada.Submit(await ada.Get("/admin/payments"), "#online", ("Input.IsOn", "true"));
        await using var office = await Window.Open(shop, "earn-office", width);
        await office.Enter(ada);
        await office.Go("/admin/commissions", "rules");
        await office.Page.Locator("#new [name='Input.Name']").FillAsync("Reps");
        await office.Page.Locator("#new [name='Input.Share']").FillAsync("5");
        await office.Click(office.Button("Put the rule in force"), "in-force");
        await office.Click(office.Link("Reps"), "rule");
        await office.Go("/admin/payments", "payments");

        await using var rep = await Window.Open(shop, "earn-rep", width);
        var page = rep.Page;
        await rep.Enter(await shop.As("karim"));
        await page.GotoAsync("/staff/customers/N-1001");
        await rep.Link("Act for Ines").ClickAsync();
        rep.Session = ("Karim Weiss", "Ines Albrecht");
        await rep.Click(rep.Button("Act for Ines"), "begun");
        var inside = page.Url[..page.Url.IndexOf("/account", StringComparison.Ordinal)];
        await rep.Go(inside + "/cart", "cart");
        await page.Locator("#sku").FillAsync("P-100");
        await page.Locator("#sku").PressAsync("Enter");
        await Assertions.Expect(page.Locator(".cart-line")).ToContainTextAsync("90.00");
        await rep.Go(inside + "/checkout", "checkout");
        await page.Locator("[name='Input.Payment'][value='online']").CheckAsync();
        await rep.Click(rep.Button("Place order"), "placed");
        var number = await shop.Scalar<string>("select number from orders");
        await rep.Click(rep.Button("Send Ines Albrecht a pay link"), "link");
        var address = await rep.Page.Locator("#link").InputValueAsync();
        await rep.Go($"{inside}/account/orders/{number}", "order");
        rep.Session = null;
        await rep.Go("/staff/commissions", "own");
        Assert.Contains(number, await rep.Text(), StringComparison.Ordinal);
        rep.Close();
        await office.Go("/staff/commissions?staff=all", "everybody");
        Assert.Contains("Karim Weiss", await office.Text(), StringComparison.Ordinal);
        await office.Go("/admin/orders", "orders");
        await office.Go("/admin/commissions/pay-outs", "pay-outs");
        await office.Go("/admin/commissions", "rules-again");
        await office.Page.Locator("#new [name='Input.Name']").FillAsync("More");
        await office.Page.Locator("#new [name='Input.Share']").FillAsync("7.5");
        await office.Click(office.Page.Locator("#new button[formaction]"), "tried");
        office.Close();

        await using var buyer = await Window.Open(shop, "earn-buyer", width);
        await buyer.Go(new Uri(address).PathAndQuery, "pay");
        Assert.Contains(number, await buyer.Page.Locator("body").InnerTextAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain("code=", buyer.Page.Url, StringComparison.Ordinal);
        buyer.Close();
    }
}
