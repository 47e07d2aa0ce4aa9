using Microsoft.Playwright;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Browser;

/// <summary>Another price on the telephone, and the approval of one that goes too far.</summary>
[Trait("Category", "Browser")]
public sealed class DealsLook
{
    [Fact]
    public async Task An_order_on_the_telephone_with_another_price_takes_at_most_seven_clicks()
    {
        await using var shop = await TestShop.Start(listen: true);
        await shop.Sql("update staff set may_adjust_prices = true where email = 'karim@onbehalf.example'");
        await using var window = await Window.Open(shop, "deal-phone", 1280);
        var page = window.Page;
        await window.Enter(await shop.As("karim"));
        await window.Go("/staff", "desk");
        await page.GetByRole(AriaRole.Searchbox).First.FillAsync("nord");
        await page.GetByRole(AriaRole.Searchbox).First.PressAsync("Enter");
        await window.Click(window.Link("Act for Ines"), "act-for");
        window.Session = ("Karim Weiss", "Ines Albrecht");
        await window.Click(window.Button("Act for Ines"), "begun");
        await window.Click(window.Link("Cart"), "cart");
        await page.Locator("#sku").FillAsync("P-100");
        await page.Locator("#sku").PressAsync("Enter");
        await Assertions.Expect(page.Locator(".cart-line")).ToContainTextAsync("90.00");
        await window.Click(page.GetByText("Change the price"), "price");
        await page.GetByLabel("Reason of the price of").SelectOptionAsync("price-match");
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Price of Cordless drill" }).FillAsync("82");
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Price of Cordless drill" }).PressAsync("Enter");
        await Assertions.Expect(page.Locator(".cart-line")).ToContainTextAsync("Agreed: price match");
        await window.Click(window.Link("Go to the checkout"), "checkout");
        await window.Click(window.Button("Place order"), "placed");
        Assert.Contains("Karim Weiss for Ines Albrecht", await window.Text(), StringComparison.Ordinal);
        Assert.Equal(8_200, await shop.Scalar<int>("select cast(price_minor as integer) from order_line"));
        Assert.InRange(window.Clicks, 1, 7);
        window.Close();
    }

    [Theory]
    [InlineData(375)]
    [InlineData(1280)]
    public async Task A_price_is_asked_for_and_approved_with_one_tap(int width)
    {
        await using var shop = await TestShop.Start(listen: true);
        await shop.Sql("update staff set may_adjust_prices = true where email = 'karim@onbehalf.example'");
        var ada = await shop.As("ada");
        await ada.Submit(await ada.Get("/admin/deal-limits"), "#new", ("Input.Name", "Reps"), ("Input.Role", "sales-rep"), ("Input.MostOff", "10"), ("Input.Month", "500.00"));
        await ada.Submit(await ada.Get("/admin/deal-limits"), "#new", ("Input.Name", "Supervisors"), ("Input.Role", "supervisor"), ("Input.MostOff", "40"));
        await using var office = await Window.Open(shop, "deal-limits", width);
        await office.Enter(ada);
        await office.Go("/admin/deal-limits", "limits");
        await office.Page.GetByRole(AriaRole.Link, new() { Name = "Reps" }).ClickAsync();
        await office.Look("limit");
        office.Close();

        var karim = await shop.As("karim");
        await using var rep = await Window.Open(shop, "deal-rep", width);
        await rep.Enter(karim);
        await rep.Page.GotoAsync("/staff/customers/N-1001");
        await rep.Link("Act for Ines").ClickAsync();
        rep.Session = ("Karim Weiss", "Ines Albrecht");
        await rep.Click(rep.Button("Act for Ines"), "begun");
        await rep.Go(rep.Page.Url[..rep.Page.Url.IndexOf("/account", StringComparison.Ordinal)] + "/cart", "cart");
        await rep.Page.Locator("#sku").FillAsync("P-100");
        await rep.Page.Locator("#sku").PressAsync("Enter");
        await rep.Click(rep.Page.GetByText("Change the price"), "price");
        await Assertions.Expect(rep.Page.Locator(".price-floor")).ToContainTextAsync("Down to");
        await rep.Page.GetByLabel("Reason of the price of").SelectOptionAsync("price-match");
        await rep.Page.GetByRole(AriaRole.Textbox, new() { Name = "Price of Cordless drill" }).FillAsync("70");
        await rep.Page.GetByRole(AriaRole.Textbox, new() { Name = "Price of Cordless drill" }).PressAsync("Enter");
        await Assertions.Expect(rep.Page.Locator(".price-fields .invalid-feedback")).ToContainTextAsync("by yourself you may go down to");
        await rep.Look("too-low");
        await rep.Click(rep.Button("Ask for it"), "asked");
        await Assertions.Expect(rep.Page.Locator(".price-asked")).ToContainTextAsync("waits for approval");

        await using var supervisor = await Window.Open(shop, "deal-supervisor", width);
        await supervisor.Enter(await shop.As("vera"));
        await supervisor.Go("/staff/deals", "deals");
        await supervisor.Click(supervisor.Button("Approve"), "approved");
        Assert.Equal(1, supervisor.Clicks);
        Assert.Contains("Nothing. Who asks", await supervisor.Text(), StringComparison.Ordinal);
        supervisor.Close();

        await rep.Page.ReloadAsync();
        await rep.Click(rep.Page.Locator(".price-asked .btn-primary"), "agreed");
        await Assertions.Expect(rep.Page.Locator(".cart-line")).ToContainTextAsync("Agreed: price match");
        rep.Close();
    }
}
