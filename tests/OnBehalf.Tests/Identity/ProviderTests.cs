using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.Tokens;
using OnBehalf.Modules.Settings;
using OnBehalf.Tests.Assistance;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Identity;

/// <summary>Sign-in of staff by an external provider, against one that lies.</summary>
public sealed class ProviderTests
{
    private const string Callback = "/staff/account/provider/callback";

    [Fact]
    public async Task Who_is_known_by_his_verified_address_comes_in_and_later_by_his_subject_alone()
    {
        await using var issuer = await FakeIssuer.Start();
        await using var shop = await Start(issuer);
        var karim = shop.Anonymous();
        var login = await karim.Get("/staff/account/login");
        Assert.Contains("Sign in with Nordstern", login.Text);
        Assert.DoesNotContain("Nordstern", (await karim.Get("/account/login")).Text);
        var asked = await Ask(karim, issuer);
        Assert.Equal("code", asked["response_type"]);
        Assert.Equal("S256", asked["code_challenge_method"]);
        Assert.Equal("http://localhost" + Callback, asked["redirect_uri"]);
        var inside = await Back(karim, asked["state"]!);
        Assert.Equal("0;url=/staff", inside.Response.Headers.GetValues("Refresh").Single());
        Assert.Equal(asked["code_challenge"], WebEncoders.Base64UrlEncode(System.Security.Cryptography.SHA256.HashData(Encoding.ASCII.GetBytes(issuer.Exchange["code_verifier"]))));
        Assert.Contains("by the external sign-in", (await karim.Get("/staff/account/security")).Text);
        Assert.Equal("karim-1", await shop.Scalar<string>("select subject from provider_link"));
        Assert.Contains("identity.provider-linked", await shop.Facts());

        // His address changes there; a stranger gets the old one.
        issuer.Claims = claims => claims["email"] = "k.weiss@elsewhere.example";
        Assert.Contains("staff", (await Enter(shop, issuer)).Cookies.Keys);
        issuer.Claims = claims => claims["sub"] = "somebody-else";
        Assert.DoesNotContain("staff", (await Enter(shop, issuer)).Cookies.Keys);
    }

    [Fact]
    public async Task A_token_with_anything_wrong_opens_nothing()
    {
        await using var issuer = await FakeIssuer.Start();
        await using var shop = await Start(issuer);
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        (string What, Action Lie)[] lies =
        [
            ("nonce", () => issuer.Claims = claims => claims["nonce"] = "another"),
            ("no nonce", () => issuer.Claims = claims => claims.Remove("nonce")),
            ("audience", () => issuer.Claims = claims => claims["aud"] = "another-shop"),
            ("party", () => issuer.Claims = claims => (claims["aud"], claims["azp"]) = (new[] { FakeIssuer.Client, "other" }, "other")),
            ("no party", () => issuer.Claims = claims => claims["aud"] = new[] { FakeIssuer.Client, "other" }),
            ("expired", () => issuer.Claims = claims => (claims["exp"], claims["iat"]) = (now - 120, now - 300)),
            ("no expiry", () => issuer.Claims = claims => claims.Remove("exp")),
            ("issued long ago", () => issuer.Claims = claims => claims["iat"] = now - 3_600),
            ("issued tomorrow", () => issuer.Claims = claims => claims["iat"] = now + 86_400),
            ("issuer", () => issuer.Claims = claims => claims["iss"] = "https://elsewhere.example"),
            ("no subject", () => issuer.Claims = claims => claims.Remove("sub")),
            ("alg none", () => issuer.Sign = claims => $"{Part(new Dictionary<string, object> { ["alg"] = "none" })}.{Part(claims)}."),
            ("signed with the secret", () => issuer.Sign = claims => issuer.Signed(claims, new SigningCredentials(
                new SymmetricSecurityKey(Encoding.UTF8.GetBytes(FakeIssuer.Secret)) { KeyId = "first" }, SecurityAlgorithms.HmacSha256))),
            ("another key of the same name", () => issuer.Sign = claims => issuer.Signed(claims, new SigningCredentials(FakeIssuer.NewKey("first"), SecurityAlgorithms.RsaSha256))),
            ("an unknown key", () => issuer.Sign = claims => issuer.Signed(claims, new SigningCredentials(FakeIssuer.NewKey("unknown"), SecurityAlgorithms.RsaSha256))),
            ("no token", () => issuer.Sign = _ => "nonsense"),
        ];
        foreach (var (what, lie) in lies)
        {
            (issuer.Claims, issuer.Sign) = (_ => { }, null);
            lie();
            var visitor = shop.Anonymous();
            var answer = await Back(visitor, (await Ask(visitor, issuer))["state"]!);
            Assert.True(answer.Status == HttpStatusCode.UnprocessableEntity && !visitor.Cookies.ContainsKey("staff"), $"{what}: {answer.Status}");
            Assert.False(answer.Response.Headers.Contains("Refresh"), what);
        }

        Assert.Equal(0, await shop.Scalar<long>("select count(*) from sign_in"));
        Assert.True(issuer.KeyReads <= 3, $"The keys were read {issuer.KeyReads} times.");
        (issuer.Claims, issuer.Sign) = (_ => { }, null);
        Assert.Contains("staff", (await Enter(shop, issuer)).Cookies.Keys);
    }

    [Fact]
    public async Task An_answer_counts_once_in_the_browser_that_asked_and_with_its_own_state()
    {
        await using var issuer = await FakeIssuer.Start();
        await using var shop = await Start(issuer);
        var karim = shop.Anonymous();
        var state = (await Ask(karim, issuer))["state"]!;
        var thief = shop.Anonymous();
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Back(thief, state)).Status);
        await Ask(thief, issuer);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Back(thief, state)).Status);

        var cookie = karim.Cookies["staff-provider"];
        issuer.Nonce = (await Ask(karim, issuer))["nonce"]!;
        karim.Cookies["staff-provider"] = cookie;
        issuer.Nonce = "wrong for the first";
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Back(karim, state)).Status);
        karim.Cookies["staff-provider"] = cookie;
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Back(karim, state)).Status);

        var other = shop.Anonymous();
        var its = (await Ask(other, issuer))["state"]!;
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await other.Get($"{Callback}?code=c&state={its}&iss=https://elsewhere.example")).Status);
        Assert.Equal(0, await shop.Scalar<long>("select count(*) from sign_in"));
    }

    [Fact]
    public async Task Nobody_comes_in_without_a_role_a_verified_address_or_as_a_buyer()
    {
        await using var issuer = await FakeIssuer.Start();
        await using var shop = await Start(issuer);
        await shop.Sql("update staff set status = 'inactive' where email = 'rosa@onbehalf.example'");
        Action<Dictionary<string, object>>[] nobodies =
        [
            claims => claims["groups"] = new[] { "everybody" }, claims => claims["groups"] = "Sales", claims => claims["email_verified"] = false, claims => claims.Remove("email_verified"),
            claims => claims["email"] = "ines@buyers.example", claims => claims["email"] = "nobody@onbehalf.example", claims => claims["email"] = "rosa@onbehalf.example",
        ];
        foreach (var nobody in nobodies)
        {
            issuer.Claims = nobody;
            var visitor = await Enter(shop, issuer);
            Assert.DoesNotContain("staff", visitor.Cookies.Keys);
        }

        Assert.Equal(0, await shop.Scalar<long>("select count(*) from provider_link"));
        Assert.Equal(0, await shop.Scalar<long>("select count(*) from sign_in"));

        // What the token leaves out may stand beside it, if it is about the same person.
        issuer.Claims = claims => claims.Remove("groups");
        issuer.UserInfo = new() { ["sub"] = "another", ["groups"] = new[] { "sales" } };
        Assert.DoesNotContain("staff", (await Enter(shop, issuer)).Cookies.Keys);
        issuer.UserInfo["sub"] = "karim-1";
        Assert.Contains("staff", (await Enter(shop, issuer)).Cookies.Keys);
    }

    [Fact]
    public async Task Groups_give_the_role_and_another_role_ends_what_he_was_doing()
    {
        await using var issuer = await FakeIssuer.Start();
        await using var shop = await Start(issuer, ("CreatesStaff", "true"));
        var karim = await shop.As("karim");
        var inside = await karim.Assisting("ines");
        issuer.Claims = claims => claims["groups"] = new[] { "sales", "heads" };
        Assert.Contains("staff", (await Enter(shop, issuer)).Cookies.Keys);
        Assert.Equal("supervisor", await shop.Scalar<string>("select role from staff where email = 'karim@onbehalf.example'"));
        Assert.Equal(HttpStatusCode.Forbidden, (await inside.Get("/cart")).Status);

        // And, where it is allowed, who is new gets an account of that role.
        issuer.Claims = claims => (claims["sub"], claims["email"], claims["given_name"], claims["family_name"]) = ("nina-1", "nina@onbehalf.example", "Nina", "Falk");
        var nina = await Enter(shop, issuer);
        Assert.Contains("Nina Falk", (await nina.Get("/staff")).Html);
        Assert.Equal("sales-rep", await shop.Scalar<string>("select role from staff where email = 'nina@onbehalf.example'"));
        issuer.Claims = claims => (claims["sub"], claims["email"]) = ("ines-1", "ines@buyers.example");
        await Enter(shop, issuer);
        Assert.Equal(1, await shop.Scalar<long>("select count(*) from buyer where email = 'ines@buyers.example'"));
    }

    [Fact]
    public async Task Groups_never_drop_the_last_administrator_and_who_loses_a_role_is_signed_out_everywhere()
    {
        await using var issuer = await FakeIssuer.Start();
        await using var shop = await Start(issuer);
        var ada = await shop.As("ada");
        issuer.Claims = claims => (claims["sub"], claims["email"], claims["groups"]) = ("ada-1", "ada@onbehalf.example", new[] { "sales" });
        Assert.DoesNotContain("staff", (await Enter(shop, issuer)).Cookies.Keys);
        Assert.Equal("administrator", await shop.Scalar<string>("select role from staff where email = 'ada@onbehalf.example'"));
        Assert.Contains("\"provider-last-administrator\"", await shop.Scalar<string>("select entry from audit_event where name = 'identity.sign-in-failed' order by seq desc limit 1"));
        Assert.Equal(HttpStatusCode.OK, (await ada.Get("/admin")).Status);

        await shop.Sql("update staff set role = 'administrator' where email = 'vera@onbehalf.example'");
        Assert.Contains("staff", (await Enter(shop, issuer)).Cookies.Keys);
        Assert.Equal("sales-rep", await shop.Scalar<string>("select role from staff where email = 'ada@onbehalf.example'"));
        Assert.NotEqual(HttpStatusCode.OK, (await ada.Get("/staff")).Status);
        Assert.Equal(1, await shop.Scalar<int>("select count(*) from sign_in where end_cause = 'rights-changed'"));
    }

    [Fact]
    public async Task An_own_second_step_comes_after_the_provider_unless_its_own_is_trusted()
    {
        await using var issuer = await FakeIssuer.Start();
        await using var shop = await Start(issuer, ("SecondFactor", "provider"));
        var (secret, _) = await SecondStepTests.With(shop, "karim");
        var karim = shop.Anonymous();
        var asked = await Back(karim, (await Ask(karim, issuer))["state"]!);
        Assert.Equal("0;url=/staff/account/second-step", asked.Response.Headers.GetValues("Refresh").Single());
        Assert.DoesNotContain("staff", karim.Cookies.Keys);
        Assert.Equal("/staff", (await SecondStepTests.Type(karim, SecondStepTests.Now(secret, +1))).Location);
        Assert.Equal(1, await shop.Scalar<long>("select count(*) from sign_in where method = 'provider-code'"));

        issuer.Claims = claims => claims["amr"] = new[] { "pwd", "mfa" };
        Assert.Contains("staff", (await Enter(shop, issuer)).Cookies.Keys);
    }

    [Fact]
    public async Task New_keys_are_fetched_and_a_provider_that_is_down_or_points_elsewhere_leaves_the_password()
    {
        await using var issuer = await FakeIssuer.Start();
        await using var shop = await Start(issuer);
        Assert.Contains("staff", (await Enter(shop, issuer)).Cookies.Keys);
        issuer.Key = FakeIssuer.NewKey("second");
        Assert.Contains("staff", (await Enter(shop, issuer)).Cookies.Keys);

        issuer.Document = document => document["token_endpoint"] = "https://elsewhere.example/token";
        await using var astray = await Start(issuer);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Press(astray.Anonymous())).Status);

        var address = issuer.Address;
        await using var lonely = await Start(issuer);
        await issuer.DisposeAsync();
        var visitor = lonely.Anonymous();
        var down = await Press(visitor);
        Assert.Equal(HttpStatusCode.Conflict, down.Status);
        Assert.Contains("does not answer", down.Text);
        Assert.Equal("/staff", (await SecondStepTests.Enter(visitor, "karim")).Location);
    }

    [Fact]
    public async Task With_passwords_off_only_the_emergency_administrator_comes_in_by_one_and_everybody_is_told()
    {
        await using var issuer = await FakeIssuer.Start();
        await using var shop = await Start(issuer, ("EmergencyAdministrator", "Ada@onbehalf.example"));
        var ada = await shop.As("ada");
        Assert.Equal("/staff", (await ByPassword(shop, "karim")).Location);
        Assert.False((await shop.Services.GetRequiredService<ShopSettings>().Change(await Sessions.CallerOf(ada), ShopSettings.StaffPasswords, "false")).IsRefused);

        var door = await shop.Anonymous().Get("/staff/account/login");
        Assert.NotNull(door.Document.QuerySelector("details:not([open]) input[type=password]"));
        Assert.Null(door.Document.QuerySelector("a[href$='/forgot']"));
        Assert.NotNull((await shop.Anonymous().Get("/account/login")).Document.QuerySelector(".card-body > form input[type=password]"));
        foreach (var (who, password) in new[] { ("karim", Characters.Password), ("vera", Characters.Password), ("karim", "wrong password") })
        {
            var refused = await ByPassword(shop, who, password);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
            Assert.Contains("do not fit together", refused.Text);
        }

        // Whoever only knows an address closes nothing with it.
        for (var i = 0; i < 6; i++)
        {
            await ByPassword(shop, "karim", "wrong password");
        }

        Assert.Equal(0, await shop.Scalar<int>("select count(*) from staff where lockout_end is not null or failed_count > 0"));
        Assert.Equal(0, await shop.Scalar<int>("select count(*) from mail where kind = 'emergency-password'"));
        Assert.Contains("staff", (await Enter(shop, issuer)).Cookies.Keys);
        Assert.Equal("/staff", (await ByPassword(shop, "ada")).Location);
        Assert.Contains("identity.emergency-password-used", await shop.Facts());
        Assert.Contains("Ada Novak", (await shop.Mail("emergency-password")).Body);

        // His role goes, and with it the exception.
        await shop.Sql("update staff set role = 'supervisor' where email = 'ada@onbehalf.example'");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await ByPassword(shop, "ada")).Status);
    }

    private static async Task<Answer> ByPassword(TestShop shop, string who, string password = Characters.Password)
    {
        var visitor = shop.Anonymous();
        return await visitor.Submit(
            await visitor.Get("/staff/account/login"), "form[action='/staff/account/login']", ("Input.Email", $"{who}@onbehalf.example"), ("Input.Password", password));
    }

    internal static Task<TestShop> Start(FakeIssuer issuer, params (string Key, string Value)[] more) => TestShop.Start(
        builder => Configure(builder, issuer.Address, more));

    internal static void Configure(WebApplicationBuilder builder, string issuer, params (string Key, string Value)[] more)
    {
        (string Key, string Value)[] all =
        [
            ("Issuer", issuer), ("ClientId", FakeIssuer.Client), ("ClientSecret", FakeIssuer.Secret), ("Name", "Nordstern"), ("Administrator", "admins"), ("Supervisor", "heads"),
            ("SalesRep", "sales; field"), .. more,
        ];
        foreach (var (key, value) in all)
        {
            builder.Configuration["StaffProvider:" + key] = value;
        }
    }

    internal static async Task<Answer> Press(Visitor visitor) =>
        await visitor.Submit(await visitor.Get("/staff/account/login"), "form[action='/staff/account/provider']");

    internal static async Task<Dictionary<string, string?>> Ask(Visitor visitor, FakeIssuer issuer)
    {
        var answer = await Press(visitor);
        var url = answer.Response.Headers.GetValues("Refresh").Single()["0;url=".Length..];
        Assert.StartsWith(issuer.Address + "/authorize?", url);
        var asked = QueryHelpers.ParseQuery(new Uri(url).Query).ToDictionary(pair => pair.Key, pair => (string?)pair.Value.ToString());
        issuer.Nonce = asked["nonce"]!;
        return asked;
    }

    internal static Task<Answer> Back(Visitor visitor, string state) => visitor.Get($"{Callback}?code=the-code&state={state}");

    internal static async Task<Visitor> Enter(TestShop shop, FakeIssuer issuer)
    {
        var visitor = shop.Anonymous();
        await Back(visitor, (await Ask(visitor, issuer))["state"]!);
        return visitor;
    }

    internal static string Part(object json) => WebEncoders.Base64UrlEncode(System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(json));
}
