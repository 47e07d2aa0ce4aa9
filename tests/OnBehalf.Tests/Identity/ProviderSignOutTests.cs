using System.Net;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.Tokens;
using OnBehalf.Modules.Settings;
using OnBehalf.Tests.Assistance;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Identity;

/// <summary>The external provider says from server to server that somebody is signed out there.</summary>
public sealed class ProviderSignOutTests
{
    [Fact]
    public async Task Signing_out_there_ends_at_once_what_is_open_here()
    {
        await using var issuer = await FakeIssuer.Start();
        await using var shop = await ProviderTests.Start(issuer);
        issuer.Claims = claims => claims["sid"] = "there-1";
        var desk = await ProviderTests.Enter(shop, issuer);
        issuer.Claims = claims => claims["sid"] = "there-2";
        var phone = await ProviderTests.Enter(shop, issuer);
        issuer.Claims = claims => claims.Remove("sid");
        var unnamed = await ProviderTests.Enter(shop, issuer);
        var (byPasskey, rosa) = (await shop.As("karim"), await shop.As("rosa"));
        await shop.Sql($"update sign_in set method = 'passkey' where provider_session is null and method = 'password'");
        desk.Character = "karim";
        desk.SignIn = new(Guid.Parse(await shop.Scalar<string>("select cast(id as text) from sign_in where provider_session = 'there-1'")));
        var inside = await desk.Assisting("ines");
        Assert.Equal(HttpStatusCode.OK, (await inside.Get("/cart")).Status);

        // One session of the provider: what came from it, and what came from there without saying from which.
        var answer = await Logout(shop, issuer, claims => claims["sid"] = "there-1");
        Assert.Equal((HttpStatusCode.OK, ""), (answer.Status, answer.Html));
        Assert.Contains("no-store", answer.Response.Headers.GetValues("Cache-Control").Single());
        Assert.Equal(HttpStatusCode.Forbidden, (await inside.Get("/cart")).Status);
        Assert.Equal("provider-signed-out", await shop.Scalar<string>("select end_cause from assisted_session"));
        foreach (var (visitor, status) in new[] { (desk, HttpStatusCode.Redirect), (unnamed, HttpStatusCode.Redirect), (phone, HttpStatusCode.OK), (byPasskey, HttpStatusCode.OK), (rosa, HttpStatusCode.OK) })
        {
            Assert.Equal(status, (await visitor.Get("/staff")).Status);
        }

        // The session alone is enough; the person alone is out altogether.
        await Logout(shop, issuer, claims => { claims.Remove("sub"); claims["sid"] = "there-2"; });
        Assert.Equal(HttpStatusCode.Redirect, (await phone.Get("/staff")).Status);
        Assert.Equal(HttpStatusCode.OK, (await byPasskey.Get("/staff")).Status);
        Assert.Equal(HttpStatusCode.OK, (await Logout(shop, issuer, claims => claims["sub"] = "unknown")).Status);
        await Logout(shop, issuer, _ => { });
        Assert.Equal(HttpStatusCode.Redirect, (await byPasskey.Get("/staff")).Status);
        Assert.Equal(HttpStatusCode.OK, (await rosa.Get("/staff")).Status);
    }

    [Fact]
    public async Task A_logout_token_with_anything_wrong_ends_nothing_and_a_sound_one_counts_once()
    {
        await using var issuer = await FakeIssuer.Start();
        await using var shop = await ProviderTests.Start(issuer);
        var karim = await ProviderTests.Enter(shop, issuer);
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        (string What, Action<Dictionary<string, object>> Lie)[] lies =
        [
            ("issuer", claims => claims["iss"] = "https://elsewhere.example"), ("audience", claims => claims["aud"] = "another-shop"), ("no audience", claims => claims.Remove("aud")),
            ("no time", claims => claims.Remove("iat")), ("long ago", claims => claims["iat"] = now - 3_600), ("expired", claims => claims["exp"] = now - 120),
            ("no events", claims => claims.Remove("events")), ("another event", claims => claims["events"] = new Dictionary<string, object> { ["http://schemas.openid.net/event/other"] = new { } }),
            ("an event in words", claims => claims["events"] = "http://schemas.openid.net/event/backchannel-logout"), ("a nonce", claims => claims["nonce"] = "n"),
            ("nobody", claims => claims.Remove("sub")), ("no name of its own", claims => claims.Remove("jti")),
        ];
        foreach (var (what, lie) in lies)
        {
            var answer = await Logout(shop, issuer, lie);
            Assert.True(answer.Status == HttpStatusCode.BadRequest, $"{what}: {answer.Status}");
            Assert.Contains("invalid_request", answer.Html);
        }

        Assert.Equal(HttpStatusCode.BadRequest, (await Logout(shop, issuer, _ => { }, FakeIssuer.NewKey("first"))).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await shop.Anonymous().PostRaw(LogoutPath, [("logout_token", "nonsense")])).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await shop.Anonymous().PostRaw(LogoutPath, [])).Status);
        Assert.Equal(HttpStatusCode.OK, (await karim.Get("/staff")).Status);

        // The token of a sign-in is none of a sign-out, and the other way round.
        Assert.Equal(HttpStatusCode.BadRequest, (await Logout(shop, issuer, claims => { claims["nonce"] = issuer.Nonce; claims.Remove("events"); })).Status);
        issuer.Claims = claims => { claims.Remove("nonce"); claims["events"] = LogoutEvents; };
        Assert.DoesNotContain("staff", (await ProviderTests.Enter(shop, issuer)).Cookies.Keys);
        issuer.Claims = _ => { };

        Assert.Equal(HttpStatusCode.OK, (await Logout(shop, issuer, claims => claims["jti"] = "once")).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await karim.Get("/staff")).Status);
        issuer.Claims = claims => claims["iat"] = now + 30;
        var again = await ProviderTests.Enter(shop, issuer);
        Assert.Equal(HttpStatusCode.BadRequest, (await Logout(shop, issuer, claims => claims["jti"] = "once")).Status);
        Assert.Equal(HttpStatusCode.OK, (await again.Get("/staff")).Status);
        await using var plain = await TestShop.Start();
        Assert.Equal(HttpStatusCode.NotFound, (await plain.Anonymous().PostRaw(LogoutPath, [("logout_token", "x")])).Status);
    }

    [Fact]
    public async Task A_sign_in_that_waits_for_its_second_step_is_over_as_well()
    {
        await using var issuer = await FakeIssuer.Start();
        await using var shop = await ProviderTests.Start(issuer);
        var (secret, _) = await SecondStepTests.With(shop, "karim");
        issuer.Claims = claims => claims["sid"] = "there-1";
        var karim = shop.Anonymous();
        await ProviderTests.Back(karim, (await ProviderTests.Ask(karim, issuer))["state"]!);
        Assert.Equal(HttpStatusCode.OK, (await Logout(shop, issuer, claims => { claims.Remove("sub"); claims["sid"] = "there-1"; })).Status);
        Assert.NotEqual("/staff", (await SecondStepTests.Type(karim, SecondStepTests.Now(secret, +1))).Location);
        Assert.DoesNotContain("staff", karim.Cookies.Keys);
    }

    [Theory]
    [InlineData("sid", false)]
    [InlineData("sub", false)]
    [InlineData("sid", true)]
    public async Task A_sign_in_that_was_on_its_way_meanwhile_does_not_arrive(string named, bool isLater)
    {
        await using var issuer = await FakeIssuer.Start();
        await using var shop = await ProviderTests.Start(issuer);
        issuer.Claims = claims => (claims["sid"], claims["iat"]) = ("there-1", TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() - 5);
        var karim = shop.Anonymous();
        var state = (await ProviderTests.Ask(karim, issuer))["state"]!;
        Assert.Equal(HttpStatusCode.OK, (await Logout(shop, issuer, claims =>
        {
            claims.Remove(named == "sid" ? "sub" : "none");
            if (named == "sid")
            {
                claims["sid"] = isLater ? "another" : "there-1";
            }
        })).Status);
        await ProviderTests.Back(karim, state);
        Assert.Equal(isLater, karim.Cookies.ContainsKey("staff"));
        Assert.Equal(isLater ? 0 : 1, await shop.Scalar<int>("select count(*) from audit_event where entry like '%provider-signed-out%'"));
    }

    [Fact]
    public async Task When_the_keys_cannot_be_had_the_provider_is_asked_to_send_it_again()
    {
        await using var issuer = await FakeIssuer.Start();
        await using var shop = await ProviderTests.Start(issuer);
        issuer.IsDown = true;
        var answer = await Logout(shop, issuer, _ => { });
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.Status);
        Assert.Equal("30", answer.Response.Headers.GetValues("Retry-After").Single());
        issuer.IsDown = false;
        Assert.Equal(HttpStatusCode.OK, (await Logout(shop, issuer, _ => { })).Status);
    }

    private const string LogoutPath = "/staff/account/provider/logout";

    private static readonly Dictionary<string, object> LogoutEvents = new() { ["http://schemas.openid.net/event/backchannel-logout"] = new { } };

    private static Task<Answer> Logout(TestShop shop, FakeIssuer issuer, Action<Dictionary<string, object>> change, RsaSecurityKey? key = null)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var claims = new Dictionary<string, object>
        {
            ["iss"] = issuer.Address, ["sub"] = "karim-1", ["aud"] = FakeIssuer.Client, ["iat"] = now, ["exp"] = now + 120, ["jti"] = $"{Guid.NewGuid()}", ["events"] = LogoutEvents,
        };
        change(claims);
        return shop.Anonymous().PostRaw(LogoutPath, [("logout_token", issuer.Signed(claims, new SigningCredentials(key ?? issuer.Key, SecurityAlgorithms.RsaSha256)))]);
    }
}
