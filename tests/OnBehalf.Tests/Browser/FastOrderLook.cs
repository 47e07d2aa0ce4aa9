using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Browser;

/// <summary>An order that a rep types while the customer is on the telephone.</summary>
[Trait("Category", "Browser")]
public sealed class FastOrderLook(WholesalerShop wholesaler)
{
    [Fact]
    public async Task An_order_is_typed_by_keyboard_alone_and_so_is_the_next()
    {
        await using var shop = await TestShop.Start(listen: true);
        await shop.Sql("update staff set may_adjust_prices = true where email = 'karim@onbehalf.example'");
        await using var window = await Window.Open(shop, "fast-order", 1280);
        var (page, keys) = (window.Page, window.Page.Keyboard);
        await window.Enter(await shop.As("karim"));
        await window.Go("/staff/fast-order", "whom");
        await keys.InsertTextAsync("nord");
        await page.Locator("#found .people").First.WaitForAsync();
        await window.Look("found");
        await Until(keys, page, "Act for Ines");
        await keys.PressAsync("Enter");
        window.Session = null;
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { NameString = "Act for Ines" }).First).ToBeFocusedAsync();
        await keys.PressAsync("Enter");
        await page.Locator("#fast-order").WaitForAsync();
        window.Session = ("Karim Weiss", "Ines Albrecht");
        await window.Look("empty");

        // Some letters, the first article that is suggested, the quantity.
        await keys.InsertTextAsync("dril");
        await page.Locator("#picks [role=option]").First.WaitForAsync();
        await window.Look("suggested");
        await keys.PressAsync("Enter");
        Assert.Equal("P-100", await page.Locator("#sku").InputValueAsync());
        await keys.InsertTextAsync("2");
        await keys.PressAsync("Enter");
        await Assertions.Expect(page.Locator(".typed-line")).ToHaveCountAsync(1);

        // A number, the quantity, another price and why.
        await keys.InsertTextAsync("P-200");
        await keys.PressAsync("Tab");
        await keys.InsertTextAsync("10");
        await keys.PressAsync("Tab");
        await keys.InsertTextAsync("1.00");
        await keys.PressAsync("Tab");
        await keys.PressAsync("l");
        Assert.Equal("loyalty", await page.Locator("#reason").InputValueAsync());
        await keys.PressAsync("Tab");
        await keys.PressAsync("Enter");
        await Assertions.Expect(page.Locator(".typed-line")).ToHaveCountAsync(2);
        await Assertions.Expect(page.Locator("#typed-lines")).ToContainTextAsync("Agreed: loyalty");

        // What is wrong says so, and what was typed is there.
        await keys.InsertTextAsync("P-99");
        await keys.PressAsync("Enter");
        await Assertions.Expect(page.Locator("#sku-error")).ToContainTextAsync("P-99");
        Assert.Equal("P-99", await page.Locator("#sku").InputValueAsync());
        await window.Look("wrong");
        await page.Locator("#sku").FillAsync("");
        await Until(keys, page, "Place order");
        await keys.PressAsync("Enter");
        window.Session = null;
        await page.Locator("#placed").WaitForAsync();
        await window.Look("placed");
        Assert.Equal(2, await shop.Scalar<int>("select count(*) from order_line"));
        Assert.Equal("Find a customer", await page.EvaluateAsync<string>("() => document.activeElement.getAttribute('aria-label')"));
        window.Close();
    }

    [Fact]
    public async Task Fifty_lines_take_less_than_a_minute()
    {
        var shop = await wholesaler.Shop;
        await using var window = await Window.Open(shop, "fast-order-fifty", 1280);
        var (page, keys) = (window.Page, window.Page.Keyboard);
        await Begin(window);
        List<string> skus;
        await using (var db = shop.Database.Read())
        {
            skus = await db.Database.SqlQueryRaw<string>("select p.sku as \"Value\" from product p where p.status = 'active' order by p.sku limit 50").ToListAsync(TestContext.Current.CancellationToken);
        }

        var watch = Stopwatch.StartNew();
        foreach (var sku in skus)
        {
            await keys.InsertTextAsync(sku);
            await keys.PressAsync("Tab");
            await keys.InsertTextAsync("1");
            await keys.PressAsync("Enter");
        }

        await Assertions.Expect(page.Locator(".typed-line")).ToHaveCountAsync(50, new() { Timeout = 60_000 });
        TestContext.Current.TestOutputHelper!.WriteLine($"50 lines by keyboard: {watch.Elapsed.TotalSeconds:0.0} s");
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 60);
        Assert.Equal(skus, await page.Locator(".typed-line").EvaluateAllAsync<string[]>("lines => lines.map(line => line.dataset.sku)"));
        await window.Look("fifty");
        window.Close();
    }

    [Fact]
    public async Task The_page_fits_a_telephone()
    {
        await using var shop = await TestShop.Start(listen: true);
        await using var window = await Window.Open(shop, "fast-order-small", 375);
        await window.Enter(await shop.As("karim"));
        await window.Go("/staff/fast-order", "whom");
        await window.Page.GotoAsync("/staff/customers?q=nord&to=%2Ffast-order");
        await window.Click(window.Link("Act for Ines"), "act");
        window.Session = ("Karim Weiss", "Ines Albrecht");
        await window.Click(window.Button("Act for Ines"), "begun");
        await window.Page.Locator("#sku").FillAsync("P-100");
        await window.Page.Locator("#sku").PressAsync("Enter");
        await Assertions.Expect(window.Page.Locator(".typed-line")).ToHaveCountAsync(1);
        await window.Look("one");

        // Another address: the totals follow, and what is being typed stays.
        await window.Page.Locator("#sku").FillAsync("P-2");
        await window.Page.Locator("input[name='Input.Shipping'][value='new']").CheckAsync();
        await window.Page.Locator("#sku").FillAsync("");
        await window.Page.Locator("input[name='Input.Shipping'][value='same']").CheckAsync();
        await window.Page.GetByText("Paste a list").ClickAsync();
        await window.Page.Locator("#list").FillAsync("P-200;5\nP-99;1");
        await window.Page.GetByRole(AriaRole.Button, new() { NameString = "Add the list" }).ClickAsync();
        await Assertions.Expect(window.Page.Locator("#wrong-lines")).ToContainTextAsync("Line 2: P-99;1");
        await window.Look("list");
        window.Close();
    }

    [Fact]
    public async Task An_order_is_typed_without_script()
    {
        await using var shop = await TestShop.Start(listen: true);
        await using var window = await Window.Open(shop, "fast-order-plain", 1280, script: false);
        var page = window.Page;
        await window.Enter(await shop.As("karim"));
        await page.GotoAsync("/staff/fast-order");
        await page.GetByRole(AriaRole.Searchbox).First.FillAsync("nord");
        await page.GetByRole(AriaRole.Searchbox).First.PressAsync("Enter");
        await window.Link("Act for Ines").ClickAsync();
        await window.Button("Act for Ines").ClickAsync();
        await page.Locator("#sku").FillAsync("P-100");
        await page.Locator("#sku").PressAsync("Enter");
        await Assertions.Expect(page.Locator(".typed-line")).ToHaveCountAsync(1);
        await window.Button("Place order").ClickAsync();
        await Assertions.Expect(page.Locator("#placed")).ToContainTextAsync("is placed");
        window.Close();
    }

    // A rep of her own: the shop is one for all browser tests.
    private static async Task Begin(Window window)
    {
        await window.Page.GotoAsync("/staff");
        await window.Page.GetByLabel("E-mail").FillAsync("linda3@adventure-works.com");
        await window.Page.GetByLabel("Password").FillAsync(Characters.Password);
        await window.Button("Sign in").ClickAsync();
        await window.Page.GotoAsync("/staff/customers?q=aerobic&to=%2Ffast-order");
        await window.Link("Act for Rosmarie").ClickAsync();
        await window.Button("Act for Rosmarie").ClickAsync();
        await window.Page.Locator("#fast-order").WaitForAsync();
        window.Session = ("Linda Mitchell", "Rosmarie Carroll");
    }

    // From key to key, as somebody without a mouse gets there.
    private static async Task Until(IKeyboard keys, IPage page, string words)
    {
        for (var i = 0; i < 80; i++)
        {
            if ((await page.EvaluateAsync<string>("() => document.activeElement.textContent")).Trim().StartsWith(words, StringComparison.Ordinal))
            {
                return;
            }

            await keys.PressAsync("Tab");
        }

        Assert.Fail($"The key does not lead to “{words}”.");
    }
}
