using System.Net;
using Microsoft.Extensions.DependencyInjection;
using OnBehalf.Assistance;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Modules.Assistance;
using OnBehalf.Modules.Identity;
using OnBehalf.Tests.Carts;
using OnBehalf.Tests.Orders;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Assistance;

/// <summary>Ines acts for Mira by a mandate that Jonas, the administrator of Nordlicht, has given.</summary>
public sealed class ColleagueTests
{
    private const string People = "/account/company/people";
    private const string Mandates = "/account/company/mandates";

    [Fact]
    public async Task A_colleague_with_a_mandate_finds_acts_orders_and_is_brought_back()
    {
        await using var shop = await TestShop.Start();
        var ines = await shop.As("ines");
        var alone = await ines.Get(People);
        Assert.Contains("You hold no mandate", alone.Text);
        Assert.DoesNotContain("Mira", alone.Text);
        Assert.Equal(HttpStatusCode.NotFound, (await ines.Get(ActPath("mira"))).Status);

        await Give(shop, "ines", "mira", ("Input.PerOrder", "300"), ("Input.PerMonth", "500"));
        var people = await ines.Get(People);
        Assert.Contains("Mira Åkesson", people.Text);
        Assert.DoesNotContain("Lena", people.Text);
        Assert.DoesNotContain("Jonas", people.Text);
        var inside = await Act(ines, "mira");

        var account = await inside.Get("/account");
        Assert.Contains("Ines Albrecht (Colleague) for Mira Åkesson, Nordlicht GmbH", Words(account.Document.QuerySelector(".bar-people")!.TextContent));
        Assert.Contains("300.00 EUR an order, 500.00 EUR a month", account.Document.QuerySelector(".bar-limits")!.TextContent);
        foreach (var closed in new[] { People, Mandates, ActPath("lena"), "/account/company/assistance", "/account/password" })
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await inside.Get(closed)).Status);
        }

        await Raise(inside);
        await inside.Order("P-100", "2");
        Assert.Equal("Ines Albrecht|Mira Åkesson", await shop.Scalar<string>("select operator_name || '|' || buyer_name from orders"));
        Assert.Equal(Characters.BuyerIdOf("ines").ToString(), await shop.Scalar<string>("select (select lower(cast(k.person_id as text)) from person_key k where k.ref = operator_buyer_ref) from audit_event where name = 'orders.placed'"));
        await inside.Put("P-100", "4");
        Assert.Contains("You may place orders of at most 300.00 EUR", (await inside.Place(await inside.Get("/checkout"))).Text);
        await inside.Post("/cart/lines/remove", [], from: "/cart");

        var mira = await shop.As("mira");
        Assert.Contains("Ines Albrecht acts for you now", (await mira.Get("/account/assistance")).Text);
        Assert.Contains("Ines Albrecht acts for Mira Åkesson now", (await (await shop.As("jonas")).Get("/account/company/assistance")).Text);
        Assert.Contains("Ines Albrecht", (await (await shop.As("vera")).Get("/admin/sessions")).Text);

        var end = await inside.Submit(await inside.Get("/cart"), "form.bar-end");
        Assert.Equal(People, end.Location);
        Assert.Equal(HttpStatusCode.Forbidden, (await inside.Get("/account")).Status);
        Assert.Contains("People of Nordlicht GmbH", (await ines.Get(People)).Text);
    }

    [Fact]
    public async Task The_sum_of_the_month_and_the_days_of_the_mandate_hold()
    {
        await using var shop = await TestShop.Start();
        await Give(shop, "ines", null, ("Input.PerMonth", "400"));
        var ines = await shop.As("ines");
        var inside = await Act(ines, "mira");
        await Raise(inside);
        await inside.Order("P-100", "2");
        await inside.Put("P-100", "2");
        Assert.Contains("You may order at most 400.00 EUR a month", (await inside.Place(await inside.Get("/checkout"))).Text);
        Assert.Equal(1, await shop.Scalar<int>("select count(*) from orders"));

        // Only on days that are not today, by the clock of the shop: the running session is over, and none can begin.
        var today = (int)(await shop.Services.GetRequiredService<ShopPolicies>().Local(TimeProvider.System.GetUtcNow(), default)).DayOfWeek;
        await shop.Sql($"update assist_mandate set days = {127 & ~(1 << today)}");
        Assert.Equal(HttpStatusCode.Forbidden, (await inside.Get("/cart")).Status);
        Assert.Equal("assistance.mandate-not-today", await shop.Scalar<string>("select end_cause from assisted_session"));
        Assert.Equal("assistance.mandate-not-today", (await Start(ines, "mira")).Refusal?.Code);
    }

    [Fact]
    public async Task What_no_mandate_allows()
    {
        await using var shop = await TestShop.Start();
        var (ines, mira, carla) = (await shop.As("ines"), await shop.As("mira"), await shop.As("carla"));
        await Give(shop, "ines", null);
        await Give(shop, "mira", "ines", ("Input.Highest", "view"));

        // Somebody with more rights, of another company, himself, a private customer; and nobody from within a session.
        Assert.Equal("assistance.more-rights", (await Start(ines, "jonas")).Refusal?.Code);
        Assert.Contains("has more rights than you", (await ines.Get(People)).Text);
        Assert.True((await Start(ines, "paul")).IsRefused);
        Assert.Equal("assistance.yourself", (await Start(ines, "ines")).Refusal?.Code);
        Assert.True((await Start(ines, "carla")).IsRefused);
        Assert.Equal(HttpStatusCode.NotFound, (await carla.Get(People)).Status);
        Assert.True((await Start(carla, "ines")).IsRefused);
        Assert.Equal(HttpStatusCode.Forbidden, (await ines.Get(Mandates)).Status);
        Assert.Equal(0, await shop.Scalar<int>("select count(*) from assisted_session"));

        // A mandate to look changes nothing.
        var looking = await Act(mira, "ines");
        Assert.Equal(HttpStatusCode.OK, (await looking.Get("/cart")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await looking.Put("P-100", "1")).Status);
        Assert.Equal("assistance.not-in-session", (await shop.Services.AssistedSessions().Start(await InSession(looking), Sessions.Request("lena"))).Refusal?.Code);

        // The company may let its people act upwards; taking that back ends it.
        var jonas = await shop.As("jonas");
        await jonas.Post(Mandates, [("Input.Upwards", "true")]);
        var upwards = await Act(ines, "jonas");
        Assert.Equal(HttpStatusCode.OK, (await upwards.Get("/account")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await upwards.Get(Mandates)).Status);
        await jonas.Post(Mandates, [("Input.Upwards", "false")]);
        Assert.Equal(HttpStatusCode.Forbidden, (await upwards.Get("/account")).Status);
    }

    [Theory]
    [InlineData("revoke", "mandate-revoked")]
    [InlineData("change", "mandate-changed")]
    [InlineData("run out", "assistance.mandate-missing")]
    [InlineData("membership", "assistance.operator-inactive")]
    [InlineData("sign out", "signed-out")]
    [InlineData("switch", "company-changed")]
    [InlineData("kill", "staff")]
    [InlineData("subject", "buyer")]
    public async Task It_is_over_at_the_next_request(string what, string cause)
    {
        await using var shop = await TestShop.Start();
        await Give(shop, "mira", "ines");
        var (mira, jonas) = (await shop.As("mira"), await shop.As("jonas"));
        var inside = await Act(mira, "ines");
        Assert.Equal(HttpStatusCode.OK, (await inside.Get("/account")).Status);
        switch (what)
        {
            case "revoke":
                await jonas.Submit(await jonas.Get(Mandates), "form.btn-list");
                Assert.Contains("revoked by Jonas Petersen", (await jonas.Get(Mandates)).Text);
                break;
            case "change":
                var id = await shop.Scalar<string>("select cast(mandate_id as text) from assist_mandate");
                var changed = await jonas.Submit(await jonas.Get($"{Mandates}/{id}"), "main form[method=post]", ("Input.PerOrder", "10"));
                Assert.Equal(Mandates, changed.Location);
                Assert.Equal("1|2", await shop.Scalar<string>("select min(version) || '|' || max(version) from assist_mandate"));
                var entry = await shop.Scalar<string>("select entry from audit_event where name = 'assistance.mandate-changed'");
                Assert.Contains("\"per-order-after\":\"10.00 EUR\"", entry);
                Assert.Contains("\"highest-before\":\"order\"", entry);
                Assert.DoesNotContain("per-order-before", entry);
                break;
            case "run out":
                await shop.Sql($"update assist_mandate set until = {shop.Database.Now}");
                break;
            case "membership":
                await shop.Sql($"update membership set status = 'inactive' where id = (select operator_membership_id from assisted_session)");
                break;
            case "sign out":
                await mira.Post("/account/logout", [], from: "/account");
                break;
            case "switch":
                await mira.Post("/account/company", [("membership", Characters.MiraAtSudwind.ToString())], from: "/account");
                break;
            case "kill":
                var vera = await shop.As("vera");
                await vera.Submit(await vera.Get("/admin/sessions"), "form[action='/admin/sessions']");
                break;
            default:
                var ines = await shop.As("ines");
                await ines.Submit(await ines.Get("/account/assistance"), "main form[method=post]");
                break;
        }

        var over = await inside.Get("/account");
        Assert.Equal(HttpStatusCode.Forbidden, over.Status);
        Assert.DoesNotContain("Ines", over.Html);
        Assert.Equal(cause, await shop.Scalar<string>("select end_cause from assisted_session"));
    }

    [Fact]
    public async Task When_a_mandate_has_been_revoked_no_write_under_it_can_follow()
    {
        await using var shop = await TestShop.Start();
        await Give(shop, "ines", "mira");
        var caller = await InSession(await Act(await shop.As("ines"), "mira"));
        var jonas = await CallerOf(await shop.As("jonas"));
        var mandate = Guid.Parse(await shop.Scalar<string>("select cast(mandate_id as text) from assist_mandate"));
        var (hasBegun, mayGoOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        var write = shop.Database.Write<Done>(caller, async tx =>
        {
            hasBegun.TrySetResult();
            await mayGoOn.Task;
            tx.Add(new AccessRefused("test", "test"));
            return Done.It;
        });
        await hasBegun.Task;
        var revoke = shop.Services.GetRequiredService<Mandates>().Revoke(jonas, mandate, default);
        await shop.WaitsForALock(revoke, "The mandate was revoked while a write under it was still under way.");
        mayGoOn.SetResult();

        Assert.False((await write).IsRefused);
        Assert.False((await revoke).IsRefused);
        Assert.Equal("assistance.session-over", (await shop.Database.Write<Done>(caller, tx => Task.FromResult<Outcome<Done>>(Done.It))).Refusal?.Code);
        Assert.Contains("assistance.session-ended", (await shop.Facts()).SkipWhile(name => name != "access.refused"));
    }

    [Fact]
    public async Task What_an_administrator_may_do_for_others_is_for_another_one_to_say()
    {
        await using var shop = await TestShop.Start();
        await Give(shop, "jonas", "mira");
        await shop.Sql($"update membership set role = 'administrator' where id = '{Characters.MembershipIdOf("ines").ToString()!.ToUpperInvariant()}'");
        var jonas = await shop.As("jonas");
        var refused = await jonas.Submit(await jonas.Get(Mandates + "/new"), "main form[method=post]", ("Input.By", $"membership:{Characters.MembershipIdOf("jonas")}"), ("Input.For", ""));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("for another administrator of your company to say", refused.Text);
        Assert.Equal(1, await shop.Scalar<int>("select count(*) from assist_mandate"));
    }

    [Fact]
    public async Task A_mandate_for_the_sellers_staff_narrows_what_they_may_do()
    {
        await using var shop = await TestShop.Start();
        var karim = await (await shop.As("karim")).Assisting("ines");
        await karim.Put("P-100", "2");
        await Give(shop, "staff", null, ("Input.Highest", "cart"), ("Input.PerOrder", "300"));
        Assert.Contains("Orders of at most 300.00 EUR", (await (await shop.As("karim")).Get(Sessions.PathOf("ines"))).Text);
        Assert.Null((await karim.Get("/checkout")).Document.QuerySelector("#checkout"));
        Assert.Equal(HttpStatusCode.OK, (await karim.Get("/cart")).Status);
    }

    [Fact]
    public async Task The_rule_may_ask_a_colleague_for_his_own_password()
    {
        await using var shop = await TestShop.Start();
        await shop.Put(rule => rule with { Kinds = [OperatorKind.Colleague], Reach = Reach.All, NeedsMandate = true, Terms = rule.Terms with { ProofSeconds = 60 } });
        await Give(shop, "ines", "mira");
        var ines = await shop.As("ines");
        await shop.Age("sign_in", "proved_at", TimeSpan.FromHours(1));
        var page = await ines.Get(ActPath("mira"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await ines.Submit(page, "main form[method=post]", ("Input.Password", "wrong password"))).Status);
        Assert.Equal(HttpStatusCode.SeeOther, (await ines.Submit(page, "main form[method=post]", ("Input.Password", Characters.Password))).Status);
    }

    private static string ActPath(string buyer) => $"{People}/{Characters.MembershipIdOf(buyer)}/act";

    [Fact]
    public async Task What_is_closed_to_colleagues_is_closed_to_a_colleague()
    {
        await using var shop = await TestShop.Start();
        await Give(shop, "ines", "mira");
        var inside = await Act(await shop.As("ines"), "mira");
        Assert.Equal(HttpStatusCode.OK, (await inside.Get("/account/orders")).Status);
        var ada = await shop.As("ada");
        await ada.Submit(await ada.Get("/admin/assistance/closed"), "main form", ("Input.Ticked", "colleague:orders.view"));
        Assert.Equal(inside.PathBase + "/account?closed=orders.view", (await inside.Get("/account/orders")).Location);
    }

    private static async Task Give(TestShop shop, string by, string? whom, params (string Name, string Value)[] terms)
    {
        var jonas = await shop.As("jonas");
        var given = await jonas.Submit(await jonas.Get(Mandates + "/new"), "main form[method=post]",
        [
            ("Input.By", by == "staff" ? by : $"membership:{Characters.MembershipIdOf(by)}"), ("Input.For", whom is null ? "" : Characters.MembershipIdOf(whom).ToString()), .. terms,
        ]);
        Assert.Equal(Mandates, given.Location);
    }

    private static async Task<Visitor> Act(Visitor visitor, string buyer)
    {
        var started = await visitor.Submit(await visitor.Get(ActPath(buyer)), "main form[method=post]");
        Assert.Equal(HttpStatusCode.SeeOther, started.Status);
        return visitor.Inside(started.Location![..started.Location!.LastIndexOf('/')]);
    }

    // Sessions of colleagues begin with looking.
    private static async Task Raise(Visitor inside) =>
        Assert.Equal(HttpStatusCode.SeeOther, (await inside.Submit(await inside.Get("/assisted-session/mode"), "main form", ("Input.Mode", "Order"))).Status);

    private static async Task<Outcome<StartedSession>> Start(Visitor visitor, string buyer) =>
        await visitor.Shop.Services.AssistedSessions().Start(await CallerOf(visitor), Sessions.Request(buyer));

    private static async Task<Caller> CallerOf(Visitor visitor) =>
        (await visitor.Shop.Services.GetRequiredService<SignInQueries>().FindBuyer(Cookies.Hash(visitor.Cookies[Cookies.Shop])!, default))!;

    private static async Task<Caller> InSession(Visitor inside)
    {
        var handle = inside.PathBase[4..];
        return (await inside.Shop.Services.GetRequiredService<AssistedSessionQueries>().Find(handle, Cookies.Hash(inside.Cookies["assist-" + handle])!, null, isActivity: true, default))!;
    }

    private static string Words(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).Replace(" ,", ",", StringComparison.Ordinal);
}
