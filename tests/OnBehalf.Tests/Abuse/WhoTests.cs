using System.Net;
using Microsoft.EntityFrameworkCore;
using OnBehalf.Identity;
using OnBehalf.Kernel;
using OnBehalf.Tests.Assistance;
using OnBehalf.Tests.Orders;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Abuse;

/// <summary>Acting for whom one may not, or more often than one may.</summary>
public sealed class WhoTests
{
    [Fact]
    public async Task Abuse01_What_is_not_his_answers_like_what_does_not_exist_wherever_he_asks()
    {
        await using var shop = await TestShop.Start();
        var number = await (await shop.As("ines")).Order();
        var rosa = await shop.As("rosa");
        var (nobody, ines) = (Guid.NewGuid(), Characters.MembershipIdOf("ines"));
        (string Foreign, string Nothing)[] ways =
        [
            ("/staff/customers/N-1001", "/staff/customers/N-9999"),
            ($"/staff/customers/N-1001/act/{ines}", $"/staff/customers/N-9999/act/{nobody}"),
            ($"/staff/customers/N-1002/act/{ines}", $"/staff/customers/N-1002/act/{nobody}"),
            ($"/staff/consumers/{Characters.MembershipIdOf("carla")}", $"/staff/consumers/{nobody}"),
            ($"/staff/consumers/{ines}/act", $"/staff/consumers/{nobody}/act"),
            ($"/staff/orders/{number}", "/staff/orders/SO-2001-999999"),
            ($"/staff/orders/{number}/print", "/staff/orders/SO-2001-999999/print"),
            ($"/staff/access/{Characters.Nordlicht}", $"/staff/access/{nobody}"),
        ];
        foreach (var (foreign, nothing) in ways)
        {
            var (theirs, none) = (await rosa.Get(foreign), await rosa.Get(nothing));
            Assert.Equal((HttpStatusCode.NotFound, none.Text), (theirs.Status, theirs.Text));
            Assert.Equal(HttpStatusCode.NotFound, none.Status);
        }

        foreach (var list in new[] { "/staff/customers?q=Nordlicht", "/staff/customers?q=Albrecht", "/staff/orders", "/staff/orders.csv", "/staff" })
        {
            var answer = await rosa.Get(list);
            Assert.Equal(HttpStatusCode.OK, answer.Status);
            Assert.DoesNotContain("Nordlicht GmbH", answer.Html);
            Assert.DoesNotContain(number, answer.Html);
        }

        // From within a session for his own customer he reaches nothing of others either.
        var inside = await rosa.Assisting("paul");
        Assert.Equal(HttpStatusCode.NotFound, (await inside.Get($"/account/orders/{number}")).Status);
        Assert.DoesNotContain("Nordlicht", (await inside.Get("/account/addresses")).Html);
    }

    [Fact]
    public async Task Abuse02_A_session_has_no_right_that_its_buyer_lacks_and_none_that_makes_the_operator_more()
    {
        await using var shop = await TestShop.Start();
        foreach (var (who, buyer) in new[] { ("karim", "lena"), ("karim", "ines"), ("vera", "jonas"), ("ada", "jonas"), ("ada", "carla") })
        {
            await Sessions.Begin(await shop.As(who), buyer, ("Input.TakeOver", "true"));
            var granted = new Rights((ulong)await shop.Scalar<long>("select rights from assisted_session where status = 'active'"));
            var role = Enum.Parse<BuyerRole>((await shop.Scalar<string>($"select role from membership where lower(cast(id as text)) = '{Characters.MembershipIdOf(buyer)}'")), ignoreCase: true);
            Assert.Equal(granted, granted & BuyerRoles.RightsOf(role));
            Assert.False(granted.Has(Right.AccountSecure));
            await shop.Sql("update assisted_session set status = 'ended'");
        }

        // The administrator of a company lends nobody what only administrators see.
        var inside = await (await shop.As("ada")).Assisting("jonas");
        foreach (var path in new[] { "/account/company/assistance", "/account/company/assistance.csv", "/account/assistance.csv" })
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await inside.Get(path)).Status);
        }
    }

    [Fact]
    public async Task Abuse03_No_credential_opens_another_surface_than_its_own()
    {
        await using var shop = await TestShop.Start();
        var karim = await shop.As("karim");
        var inside = await karim.Assisting("ines");
        var handle = inside.PathBase[4..];
        var ines = await shop.As("ines");
        var tokens = new Dictionary<string, string> { ["staff"] = karim.Cookies["staff"], ["assist-" + handle] = inside.Cookies["assist-" + handle], ["shop"] = ines.Cookies["shop"] };
        foreach (var (kind, token) in tokens)
        {
            foreach (var (name, path) in new[] { ("staff", "/staff"), ("assist-" + handle, inside.PathBase + "/account"), ("shop", "/account") })
            {
                var thief = shop.Anonymous();
                thief.Cookies[name] = token;
                Assert.Equal(name == kind, (await thief.Get(path)).Status == HttpStatusCode.OK);
            }
        }

        // Nor does the caller of a session begin another one, past all pages.
        var caller = (await Sessions.CallerOf(karim)) with { Session = new CallerSession(inside.Session, handle, Mode.Order, "visit", null, "/staff", default, default, default, null, default) };
        Assert.Equal("assistance.not-in-session", (await shop.Services.AssistedSessions().Start(caller, Sessions.Request("jonas") with { TakeOver = true })).Refusal?.Code);
        Assert.Equal(1, await shop.Scalar<int>("select count(*) from assisted_session"));
    }

    [Fact]
    public async Task Abuse04_Two_browsers_of_one_operator_on_two_nodes_have_one_session_together()
    {
        await using var shop = await TestShop.Start();
        await using var other = shop.Database.Kind == Data.DatabaseKind.Postgres ? await shop.Beside() : null;
        var (one, two) = (await Sessions.CallerOf(await shop.As("karim")), await Sessions.CallerOf(await shop.As("karim")));
        string[] buyers = ["ines", "jonas", "lena", "mira"];
        var starts = Enumerable.Range(0, 16).Select(i => Task.Run(() =>
            (i % 2 == 0 ? shop : other ?? shop).Services.AssistedSessions().Start(i % 4 < 2 ? one : two, Sessions.Request(buyers[i % 4]))));
        var outcomes = await Task.WhenAll(starts);

        Assert.Single(outcomes, outcome => !outcome.IsRefused);
        Assert.All(outcomes.Where(outcome => outcome.IsRefused), outcome => Assert.Equal("assistance.session-running", outcome.Refusal!.Code));
        Assert.Equal(1, await shop.Scalar<int>("select count(*) from assisted_session"));
        Assert.Equal(1, (await shop.Facts()).Count(name => name == "assistance.session-started"));

        // What the code forbids the database forbids, too.
        await Assert.ThrowsAsync<DbUpdateException>(async () => await (await shop.As("karim")).Assisting("paul"));
    }

    [Theory]
    [InlineData("update company set status = 'blocked'")]
    [InlineData("update company set status = 'on-hold'")]
    [InlineData("update buyer set status = 'inactive'")]
    [InlineData("update membership set status = 'inactive'")]
    public async Task Abuse06_Nobody_orders_for_whom_was_stopped_while_the_checkout_stood_open(string change)
    {
        await using var shop = await TestShop.Start();
        var inside = await (await shop.As("karim")).Assisting("ines");
        await inside.Post("/cart/lines", [("Sku", "P-100"), ("Quantity", "2")], from: "/cart");
        var checkout = await inside.Get("/checkout");
        Assert.NotNull(checkout.Document.QuerySelector("#checkout"));
        await shop.Sql(change);

        var answer = await inside.Place(checkout);
        Assert.NotEqual(HttpStatusCode.SeeOther, answer.Status);
        Assert.Equal(0, await shop.Scalar<int>("select count(*) from orders"));
        Assert.Equal(change.Contains("on-hold", StringComparison.Ordinal) ? "active" : "ended", await shop.Scalar<string>("select status from assisted_session"));
    }

    [Fact]
    public async Task Abuse40_A_workstation_that_was_left_shows_nothing_of_the_customer_after_a_quarter_of_an_hour()
    {
        await using var shop = await TestShop.Start();
        var (karim, inside) = await Sessions.Act(await shop.As("karim"), "ines");
        await shop.Age("assisted_session_activity", "last_seen_at", TimeSpan.FromSeconds(14 * 60 + 50));
        Assert.Equal(HttpStatusCode.OK, (await karim.GetJson(inside + "/assisted-session")).Status);
        await shop.Age("assisted_session_activity", "last_seen_at", TimeSpan.FromSeconds(10));
        foreach (var path in new[] { "/account", "/cart", "/account/orders", "/no-such-page" })
        {
            var page = await karim.Get(inside + path);
            Assert.Equal(HttpStatusCode.Forbidden, page.Status);
            Assert.DoesNotContain("Ines", page.Html);
        }

        Assert.Equal("idle", await shop.Scalar<string>("select end_cause from assisted_session"));

        // The desk asks for the password again.
        await shop.Age("sign_in", "last_seen_at", TimeSpan.FromMinutes(15));
        Assert.Contains("/staff/account/login", (await karim.Get("/staff")).Location);
    }

    [Fact]
    public async Task Abuse40_Who_sits_down_at_an_open_desk_does_not_begin_where_the_rule_asks_for_the_password()
    {
        await using var shop = await TestShop.Start();
        await shop.PutTerms(terms => terms with { ProofSeconds = 300 });
        var karim = await shop.As("karim");
        await shop.Age("sign_in", "proved_at", TimeSpan.FromMinutes(6));
        var before = await shop.Dump("assisted_session");
        foreach (var password in new[] { "", "a guess", "another guess" })
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Sessions.Begin(karim, "ines", ("Input.Password", password))).Status);
        }

        Assert.Equal(before, await shop.Dump("assisted_session"));
        Assert.Equal(HttpStatusCode.SeeOther, (await Sessions.Begin(karim, "ines", ("Input.Password", Characters.Password))).Status);
    }
}
