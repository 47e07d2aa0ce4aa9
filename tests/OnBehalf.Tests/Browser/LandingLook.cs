using OnBehalf.Tests.Security;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Browser;

/// <summary>The ways in from the shop itself and from what a call is about.</summary>
[Trait("Category", "Browser")]
public sealed class LandingLook
{
    [Theory]
    [InlineData(375)]
    [InlineData(1280)]
    public async Task A_rep_in_the_shop_types_who_is_on_the_phone_and_sees_the_same_page_as_that_buyer(int width)
    {
        await using var shop = await TestShop.Start(listen: true);
        await using var karim = await Window.Open(shop, "landing-bar", width);
        await karim.Enter(await shop.As("karim"));
        await karim.Go("/product/P-100", "alone");
        await karim.Page.Locator("#operator-bar-q").FillAsync("ines@buyers.example");
        await karim.Click(karim.Page.Locator(".operator-bar").GetByRole(Microsoft.Playwright.AriaRole.Button), "confirm");
        karim.Session = ("Karim Weiss", "Ines Albrecht");
        await karim.Click(karim.Button("Act for Ines"), "same-page");
        Assert.EndsWith("/product/P-100", karim.Page.Url);
        karim.Close();
    }

    [Theory]
    [InlineData(375)]
    [InlineData(1280)]
    public async Task A_session_begins_on_the_order_that_a_rep_was_looking_at(int width)
    {
        await using var shop = await TestShop.Start(listen: true);
        await MatrixSample.Enter(shop);
        await using var karim = await Window.Open(shop, "landing-order", width);
        await karim.Enter(await shop.As("karim"));
        await karim.Go("/staff/orders/SO-2025-000001", "order");
        await karim.Click(karim.Page.Locator("a.btn-primary[href*='/act/']"), "confirm");
        karim.Session = ("Karim Weiss", "Ines Albrecht");
        await karim.Click(karim.Button("Act for Ines"), "same-order");
        Assert.EndsWith("/account/orders/SO-2025-000001", karim.Page.Url);
        karim.Close();
    }
}
