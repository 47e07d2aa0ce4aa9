using System.Net;
using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Modules.Identity;
using OnBehalf.Modules.Settings;
using OnBehalf.Tests.Assistance;
using OnBehalf.Tests.Orders;
using OnBehalf.Tests.Security;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Abuse;

/// <summary>Using a session to keep access, or to write what no form asks for.</summary>
public sealed class ForbiddenTests
{
    /// <summary>What a form that secures an account could be called, wherever it is.</summary>
    private static readonly (string, string)[] Plausible =
    [
        ("Input.Email", "rep@evil.example"), ("Input.Present", Characters.Password), ("Input.Password", "three quiet green boats"), ("Input.Again", "three quiet green boats"),
        ("Input.Code", "000000"), ("Input.Phone", "+49 1"), ("Email", "ines@buyers.example"), ("Password", "three quiet green boats"), ("Input.Confirm", "true"),
    ];

    [Fact]
    public async Task Abuse13_No_form_of_a_session_changes_how_the_buyer_signs_in()
    {
        await using var shop = await TestShop.Start();
        await MatrixSample.Enter(shop);
        await shop.As("ines");
        var karim = await shop.As("karim");
        const string How = "select min(email || password_hash || security_stamp || status) || '|' || count(*) from buyer";
        var before = await shop.Scalar<string>(How);
        var sent = 0;
        foreach (var endpoint in (await ListedEndpoint.All(shop)).Where(endpoint => endpoint.Method is "POST" or "PUT" or "DELETE" or "PATCH" && endpoint.Access?.Audience != Audience.Staff))
        {
            await shop.Sql("update assisted_session set status = 'ended'");
            var inside = await karim.Assisting("ines");
            var token = (await inside.Get("/no-such-page")).Token();
            await inside.PostRaw(MatrixSample.PathOf(endpoint.Pattern), [.. Plausible, ("__RequestVerificationToken", token)]);
            Assert.True(before == await shop.Scalar<string>(How), $"{endpoint} changed how the buyer signs in.");
            Assert.True(await shop.Scalar<int>("select count(*) from one_time_code") == 0, $"{endpoint} made a code.");
            Assert.DoesNotContain(inside.Cookies.Keys, name => name == "shop");
            sent++;
        }

        Assert.InRange(sent, 12, int.MaxValue);
        Assert.Equal(1, await shop.Scalar<int>("select count(*) from sign_in where buyer_id is not null and ended_at is null"));
    }

    [Fact]
    public async Task Abuse14_Whoever_is_asked_for_a_new_password_reads_who_acted_lately_and_no_session_can_ask()
    {
        await using var shop = await TestShop.Start();
        var (karim, inside) = await Sessions.Act(await shop.As("karim"), "ines");
        var asked = await karim.Post(inside + "/account/forgot", [("Email", "ines@buyers.example")], from: inside + "/cart");
        Assert.Equal(HttpStatusCode.Forbidden, asked.Status);
        Assert.Equal(0, await shop.Scalar<int>("select count(*) from mail"));
        await Sessions.End(karim, inside);

        var (_, other) = await Sessions.Act(karim, "mira");
        await Sessions.End(karim, other);
        await shop.Age("assisted_session", "started_at", TimeSpan.FromHours(25), $"handle = '{other[4..]}'");

        // A cool-down, where the shop wants it: no link while somebody acts for her and ten minutes after, but a mail that says so.
        await shop.Set(ShopSettings.ResetPauseMinutes, "10");
        await Reset("ines", 0);
        await shop.Age("assisted_session", "ended_at", TimeSpan.FromMinutes(9));
        await Reset("ines", 0);
        Assert.Equal(2, await shop.Scalar<int>("select count(*) from mail where kind = 'password-reset-later' and secret is null and body like '%Karim Weiss%'"));
        Assert.Equal(0, await shop.Scalar<int>("select count(*) from one_time_code"));
        // A link from before the session does not do what a new one could not; afterwards it still works.
        var (before, hash) = Cookies.NewToken();
        await using (var db = shop.Database.Read())
        {
            db.Add(new OneTimeCodeRow { Id = Guid.CreateVersion7(), BuyerId = Characters.BuyerIdOf("ines"), CodeHash = hash, Purpose = OneTimeCodes.PasswordReset, CreatedAt = TimeProvider.System.GetUtcNow(), ExpiresAt = TimeProvider.System.GetUtcNow().AddHours(1) });
            await db.SaveChangesAsync();
        }

        async Task<HttpStatusCode> Choose()
        {
            var visitor = shop.Anonymous();
            var form = await visitor.Get("/account/reset?code=" + before);
            form = form.Location is null ? form : await visitor.Get(form.Location);
            return (await visitor.Submit(form, "main form", ("Input.Password", "another long password"), ("Input.Again", "another long password"))).Status;
        }

        Assert.Equal(HttpStatusCode.Conflict, await Choose());
        await shop.Age("assisted_session", "ended_at", TimeSpan.FromMinutes(2));
        Assert.Equal(HttpStatusCode.SeeOther, await Choose());
        Assert.Contains("these people acted for you: Karim Weiss", await Reset("ines", 1));
        Assert.DoesNotContain("acted for you", await Reset("jonas", 2));
        Assert.DoesNotContain("acted for you", await Reset("mira", 3));

        async Task<string> Reset(string who, int number)
        {
            var visitor = shop.Anonymous();
            await visitor.Submit(await visitor.Get("/account/forgot"), "form.door-form", ("Email", $"{who}@buyers.example"));
            Assert.Equal(number, await shop.Scalar<int>("select count(*) from mail where kind = 'password-reset'"));
            return number == 0 ? "" : await shop.Scalar<string>("select body from mail where kind = 'password-reset' order by id desc limit 1");
        }
    }

    [Fact]
    public async Task Abuse23_Fields_that_no_form_has_are_written_nowhere()
    {
        await using var shop = await TestShop.Start();
        var karim = await shop.As("karim");
        var ada = Characters.StaffIdOf("ada");
        (string, string)[] greedy =
        [
            ("Operator", ada.ToString()), ("Input.Operator", ada.ToString()), ("Input.OperatorStaffId", ada.ToString()), ("Input.Rights", "-1"), ("Rights", "-1"),
            ("Input.HardEndsAt", "2099-01-01"), ("Input.HardSeconds", "999999"), ("Input.IdleSeconds", "999999"), ("Input.Rule", "mine"), ("Input.IsProved", "true"), ("Input.Status", "active"),
            ("Input.Price", "1"), ("Input.PriceMinor", "1"), ("Input.Total", "1"), ("Input.SeenTotal", "1"), ("Price", "1"), ("Input.Actor", "Ines"), ("Actor", "Ines"),
            ("Input.OperatorName", "nobody"), ("Input.BuyerId", Characters.BuyerIdOf("paul").ToString()), ("Input.CompanyId", Characters.Sudwind.ToString()),
            ("Input.Role", "administrator"), ("Input.Email", "rep@evil.example"), ("Input.SalesRepId", ada.ToString()), ("Input.PasswordHash", "x"), ("caller", "x"), ("Caller.Rights", "-1"),
        ];
        var (_, inside) = await Sessions.Act(karim, "ines", greedy);
        Assert.Equal("Karim 900 3600", await shop.Scalar<string>(
            "select o.first_name || ' ' || s.idle_seconds || ' ' || " + (shop.Database.Kind == Data.DatabaseKind.Postgres
                ? "round(extract(epoch from s.hard_ends_at - s.started_at))" : "((s.hard_ends_at - s.started_at) / 1000000)") + " from assisted_session s join staff o on o.id = s.operator_staff_id"));
        Assert.Equal("assistance.assigned-customer", await shop.Scalar<string>("select rule from assisted_session"));

        await karim.Post(inside + "/cart/lines", [("Sku", "P-100"), ("Quantity", "1"), .. greedy], from: inside + "/cart");
        var fair = (await karim.Get(inside + "/checkout")).Total();
        var number = (await karim.Submit(await karim.Get(inside + "/checkout"), "#checkout", [.. greedy.Where(field => field.Item1 != "Input.Total"), ("Input.Place", "true")])).OrderNumber();
        var order = await karim.Get($"{inside}/account/orders/{number}");
        Assert.Contains(fair[..fair.IndexOf(' ')], order.Text.Replace('\u00A0', ' '));
        Assert.Equal("Karim Weiss|Ines Albrecht|N-1001", await shop.Scalar<string>("select operator_name || '|' || buyer_name || '|' || company_number from orders"));

        var data = await karim.Get(inside + "/account/data");
        await karim.Submit(data, "main form[method=post]", [.. greedy, ("Input.FirstName", "Inés")]);
        Assert.Equal("Inés|ines@buyers.example|active", await shop.Scalar<string>("select first_name || '|' || email || '|' || status from buyer where last_name = 'Albrecht'"));
        Assert.Equal("purchaser", await shop.Scalar<string>($"select role from membership where lower(cast(id as text)) = '{Characters.MembershipIdOf("ines")}'"));
        Assert.Equal(0, await shop.Scalar<int>($"select count(*) from audit_event where (select lower(cast(k.person_id as text)) from person_key k where k.ref = operator_staff_ref) = '{ada}'"));
    }
}
