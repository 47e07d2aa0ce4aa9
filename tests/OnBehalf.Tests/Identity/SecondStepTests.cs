using System.Net;
using OnBehalf.Identity;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Identity;

/// <summary>Authenticator app and recovery codes of staff.</summary>
public sealed class SecondStepTests
{
    private const string Door = "/staff/account/login";
    private const string Step = "/staff/account/second-step";
    private const string SetUp = "/staff/account/second-step/set-up";

    [Fact]
    public async Task With_an_app_the_password_alone_opens_nothing_and_a_code_finishes_the_sign_in_once()
    {
        await using var shop = await TestShop.Start();
        var (secret, _) = await With(shop, "karim");
        var karim = shop.Anonymous();
        var half = await Enter(karim, "karim");
        Assert.Equal(Step, half.Location);
        Assert.DoesNotContain("staff", karim.Cookies.Keys);
        foreach (var path in new[] { "/staff", "/staff/account/security", "/admin", SetUp })
        {
            Assert.StartsWith("/staff/account/login", (await karim.Get(path)).Location);
        }

        var code = Now(secret, +1);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Type(karim, Now(secret, -3))).Status);
        var inside = await Type(karim, code);
        Assert.Equal("/staff", inside.Location);
        Assert.DoesNotContain("staff-step", karim.Cookies.Keys);
        Assert.Equal(HttpStatusCode.OK, (await karim.Get("/staff")).Status);
        Assert.Contains("with password and code", (await karim.Get("/staff/account/security")).Text);

        // Who looked over his shoulder has the password and that code.
        var thief = shop.Anonymous();
        await Enter(thief, "karim");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Type(thief, code)).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Type(thief, Now(secret, 0))).Status);
        Assert.DoesNotContain("staff", thief.Cookies.Keys);
    }

    [Fact]
    public async Task Setting_it_up_asks_for_the_password_and_a_code_and_shows_ten_codes_once()
    {
        await using var shop = await TestShop.Start();
        var karim = await shop.As("karim");
        var page = await karim.Get(SetUp);
        Assert.NotNull(page.Document.QuerySelector("svg.qr path"));
        var secret = SecretOn(page);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await karim.Submit(page, "main form", ("Input.NewCode", Now(secret, 0)), ("Input.Password", "wrong"))).Status);
        var wrong = await karim.Submit(page, "main form", ("Input.NewCode", "000000"), ("Input.Password", Characters.Password));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.Status);
        Assert.Equal(0, await shop.Scalar<long>("select count(*) from authenticator"));

        var done = await karim.Submit(wrong, "main form", ("Input.NewCode", Now(secret, 0)), ("Input.Password", Characters.Password));
        var codes = done.Document.QuerySelectorAll(".recovery-codes code").Select(code => code.TextContent).ToList();
        Assert.Equal(RecoveryCodes.Count, codes.Distinct().Count());
        var stored = await shop.Dump("authenticator", "recovery_code", "audit_event", "audit_private", "mail");
        Assert.All(codes, code => Assert.DoesNotContain(code, stored));
        Assert.DoesNotContain(Totp.Text(secret), await shop.Dump("authenticator", "audit_event", "audit_private"));
        Assert.Contains("identity.second-step-set", await shop.Facts());
        Assert.Equal(1, await shop.Scalar<long>("select count(*) from mail where kind = 'second-step-set'"));

        // A recovery code works once; a mail tells of it.
        var other = shop.Anonymous();
        await Enter(other, "karim");
        Assert.Equal("/staff", (await Type(other, codes[3].ToUpperInvariant())).Location);
        var again = shop.Anonymous();
        await Enter(again, "karim");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Type(again, codes[3])).Status);
        Assert.Equal(1, await shop.Scalar<long>("select count(*) from mail where kind = 'recovery-code-used'"));
        Assert.Contains("9 recovery codes are left", (await karim.Get("/staff/account/security")).Text);
    }

    [Fact]
    public async Task The_key_of_one_person_sets_up_nothing_for_another()
    {
        await using var shop = await TestShop.Start();
        var karim = await shop.As("karim");
        var secret = SecretOn(await karim.Get(SetUp));
        var carried = (await karim.Get(SetUp)).Document.QuerySelector("input[name='Input.Carried']")!.GetAttribute("value")!;
        var rosa = await shop.As("rosa");
        var page = await rosa.Get(SetUp);
        var answer = await rosa.Submit(page, "main form", ("Input.Carried", carried), ("Input.NewCode", Now(secret, 0)), ("Input.Password", Characters.Password));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Equal(0, await shop.Scalar<long>("select count(*) from authenticator"));
    }

    [Fact]
    public async Task Five_wrong_codes_rest_the_account_also_when_the_password_is_typed_in_between()
    {
        await using var shop = await TestShop.Start();
        await With(shop, "karim");
        await shop.Sql("update staff set failed_count = 2 where email = 'karim@onbehalf.example'");
        for (var round = 0; round < 3; round++)
        {
            var guess = shop.Anonymous();
            Assert.Equal(Step, (await Enter(guess, "karim")).Location);
            await Type(guess, "123456");
        }

        Assert.Contains("identity.locked-out", await shop.Facts());
        Assert.Equal(0, await shop.Scalar<long>("select count(*) from sign_in where method = 'password-code'"));
    }

    [Fact]
    public async Task A_half_finished_sign_in_dies_with_time_a_new_password_and_suspension()
    {
        await using var shop = await TestShop.Start();
        var (secret, _) = await With(shop, "karim");
        foreach (var end in new[]
        {
            "update staff set security_stamp = 'new'", "update staff set status = 'inactive'", "update sign_in_step set expires_at = created_at",
        })
        {
            var karim = shop.Anonymous();
            await Enter(karim, "karim");
            await shop.Sql(end);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Type(karim, Now(secret, +1))).Status);
            Assert.DoesNotContain("staff", karim.Cookies.Keys);
            await shop.Sql("update staff set status = 'active'");
        }
    }

    [Fact]
    public async Task A_role_that_needs_a_second_step_sets_it_up_before_it_is_in()
    {
        await using var shop = await TestShop.Start();
        var ada = await shop.As("ada");
        await ada.Post("/admin/settings", [("Values[staff.second-step]", "administrators"), ("Shown[staff.second-step]", "nobody")]);
        var karim = shop.Anonymous();
        Assert.Equal("/staff", (await Enter(karim, "karim")).Location);

        var fresh = shop.Anonymous();
        Assert.Equal(SetUp, (await Enter(fresh, "ada")).Location);
        Assert.StartsWith("/staff/account/login", (await fresh.Get("/admin")).Location);
        var page = await fresh.Get(SetUp);
        var done = await fresh.Submit(page, "main form", ("Input.NewCode", Now(SecretOn(page), 0)));
        Assert.Equal(RecoveryCodes.Count, done.Document.QuerySelectorAll(".recovery-codes code").Length);
        Assert.Equal(HttpStatusCode.OK, (await fresh.Get("/admin")).Status);

        // And it stays: the role needs it.
        var off = await fresh.Post("/staff/account/second-step/off", [("Input.Code", done.Document.QuerySelector(".recovery-codes code")!.TextContent)]);
        Assert.Equal(HttpStatusCode.Conflict, off.Status);
    }

    [Fact]
    public async Task Switching_off_and_new_codes_take_a_code_and_not_the_password()
    {
        await using var shop = await TestShop.Start();
        var (_, codes) = await With(shop, "karim");
        var karim = await shop.As("karim");
        foreach (var page in new[] { "/staff/account/second-step/off", "/staff/account/recovery-codes" })
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, (await karim.Post(page, [("Input.Password", Characters.Password)])).Status);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, (await karim.Post(page, [("Input.Code", "123456")])).Status);
        }

        var made = await karim.Post("/staff/account/recovery-codes", [("Input.Code", codes[0])]);
        var fresh = made.Document.QuerySelector(".recovery-codes code")!.TextContent;
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await karim.Post("/staff/account/second-step/off", [("Input.Code", codes[1])])).Status);
        Assert.Equal(HttpStatusCode.SeeOther, (await karim.Post("/staff/account/second-step/off", [("Input.Code", fresh)])).Status);
        Assert.Equal("/staff", (await Enter(shop.Anonymous(), "karim")).Location);
        Assert.Equal(0, await shop.Scalar<long>("select count(*) from recovery_code"));
    }

    [Fact]
    public async Task An_administrator_resets_the_second_step_of_another_with_a_fresh_proof_and_never_his_own()
    {
        await using var shop = await TestShop.Start();
        await With(shop, "karim");
        var (karim, ada) = (await shop.As("karim"), await shop.As("ada"));
        await shop.Age("sign_in", "proved_at", TimeSpan.FromMinutes(16));
        var page = $"/admin/staff/{Characters.StaffIdOf("karim")}";
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await ada.Post(page, [("reset", "true")])).Status);
        Assert.Equal(HttpStatusCode.SeeOther, (await ada.Post(page, [("reset", "true"), ("Input.Password", Characters.Password)])).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await karim.Get("/staff")).Status);
        Assert.Equal("/staff", (await Enter(shop.Anonymous(), "karim")).Location);
        Assert.Equal(1, await shop.Scalar<long>("select count(*) from mail where kind = 'second-step-reset' and to_address = 'karim@onbehalf.example'"));
        Assert.Contains("identity.second-step-removed", await shop.Facts());

        var own = $"/admin/staff/{Characters.StaffIdOf("ada")}";
        Assert.Equal(HttpStatusCode.Forbidden, (await ada.Post(own, [("reset", "true")], from: page)).Status);
    }

    /// <summary>Sets up an app for a character, as he would; returns its secret and the recovery codes.</summary>
    /// <summary>Somebody with an authenticator app. Its next code is that of <see cref="Now"/> + 1: this step's is used up, and an older one would be too old half a minute later.</summary>
    internal static async Task<(byte[] Secret, IReadOnlyList<string> Codes)> With(TestShop shop, string who)
    {
        var visitor = await shop.As(who);
        var page = await visitor.Get(SetUp);
        var secret = SecretOn(page);
        var done = await visitor.Submit(page, "main form", ("Input.NewCode", Now(secret, 0)), ("Input.Password", Characters.Password));
        return (secret, [.. done.Document.QuerySelectorAll(".recovery-codes code").Select(code => code.TextContent)]);
    }

    internal static string Now(byte[] secret, int steps) => Totp.Code(secret, Totp.StepOf(TimeProvider.System.GetUtcNow()) + steps);

    internal static async Task<Answer> Enter(Visitor visitor, string who) =>
        await visitor.Submit(await visitor.Get(Door), "form.door-form", ("Input.Email", $"{who}@onbehalf.example"), ("Input.Password", Characters.Password));

    internal static Task<Answer> Type(Visitor visitor, string code) => visitor.Post(Step, [("Input.Code", code)], from: Door);

    private static byte[] SecretOn(Answer page) => Read(page.Document.QuerySelector("code")!.TextContent);

    /// <summary>The key as the page shows it, as bytes.</summary>
    internal static byte[] Read(string shown)
    {
        var text = shown.Replace(" ", "", StringComparison.Ordinal);
        var (bits, count, bytes) = (0, 0, new List<byte>());
        foreach (var letter in text)
        {
            (bits, count) = ((bits << 5) | "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(letter, StringComparison.Ordinal), count + 5);
            if (count >= 8)
            {
                bytes.Add((byte)(bits >> (count - 8)));
                count -= 8;
            }
        }

        return [.. bytes];
    }
}
