using System.Net;
using OnBehalf.Modules.Identity;
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

    [Fact]
    public async Task A_supervisor_ends_what_a_buyer_has_open_and_the_buyer_is_told()
    {
        await using var shop = await TestShop.Start();
        var (vera, sam, ines, jonas) = (await shop.As("vera"), await shop.As("sam"), await shop.As("ines"), await shop.As("jonas"));
        await shop.As("ines");
        var page = $"/admin/buyers/{Characters.MembershipIdOf("ines")}";
        Assert.Empty((await sam.Get(page)).Document.QuerySelectorAll("#sign-ins"));
        Assert.Equal(HttpStatusCode.Forbidden, (await sam.Post(page, [("others", "true")], from: page)).Status);
        Assert.Equal(HttpStatusCode.OK, (await ines.Get("/account")).Status);

        var list = await vera.Get(page);
        Assert.Equal(2, list.Document.QuerySelectorAll("#sign-ins li").Length);
        Assert.Equal(HttpStatusCode.NotFound, (await vera.Post(page, [("signIn", $"{jonas.SignIn}")], from: page)).Status);
        var ended = await vera.Submit(list, $"#sign-ins form:has(input[value='{ines.SignIn}'])");
        Assert.Contains("That browser is signed out", (await vera.Follow(ended)).Text);
        Assert.Equal(HttpStatusCode.Redirect, (await ines.Get("/account")).Status);
        Assert.Equal(HttpStatusCode.OK, (await jonas.Get("/account")).Status);
        Assert.Equal("ended-by-staff", await shop.Scalar<string>("select max(end_cause) from sign_in"));
        var mail = await shop.Mail("signed-out-by-staff");
        Assert.Contains("ines@buyers.example", mail.To);
        Assert.Contains("Vera Blum", mail.Body);

        // All at once; and when nothing was open, nobody is told anything.
        var ada = await shop.As("ada");
        await ada.Submit(await ada.Get(page), "#sign-ins form:has(input[name=others])");
        Assert.Equal(0, await shop.Scalar<long>($"select count(*) from sign_in where buyer_id = (select id from buyer where email = 'ines@buyers.example') and ended_at is null"));
        await ada.Post(page, [("others", "true")], from: page);
        Assert.Equal(2, await shop.Scalar<long>("select count(*) from mail where kind = 'signed-out-by-staff'"));
    }

    [Fact]
    public async Task A_passkey_gets_another_name_from_its_owner_alone()
    {
        await using var shop = await TestShop.Start();
        var key = Guid.NewGuid();
        await using (var db = shop.Database.Read())
        {
            db.Add(new PasskeyRow
            {
                Id = key, StaffId = Characters.StaffIdOf("karim"), CredentialId = [1], Name = "Old laptop", PublicKey = [1], SignCount = 0, IsUserVerified = true,
                IsBackupEligible = false, IsBackedUp = false, CreatedAt = TimeProvider.System.GetUtcNow(),
            });
            await db.SaveChangesAsync();
        }

        const string Page = "/staff/account/passkeys";
        var karim = await shop.As("karim");
        await shop.Age("sign_in", "proved_at", TimeSpan.FromHours(1));
        var renamed = await karim.Submit(await karim.Get(Page), "#passkeys", ($"called-{key}", "  Desk in Kiel "), ("rename", $"{key}"));
        Assert.Equal(Page + "?done=renamed", renamed.Location);
        Assert.Contains("Desk in Kiel", (await karim.Get(Page)).Text);
        Assert.Contains("identity.passkey-renamed", await shop.Facts());
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await karim.Submit(await karim.Get(Page), "#passkeys", ($"called-{key}", " "), ("rename", $"{key}"))).Status);

        var rosa = await shop.As("rosa");
        Assert.Equal(HttpStatusCode.NotFound, (await rosa.Post(Page, [($"called-{key}", "Mine"), ("rename", $"{key}")], from: Page)).Status);
        Assert.Equal("Desk in Kiel", await shop.Scalar<string>("select name from passkey"));
    }

    private static string Key(Visitor visitor, TestShop shop) =>
        shop.Database.Kind == Data.DatabaseKind.Sqlite ? $"{visitor.SignIn}".ToUpperInvariant() : $"{visitor.SignIn}";
}
