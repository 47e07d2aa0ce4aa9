using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Browser;

/// <summary>The way in from the Back Office, with the keyboard alone: customer, verification page, the buyer's screen, and back.</summary>
[Trait("Category", "Browser")]
public sealed class BackOfficeLook
{
    [Theory]
    [InlineData(375)]
    [InlineData(1280)]
    public async Task Support_comes_from_a_customer_over_the_verification_page_to_the_buyers_screen_by_keyboard(int width)
    {
        await using var shop = await TestShop.Start(listen: true);
        await using var window = await Window.Open(shop, "back-office", width);
        await window.Enter(await shop.As("sam"));
        var page = window.Page;
        if (width > 1000)
        {
            // All rooms of the administrator in one line.
            await using var wide = await Window.Open(shop, "back-office-rooms", width);
            await wide.Enter(await shop.As("ada"));
            await wide.Go("/admin", "overview");
            Assert.Equal(1, await wide.Page.EvaluateAsync<int>("() => new Set([...document.querySelectorAll('.main-links a')].map(link => link.offsetTop)).size"));
            Assert.True(await wide.Page.EvaluateAsync<bool>("() => document.querySelector('header.navbar').offsetHeight < 80"));
            wide.Close();
        }

        await window.Go("/admin/customers", "customers");
        await page.Keyboard.TypeAsync("nordlicht");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/admin/customers/N-1001");
        await window.Look("customer");
        await window.Go($"/admin/buyers/{Characters.MembershipIdOf("ines")}", "buyer");
        await window.Link("Act for Ines").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/admin/act/**");
        await window.Look("verification");
        await page.GetByLabel("Note").FocusAsync();
        await page.Keyboard.TypeAsync("Cannot find her invoice");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.TypeAsync("T-4711");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/as/*/account");
        window.Session = ("Sam Okoye", "Ines Albrecht");
        await window.Look("inside");
        window.Session = null;
        await window.Button("End and return").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/admin/buyers/**");
        await window.Look("back");
        Assert.Contains("T-4711", await window.Text());
        window.Close();
    }
}
