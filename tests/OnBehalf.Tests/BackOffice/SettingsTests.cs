using System.Net;
using Microsoft.Extensions.DependencyInjection;
using OnBehalf.Modules.Settings;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.BackOffice;

public sealed class SettingsTests
{
    [Fact]
    public async Task A_changed_setting_counts_at_once_and_says_who_changed_it()
    {
        await using var shop = await TestShop.Start();
        var ada = await shop.As("ada");
        var page = await ada.Get("/admin/settings");
        foreach (var setting in ShopSettings.All)
        {
            Assert.Contains(setting.Title, page.Text);
            Assert.Contains(setting.Sentence, page.Text);
        }

        var stored = await ada.Submit(page, "main form", ("Values[staff.session-idle-seconds]", "31536000"), ("Values[shop.name]", "Nordwind & Söhne"));
        Assert.Equal("/admin/settings?stored=true", stored.Location);
        var after = await ada.Follow(stored);
        Assert.Contains("Your changes are stored", after.Text);
        Assert.Contains("Changed by Ada Novak", after.Text);
        var settings = shop.Services.GetRequiredService<ShopSettings>();
        Assert.Equal(31_536_000, await settings.Number(ShopSettings.StaffIdleSeconds));
        Assert.Equal("Nordwind & Söhne", await settings.Get(ShopSettings.ShopName));
        Assert.Equal(2, (await shop.Facts()).Count(fact => fact == "settings.changed"));

        // Storing the page as it is changes nothing.
        await ada.Submit(after, "main form");
        Assert.Equal(2, (await shop.Facts()).Count(fact => fact == "settings.changed"));
    }

    [Theory]
    [InlineData("staff.session-idle-seconds", "59")]
    [InlineData("staff.session-idle-seconds", "31536001")]
    [InlineData("staff.session-idle-seconds", "")]
    [InlineData("staff.session-idle-seconds", "-900")]
    [InlineData("staff.session-idle-seconds", "9e2")]
    [InlineData("staff.session-idle-seconds", "900.0")]
    [InlineData("staff.session-idle-seconds", "99999999999999999999")]
    [InlineData("assistance.discard-expired-cart", "x")]
    [InlineData("catalog.prices-need-sign-in", "maybe")]
    [InlineData("shop.currency", "EURO")]
    [InlineData("shop.currency", "eur")]
    [InlineData("shop.time-zone", "Mars/Olympus")]
    [InlineData("shop.address", "shop.example.com")]
    [InlineData("shop.address", "javascript:alert(1)")]
    [InlineData("shop.address", "https://shop.example.com/path")]
    [InlineData("shop.address", "https://user@shop.example.com")]
    public async Task A_value_that_will_not_do_is_refused_at_its_field_and_nothing_is_stored(string name, string value)
    {
        await using var shop = await TestShop.Start();
        var ada = await shop.As("ada");
        var page = await ada.Get("/admin/settings");
        var answer = await ada.Submit(page, "main form", ($"Values[{name}]", value), ("Values[shop.name]", "Half a change"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        var field = answer.Document.QuerySelector($"[name='Values[{name}]']")!;
        Assert.Equal("true", field.GetAttribute("aria-invalid"));
        Assert.Contains(ShopSettings.All.Single(setting => setting.Name == name).Title, answer.Document.GetElementById(field.GetAttribute("aria-describedby")!.Split(' ')[^1])!.TextContent);
        Assert.Equal("Half a change", answer.Document.QuerySelector("[name='Values[shop.name]']")!.GetAttribute("value"));
        Assert.Equal("", await shop.Dump("setting"));
    }

    [Fact]
    public async Task The_name_of_the_shop_is_one_line_and_stands_in_the_head_of_every_surface()
    {
        await using var shop = await TestShop.Start();
        var ada = await shop.As("ada");
        foreach (var wrong in new[] { " ", "Nordwind\u0007" })
        {
            var refused = await ada.Submit(await ada.Get("/admin/settings"), "main form", ("Values[shop.name]", wrong));
            Assert.Contains("Name of the shop: 1 to 200 characters", refused.Text);
        }

        await ada.Submit(await ada.Get("/admin/settings"), "main form", ("Values[shop.name]", "Nordwind & Söhne"));
        foreach (var path in new[] { "/", "/staff", "/admin" })
        {
            Assert.StartsWith("Nordwind & Söhne", (await ada.Get(path)).Document.QuerySelector(".navbar-brand")!.TextContent);
        }
    }

    [Theory]
    [InlineData("60")]
    [InlineData("31536000")]
    public async Task The_ends_of_the_range_are_allowed(string value)
    {
        await using var shop = await TestShop.Start();
        var ada = await shop.As("ada");
        Assert.Equal(HttpStatusCode.SeeOther, (await ada.Submit(await ada.Get("/admin/settings"), "main form", ("Values[staff.session-idle-seconds]", value))).Status);
    }

    [Fact]
    public async Task Nobody_takes_back_what_somebody_else_has_just_changed()
    {
        await using var shop = await TestShop.Start();
        var (ada, other) = (await shop.As("ada"), await shop.As("ada"));
        var (hers, his) = (await ada.Get("/admin/settings"), await other.Get("/admin/settings"));
        await ada.Submit(hers, "main form", ("Values[shop.name]", "Hers"));

        // Another setting does not mind.
        Assert.Equal(HttpStatusCode.SeeOther, (await other.Submit(his, "main form", ("Values[shop.currency]", "CHF"))).Status);
        var conflict = await other.Submit(his, "main form", ("Values[shop.name]", "His"));
        Assert.Equal(HttpStatusCode.Conflict, conflict.Status);
        Assert.Contains("Ada Novak has changed it meanwhile", conflict.Text);
        Assert.Equal("Hers", await shop.Scalar<string>("select value from setting where name = 'shop.name'"));
    }

    [Fact]
    public async Task Settings_are_for_administrators()
    {
        await using var shop = await TestShop.Start();
        foreach (var name in new[] { "karim", "sam", "vera", "tom" })
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await (await shop.As(name)).Get("/admin/settings")).Status);
        }
    }
}
