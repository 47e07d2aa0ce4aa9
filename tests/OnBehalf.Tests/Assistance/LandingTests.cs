using Microsoft.Extensions.DependencyInjection;
using OnBehalf.Kernel;
using OnBehalf.Modules.Assistance;
using OnBehalf.Modules.Settings;
using OnBehalf.Tests.Security;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Assistance;

/// <summary>Where a session begins.</summary>
public sealed class LandingTests
{
    [Fact]
    public async Task From_a_page_of_the_shop_the_same_page_comes_back_as_the_buyer()
    {
        await using var shop = await TestShop.Start();
        var karim = await shop.As("karim");
        var bar = (await karim.Get("/product/P-100")).Document.QuerySelector(".operator-bar")!;
        var to = bar.QuerySelector("input[name=to]")!.GetAttribute("value")!;
        Assert.Equal("/product/P-100", to);

        // Who is named by his address is the only one: straight to the question before the session.
        var found = await karim.Get($"/staff/customers?q={Uri.EscapeDataString("ines@buyers.example")}&go=1&to={Uri.EscapeDataString(to)}");
        Assert.Contains($"/act/{Characters.MembershipIdOf("ines")}?", found.Location);
        var confirm = await karim.Get(found.Location!);
        var started = await karim.Submit(confirm, "main form[method=post]");
        Assert.Matches("^/as/[a-z0-9]+/product/P-100$", started.Location);
        Assert.Contains("(for Ines Albrecht)", (await karim.Get(started.Location!)).Document.Title);
    }

    [Fact]
    public async Task Nobody_but_staff_has_the_bar_and_a_session_has_its_own()
    {
        await using var shop = await TestShop.Start();
        Assert.Null((await (await shop.As("ines")).Get("/")).Document.QuerySelector(".operator-bar"));
        var inside = await (await shop.As("karim")).Assisting("ines");
        Assert.Null((await inside.Get("/")).Document.QuerySelector(".operator-bar"));
    }

    [Fact]
    public async Task A_choice_that_is_left_carries_the_wanted_page_along()
    {
        await using var shop = await TestShop.Start();
        var karim = await shop.As("karim");
        var found = await karim.Get("/staff/customers?q=N-1001&go=1&to=%2Fcart");
        Assert.Equal("/staff/customers/N-1001?to=%2Fcart", found.Location);
        Assert.Contains("to=%2Fcart", (await karim.Get(found.Location!)).Document.QuerySelector($"a[href*='/act/{Characters.MembershipIdOf("ines")}']")!.GetAttribute("href"));
        Assert.Contains("to=%2Fcart", (await karim.Get("/staff/customers?q=nord&to=%2Fcart")).Document.QuerySelector("a[href*='/act/']")!.GetAttribute("href"));
    }

    [Fact]
    public async Task A_session_begins_on_the_order_that_it_is_about()
    {
        await using var shop = await TestShop.Start();
        const string order = "SO-2025-000001";
        await MatrixSample.Enter(shop);
        var karim = await shop.As("karim");
        var way = (await karim.Get($"/staff/orders/{order}")).Document.QuerySelector("a.btn-primary[href*='/act/']")!.GetAttribute("href")!;
        var started = await karim.Submit(await karim.Get(way), "main form[method=post]");
        Assert.EndsWith($"/account/orders/{order}", started.Location);
        Assert.Contains(order, (await karim.Get(started.Location!)).Document.QuerySelector("h1")!.TextContent);
    }

    [Fact]
    public async Task It_begins_on_the_dashboard_or_by_setting_on_the_catalogue()
    {
        await using var shop = await TestShop.Start();
        var karim = await shop.As("karim");
        var way = $"/staff/customers/N-1001/act/{Characters.MembershipIdOf("ines")}?from=%2Fstaff&to=%2Fadmin";
        Assert.EndsWith("/account", (await karim.Submit(await karim.Get(way), "main form[method=post]")).Location);
        await shop.Services.GetRequiredService<ShopSettings>().Change(Caller.Machine("test"), ShopSettings.LandsOnCatalogue, "true");
        var again = await karim.Submit(await karim.Get(way), "main form[method=post]", ("Input.TakeOver", "true"));
        Assert.Matches("^/as/[a-z0-9]+/$", again.Location);
    }

    [Theory]
    [InlineData("/cart", true)]
    [InlineData("/search?q=drill&sort=name", true)]
    [InlineData("/", true)]
    [InlineData("//evil.example", false)]
    [InlineData("https://evil.example/", false)]
    [InlineData("/\\evil.example", false)]
    [InlineData("/staff", false)]
    [InlineData("/admin/settings", false)]
    [InlineData("/as/abcdefgh/cart", false)]
    [InlineData("/assisted-session/end", false)]
    [InlineData("cart", false)]
    public void Only_pages_of_the_shop_are_landed_on(string wanted, bool isOne) =>
        Assert.Equal(isOne ? wanted : "/account", ReturnPath.Landing(wanted, "/account"));
}
