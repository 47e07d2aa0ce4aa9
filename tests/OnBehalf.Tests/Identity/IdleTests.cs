using System.Net;
using OnBehalf.Kernel;
using OnBehalf.Modules.Settings;
using OnBehalf.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace OnBehalf.Tests.Identity;

public sealed class IdleTests
{
    [Fact]
    public async Task When_the_staff_sign_in_runs_out_the_session_ends_with_it_and_he_lands_where_he_began()
    {
        await using var shop = await TestShop.Start();
        var karim = await shop.As("karim");
        var inside = await karim.Assisting("ines");
        await shop.Sql("update assisted_session set return_path = '/staff/customers/N-1001'");
        await shop.Age("sign_in", "last_seen_at", TimeSpan.FromSeconds(901));

        var dead = await inside.Get("/account");
        Assert.Equal(HttpStatusCode.Forbidden, dead.Status);
        Assert.Contains("Your sign-in is over, and the assisted session with it.", dead.Text);
        Assert.DoesNotContain("Ines", dead.Html);
        var link = dead.Document.QuerySelectorAll("main a").Single(a => a.TextContent == "Sign in again").GetAttribute("href")!;
        var door = await karim.Get(link);
        Assert.Contains("You were signed out", door.Text);
        var answer = await karim.Submit(door, "form.door-form", ("Input.Email", "karim@onbehalf.example"), ("Input.Password", Characters.Password));
        Assert.Equal("/staff/customers/N-1001", answer.Location);

        // The old session stays over, also for the new sign-in.
        Assert.Equal(HttpStatusCode.Forbidden, (await inside.Get("/account")).Status);
        Assert.Equal("sign-in-expired", await shop.Scalar<string>("select end_cause from assisted_session"));
        var back = (await inside.Get("/account")).Document.QuerySelectorAll("main a").Single().GetAttribute("href");
        Assert.Contains(Uri.EscapeDataString("/staff/customers/N-1001"), back);
    }

    [Fact]
    public async Task When_only_the_session_runs_out_he_goes_back_without_signing_in()
    {
        await using var shop = await TestShop.Start();
        var inside = await (await shop.As("karim")).Assisting("ines");
        await shop.Sql("update assisted_session set return_path = '/staff/customers/N-1001'");
        await shop.Age("assisted_session_activity", "last_seen_at", TimeSpan.FromSeconds(901));
        var dead = await inside.Get("/account");
        var back = dead.Document.QuerySelectorAll("main a").Single();
        Assert.Equal("/staff/customers/N-1001", back.GetAttribute("href"));
        Assert.Equal("Go back to where you began", back.TextContent);
    }

    [Fact]
    public async Task A_page_that_was_wanted_after_the_sign_in_ran_out_is_shown_after_signing_in_again()
    {
        await using var shop = await TestShop.Start();
        var ada = await shop.As("ada");
        await shop.Age("sign_in", "last_seen_at", TimeSpan.FromSeconds(901));
        var turned = await ada.Get("/admin/mail?status=failed");
        var door = await ada.Follow(turned);
        var answer = await ada.Submit(door, "form.door-form", ("Input.Email", "ada@onbehalf.example"), ("Input.Password", Characters.Password));
        Assert.Equal("/admin/mail?status=failed", answer.Location);
    }

    [Fact]
    public async Task A_form_that_comes_too_late_changes_nothing_and_leads_back_to_its_page()
    {
        await using var shop = await TestShop.Start();
        var ada = await shop.As("ada");
        var page = await ada.Get("/admin/settings");
        await shop.Age("sign_in", "last_seen_at", TimeSpan.FromSeconds(901));
        var before = await shop.Dump("setting");
        var request = new HttpRequestMessage(HttpMethod.Post, "/admin/settings") { Content = new FormUrlEncodedContent([new("Values[shop.name]", "Late")]) };
        request.Headers.Referrer = new Uri("http://localhost/admin/settings?at=shop.name");
        var late = await ada.Send(request);
        Assert.Equal(HttpStatusCode.Forbidden, late.Status);
        Assert.Equal(before, await shop.Dump("setting"));
        var link = late.Document.QuerySelectorAll("main a").Single().GetAttribute("href");
        Assert.Equal("/staff/account/login?returnUrl=%2Fadmin%2Fsettings%3Fat%3Dshop.name", link);
    }

    [Theory]
    [InlineData(60, 43_200)]
    [InlineData(900, 43_200)]
    [InlineData(31_536_000, 31_536_000)]
    public async Task The_setting_says_how_long_a_staff_sign_in_lives_without_activity(int idle, int hard)
    {
        await using var shop = await TestShop.Start();
        var changed = await shop.Services.GetRequiredService<ShopSettings>().Change(Caller.Machine("test"), ShopSettings.StaffIdleSeconds, $"{idle}");
        Assert.False(changed.IsRefused);
        var karim = shop.Anonymous();
        await SignInTests.SignIn(karim, "/staff/account/login", "karim@onbehalf.example");
        Assert.Equal(idle, await shop.Scalar<int>("select idle_seconds from sign_in"));
        Assert.Equal(hard, await shop.Scalar<long>(shop.Database.Kind == Data.DatabaseKind.Postgres
            ? "select cast(round(extract(epoch from hard_ends_at - created_at)) as bigint) from sign_in" : "select (hard_ends_at - created_at) / 1000000 from sign_in"));

        await shop.Age("sign_in", "last_seen_at", TimeSpan.FromSeconds(idle - 5));
        Assert.Equal("/staff", (await karim.Get("/staff/account/login")).Location);

        // Being seen has moved the clock on, and then it really runs out.
        await shop.Age("sign_in", "last_seen_at", TimeSpan.FromSeconds(idle - 5));
        Assert.Equal("/staff", (await karim.Get("/staff/account/login")).Location);
        await shop.Age("sign_in", "last_seen_at", TimeSpan.FromSeconds(idle + 1));
        Assert.Null((await karim.Get("/staff/account/login")).Location);
    }

    [Fact]
    public async Task A_buyers_sign_in_lives_eight_hours_without_activity_and_thirty_days_at_most()
    {
        await using var shop = await TestShop.Start();
        var ines = shop.Anonymous();
        await SignInTests.SignIn(ines, "/account/login", "ines@buyers.example");
        await shop.Age("sign_in", "last_seen_at", TimeSpan.FromHours(7.9));
        Assert.Equal(HttpStatusCode.OK, (await ines.Get("/account")).Status);
        await shop.Age("sign_in", "hard_ends_at", TimeSpan.FromDays(31));
        Assert.StartsWith("/account/login?", (await ines.Get("/account")).Location);
    }
}
