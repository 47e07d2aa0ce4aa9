using System.Net;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Identity;

/// <summary>Where people are signed in, and its end from elsewhere.</summary>
public sealed class SignInListTests
{
    [Theory]
    [InlineData("karim", "/staff/account/security", "/staff")]
    [InlineData("ines", "/account/sign-ins", "/account")]
    public async Task Somebody_sees_his_browsers_and_ends_one_then_all_others(string who, string page, string home)
    {
        await using var shop = await TestShop.Start();
        var here = await shop.As(who);
        var laptop = await shop.As(who);
        var phone = await shop.As(who);
        var forgotten = await shop.As(who);
        await shop.As(who == "ines" ? "jonas" : "rosa");
        await shop.Age("sign_in", "last_seen_at", TimeSpan.FromMinutes(16), $"id = '{Key(forgotten, shop)}'");
        var list = await here.Get(page);
        Assert.Equal(3, list.Document.QuerySelectorAll("#sign-ins li").Length);
        Assert.Single(list.Document.QuerySelectorAll("#sign-ins li"), line => line.TextContent.Contains("this browser"));

        var ended = await here.Submit(list, $"#sign-ins form:has(input[value='{laptop.SignIn}'])");
        Assert.Equal(HttpStatusCode.SeeOther, ended.Status);
        Assert.Contains("signed out", (await here.Follow(ended)).Text);
        Assert.Equal(HttpStatusCode.Redirect, (await laptop.Get(home)).Status);
        Assert.Equal(HttpStatusCode.OK, (await phone.Get(home)).Status);

        await here.Submit(await here.Get(page), "form:has(input[name=others])");
        Assert.Equal(HttpStatusCode.Redirect, (await phone.Get(home)).Status);
        Assert.Equal(HttpStatusCode.OK, (await here.Get(home)).Status);
        Assert.Contains("identity.signed-out", await shop.Facts());
    }

    [Fact]
    public async Task The_sign_in_of_somebody_else_does_not_exist_here()
    {
        await using var shop = await TestShop.Start();
        var (karim, rosa, ines) = (await shop.As("karim"), await shop.As("rosa"), await shop.As("ines"));
        Assert.Equal(HttpStatusCode.NotFound, (await karim.Post("/staff/account/security", [("signIn", $"{rosa.SignIn}")], from: "/staff/account/security")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await karim.Post("/staff/account/security", [("signIn", $"{karim.SignIn}")], from: "/staff/account/security")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await ines.Post("/account/sign-ins", [("signIn", $"{rosa.SignIn}")], from: "/account/sign-ins")).Status);
        Assert.Equal(HttpStatusCode.OK, (await rosa.Get("/staff")).Status);
    }

    [Fact]
    public async Task A_session_that_hangs_on_an_ended_sign_in_ends_with_it_and_the_others_stay()
    {
        await using var shop = await TestShop.Start();
        var desk = await shop.As("karim");
        var inside = await desk.Assisting("ines");
        var home = await shop.As("karim");
        await home.Post("/staff/account/security", [("signIn", $"{desk.SignIn}")], from: "/staff/account/security");
        Assert.Equal(HttpStatusCode.Forbidden, (await inside.Get("/cart")).Status);
        Assert.Equal("ended-elsewhere", await shop.Scalar<string>("select end_cause from assisted_session"));

        var again = await home.Assisting("ines");
        await home.Post("/staff/account/security", [("others", "true")], from: "/staff/account/security");
        Assert.Equal(HttpStatusCode.OK, (await again.Get("/cart")).Status);
    }

    [Fact]
    public async Task An_administrator_ends_what_a_staff_member_has_open_and_nobody_else_does()
    {
        await using var shop = await TestShop.Start();
        var (ada, vera, karim) = (await shop.As("ada"), await shop.As("vera"), await shop.As("karim"));
        var page = $"/admin/staff/{Characters.StaffIdOf("karim")}";
        Assert.Contains("Karim Weiss", (await ada.Get("/admin/staff")).Text);
        Assert.Equal(HttpStatusCode.Forbidden, (await vera.Get(page)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await ada.Post(page, [("signIn", $"{vera.SignIn}")], from: page)).Status);

        await ada.Submit(await ada.Get(page), $"form:has(input[value='{karim.SignIn}'])");
        Assert.Equal(HttpStatusCode.Redirect, (await karim.Get("/staff")).Status);
        Assert.Equal(HttpStatusCode.OK, (await vera.Get("/staff")).Status);

        // His own page does not close the browser in which he asks.
        var own = $"/admin/staff/{Characters.StaffIdOf("ada")}";
        await ada.Post(own, [("others", "true")], from: own);
        Assert.Equal(HttpStatusCode.OK, (await ada.Get("/admin")).Status);
    }

    private static string Key(Visitor visitor, TestShop shop) =>
        shop.Database.Kind == Data.DatabaseKind.Sqlite ? $"{visitor.SignIn}".ToUpperInvariant() : $"{visitor.SignIn}";
}
