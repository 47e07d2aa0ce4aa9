using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Browser;

/// <summary>Staff and shop under two names: the journey is the same, with no press more.</summary>
[Trait("Category", "Browser")]
public sealed class HandOverLook
{
    [Theory]
    [InlineData(375)]
    [InlineData(1280)]
    public async Task A_rep_signs_in_on_the_staff_host_acts_on_the_shop_host_and_comes_back(int width)
    {
        await using var shop = await TestShop.Start(
            builder => (builder.Configuration["Hosts:Staff"], builder.Configuration["Hosts:Shop"]) = ("staff.shop.localhost", "www.shop.localhost"), listen: true);
        var port = new Uri(shop.Address).Port;
        await using var window = await Window.Open(shop, "two-hosts", width);
        var page = window.Page;
        await window.Go($"http://staff.shop.localhost:{port}/staff/customers/N-1001", "door");
        await page.GetByLabel("E-mail").FillAsync("karim@onbehalf.example");
        await page.GetByLabel("Password").FillAsync(Characters.Password);
        await window.Click(window.Button("Sign in"), "customer");
        await window.Click(window.Link("Act for Ines"), "last-step");
        window.Session = ("Karim Weiss", "Ines Albrecht");
        await window.Button("Act for Ines").ClickAsync();
        await page.WaitForURLAsync("**/as/*/account");
        await window.Look("inside");
        Assert.StartsWith($"http://www.shop.localhost:{port}/as/", page.Url);
        window.Session = null;
        await window.Click(window.Button("End and return"), "back");
        Assert.StartsWith($"http://staff.shop.localhost:{port}/staff/customers/N-1001", page.Url);
        window.Close();
    }
}
