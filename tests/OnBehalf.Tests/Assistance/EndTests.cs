using OnBehalf.Host;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using OnBehalf.Data;
using OnBehalf.Kernel;
using OnBehalf.Modules.Assistance;
using OnBehalf.Modules.Identity;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Assistance;

public sealed class EndTests
{
    [Fact]
    public async Task The_end_leads_back_to_the_page_from_which_it_began()
    {
        await using var shop = await TestShop.Start();
        var (karim, inside) = await Sessions.Act(await shop.As("karim"), "ines", ("Input.From", "/staff/customers?q=nor"));
        var end = await karim.Submit(await karim.Get(inside + "/account"), "form.bar-end");

        Assert.Equal(HttpStatusCode.SeeOther, end.Status);
        Assert.Equal("/staff/customers?q=nor", end.Location);
        Assert.Equal("\"cache\"", end.Response.Headers.GetValues("Clear-Site-Data").Single());
        Assert.DoesNotContain(karim.Cookies.Keys, name => name.StartsWith("assist-"));
        Assert.Equal("ended|operator", await shop.Scalar<string>("select status || '|' || end_cause from assisted_session"));
        Assert.Equal("assistance.session-ended", (await shop.Facts())[^1]);
        var back = await karim.Follow(end);
        Assert.Equal(HttpStatusCode.OK, back.Status);
        Assert.Contains("Nordlicht GmbH", back.Text);
    }

    [Fact]
    public async Task An_operator_whose_page_is_gone_is_brought_to_his_desk()
    {
        await using var shop = await TestShop.Start();
        var (karim, inside) = await Sessions.Act(await shop.As("karim"), "ines");
        await shop.Sql($"update assisted_session set return_path = '/staff/customers/N-1002'");
        var end = await Sessions.End(karim, inside);

        // Another page that he opens meanwhile says for itself that it is not there.
        Assert.Equal(HttpStatusCode.NotFound, (await karim.Get("/staff/customers/N-9999")).Status);
        var gone = await karim.Follow(end);

        Assert.Equal(HttpStatusCode.Found, gone.Status);
        Assert.Equal("/staff", gone.Location);
        Assert.Equal(HttpStatusCode.OK, (await karim.Follow(gone)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await karim.Get("/staff/customers/N-1002")).Status);
    }

    [Fact]
    public async Task After_the_end_nothing_of_the_buyer_is_shown_and_nothing_is_kept_by_browsers()
    {
        await using var shop = await TestShop.Start();
        var (karim, inside) = await Sessions.Act(await shop.As("karim"), "ines");
        var page = await karim.Get(inside + "/account");
        Assert.Contains("Ines Albrecht", page.Html);
        Assert.True(page.Response.Headers.CacheControl?.NoStore);
        var cookies = new Dictionary<string, string>(karim.Cookies);
        await Sessions.End(karim, inside);

        // Also with the cookie that the browser was told to forget.
        foreach (var (name, value) in cookies)
        {
            karim.Cookies[name] = value;
        }

        foreach (var path in new[] { "/account", "/account/orders", "/cart", "/", "/no-such-page", "/assisted-session" })
        {
            var after = await karim.Get(inside + path);
            Assert.Equal(HttpStatusCode.Forbidden, after.Status);
            Assert.DoesNotContain("Ines", after.Html);
            Assert.DoesNotContain("Nordlicht", after.Html);
            Assert.True(after.Response.Headers.CacheControl?.NoStore);
        }
    }

    [Fact]
    public async Task A_session_ends_where_another_browser_holds_it_too()
    {
        await using var shop = await TestShop.Start();
        var (there, inside) = await Sessions.Act(await shop.As("karim"), "ines");
        var here = await shop.As("karim");
        var desk = await here.Get("/staff");
        Assert.Contains("You act for Ines Albrecht", desk.Text);
        Assert.Contains("in another browser", desk.Text);
        Assert.Null(desk.Document.QuerySelector("a[href^='/as/']"));
        await here.Submit(desk, "form[action='/staff/assisted-session/end']");

        Assert.Equal(HttpStatusCode.Forbidden, (await there.Get(inside + "/account")).Status);
        Assert.DoesNotContain("You act for", (await here.Get("/staff")).Text);
    }

    [Theory]
    [InlineData("assisted_session_activity", "last_seen_at", 16, "idle")]
    [InlineData("assisted_session", "hard_ends_at", 61, "hard-limit")]
    [InlineData("sign_in", "last_seen_at", 16, "sign-in-expired")]
    [InlineData("sign_in", "hard_ends_at", 13 * 60, "sign-in-expired")]
    public async Task What_has_run_out_is_refused_and_the_next_touch_writes_down_why(string table, string column, int minutes, string cause)
    {
        await using var shop = await TestShop.Start();
        var (karim, inside) = await Sessions.Act(await shop.As("karim"), "ines");
        await shop.Age(table, column, TimeSpan.FromMinutes(minutes));

        Assert.Equal(HttpStatusCode.Forbidden, (await karim.Get(inside + "/account")).Status);
        Assert.Equal($"ended|{cause}", await shop.Scalar<string>("select status || '|' || end_cause from assisted_session"));
        Assert.Single(await shop.Facts(), name => name == "assistance.session-ended");
        Assert.Equal(1, await shop.Scalar<int>("select count(*) from assisted_session where ended_at < started_at or ended_at >= started_at"));
    }

    [Fact]
    public async Task The_sweep_writes_down_the_ends_that_nobody_saw_and_leaves_the_living_alone()
    {
        await using var shop = await TestShop.Start();
        var (karim, inside) = await Sessions.Act(await shop.As("karim"), "ines");
        await Sessions.Act(await shop.As("rosa"), "paul");
        await shop.Age("assisted_session_activity", "last_seen_at", TimeSpan.FromMinutes(16), "session_id in (select id from assisted_session where reason_code = 'phone-order' and buyer_id = (select id from buyer where email like 'paul@%'))");

        Assert.Equal(1, await shop.Services.GetRequiredService<SessionSweep>().Sweep());
        Assert.Equal(0, await shop.Services.GetRequiredService<SessionSweep>().Sweep());
        Assert.Equal("idle", await shop.Scalar<string>("select end_cause from assisted_session where status = 'ended'"));
        Assert.Equal(HttpStatusCode.OK, (await karim.Get(inside + "/account")).Status);
        Assert.Equal(Characters.StaffIdOf("rosa").ToString(), await shop.Scalar<string>(
            "select (select lower(cast(k.person_id as text)) from person_key k where k.ref = operator_staff_ref) from audit_event where name = 'assistance.session-ended'"));
    }

    [Theory]
    [InlineData("delete from staff_assignment", "assistance.not-assigned")]
    [InlineData("update company set status = 'blocked'", "assistance.company-blocked")]
    [InlineData("update buyer set status = 'inactive'", "assistance.buyer-inactive")]
    [InlineData("update membership set status = 'inactive'", "assistance.membership-inactive")]
    public async Task What_the_policy_no_longer_allows_ends_at_the_next_request(string change, string cause)
    {
        await using var shop = await TestShop.Start();
        var (karim, inside) = await Sessions.Act(await shop.As("karim"), "ines");
        Assert.Equal(HttpStatusCode.OK, (await karim.Get(inside + "/account")).Status);
        await shop.Sql(change);

        Assert.Equal(HttpStatusCode.Forbidden, (await karim.Get(inside + "/account")).Status);
        Assert.Equal(cause, await shop.Scalar<string>("select end_cause from assisted_session"));
    }

    [Fact]
    public async Task Extending_moves_the_idle_end_and_never_the_hard_one()
    {
        await using var shop = await TestShop.Start();
        var (karim, inside) = await Sessions.Act(await shop.As("karim"), "ines");
        await shop.Age("assisted_session_activity", "last_seen_at", TimeSpan.FromMinutes(14));
        var hard = await shop.Scalar<string>("select cast(hard_ends_at as text) from assisted_session");
        var page = await karim.Get(inside + "/cart");
        var extended = await karim.Submit(page, "form.bar-extend");

        Assert.Equal(inside + "/cart", extended.Location);
        Assert.Equal(hard, await shop.Scalar<string>("select cast(hard_ends_at as text) from assisted_session"));
        var left = System.Text.Json.JsonDocument.Parse((await karim.GetJson(inside + "/assisted-session")).Html).RootElement;
        Assert.InRange(left.GetProperty("idleSeconds").GetInt32(), 860, 900);
        Assert.InRange(left.GetProperty("hardSeconds").GetInt32(), 3_400, 3_600);
    }

    [Fact]
    public async Task When_an_end_has_been_answered_no_write_of_the_session_can_follow()
    {
        await using var shop = await TestShop.Start();
        var (karim, inside) = await Sessions.Act(await shop.As("karim"), "ines");
        var handle = inside[4..];
        var hash = System.Security.Cryptography.SHA256.HashData(Microsoft.AspNetCore.WebUtilities.WebEncoders.Base64UrlDecode(karim.Cookies["assist-" + handle]));
        var caller = (await shop.Services.GetRequiredService<AssistedSessionQueries>().Find(handle, hash, null, isActivity: true, default))!;
        var (hasBegun, mayGoOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        var write = shop.Database.Write<Done>(caller, async tx =>
        {
            hasBegun.TrySetResult();
            await mayGoOn.Task;
            tx.Add(new AccessRefused("test", "test"));
            return Done.It;
        });
        await hasBegun.Task;
        var end = shop.Services.AssistedSessions().End(caller, caller.Session!.Id, "operator");
        await shop.WaitsForALock(end, "The end was answered while a write of the session was still under way.");
        mayGoOn.SetResult();

        Assert.False((await write).IsRefused);
        Assert.False((await end).IsRefused);
        var late = await shop.Database.Write<Done>(caller, tx => Task.FromResult<Outcome<Done>>(Done.It));
        Assert.Equal("assistance.session-over", late.Refusal?.Code);
        Assert.Equal(["access.refused", "assistance.session-ended"], (await shop.Facts()).TakeLast(2));
    }

    [Fact]
    public async Task Ends_and_writes_that_race_leave_no_write_behind_the_end()
    {
        await using var shop = await TestShop.Start();
        for (var round = 0; round < 5; round++)
        {
            var (karim, inside) = await Sessions.Act(await shop.As("karim"), "ines", ("Input.TakeOver", "true"));
            var handle = inside[4..];
            var hash = System.Security.Cryptography.SHA256.HashData(Microsoft.AspNetCore.WebUtilities.WebEncoders.Base64UrlDecode(karim.Cookies["assist-" + handle]));
            var caller = (await shop.Services.GetRequiredService<AssistedSessionQueries>().Find(handle, hash, null, isActivity: true, default))!;
            var writes = Enumerable.Range(0, 20).Select(_ => Task.Run(() => shop.Database.Write<Done>(caller, tx =>
            {
                tx.Add(new AccessRefused("test", "test"));
                return Task.FromResult<Outcome<Done>>(Done.It);
            }))).ToList();
            var end = Task.Run(() => shop.Services.AssistedSessions().End(caller, caller.Session!.Id, "operator"));
            var answered = await end;
            var committed = await shop.Scalar<int>("select count(*) from audit_event where name = 'access.refused'");
            Assert.False(answered.IsRefused);
            var outcomes = await Task.WhenAll(writes);

            Assert.Equal(committed, await shop.Scalar<int>("select count(*) from audit_event where name = 'access.refused'"));
            Assert.All(outcomes.Where(outcome => outcome.IsRefused), outcome => Assert.Equal("assistance.session-over", outcome.Refusal!.Code));
        }
    }
}
