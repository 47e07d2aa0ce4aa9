using Microsoft.Playwright;
using OnBehalf.Tests.Identity;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Browser;

/// <summary>The pages of staff sign-in with something on them: the way in with a second step, and what an administrator sees.</summary>
[Trait("Category", "Browser")]
public sealed class SignInPagesLook
{
    [Theory]
    [InlineData(375)]
    [InlineData(1280)]
    public async Task Karim_sets_up_his_app_signs_in_with_it_and_ada_looks_after_him(int width)
    {
        await using var shop = await TestShop.Start(builder => ProviderTests.Configure(builder, "https://sign-in.nordstern.example"), listen: true);
        await using var karim = await Window.Open(shop, "second-step", width);
        await karim.Enter(await shop.As("karim"));
        await karim.Go("/staff/account/second-step/set-up", "set-up");
        var secret = SecondStepTests.Read(await karim.Page.Locator("main code").InnerTextAsync());
        await karim.Page.GetByLabel("The code that the app shows now").FillAsync(SecondStepTests.Now(secret, 0));
        await karim.Page.GetByLabel("Your own password").FillAsync(Characters.Password);
        await karim.Click(karim.Button("Set it up"), "codes");
        await karim.Click(karim.Link("I have kept them"), "security");
        await karim.Go("/staff/account/recovery-codes", "new-codes");
        await karim.Go("/staff/account/second-step/off", "off");
        await shop.Sql("update sign_in set ended_at = created_at");

        await karim.Go("/staff/account/login", "door");
        await karim.Page.GetByLabel("E-mail address").FillAsync("karim@onbehalf.example");
        await karim.Page.GetByLabel("Password").FillAsync(Characters.Password);
        await karim.Click(karim.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }), "second-step");
        await karim.Page.GetByLabel("Code").FillAsync(SecondStepTests.Now(secret, +1));
        await karim.Click(karim.Button("Sign in"), "desk");
        Assert.EndsWith("/staff", karim.Page.Url);
        karim.Close();

        await using var ada = await Window.Open(shop, "staff", width);
        await ada.Enter(await shop.As("ada"));
        await shop.Age("sign_in", "proved_at", TimeSpan.FromMinutes(20));
        await ada.Go("/admin/staff", "list");
        await ada.Click(ada.Link("Karim Weiss"), "karim");
        ada.Close();
    }
}
