using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Browser;

/// <summary>A company as a whole: select it, act for it, order, and go straight to the next one.</summary>
[Trait("Category", "Browser")]
public sealed class OrganisationTests
{
    [Theory]
    [InlineData(375)]
    [InlineData(1280)]
    public async Task A_seller_selects_an_organisation_orders_for_it_and_switches_to_the_next(int width)
    {
        await using var shop = await TestShop.Start(listen: true);
        await shop.Sql("update company set segment = 'Trade' where number in ('N-1001', 'N-1002')");
        await using var window = await Window.Open(shop, "organisations", width);
        await window.Enter(await shop.As("vera"));
        var page = window.Page;
        await window.Go("/staff/organisations", "select");
        await page.Keyboard.TypeAsync("nordlicht");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/staff/organisations?q=nordlicht*");
        await window.Look("found");
        await window.Click(window.Link("Act for Nordlicht GmbH"), "confirm");
        window.Session = ("Vera Blum", "Nordlicht GmbH");
        await window.Click(window.Button("Act for Nordlicht GmbH"), "catalogue");
        Assert.Matches("/as/[a-z0-9]+/$", page.Url);
        await window.Go(new Uri(page.Url).AbsolutePath + "product/P-100", "product");
        await window.Click(window.Button("Add to cart"), "added");
        await window.Go(string.Join('/', new Uri(page.Url).AbsolutePath.Split('/')[..3]) + "/checkout", "checkout");
        await window.Click(window.Button("Place order for Nordlicht GmbH"), "placed");
        Assert.Contains("placed by Vera Blum for Nordlicht GmbH", await window.Text());

        await page.Locator(".bar-selector summary").ClickAsync();
        await window.Look("selector");
        await page.Locator("#bar-next").FillAsync("südwind");
        window.Session = ("Vera Blum", "Südwind AG");
        await page.Locator("#bar-next").PressAsync("Enter");
        await page.WaitForURLAsync(url => url.EndsWith('/') && url.Contains("/as/", StringComparison.Ordinal));
        await window.Look("next");
        window.Close();
    }
}
