using System.Net;
using Microsoft.Extensions.DependencyInjection;
using OnBehalf.Data;
using OnBehalf.Kernel;
using OnBehalf.Modules.Assistance;
using OnBehalf.Modules.Settings;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Assistance;

/// <summary>What the seller's own side can stop, and what stops by itself; whatever stops it, nothing is written afterwards.</summary>
public sealed class StopTests
{
    [Fact]
    public async Task A_supervisor_sees_what_runs_and_ends_one_or_all()
    {
        await using var shop = await TestShop.Start();
        var karim = await (await shop.As("karim")).Assisting("ines");
        var rosa = await (await shop.As("rosa")).Assisting("paul");
        var vera = await shop.As("vera");
        var page = await vera.Get("/admin/sessions");
        Assert.Contains("Karim Weiss for Ines Albrecht, Nordlicht GmbH (N-1001)", page.Text);
        Assert.Contains("Sales rep, mode order: Order by telephone.", page.Text);
        Assert.Contains("Rosa Lind for Paul Südmann", page.Text);

        await vera.Post("/admin/sessions", [("session", karim.Session.ToString())]);
        Assert.Equal(HttpStatusCode.Forbidden, (await karim.Get("/account")).Status);
        Assert.Equal(HttpStatusCode.OK, (await rosa.Get("/account")).Status);
        Assert.DoesNotContain("Karim", (await vera.Get("/admin/sessions")).Text);

        var stop = await vera.Get("/admin/sessions/stop");
        Assert.Contains("One session runs now", stop.Text);
        await vera.Submit(stop, "main form[method=post]", ("what", "end"));
        Assert.Equal(HttpStatusCode.Forbidden, (await rosa.Get("/account")).Status);
        Assert.Equal("all-ended staff", await shop.Scalar<string>("select min(end_cause) || ' ' || max(end_cause) from assisted_session"));

        foreach (var other in new[] { "karim", "sam" })
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await (await shop.As(other)).Get("/admin/sessions")).Status);
            Assert.Equal(HttpStatusCode.Forbidden, (await (await shop.As(other)).Post("/admin/sessions", [("session", rosa.Session.ToString())], from: "/staff")).Status);
        }
    }

    [Fact]
    public async Task Switched_off_ends_everything_and_refuses_every_start_until_it_is_on_again()
    {
        await using var shop = await TestShop.Start();
        var inside = await (await shop.As("karim")).Assisting("ines");
        var ada = await shop.As("ada");
        var off = await ada.Submit(await ada.Get("/admin/sessions/stop"), "main form[method=post]", ("what", "off"));
        Assert.Contains("nobody can act for a customer", (await ada.Follow(off)).Text);
        Assert.Equal(HttpStatusCode.Forbidden, (await inside.Get("/account")).Status);
        Assert.Equal("switched-off", await shop.Scalar<string>("select end_cause from assisted_session"));

        var refused = await Sessions.Begin(await shop.As("rosa"), "paul");
        Assert.Equal(HttpStatusCode.Conflict, refused.Status);
        Assert.Contains("switched off in this shop", refused.Text);
        Assert.Equal(1, await shop.Scalar<int>("select count(*) from audit_event where name = 'assistance.session-refused'"));
        await ada.Submit(await ada.Get("/admin/sessions/stop"), "main form[method=post]", ("what", "on"));
        Assert.Equal(HttpStatusCode.SeeOther, (await Sessions.Begin(await shop.As("rosa"), "paul")).Status);
        Assert.Equal(2, await shop.Scalar<int>("select count(*) from audit_event where name = 'settings.changed'"));
    }

    [Fact]
    public async Task Starts_that_race_with_the_switch_leave_nothing_running_behind_it()
    {
        await using var shop = await TestShop.Start();
        var callers = new[] { await Sessions.CallerOf(await shop.As("karim")), await Sessions.CallerOf(await shop.As("tom")), await Sessions.CallerOf(await shop.As("sam")) };
        var ada = await Sessions.CallerOf(await shop.As("ada"));
        var settings = shop.Services.GetRequiredService<ShopSettings>();
        var starts = callers.Select(caller => Task.Run(() => shop.Services.AssistedSessions().Start(caller, Sessions.Request("ines"))));
        var off = Task.Run(() => settings.Change(ada, ShopSettings.SessionsOff, "true"));
        await Task.WhenAll([.. starts, off]);
        Assert.Equal(0, await shop.Scalar<int>("select count(*) from assisted_session where status = 'active'"));
    }

    [Theory]
    [InlineData("signs out")]
    [InlineData("changes his password")]
    [InlineData("buyer changes her password")]
    public async Task Nothing_of_a_session_is_written_after_what_it_rests_on_is_gone(string what)
    {
        await using var shop = await TestShop.Start();
        var karim = await shop.As("karim");
        var inside = await karim.Assisting("ines");
        Assert.Equal(HttpStatusCode.SeeOther, (await inside.Post("/cart/lines", [("sku", "P-100"), ("quantity", "1")], from: "/product/P-100")).Status);
        var token = (await inside.Get("/cart")).Document.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        switch (what)
        {
            case "signs out":
                await karim.Post("/staff/account/logout", [], from: "/staff");
                break;
            default:
                var (who, path) = what.StartsWith("buyer", StringComparison.Ordinal) ? ("ines", "/account/password") : ("karim", "/staff/account/password");
                var elsewhere = await shop.As(who);
                var changed = await elsewhere.Submit(
                    await elsewhere.Get(path), "main form[method=post]", ("Input.Present", Characters.Password), ("Input.Password", "another long horse"), ("Input.Again", "another long horse"));
                Assert.True((int)changed.Status < 400, changed.Text);
                break;
        }

        var before = await shop.Dump("cart", "cart_line", "address", "orders");
        var late = await inside.PostRaw("/cart/lines", [("sku", "P-300"), ("quantity", "1"), ("__RequestVerificationToken", token)]);
        Assert.Equal(HttpStatusCode.Forbidden, late.Status);
        Assert.Equal(before, await shop.Dump("cart", "cart_line", "address", "orders"));
        Assert.Equal("ended", await shop.Scalar<string>("select status from assisted_session"));
    }

    [Fact]
    public async Task A_staff_member_finds_his_own_sessions()
    {
        await using var shop = await TestShop.Start();
        var karim = await shop.As("karim");
        Assert.Contains("You have acted for nobody yet", (await karim.Get("/staff/sessions")).Text);
        await karim.Assisting("ines");
        var page = await karim.Get("/staff/sessions");
        Assert.Contains("You act for Ines Albrecht", page.Text);
        Assert.Contains("Order by telephone; running", page.Text);
        await karim.Submit(page, "main form[method=post]");
        Assert.Contains("ended by the operator", (await karim.Get("/staff/sessions")).Text);
        Assert.DoesNotContain("Ines", (await (await shop.As("rosa")).Get("/staff/sessions")).Text);
    }

    [Fact]
    public async Task What_began_in_an_emergency_and_what_is_raised_is_marked_in_the_list_of_what_runs()
    {
        await using var shop = await TestShop.Start();
        await (await shop.As("karim")).Assisting("ines", Mode.View);
        var vera = await shop.As("vera");
        var plain = await vera.Get("/admin/sessions");
        Assert.DoesNotContain("Emergency", plain.Text);
        Assert.DoesNotContain("Raised", plain.Text);

        await shop.Sql($"update assisted_session set raised_mode = 'order', raised_until = {shop.Database.Now}, is_emergency = {(shop.Database.Kind == DatabaseKind.Postgres ? "true" : "1")}");
        var fallenBack = await vera.Get("/admin/sessions");
        Assert.Contains("Emergency, without consent", fallenBack.Text);
        Assert.Contains("mode view", fallenBack.Text);
        Assert.DoesNotContain("Raised", fallenBack.Text);

        await shop.Age("assisted_session", "raised_until", TimeSpan.FromMinutes(-5));
        var raised = await vera.Get("/admin/sessions");
        Assert.Contains("Raised to order", raised.Text);
        Assert.Contains("mode order", raised.Text);
    }

    [Fact]
    public async Task A_staff_member_leafs_through_all_his_sessions()
    {
        await using var shop = await TestShop.Start();
        var karim = await shop.As("karim");
        await using (var db = shop.Database.Read())
        {
            // Two of them began in the same moment, on either side of where the first page ends.
            var now = TimeProvider.System.GetUtcNow();
            db.AddRange(Enumerable.Range(1, 35).Select(i => new AssistedSessionRow
            {
                Id = IId<AssistedSessionId>.New(), Handle = $"over{i}", TokenHash = [(byte)i], OperatorStaffId = Characters.StaffIdOf("karim"), OperatorSignInId = karim.SignIn, Slot = 1,
                MembershipId = Characters.MembershipIdOf("ines"), BuyerId = Characters.BuyerIdOf("ines"), CompanyId = Characters.Nordlicht, Mode = Mode.View, ReasonCode = "visit",
                Ticket = $"T-{i}", Rule = "test", Rights = 0, ReturnPath = "/staff", Status = "ended", StartedAt = now.AddHours(-(i == 31 ? 30 : i)), IdleSeconds = 900, HardEndsAt = now,
                EndedAt = now, EndCause = "operator",
            }));
            await db.SaveChangesAsync();
        }

        var first = await karim.Get("/staff/sessions");
        var second = await karim.Get(first.Document.QuerySelector("a[rel=next]")!.GetAttribute("href")!);
        Assert.Null(second.Document.QuerySelector("a[rel=next]"));
        var (above, below) = (Tickets(first), Tickets(second));
        Assert.Equal((30, 5), (above.Count, below.Count));
        Assert.Equal(Enumerable.Range(1, 35).Select(i => $"T-{i}").Order(), above.Concat(below).Order());
        Assert.Equal("T-1", above[0]);
        Assert.Equal("T-35", below[^1]);

        static List<string> Tickets(Answer page) =>
            [.. page.Document.QuerySelectorAll(".list-group-item .text-secondary").Select(row => System.Text.RegularExpressions.Regex.Match(row.TextContent, @"T-\d+").Value)];
    }
}
