using Microsoft.Playwright;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Browser;

/// <summary>The main job, as people do it, on the wholesaler's real dealers.</summary>
[Trait("Category", "Browser")]
public sealed class JourneyTests(WholesalerShop wholesaler)
{
    private const string Rep = "josé1@adventure-works.com";

    [Theory]
    [InlineData(375)]
    [InlineData(1280)]
    public async Task A_rep_finds_a_dealer_acts_for_its_buyer_orders_at_his_prices_and_is_himself_again(int width)
    {
        var shop = await wholesaler.Shop;
        await using var window = await Window.Open(shop, "rep", width);
        var page = window.Page;
        await window.Go("/staff", "sign-in");
        await SignIn(window, Rep);
        Assert.EndsWith("/staff", page.Url);

        // Sign in → three letters → the employee → act: at most four clicks.
        var search = page.GetByRole(AriaRole.Searchbox).First;
        await search.FillAsync("sha");
        await search.PressAsync("Enter");
        await window.Look("customers");
        Assert.Contains("Sharp Bikes", await window.Text());
        var act = window.Link("Act for Katherine");
        await window.Click(act, "act-for");
        window.Session = ("José Saraiva", "Katherine Harding");
        await window.Click(window.Button("Act for Katherine"), "dashboard");
        Assert.True(window.Clicks <= 4, $"{window.Clicks} clicks to act for somebody");
        Assert.Contains("/as/", page.Url);
        var inside = page.Url[..page.Url.IndexOf("/account", StringComparison.Ordinal)];

        // The dealer's price and tier, not the base price.
        await window.Go(inside + "/search?q=HL-U509-R", "search");
        await window.Go(inside + "/product/HL-U509-R", "product");
        Assert.Contains("20.99", await window.Text());
        await page.GetByLabel("Quantity").First.FillAsync("12");
        await window.Click(window.Button("Add to cart"), "added");
        await window.Go(inside + "/cart", "cart");
        var cart = await window.Text();
        Assert.Contains("19.94", cart);
        Assert.Contains("239.28", cart);
        await window.Go(inside + "/no-such-page", "not-found");
        await window.Go(inside + "/account/password", "refused");
        Assert.Contains("act for somebody", await window.Text());

        // 239.28 + 24.90 shipping + 13 % of Ontario on 264.18 = 34.34.
        await window.Go(inside + "/checkout", "checkout");
        await page.GetByLabel("Cargo Transport 5").CheckAsync();
        await window.Click(window.Button("Update totals"), "checkout-updated");
        Assert.Contains("298.52", await window.Text());
        await window.Click(window.Button("Place order"), "placed");
        Assert.Contains("José Saraiva for Katherine Harding", await window.Text());
        var order = await page.EvaluateAsync<string>("() => document.body.innerText.match(/SO-\\d{4}-\\d{6}/)[0]");
        await window.Go(inside + $"/account/orders/{order}/print", "print");
        Assert.Contains("José Saraiva for Katherine Harding", await page.Locator("body").InnerTextAsync());

        await window.Go(inside + "/account/orders", "buyers-orders");
        var lastInside = page.Url;
        window.Session = null;
        await window.Click(window.Button("End and return"), "returned");
        Assert.Contains("/staff", page.Url);
        Assert.Contains("José", await page.Locator("header").InnerTextAsync());

        // What was the buyer's is gone: behind the Back button and at its address.
        await page.GoBackAsync();
        Assert.DoesNotContain("Katherine", await page.Locator("body").InnerTextAsync());
        await page.GotoAsync(lastInside);
        Assert.Contains("This assisted session is over", await window.Text());

        await window.Go("/staff/orders", "my-orders");
        Assert.Contains(order, await window.Text());
        await window.Go($"/staff/orders/{order}", "my-order");
        Assert.Contains("José Saraiva for Katherine Harding", await window.Text());
        window.Close();
    }

    [Theory]
    [InlineData(375)]
    [InlineData(1280)]
    public async Task A_supervisor_chooses_between_the_two_buyers_of_a_dealer_with_two_main_offices(int width)
    {
        var shop = await wholesaler.Shop;
        await using var window = await Window.Open(shop, "supervisor", width);
        await window.Go("/staff/customers?q=C00184", "sign-in");
        await SignIn(window, "stephen0@adventure-works.com");

        // He lands where he wanted to go.
        Assert.Contains("q=C00184", window.Page.Url);
        var found = await window.Text();
        Assert.Contains("Friendly Bike Shop", found);
        await window.Click(window.Link("Friendly Bike Shop"), "company");
        var company = await window.Text();
        Assert.Contains("Scott Culp", company);
        Assert.Contains("Denise Maccietto", company);
        Assert.Contains("Port Huron", company);
        Assert.Contains("Bellingham", company);
        await window.Click(window.Link("Act for Denise"), "act-for");
        window.Session = ("Stephen Jiang", "Denise Maccietto");
        await window.Click(window.Button("Act for Denise"), "dashboard");
        Assert.Contains("Friendly Bike Shop", await window.Text());
        window.Session = null;
        await window.Click(window.Button("End and return"), "returned");
        Assert.Contains("C00184", window.Page.Url);
        window.Close();
    }

    [Fact]
    public async Task A_dealer_of_somebody_else_is_not_to_be_found()
    {
        var shop = await wholesaler.Shop;
        await using var window = await Window.Open(shop, "foreign", 1280);
        await window.Go("/staff/customers/C00184", "sign-in");
        await SignIn(window, Rep);
        Assert.DoesNotContain("Friendly", await window.Page.Locator("body").InnerTextAsync());
        await window.Go("/staff/customers?q=friendly", "search");
        Assert.DoesNotContain("Friendly Bike Shop", await window.Text());
        window.Close();
    }

    [Fact]
    public async Task The_journey_works_without_script()
    {
        var shop = await wholesaler.Shop;
        var browser = await Chromium.Shared();
        await using var context = await browser.NewContextAsync(new() { BaseURL = shop.Address, JavaScriptEnabled = false });
        var page = await context.NewPageAsync();
        await page.GotoAsync("/staff/customers?q=bruce");
        await page.GetByLabel("E-mail").FillAsync("support0@adventure-works.com");
        await page.GetByLabel("Password").FillAsync(Characters.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await page.GotoAsync("/staff/customers/C00008");
        await page.GetByRole(AriaRole.Link, new() { Name = "Act for Kathleen" }).First.ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Act for Kathleen" }).ClickAsync();
        var inside = page.Url[..page.Url.IndexOf("/account", StringComparison.Ordinal)];

        // Support looks first; more takes a reason.
        await page.GetByRole(AriaRole.Button, new() { Name = "change" }).ClickAsync();
        await page.Locator("input[name='Input.Mode'][value=Order]").CheckAsync();
        await page.GetByLabel("Why").FillAsync("Her screen is broken");
        await page.GetByRole(AriaRole.Button, new() { Name = "Change the mode" }).ClickAsync();
        await page.GotoAsync(inside + "/product/HL-U509-R");
        await page.GetByLabel("Quantity").First.FillAsync("2");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add to cart" }).First.ClickAsync();
        await page.GotoAsync(inside + "/checkout");
        await page.GetByRole(AriaRole.Button, new() { Name = "Place order" }).ClickAsync();
        Assert.Contains("Grace Okafor for Kathleen Garza", await page.Locator("main").InnerTextAsync());
        await page.GetByRole(AriaRole.Button, new() { Name = "End and return" }).ClickAsync();
        Assert.Contains("/staff", page.Url);
    }

    private static async Task SignIn(Window window, string email)
    {
        await window.Page.GetByLabel("E-mail").FillAsync(email);
        await window.Page.GetByLabel("Password").FillAsync(Characters.Password);
        await window.Click(window.Button("Sign in"), "signed-in");
    }
}
