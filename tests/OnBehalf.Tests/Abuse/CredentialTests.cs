using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using OnBehalf.Modules.Settings;
using OnBehalf.Tests.Assistance;
using OnBehalf.Tests.Orders;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Abuse;

/// <summary>Stealing, planting and forging what a session is recognised by.</summary>
public sealed class CredentialTests
{
    private const string Firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
    private const string Chrome = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/141.0 Safari/537.36";

    [Fact]
    public async Task Abuse07_A_session_in_another_browser_ends_at_once_and_shows_nothing()
    {
        await using var shop = await TestShop.Start(AbuseWays.Addresses);
        var (karim, inside) = await Begin(shop, "203.0.113.9", Firefox);
        Assert.Equal(HttpStatusCode.OK, (await karim.Get(inside + "/account")).Status);
        var thief = Thief(shop, karim, "203.0.113.9", Chrome);

        var stolen = await thief.Get(inside + "/account");
        Assert.Equal(HttpStatusCode.Forbidden, stolen.Status);
        Assert.DoesNotContain("Ines", stolen.Html);
        Assert.Equal("other-browser", await shop.Scalar<string>("select end_cause from assisted_session"));
        Assert.Equal(HttpStatusCode.Forbidden, (await karim.Get(inside + "/account")).Status);
        Assert.Equal(0, await shop.Scalar<int>("select count(*) from assisted_session where network is not null or browser is not null"));
    }

    [Fact]
    public async Task Abuse07_From_another_network_it_goes_on_only_with_the_operators_password()
    {
        await using var shop = await TestShop.Start(AbuseWays.Addresses);
        await shop.Set(ShopSettings.OnOtherNetwork, "asks");
        var (karim, inside) = await Begin(shop, "203.0.113.9", Firefox);
        await karim.Post(inside + "/cart/lines", [("Sku", "P-100"), ("Quantity", "1")], from: inside + "/cart");

        // Another address of the same network is nothing unusual.
        karim.Headers[AbuseWays.From] = "203.0.113.77";
        var cart = await karim.Get(inside + "/cart");
        Assert.Equal(HttpStatusCode.OK, cart.Status);

        karim.Headers[AbuseWays.From] = "198.51.100.4";
        foreach (var path in new[] { "/cart", "/account", "/no-such-page" })
        {
            var away = await karim.Get(inside + path);
            Assert.Equal(HttpStatusCode.Forbidden, away.Status);
            Assert.DoesNotContain("Ines", away.Html);
            Assert.NotNull(away.Document.QuerySelector("a[href^='/staff/sessions/elsewhere?session=']"));
        }

        var before = await shop.Dump("cart", "cart_line");
        Assert.Equal(HttpStatusCode.Forbidden, (await karim.PostRaw(inside + "/cart/lines", [("Sku", "P-100"), ("Quantity", "1"), ("__RequestVerificationToken", cart.Token())])).Status);
        Assert.Equal(before, await shop.Dump("cart", "cart_line"));

        // The cookie of the session alone does not help, nor does a guess.
        var thief = Thief(shop, karim, "198.51.100.4", Firefox);
        Assert.Contains("/staff/account/login", (await thief.Get("/staff/sessions/elsewhere")).Location);
        var page = await karim.Get("/staff/sessions/elsewhere");
        Assert.Contains("You act for Ines Albrecht", page.Text);
        const string Form = "main form[action$=elsewhere]";
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await karim.Submit(page, Form, ("Input.Password", "a guess"))).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await karim.Get(inside + "/cart")).Status);

        var proved = await karim.Submit(page, Form, ("Input.Password", Characters.Password));
        Assert.Equal(inside + "/account", proved.Location);
        Assert.Equal(HttpStatusCode.OK, (await karim.Get(inside + "/cart")).Status);
        Assert.Contains("assistance.session-moved", await shop.Facts());
    }

    [Theory]
    [InlineData("ends", "2001:db8:1:2::1", "2001:db8:1:ff::1", HttpStatusCode.OK)]
    [InlineData("ends", "2001:db8:1:2::1", "2001:db8:2::1", HttpStatusCode.Forbidden)]
    [InlineData("ends", "192.0.2.1", "::ffff:192.0.2.9", HttpStatusCode.OK)]
    [InlineData("ends", "192.0.2.1", "192.0.3.1", HttpStatusCode.Forbidden)]
    [InlineData("ignored", "192.0.2.1", "198.51.100.1", HttpStatusCode.OK)]
    public async Task Abuse07_What_another_network_is_and_what_it_does_is_the_shops_to_say(string setting, string first, string then, HttpStatusCode expected)
    {
        await using var shop = await TestShop.Start(AbuseWays.Addresses);
        await shop.Set(ShopSettings.OnOtherNetwork, setting);
        var (karim, inside) = await Begin(shop, first, Firefox);
        karim.Headers[AbuseWays.From] = then;
        Assert.Equal(expected, (await karim.Get(inside + "/account")).Status);
        Assert.Equal(expected == HttpStatusCode.OK ? "active" : "other-network", await shop.Scalar<string>("select coalesce(end_cause, status) from assisted_session"));
    }

    [Fact]
    public async Task Abuse08_A_planted_or_used_credential_never_becomes_that_of_a_session()
    {
        await using var shop = await TestShop.Start();
        var karim = await shop.As("karim");
        var (planted, token) = ("assist-aaaaaaaaaaaaaa", Host.Cookies.NewToken().Token);
        karim.Cookies[planted] = token;
        var (_, first) = await Sessions.Act(karim, "ines", ("handle", "aaaaaaaaaaaaaa"), ("token", token), ("Input.Handle", "aaaaaaaaaaaaaa"), ("Input.Token", token));
        var (firstHandle, firstToken) = (first[4..], karim.Cookies["assist-" + first[4..]]);
        Assert.NotEqual("aaaaaaaaaaaaaa", firstHandle);
        Assert.NotEqual(token, firstToken);
        Assert.False(karim.Cookies.ContainsKey(planted));

        // The next session has nothing of the last one, and the last one's credential opens nothing of it.
        var (_, second) = await Sessions.Act(karim, "ines", ("Input.TakeOver", "true"));
        Assert.NotEqual(first, second);
        Assert.NotEqual(firstToken, karim.Cookies["assist-" + second[4..]]);
        var old = shop.Anonymous();
        old.Cookies["assist-" + second[4..]] = firstToken;
        Assert.Equal(HttpStatusCode.Forbidden, (await old.Get(second + "/account")).Status);
    }

    [Fact]
    public async Task Abuse12_No_credential_is_in_an_address_a_page_a_log_or_a_referrer()
    {
        var log = new EveryLine();
        await using var shop = await TestShop.Start(builder => builder.Logging.AddProvider(log).SetMinimumLevel(LogLevel.Trace));
        var karim = await shop.As("karim");
        var started = await Sessions.Begin(karim, "ines");
        var inside = started.Location![..started.Location!.LastIndexOf('/')];
        var secrets = new[] { karim.Cookies["staff"], karim.Cookies["assist-" + inside[4..]] };
        var pages = new List<Answer> { started };
        foreach (var path in new[] { "/", "/account", "/cart", "/search?q=drill", "/assisted-session", "/no-such-page" })
        {
            pages.Add(await karim.Get(inside + path));
        }

        await karim.Post(inside + "/cart/lines", [("Sku", "P-100"), ("Quantity", "1")], from: inside + "/cart");
        var order = await karim.Submit(await karim.Get(inside + "/checkout"), "#checkout", ("Input.Place", "true"));
        Assert.NotEqual("", order.OrderNumber());
        pages.AddRange([order, await Sessions.End(karim, inside), await karim.Get("/staff")]);

        var texts = pages.SelectMany(page => new[] { page.Html, page.Location ?? "" }).Append(log.Text)
            .Append(await shop.Dump("assisted_session", "sign_in", "audit_event", "audit_private", "mail"));
        Assert.All(texts, text => Assert.All(secrets, secret => Assert.DoesNotContain(secret, text, StringComparison.Ordinal)));
        Assert.NotEqual("", log.Text);
        Assert.All(pages, page => Assert.Contains("same-origin", page.Response.Headers.GetValues("Referrer-Policy")));
    }

    [Theory]
    [InlineData("X-Customer-Id")]
    [InlineData("X-Operator")]
    [InlineData("X-On-Behalf-Of")]
    [InlineData("X-Forwarded-User")]
    [InlineData("X-Original-URL")]
    [InlineData("X-Rewrite-URL")]
    [InlineData("X-Forwarded-Prefix")]
    [InlineData("X-HTTP-Method-Override")]
    [InlineData("Authorization")]
    public async Task Abuse24_Forged_headers_make_nobody_somebody(string header)
    {
        await using var shop = await TestShop.Start();
        var (karim, inside) = await Sessions.Act(await shop.As("karim"), "ines");
        foreach (var value in new[] { Characters.BuyerIdOf("jonas").ToString(), Characters.StaffIdOf("ada").ToString(), "/admin/settings", inside, "DELETE", "Bearer " + karim.Cookies["staff"] })
        {
            foreach (var (visitor, path, expected) in new[]
            {
                (shop.Anonymous(), "/account", HttpStatusCode.Found), (shop.Anonymous(), inside + "/account", HttpStatusCode.Forbidden),
                (karim, "/admin/settings", HttpStatusCode.Forbidden), (karim, inside + "/account/password", HttpStatusCode.Forbidden),
            })
            {
                visitor.Headers[header] = value;
                Assert.Equal(expected, (await visitor.Get(path)).Status);
            }

            Assert.Contains("Ines Albrecht", (await karim.Get(inside + "/account")).Document.QuerySelector(".assisted-bar")!.TextContent);
        }
    }

    private static async Task<(Visitor Karim, string Inside)> Begin(TestShop shop, string address, string browser)
    {
        var karim = await shop.As("karim");
        (karim.Headers[AbuseWays.From], karim.Headers["User-Agent"]) = (address, browser);
        return await Sessions.Act(karim, "ines");
    }

    // He has the session's cookie, and not the one of the desk.
    private static Visitor Thief(TestShop shop, Visitor victim, string address, string browser)
    {
        var thief = shop.Anonymous();
        foreach (var (name, value) in victim.Cookies.Where(cookie => cookie.Key.StartsWith("assist-", StringComparison.Ordinal)))
        {
            thief.Cookies[name] = value;
        }

        (thief.Headers[AbuseWays.From], thief.Headers["User-Agent"]) = (address, browser);
        return thief;
    }
}
