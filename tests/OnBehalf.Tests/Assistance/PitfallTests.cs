using System.Net;
using OnBehalf.Kernel;
using OnBehalf.Tests.Carts;
using OnBehalf.Tests.Orders;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Assistance;

/// <summary>Mistakes that others made, by their number. Those about carts and orders stand with the carts and orders.</summary>
public sealed class PitfallTests
{
    [Fact]
    public async Task Pitfall04_A_buyer_who_signs_in_meanwhile_has_an_ordinary_sign_in_and_nothing_of_the_operator()
    {
        await using var shop = await TestShop.Start();
        var (_, inside) = await Sessions.Act(await shop.As("karim"), "ines");
        var ines = await shop.As("ines");
        var page = await ines.Get("/account");

        Assert.Null(page.Document.QuerySelector(".assisted-bar"));
        Assert.Empty(page.Document.QuerySelectorAll("form[action*='assisted-session']"));
        Assert.DoesNotContain("Karim", page.Document.QuerySelector("header")!.TextContent);
        Assert.Equal(HttpStatusCode.Forbidden, (await ines.Post("/assisted-session/end", [], from: "/account")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await ines.Get(inside + "/account")).Status);
        Assert.Equal("active", await shop.Scalar<string>("select status from assisted_session"));
        Assert.Contains("/staff/account/login", (await ines.Get("/staff")).Location);
    }

    [Fact]
    public async Task Pitfall05_Both_names_are_there_on_the_hundredth_request_and_a_dead_session_is_nobody()
    {
        await using var shop = await TestShop.Start();
        var (karim, inside) = await Sessions.Act(await shop.As("karim"), "ines");
        for (var i = 0; i < 100; i++)
        {
            var bar = (await karim.Get(inside + "/account")).Document.QuerySelector(".assisted-bar")!.TextContent;
            Assert.Contains("Karim Weiss", bar);
            Assert.Contains("Ines Albrecht", bar);
        }

        // Even when the buyer herself is signed in in the same browser.
        var ines = await shop.As("ines");
        karim.Cookies["shop"] = ines.Cookies["shop"];
        await shop.Sql("delete from assisted_session_activity");
        await shop.Sql("delete from assisted_session");
        var dead = await karim.Get(inside + "/account");
        Assert.Equal(HttpStatusCode.Forbidden, dead.Status);
        Assert.DoesNotContain("Ines", dead.Html);
    }

    [Fact]
    public async Task Pitfall06_Seeing_a_customer_is_not_acting_and_a_right_that_is_taken_counts_at_once()
    {
        await using var shop = await TestShop.Start();
        var (karim, inside) = await Sessions.Act(await shop.As("karim"), "ines");
        await shop.Sql("delete from staff_assignment where company_id = (select id from company where number = 'N-1001')");
        Assert.Equal(HttpStatusCode.Forbidden, (await karim.Get(inside + "/cart")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await karim.Get(Sessions.PathOf("jonas"))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await karim.Post(Sessions.PathOf("jonas"), [("Input.Reason", "visit"), ("Input.TakeOver", "true")], from: "/staff")).Status);

        // A switch is judged like a start.
        var (rosa, forPaul) = await Sessions.Act(await shop.As("rosa"), "paul");
        Assert.Equal(HttpStatusCode.NotFound, (await rosa.Post(Sessions.PathOf("ines"), [("Input.Reason", "visit"), ("Input.TakeOver", "true")], from: "/staff")).Status);
        Assert.Equal(HttpStatusCode.OK, (await rosa.Get(forPaul + "/account")).Status);

        // Suspended while he acts.
        await shop.Sql("update staff set status = 'inactive'");
        Assert.Equal(HttpStatusCode.Forbidden, (await rosa.Get(forPaul + "/account")).Status);
    }

    [Fact]
    public async Task Pitfall07_Nobody_acts_as_himself_or_from_within_a_session_or_reaches_the_staff_through_one()
    {
        await using var shop = await TestShop.Start();
        await shop.Sql("update buyer set email = 'KARIM@onbehalf.example', email_normalized = 'karim@onbehalf.example' where email like 'jonas@%'");
        var karim = await shop.As("karim");
        Assert.Contains("that is you", (await karim.Get(Sessions.PathOf("jonas"))).Text);
        Assert.Equal(HttpStatusCode.Forbidden, (await karim.Post(Sessions.PathOf("jonas"), [("Input.Reason", "visit")], from: "/staff")).Status);

        var (_, inside) = await Sessions.Act(karim, "ines");
        foreach (var path in new[] { "/staff", "/staff/customers", Sessions.PathOf("jonas"), "/admin", "/admin/audit", "/admin/settings" })
        {
            var answer = await karim.Get(inside + path);
            Assert.True(answer.Status is HttpStatusCode.Forbidden or HttpStatusCode.NotFound, $"{path}: {answer.Status}");
        }

        var token = (await karim.Get(inside + "/account")).Document.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        var nested = await karim.PostRaw(inside + Sessions.PathOf("mira"), [("Input.Reason", "visit"), ("Input.TakeOver", "true"), ("__RequestVerificationToken", token)]);
        Assert.True(nested.Status is HttpStatusCode.Forbidden or HttpStatusCode.NotFound);

        // The session's credential alone opens nothing of the staff.
        karim.Cookies.Remove("staff");
        Assert.Contains("/staff/account/login", (await karim.Get("/staff")).Location);
        Assert.Equal(HttpStatusCode.OK, (await karim.Get(inside + "/account")).Status);
        Assert.Equal(1, await shop.Scalar<int>("select count(*) from assisted_session"));
    }

    [Fact]
    public async Task Pitfall08_The_hard_limit_comes_whatever_the_browser_does()
    {
        await using var shop = await TestShop.Start();
        var (karim, inside) = await Sessions.Act(await shop.As("karim"), "ines");
        await shop.Age("assisted_session", "hard_ends_at", TimeSpan.FromMinutes(59));
        for (var i = 0; i < 5; i++)
        {
            await karim.Submit(await karim.Get(inside + "/cart"), "form.bar-extend");
        }

        Assert.InRange(Left(await karim.GetJson(inside + "/assisted-session")), 0, 60);
        await shop.Age("assisted_session", "hard_ends_at", TimeSpan.FromMinutes(1));
        Assert.Equal(HttpStatusCode.Forbidden, (await karim.Get(inside + "/cart")).Status);
        Assert.Equal("hard-limit", await shop.Scalar<string>("select end_cause from assisted_session"));
    }

    [Fact]
    public async Task Pitfall09_A_start_on_one_device_changes_nothing_on_another_and_no_new_sign_in_brings_it_back()
    {
        await using var shop = await TestShop.Start();
        var (first, inside) = await Sessions.Act(await shop.As("karim"), "ines");
        var second = await shop.As("karim");
        Assert.Equal(HttpStatusCode.OK, (await second.Get("/")).Status);
        Assert.Null((await second.Get("/")).Document.QuerySelector(".assisted-bar"));
        Assert.Equal(HttpStatusCode.Forbidden, (await second.Get(inside + "/account")).Status);
        Assert.Equal(HttpStatusCode.OK, (await first.Get(inside + "/account")).Status);

        await first.Post("/staff/account/logout", [], from: "/staff");
        Assert.Equal("signed-out", await shop.Scalar<string>("select end_cause from assisted_session"));
        var again = await shop.As("karim");
        first.Cookies["staff"] = again.Cookies["staff"];
        Assert.Equal(HttpStatusCode.Forbidden, (await first.Get(inside + "/account")).Status);
        Assert.DoesNotContain("You act for", (await first.Get("/staff")).Text);
    }

    [Fact]
    public async Task Pitfall10_The_end_and_log_out_in_the_shop_end_the_session_and_nothing_else()
    {
        await using var shop = await TestShop.Start();
        var karim = await shop.As("karim");
        var signIn = await shop.Scalar<string>("select cast(created_at as text) || cast(hard_ends_at as text) from sign_in");
        var cookie = karim.Cookies["staff"];
        var (_, inside) = await Sessions.Act(karim, "ines", ("Input.From", "/staff/customers/N-1001"));
        var left = await karim.Post(inside + "/account/logout", [], from: inside + "/cart");
        Assert.Equal("/staff/customers/N-1001", left.Location);
        Assert.Equal("operator", await shop.Scalar<string>("select end_cause from assisted_session"));
        Assert.Equal(HttpStatusCode.Forbidden, (await karim.Get(inside + "/cart")).Status);

        var (_, second) = await Sessions.Act(karim, "jonas", ("Input.From", "/staff"));
        Assert.Equal("/staff", (await Sessions.End(karim, second)).Location);
        Assert.Equal(cookie, karim.Cookies["staff"]);
        Assert.Equal(signIn, await shop.Scalar<string>("select cast(created_at as text) || cast(hard_ends_at as text) from sign_in"));
        Assert.Equal(HttpStatusCode.OK, (await karim.Get("/staff")).Status);
    }

    [Fact]
    public async Task Pitfall11_The_buyers_own_sign_ins_and_rows_are_the_same_before_and_after()
    {
        await using var shop = await TestShop.Start();
        var ines = await shop.As("ines");
        await ines.Get("/account");
        var before = await Rows(shop);
        var karim = await shop.As("karim");
        var (_, inside) = await Sessions.Act(karim, "ines");
        foreach (var path in new[] { "/account", "/account/orders", "/account/addresses", "/account/data", "/cart", "/" })
        {
            await karim.Get(inside + path);
        }

        await Sessions.End(karim, inside);
        Assert.Equal(before, await Rows(shop));
        Assert.Equal(HttpStatusCode.OK, (await ines.Get("/account")).Status);

        static async Task<string> Rows(TestShop shop) =>
            await shop.Dump("buyer", "membership", "address", "cart", "cart_line", "orders") + string.Join(
                '\n', (await shop.Dump("sign_in")).Split('\n').Where(line => line.Contains(Characters.BuyerIdOf("ines").ToString(), StringComparison.OrdinalIgnoreCase)));
    }

    [Fact]
    public async Task Pitfall12_Password_address_and_deletion_stay_with_the_buyer()
    {
        await using var shop = await TestShop.Start();
        var (karim, inside) = await Sessions.Act(await shop.As("karim"), "ines");
        var before = await shop.Dump("buyer");
        foreach (var path in new[] { "/account/password", "/account/email", "/account/delete" })
        {
            var page = await karim.Get(inside + path);
            Assert.Equal(HttpStatusCode.Forbidden, page.Status);
            Assert.Contains("this stays with the buyer", page.Text);
            Assert.NotNull(page.Document.QuerySelector(".assisted-bar"));
            var posted = await karim.Post(
                inside + path, [("Input.Present", Characters.Password), ("Input.Password", "a new long password"), ("Input.Again", "a new long password"), ("Input.Email", "x@y.example")],
                from: inside + "/account");
            Assert.Equal(HttpStatusCode.Forbidden, posted.Status);
        }

        Assert.Equal(before, await shop.Dump("buyer"));
        Assert.Equal(6, (await shop.Facts()).Count(name => name == "access.refused"));
        Assert.DoesNotContain(karim.Cookies.Keys, name => name == "shop");
    }

    [Fact]
    public async Task Pitfall15_After_a_switch_everything_shows_the_second_buyer_and_the_log_the_operator()
    {
        await using var shop = await TestShop.Start();
        var karim = await shop.As("karim");
        var (_, first) = await Sessions.Act(karim, "ines");
        var (_, second) = await Sessions.Act(karim, "jonas", ("Input.TakeOver", "true"));
        foreach (var path in new[] { "/account", "/cart", "/account/data" })
        {
            var page = await karim.Get(second + path);
            Assert.Contains("Jonas Petersen", page.Html);
            Assert.DoesNotContain("Ines", page.Html);
            Assert.Equal(HttpStatusCode.Forbidden, (await karim.Get(first + path)).Status);
        }

        Assert.Equal(HttpStatusCode.BadRequest, (await karim.Post(second + "/cart/lines", [("Sku", "P-100"), ("Quantity", "1"), ("__RequestVerificationToken", "of the first")], from: "/staff")).Status);
        await Sessions.End(karim, second);
        Assert.Equal(4, await shop.Scalar<int>(
            $"select count(*) from audit_event where name like 'assistance.%' and (select lower(cast(k.person_id as text)) from person_key k where k.ref = operator_staff_ref) = '{Characters.StaffIdOf("karim")}'"));
    }

    [Fact]
    public async Task Pitfall16_One_start_is_one_row_and_everything_done_in_it_names_both()
    {
        await using var shop = await TestShop.Start();
        var ines = await shop.As("ines");
        var her = await ines.Order();
        var karim = await shop.As("karim");
        var (_, inside) = await Sessions.Act(karim, "ines");
        await karim.Post(inside + "/cart/lines", [("Sku", "P-100"), ("Quantity", "1")], from: inside + "/cart");
        var his = (await karim.Submit(await karim.Get(inside + "/checkout"), "#checkout", ("Input.Place", "true"))).OrderNumber();

        Assert.Equal(1, await shop.Scalar<int>("select count(*) from assisted_session"));
        Assert.Equal(1, (await shop.Facts()).Count(name => name == "assistance.session-started"));
        Assert.Equal(1, await shop.Scalar<int>($"select count(*) from orders where number = '{her}' and operator_staff_id is null and session_id is null"));
        Assert.Equal(1, await shop.Scalar<int>($"select count(*) from orders where number = '{his}' and operator_staff_id is not null and session_id is not null and buyer_id is not null"));
        Assert.Equal(0, await shop.Scalar<int>(
            "select count(*) from audit_event where session_id is not null and (operator_staff_ref is null or buyer_ref is null or company_id is null)"));
        Assert.True(await shop.Scalar<int>("select count(*) from audit_event where session_id is not null and name like 'carts.%'") > 0);
    }

    [Fact]
    public async Task Pitfall17_Start_and_end_need_a_form_of_ours_and_no_secret_is_in_an_address()
    {
        await using var shop = await TestShop.Start();
        var karim = await shop.As("karim");
        Assert.Equal(HttpStatusCode.BadRequest, (await karim.PostRaw(Sessions.PathOf("ines"), [("Input.Reason", "visit")])).Status);
        var foreign = new HttpRequestMessage(HttpMethod.Post, Sessions.PathOf("ines")) { Headers = { { "Origin", "https://evil.example" } } };
        Assert.Equal(HttpStatusCode.Forbidden, (await karim.Send(foreign)).Status);
        Assert.Equal(0, await shop.Scalar<int>("select count(*) from assisted_session"));

        var (_, inside) = await Sessions.Act(karim, "ines");
        Assert.DoesNotContain(karim.Cookies["assist-" + inside[4..]], (await karim.Get(inside + "/account")).Html);
        Assert.Equal(HttpStatusCode.BadRequest, (await karim.PostRaw(inside + "/assisted-session/end", [])).Status);
        Assert.NotEqual(HttpStatusCode.SeeOther, (await karim.Get(inside + "/assisted-session/end")).Status);
        Assert.Equal("active", await shop.Scalar<string>("select status from assisted_session"));

        // Whoever guesses or copies the handle has nothing; whoever has a cookie of another session neither.
        Assert.Equal(HttpStatusCode.Forbidden, (await shop.Anonymous().Get(inside + "/account")).Status);
        var (rosa, forPaul) = await Sessions.Act(await shop.As("rosa"), "paul");
        rosa.Cookies["assist-" + inside[4..]] = rosa.Cookies["assist-" + forPaul[4..]];
        Assert.Equal(HttpStatusCode.Forbidden, (await rosa.Get(inside + "/account")).Status);
    }

    [Fact]
    public async Task Pitfall18_Staff_pages_work_as_before_and_whoever_may_not_buy_is_refused_with_a_reason()
    {
        await using var shop = await TestShop.Start();
        var karim = await shop.As("karim");
        var before = karim.Cookies.Keys.Order().ToList();
        var (_, inside) = await Sessions.Act(karim, "ines");
        await karim.Get(inside + "/account");
        await karim.Follow(await Sessions.End(karim, inside));
        var desk = await karim.Get("/staff");

        Assert.Equal(HttpStatusCode.OK, desk.Status);
        Assert.Equal(before.Append("form").Append("returning").Distinct().Order(), karim.Cookies.Keys.Order());
        Assert.Contains("Altmetall OHG is blocked", (await karim.Get(Sessions.PathOf("bruno"))).Text);
    }

    [Fact]
    public async Task Pitfall19_Where_nobody_can_act_the_button_is_missing_and_says_why()
    {
        await using var shop = await TestShop.Start();
        var karim = await shop.As("karim");
        await shop.Sql("update buyer set status = 'inactive' where email like 'lena@%'");
        var company = await karim.Get("/staff/customers/N-1001");
        Assert.Contains("You cannot act for Lena Vogt: the account is not active.", company.Text);
        Assert.Equal(3, company.Document.QuerySelectorAll("a[href*='/act/']").Length);
        Assert.Empty((await karim.Get("/staff/customers/N-1004")).Document.QuerySelectorAll("a[href*='/act/']"));
        Assert.Equal(HttpStatusCode.NotFound, (await karim.Get($"/staff/customers/N-1001/act/{Guid.NewGuid()}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await karim.Get($"/staff/customers/N-1003/act/{Characters.MembershipIdOf("ines")}")).Status);
    }

    [Fact]
    public async Task Pitfall20_Pages_of_a_session_are_kept_by_nobody_and_give_no_cookie_of_the_shop()
    {
        await using var shop = await TestShop.Start();
        var karim = await shop.As("karim");
        var (_, inside) = await Sessions.Act(karim, "ines");
        foreach (var path in new[] { "/", "/account", "/cart", "/search?q=drill", "/product/P-100" })
        {
            var page = await karim.Get(inside + path);
            Assert.Equal(HttpStatusCode.OK, page.Status);
            Assert.True(page.Response.Headers.CacheControl?.NoStore, path);
            Assert.Null(page.Response.Headers.Age);
        }

        Assert.Equal(["assist-" + inside[4..], "form", "staff"], karim.Cookies.Keys.Order());
    }

    private static int Left(Answer answer) => System.Text.Json.JsonDocument.Parse(answer.Html).RootElement.GetProperty("hardSeconds").GetInt32();
}
