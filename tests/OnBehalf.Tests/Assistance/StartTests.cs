using System.Net;
using OnBehalf.Kernel;
using OnBehalf.Modules.Assistance;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Assistance;

public sealed class StartTests
{
    [Fact]
    public async Task A_rep_begins_to_act_and_lands_on_the_buyers_dashboard()
    {
        await using var shop = await TestShop.Start();
        var karim = await shop.As("karim");
        var started = await Sessions.Begin(karim, "ines", ("Input.Reason", "visit"), ("Input.Text", "Order by Friday"), ("Input.Ticket", "T-77"));

        Assert.Equal(HttpStatusCode.SeeOther, started.Status);
        Assert.Matches("^/as/[a-z0-9]{12,16}/account$", started.Location);
        var handle = started.Location!.Split('/')[2];
        Assert.Equal(43, karim.Cookies["assist-" + handle].Length);
        Assert.DoesNotContain(karim.Cookies["assist-" + handle], await shop.Dump("assisted_session", "audit_event", "audit_private"));
        Assert.Equal("visit|Order by Friday|T-77|order|assistance.assigned-customer|active", await shop.Scalar<string>(
            "select reason_code || '|' || reason_text || '|' || ticket || '|' || mode || '|' || rule || '|' || status from assisted_session"));

        var inside = await karim.Get($"/as/{handle}/no-such-page");
        var bar = inside.Document.QuerySelector(".assisted-bar")!.TextContent;
        foreach (var words in new[] { "Karim Weiss", "Ines Albrecht", "Nordlicht GmbH", "Visit or at the counter", "T-77" })
        {
            Assert.Contains(words, bar);
        }
    }

    [Fact]
    public async Task A_start_leaves_one_fact_that_names_both_and_hides_what_was_typed()
    {
        await using var shop = await TestShop.Start();
        await Sessions.Begin(await shop.As("karim"), "ines", ("Input.Text", "She is on the telephone"));

        Assert.Equal(["assistance.session-started"], await shop.Facts());
        var entry = await shop.Scalar<string>("select entry from audit_event");
        foreach (var person in new[] { Characters.StaffIdOf("karim").Value, Characters.BuyerIdOf("ines").Value, Characters.MembershipIdOf("ines").Value })
        {
            Assert.Contains(await shop.RefOf(person), entry);
            Assert.DoesNotContain(person.ToString(), entry, StringComparison.OrdinalIgnoreCase);
        }

        Assert.Contains(Characters.Nordlicht.ToString(), entry);
        Assert.Contains("assistance.assigned-customer", entry);
        Assert.Contains("phone-order", entry);
        Assert.DoesNotContain("telephone\"", entry);
        Assert.Equal("She is on the telephone", Assert.Single(await shop.Personal("text")));
    }

    [Theory]
    [InlineData("karim", "ines", "assistance.assigned-customer")]
    [InlineData("tom", "jonas", "assistance.assigned-customer")]
    [InlineData("karim", "hanna", "assistance.assigned-customer")]
    [InlineData("sam", "paul", "assistance.role-covers-all")]
    [InlineData("sam", "carla", "assistance.role-covers-consumers")]
    [InlineData("vera", "ines", "assistance.all-customers")]
    [InlineData("ada", "carla", "assistance.role-covers-consumers")]
    public async Task Whoever_is_covered_can_be_acted_for(string operatorName, string buyer, string rule)
    {
        await using var shop = await TestShop.Start();
        Assert.Equal(HttpStatusCode.SeeOther, (await Sessions.Begin(await shop.As(operatorName), buyer)).Status);
        Assert.Equal(rule, await shop.Scalar<string>("select rule from assisted_session"));
    }

    [Theory]
    [InlineData("karim", "bruno", "assistance.company-blocked", HttpStatusCode.Forbidden)]
    [InlineData("karim", "paul", "customers.not-found", HttpStatusCode.NotFound)]
    [InlineData("rosa", "ines", "customers.not-found", HttpStatusCode.NotFound)]
    [InlineData("tom", "carla", "customers.not-found", HttpStatusCode.NotFound)]
    [InlineData("sam", "bruno", "assistance.company-blocked", HttpStatusCode.Forbidden)]
    public async Task Whoever_is_not_covered_cannot_neither_by_page_nor_by_post(string operatorName, string buyer, string code, HttpStatusCode status)
    {
        await using var shop = await TestShop.Start();
        var visitor = await shop.As(operatorName);
        var path = Sessions.PathOf(buyer);
        var page = await visitor.Get(path);
        Assert.Null(page.Document.QuerySelector("main form[method=post]"));
        var posted = await visitor.Post(path, [("Input.Reason", "visit")], from: "/staff");

        Assert.Equal(status, posted.Status);
        Assert.Equal(0, await shop.Scalar<int>("select count(*) from assisted_session"));
        var outcome = await shop.Services.AssistedSessions().Start(await Sessions.CallerOf(visitor), Sessions.Request(buyer));
        Assert.Equal(code, outcome.Refusal?.Code);
        Assert.Contains("assistance.session-refused", await shop.Facts());
    }

    [Fact]
    public async Task An_inactive_buyer_or_place_is_refused_with_a_sentence()
    {
        await using var shop = await TestShop.Start();
        var karim = await shop.As("karim");
        await shop.Sql("update membership set status = 'inactive' where id in (select id from membership where sort_name like 'albrecht%')");
        var page = await karim.Get(Sessions.PathOf("ines"));
        Assert.Equal("assistance.membership-inactive", page.Document.QuerySelector("[role=alert]")?.GetAttribute("data-code"));
        Assert.Contains("no longer active at Nordlicht GmbH", page.Text);

        await shop.Sql("update buyer set status = 'inactive'");
        Assert.Contains("the account is not active", (await karim.Get(Sessions.PathOf("jonas"))).Text);
        Assert.Equal(HttpStatusCode.Forbidden, (await karim.Post(Sessions.PathOf("jonas"), [("Input.Reason", "visit")], from: "/staff")).Status);
        Assert.Equal(0, await shop.Scalar<int>("select count(*) from assisted_session"));
    }

    [Theory]
    [InlineData("Input.Reason", "because", "Choose a reason")]
    [InlineData("Input.Ticket", "0123456789012345678901234567890123456789012345678901234567890123456789", "Ticket: at most 60")]
    [InlineData("Input.Ticket", "a\u0007b", "Ticket: letters")]
    public async Task What_cannot_be_read_comes_back_on_its_field(string field, string value, string sentence)
    {
        await using var shop = await TestShop.Start();
        var answer = await Sessions.Begin(await shop.As("karim"), "ines", (field, value));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Contains(sentence, answer.Document.QuerySelector($"[data-valmsg-for='{field}']")?.TextContent);
        Assert.Equal(0, await shop.Scalar<int>("select count(*) from assisted_session"));
    }

    [Fact]
    public async Task A_second_start_is_a_conflict_with_a_choice_and_takes_over_only_on_purpose()
    {
        await using var shop = await TestShop.Start();
        var karim = await shop.As("karim");
        var first = await Sessions.Begin(karim, "ines");
        var again = await Sessions.Begin(karim, "jonas");

        Assert.Equal(HttpStatusCode.Conflict, again.Status);
        Assert.Contains("You already act for Ines Albrecht", again.Text);
        Assert.Equal(first.Location, again.Document.QuerySelector("a[href^='/as/']")?.GetAttribute("href"));
        Assert.Equal(1, await shop.Scalar<int>("select count(*) from assisted_session"));

        var switched = await Sessions.Begin(karim, "jonas", ("Input.TakeOver", "true"));
        Assert.Equal(HttpStatusCode.SeeOther, switched.Status);
        Assert.Equal("switched", await shop.Scalar<string>("select end_cause from assisted_session where status = 'ended'"));
        Assert.Equal(["assistance.session-started", "assistance.session-ended", "assistance.session-started"], await shop.Facts());
        Assert.Equal(HttpStatusCode.Forbidden, (await karim.Get(first.Location!)).Status);
        Assert.Single(karim.Cookies.Keys, name => name.StartsWith("assist-"));
    }

    [Fact]
    public async Task A_session_that_has_run_out_does_not_stand_in_the_way()
    {
        await using var shop = await TestShop.Start();
        var karim = await shop.As("karim");
        await Sessions.Begin(karim, "ines");
        await shop.Age("assisted_session_activity", "last_seen_at", TimeSpan.FromMinutes(16));

        Assert.Equal(HttpStatusCode.SeeOther, (await Sessions.Begin(karim, "jonas")).Status);
        Assert.Equal("idle", await shop.Scalar<string>("select end_cause from assisted_session where status = 'ended'"));
    }

    [Fact]
    public async Task Abuse04_Fifty_starts_at_once_make_exactly_one_session()
    {
        await using var shop = await TestShop.Start();
        var caller = await Sessions.CallerOf(await shop.As("karim"));
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => shop.Services.AssistedSessions().Start(caller, Sessions.Request("ines"))));

        Assert.Single(outcomes, outcome => !outcome.IsRefused);
        Assert.All(outcomes.Where(outcome => outcome.IsRefused), outcome => Assert.Equal(AssistedSessions.Running.Code, outcome.Refusal!.Code));
        Assert.Equal(1, await shop.Scalar<int>("select count(*) from assisted_session"));
        Assert.Equal(["assistance.session-started"], await shop.Facts());
    }

    [Fact]
    public async Task Twenty_take_overs_at_once_leave_one_alive_and_end_each_other_once()
    {
        await using var shop = await TestShop.Start();
        var caller = await Sessions.CallerOf(await shop.As("karim"));
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => shop.Services.AssistedSessions().Start(caller, Sessions.Request("ines") with { TakeOver = true })));

        Assert.All(outcomes, outcome => Assert.Null(outcome.Refusal));
        Assert.Equal(1, await shop.Scalar<int>("select count(*) from assisted_session where status = 'active'"));
        Assert.Equal(19, (await shop.Facts()).Count(name => name == "assistance.session-ended"));
    }

    [Theory]
    [InlineData("/staff/customers?q=nor", "/staff/customers?q=nor")]
    [InlineData("/admin/audit", "/admin/audit")]
    [InlineData("https://evil.example/staff", "/staff/customers/N-1001")]
    [InlineData("//evil.example/staff", "/staff/customers/N-1001")]
    [InlineData("/\\evil.example", "/staff/customers/N-1001")]
    [InlineData("/staff/../account/data", "/staff/customers/N-1001")]
    [InlineData("/staff/%2e%2e/account/data", "/staff/customers/N-1001")]
    [InlineData("/staff/account/logout", "/staff/customers/N-1001")]
    [InlineData("/staffx", "/staff/customers/N-1001")]
    [InlineData("/account", "/staff/customers/N-1001")]
    [InlineData("", "/staff/customers/N-1001")]
    public async Task The_way_back_is_a_page_of_the_staff_whatever_the_form_says(string from, string kept)
    {
        await using var shop = await TestShop.Start();
        await Sessions.Begin(await shop.As("karim"), "ines", ("Input.From", from));
        Assert.Equal(kept, await shop.Scalar<string>("select return_path from assisted_session"));
    }
}
