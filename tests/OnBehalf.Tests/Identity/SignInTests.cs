using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using OnBehalf.Modules.Identity;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Identity;

public sealed class SignInTests
{
    [Theory]
    [InlineData("/account/login", "ines@buyers.example", "shop", "/account")]
    [InlineData("/account/login", "INES@Buyers.Example ", "shop", "/account")]
    [InlineData("/account/login", "carla@buyers.example", "shop", "/account")]
    [InlineData("/account/login", "hanna@buyers.example", "shop", "/account")]
    [InlineData("/staff/account/login", "karim@onbehalf.example", "staff", "/staff")]
    public async Task Who_knows_his_password_is_let_in_and_lands_at_home(string door, string email, string cookie, string home)
    {
        await using var shop = await TestShop.Start();
        var visitor = shop.Anonymous();
        var answer = await SignIn(visitor, door, email);
        Assert.Equal(HttpStatusCode.SeeOther, answer.Status);
        Assert.Equal(home, answer.Location);
        Assert.Equal([cookie, "form"], visitor.Cookies.Keys.Order().Reverse());
        Assert.Equal("identity.signed-in", (await shop.Facts())[^1]);
    }

    [Theory]
    [InlineData("josé1@adventure-works.com")]
    [InlineData("jose\u03011@adventure-works.com")]
    [InlineData("JOSÉ1@ADVENTURE-WORKS.COM")]
    public async Task An_address_with_an_accent_signs_in_however_it_is_typed(string typed)
    {
        await using var shop = await TestShop.Start();
        await shop.Sql("update staff set email = 'josé1@adventure-works.com', email_normalized = 'josé1@adventure-works.com' where email = 'karim@onbehalf.example'");
        var answer = await SignIn(shop.Anonymous(), "/staff/account/login", typed);
        Assert.Equal(HttpStatusCode.SeeOther, answer.Status);
    }

    [Fact]
    public async Task Every_reason_to_refuse_a_sign_in_reads_the_same()
    {
        await using var shop = await TestShop.Start();
        await shop.Sql("update buyer set status = 'inactive' where email = 'paul@buyers.example'");
        await shop.Sql("update buyer set password_hash = null where email = 'jonas@buyers.example'");
        await shop.Sql($"update buyer set lockout_end = {Soon(shop)} where email = 'lena@buyers.example'");
        var reference = await SignIn(shop.Anonymous(), "/account/login", "nobody@buyers.example", "some wrong password");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, reference.Status);
        foreach (var (email, password) in new[]
        {
            ("ines@buyers.example", "some wrong password"), // wrong
            ("paul@buyers.example", Characters.Password), // inactive
            ("bruno@buyers.example", Characters.Password), // of a blocked company
            ("lena@buyers.example", Characters.Password), // locked out
            ("jonas@buyers.example", Characters.Password), // has no password yet
            ("karim@onbehalf.example", Characters.Password), // staff at the buyers' door
            ("ines@buyers.example", ""), ("", Characters.Password), ("no address", "x"), ("ines@buyers.example", new string('x', 5_000)),
        })
        {
            var visitor = shop.Anonymous();
            var answer = await SignIn(visitor, "/account/login", email, password);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
            Assert.Equal(Neutral(reference, "nobody@buyers.example"), Neutral(answer, email));
            Assert.DoesNotContain("shop", visitor.Cookies.Keys);
        }
    }

    [Fact]
    public async Task A_sign_in_of_one_kind_opens_nothing_of_the_other()
    {
        await using var shop = await TestShop.Start();
        var karim = shop.Anonymous();
        await SignIn(karim, "/staff/account/login", "karim@onbehalf.example");
        Assert.StartsWith("/account/login?", (await karim.Get("/account")).Location);

        // His token under the other cookie's name, as if he had copied it there.
        karim.Cookies["shop"] = karim.Cookies["staff"];
        Assert.StartsWith("/account/login?", (await karim.Get("/account")).Location);

        var ines = shop.Anonymous();
        await SignIn(ines, "/account/login", "ines@buyers.example");
        ines.Cookies["staff"] = ines.Cookies["shop"];
        Assert.StartsWith("/staff/account/login?", (await ines.Get("/admin")).Location);
    }

    [Fact]
    public async Task Five_failures_lock_the_account_for_a_quarter_of_an_hour_even_for_who_knows_the_password()
    {
        await using var shop = await TestShop.Start();
        var visitor = shop.Anonymous();
        for (var i = 0; i < 5; i++)
        {
            await SignIn(visitor, "/account/login", "ines@buyers.example", "wrong password " + i);
        }

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await SignIn(visitor, "/account/login", "ines@buyers.example")).Status);
        Assert.Equal(
            ["identity.sign-in-failed", "identity.sign-in-failed", "identity.sign-in-failed", "identity.sign-in-failed", "identity.sign-in-failed", "identity.locked-out", "identity.sign-in-failed"],
            await shop.Facts());
        Assert.Equal("ines@buyers.example", (await shop.Personal("email"))[0]);

        await shop.Age("buyer", "lockout_end", TimeSpan.FromMinutes(16));
        Assert.Equal(HttpStatusCode.SeeOther, (await SignIn(visitor, "/account/login", "ines@buyers.example")).Status);
        Assert.Equal(0, await shop.Scalar<int>("select failed_count from buyer where email = 'ines@buyers.example'"));
    }

    [Fact]
    public async Task Guessing_at_the_same_time_gets_no_more_than_five_guesses()
    {
        await using var shop = await TestShop.Start();
        var visitors = Enumerable.Range(0, 10).Select(_ => shop.Anonymous()).ToList();
        await Task.WhenAll(visitors.Select(visitor => SignIn(visitor, "/account/login", "ines@buyers.example", "wrong password")));
        var whys = await shop.Dump("audit_event");
        Assert.Equal(5, Regex.Count(whys, "\"why\":\"wrong-password\""));
        Assert.Equal(5, Regex.Count(whys, "\"why\":\"locked-out\""));
        Assert.Equal(1, Regex.Count(whys, @"\|identity\.locked-out\|"));
    }

    [Fact]
    public async Task A_success_forgets_the_failures_before_it()
    {
        await using var shop = await TestShop.Start();
        var visitor = shop.Anonymous();
        for (var i = 0; i < 4; i++)
        {
            await SignIn(visitor, "/account/login", "ines@buyers.example", "wrong");
        }

        Assert.Equal(HttpStatusCode.SeeOther, (await SignIn(visitor, "/account/login", "ines@buyers.example")).Status);
        Assert.Equal(0, await shop.Scalar<int>("select failed_count from buyer where email = 'ines@buyers.example'"));
    }

    [Theory]
    [InlineData("/account/login", "ines@buyers.example", "shop", "samesite=lax")]
    [InlineData("/staff/account/login", "karim@onbehalf.example", "staff", "samesite=strict")]
    public async Task The_cookie_is_for_this_shop_and_no_script(string door, string email, string name, string sameSite)
    {
        await using var shop = await TestShop.Start();
        var overHttp = SetCookie(await SignIn(shop.Anonymous(), door, email), name);
        Assert.Contains("httponly", overHttp);
        Assert.Contains("path=/;", overHttp);
        Assert.Contains(sameSite, overHttp);
        Assert.DoesNotContain("domain", overHttp);
        Assert.DoesNotContain("expires", overHttp);

        var secure = shop.Anonymous();
        var page = await secure.Send(new HttpRequestMessage(HttpMethod.Get, "https://localhost" + door));
        var token = page.Document.QuerySelector("form[method=post] input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        var form = new FormUrlEncodedContent([new("Input.Email", email), new("Input.Password", Characters.Password), new("__RequestVerificationToken", token)]);
        var overHttps = SetCookie(await secure.Send(new HttpRequestMessage(HttpMethod.Post, "https://localhost" + door) { Content = form }), "__Host-" + name);
        Assert.Contains("secure", overHttps);
        Assert.Contains("httponly", overHttps);
        Assert.Contains(sameSite, overHttps);
    }

    [Fact]
    public async Task A_planted_cookie_never_becomes_the_credential_of_who_signs_in()
    {
        await using var shop = await TestShop.Start();
        var attacker = shop.Anonymous();
        await SignIn(attacker, "/account/login", "paul@buyers.example");
        var victim = shop.Anonymous();
        var page = await victim.Get("/account/login");

        // Alive, it makes the form one of another person: refused.
        var planted = victim.Cookies["shop"] = attacker.Cookies["shop"];
        Assert.Equal(HttpStatusCode.BadRequest, (await Submit(victim, page)).Status);

        // Run out, it is replaced, and ended for whoever kept a copy.
        await shop.Age("sign_in", "last_seen_at", TimeSpan.FromHours(9));
        Assert.Equal(HttpStatusCode.SeeOther, (await Submit(victim, page)).Status);
        Assert.NotEqual(planted, victim.Cookies["shop"]);
        Assert.Equal("idle", await shop.Scalar<string>("select end_cause from sign_in where end_cause is not null"));
        Assert.StartsWith("/account/login?", (await attacker.Get("/account")).Location);

        static Task<Answer> Submit(Visitor visitor, Answer page) =>
            visitor.Submit(page, "form.door-form", ("Input.Email", "ines@buyers.example"), ("Input.Password", Characters.Password));
    }

    [Fact]
    public async Task Signing_out_ends_the_sign_in_on_the_server_and_the_assisted_session_with_it()
    {
        await using var shop = await TestShop.Start();
        var karim = await shop.As("karim");
        var inside = await karim.Assisting("ines");
        Assert.NotNull((await inside.Get("/no-such-page")).Document.QuerySelector(".assisted-bar"));
        var copy = karim.Cookies["staff"];

        var answer = await karim.Post("/staff/account/logout", [], from: "/staff/no-such-page");
        Assert.Equal("/staff/account/login?left=1", answer.Location);
        Assert.Contains("You are signed out.", (await karim.Follow(answer)).Text);
        karim.Cookies["staff"] = copy;
        Assert.StartsWith("/staff/account/login?", (await karim.Get("/admin")).Location);
        Assert.Contains("Your sign-in is over, and the assisted session", (await inside.Get("/no-such-page")).Text);
        Assert.Equal("signed-out", await shop.Scalar<string>("select end_cause from assisted_session"));
        Assert.Contains("identity.signed-out", await shop.Facts());
        Assert.Contains("assistance.session-ended", await shop.Facts());
    }

    [Fact]
    public async Task Signing_out_needs_a_form_of_this_person_unless_he_is_out_already()
    {
        await using var shop = await TestShop.Start();
        var ines = await shop.As("ines");
        Assert.Equal(HttpStatusCode.BadRequest, (await ines.PostRaw("/account/logout", [])).Status);
        Assert.Null((await ines.Get("/no-such-page")).Location);
        await shop.Sql("update sign_in set ended_at = created_at");
        Assert.Equal("/", (await ines.PostRaw("/account/logout", [])).Location);
        Assert.DoesNotContain("shop", ines.Cookies.Keys);
    }

    [Theory]
    [InlineData("/account/login", "/account/orders?page=2", "/account/orders?page=2")]
    [InlineData("/account/login", "/cart#top", "/cart#top")]
    [InlineData("/account/login", "https://evil.example/", "/account")]
    [InlineData("/account/login", "//evil.example/", "/account")]
    [InlineData("/account/login", "/\\evil.example/", "/account")]
    [InlineData("/account/login", "/\t/evil.example/", "/account")]
    [InlineData("/account/login", "javascript:alert(1)", "/account")]
    [InlineData("/account/login", "/staff/customers", "/account")]
    [InlineData("/account/login", "/x/../staff/customers", "/account")]
    [InlineData("/account/login", "/%61dmin/../ADMIN", "/account")]
    [InlineData("/account/login", "/as/abcdefgh/cart", "/account")]
    [InlineData("/account/login", "/account/login?returnUrl=/account/login", "/account")]
    [InlineData("/staff/account/login", "/admin/mail?status=failed", "/admin/mail?status=failed")]
    [InlineData("/staff/account/login", "/staff/customers/N-1001", "/staff/customers/N-1001")]
    [InlineData("/staff/account/login", "/cart", "/staff")]
    [InlineData("/staff/account/login", "/as/abcdefgh/cart", "/staff")]
    [InlineData("/staff/account/login", "/staffers", "/staff")]
    public async Task After_signing_in_he_lands_on_a_page_of_the_same_surface_of_this_shop(string door, string wanted, string lands)
    {
        await using var shop = await TestShop.Start();
        var email = door.StartsWith("/staff") ? "karim@onbehalf.example" : "ines@buyers.example";
        var visitor = shop.Anonymous();
        var page = await visitor.Get(door + "?returnUrl=" + Uri.EscapeDataString(wanted));
        var answer = await visitor.Submit(page, "form.door-form", ("Input.Email", email), ("Input.Password", Characters.Password));
        Assert.Equal(lands, answer.Location);
    }

    [Fact]
    public async Task Who_does_not_wait_for_the_answer_is_told_of_too_when_he_is_stopped()
    {
        await using var shop = await TestShop.Start();
        using var aborted = new CancellationTokenSource();
        await aborted.CancelAsync();
        var limits = shop.Services.GetRequiredService<SignInLimits>();
        var context = new DefaultHttpContext { RequestServices = shop.Services, RequestAborted = aborted.Token };
        for (var i = 0; i < 5; i++)
        {
            await limits.AdmitsMail(context, "nobody@buyers.example");
        }

        Assert.Equal(1, (await shop.Facts()).Count(name => name == "identity.requests-stopped"));
    }

    [Fact]
    public async Task Too_many_tries_are_turned_away_with_a_sentence_and_a_time()
    {
        await using var shop = await TestShop.Start();
        var visitor = shop.Anonymous();
        var page = await visitor.Get("/account/login");
        Answer? answer = null;
        for (var i = 0; i < 11; i++)
        {
            answer = await visitor.Submit(page, "form.door-form", ("Input.Email", "nobody@buyers.example"), ("Input.Password", "x"));
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, answer!.Status);
        Assert.Contains("too often", answer.Text);
        Assert.True(answer.Response.Headers.RetryAfter!.Delta > TimeSpan.Zero);

        // Told once for the minute, not for each request.
        await visitor.Submit(page, "form.door-form", ("Input.Email", "nobody@buyers.example"), ("Input.Password", "x"));
        Assert.Equal(1, (await shop.Facts()).Count(name => name == "identity.requests-stopped"));
        Assert.Equal(1, await shop.Scalar<int>("select count(*) from audit_event where name = 'identity.requests-stopped' and outcome = 'refused' and entry like '%\"sign-ins-of-account\"%' and entry not like '%nobody%'"));
        Assert.Equal(HttpStatusCode.SeeOther, (await SignIn(visitor, "/account/login", "ines@buyers.example")).Status);
        Assert.Equal(10, (await shop.Facts()).Count(fact => fact == "identity.sign-in-failed"));
    }

    [Fact]
    public async Task A_buyer_of_two_companies_starts_in_the_one_he_used_last_and_changes_by_one_click()
    {
        await using var shop = await TestShop.Start();
        var mira = shop.Anonymous();
        await SignIn(mira, "/account/login", "mira@buyers.example");
        Assert.Equal(Characters.MembershipIdOf("mira").ToString(), await Membership(shop));
        var anywhere = await mira.Get("/no-such-page");
        var answer = await mira.Submit(anywhere, "form[action='/account/company']", ("membership", Characters.MiraAtSudwind.ToString()));
        Assert.Equal("/account", answer.Location);
        Assert.Equal(Characters.MiraAtSudwind.ToString(), await Membership(shop));
        Assert.Contains("identity.company-switched", await shop.Facts());

        var later = shop.Anonymous();
        await SignIn(later, "/account/login", "mira@buyers.example");
        Assert.Equal(2, await shop.Scalar<int>($"select count(*) from sign_in where membership_id = '{Id(shop, Characters.MiraAtSudwind.Value)}'"));

        // A company that is not hers, one that is no id, and one that was blocked meanwhile.
        foreach (var membership in new[] { Characters.MembershipIdOf("paul").ToString(), "x", "" })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await later.Post("/account/company", [("membership", membership)], from: "/no-such-page")).Status);
        }

        await shop.Sql($"update company set status = 'blocked' where number = 'N-1001'");
        Assert.Equal(HttpStatusCode.NotFound, (await later.Post("/account/company", [("membership", Characters.MembershipIdOf("mira").ToString())], from: "/no-such-page")).Status);
        Assert.Null((await (await shop.As("ines")).Get("/no-such-page")).Document.QuerySelector("form[action='/account/company']"));
    }

    private static async Task<string> Membership(TestShop shop) =>
        (await shop.Scalar<string>("select cast(membership_id as text) from sign_in order by created_at desc limit 1")).ToLowerInvariant();

    private static string Id(TestShop shop, Guid id) => shop.Database.Kind == Data.DatabaseKind.Postgres ? id.ToString() : id.ToString().ToUpperInvariant();

    internal static async Task<Answer> SignIn(Visitor visitor, string door, string email, string password = Characters.Password)
    {
        var page = await visitor.Get(door);
        return await visitor.Submit(page, "form.door-form", ("Input.Email", email), ("Input.Password", password));
    }

    private static string SetCookie(Answer answer, string name) =>
        answer.Response.Headers.GetValues("Set-Cookie").Single(cookie => cookie.StartsWith(name + "=", StringComparison.Ordinal)).ToLowerInvariant() + ";";

    private static string Soon(TestShop shop) =>
        shop.Database.Kind == Data.DatabaseKind.Postgres ? "clock_timestamp() + interval '10 minutes'" : $"{shop.Database.Now} + 600000000";

    // The page without what differs between any two loads of it.
    private static string Neutral(Answer answer, string email) => Regex.Replace(
        (email.Length == 0 ? answer.Html : answer.Html.Replace(WebUtility.HtmlEncode(email), "", StringComparison.Ordinal)), "name=\"__RequestVerificationToken\" type=\"hidden\" value=\"[^\"]*\"| value=\"\"", "");
}
