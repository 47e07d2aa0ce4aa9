using System.Net;
using Microsoft.Extensions.DependencyInjection;
using OnBehalf.Assistance;
using OnBehalf.Modules.Assistance;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Assistance;

/// <summary>What staff ask a supervisor for: access to a customer for a time, the approval of a start.</summary>
public sealed class RequestTests
{
    private static readonly ShopPolicy Finding = ShopPolicy.Standard with { Finders = [OperatorKind.SalesRep] };

    [Fact]
    public async Task What_is_not_his_is_found_by_name_only_where_the_policy_says_so()
    {
        await using var shop = await TestShop.Start();
        var rosa = await shop.As("rosa");
        Assert.DoesNotContain("Nordlicht", (await rosa.Get("/staff/customers?q=nordlicht")).Document.QuerySelector(".page-body .card")!.TextContent);
        Assert.Equal(HttpStatusCode.NotFound, (await rosa.Get($"/staff/access/{Characters.Nordlicht}")).Status);

        await shop.Put(Finding);
        var found = await rosa.Get("/staff/customers?q=nordlicht");
        Assert.Contains("You cannot act for Nordlicht GmbH: it is not assigned to you.", found.Text);
        Assert.Equal($"/staff/access/{Characters.Nordlicht}", found.Document.QuerySelector("a[href^='/staff/access/']")?.GetAttribute("href"));
        foreach (var hidden in new[] { "Ines", "N-1001", "CT-1001" })
        {
            Assert.DoesNotContain(hidden, found.Text);
        }

        // Not by its people, not its page, and no session; but with a reason.
        Assert.DoesNotContain("Nordlicht", (await rosa.Get("/staff/customers?q=albrecht")).Text);
        Assert.Equal(HttpStatusCode.NotFound, (await rosa.Get("/staff/customers/N-1001")).Status);
        Assert.Equal("assistance.not-assigned", (await shop.Services.AssistedSessions().Start(await Sessions.CallerOf(rosa), Sessions.Request("ines"))).Refusal?.Code);
        Assert.DoesNotContain("Nordlicht", (await (await shop.As("tom")).Get("/staff/customers?q=sudwind")).Text);
        var blocked = await rosa.Get("/staff/customers?q=altmetall");
        Assert.Contains("Altmetall OHG: it is blocked", blocked.Text);
        Assert.Null(blocked.Document.QuerySelector("a[href^='/staff/access/']"));
    }

    [Fact]
    public async Task Access_is_asked_for_granted_for_a_time_and_ends_by_itself_or_is_taken_back()
    {
        await using var shop = await TestShop.Start();
        await shop.Put(Finding);
        var rosa = await shop.As("rosa");
        var path = $"/staff/access/{Characters.Nordlicht}";
        Assert.Contains("asked=true", (await rosa.Submit(await rosa.Get(path), "main form", ("Input.Note", "Karim is on leave"))).Location);
        Assert.Equal(HttpStatusCode.Conflict, (await rosa.Submit(await rosa.Get(path), "main form")).Status);
        Assert.Equal("Rosa Lind asks for access to Nordlicht GmbH", await shop.Scalar<string>("select subject from mail where to_address = 'vera@onbehalf.example'"));

        var vera = await shop.As("vera");
        var requests = await vera.Get("/admin/assistance/requests");
        Assert.Contains("Rosa Lind asks for access to Nordlicht GmbH", requests.Text);
        Assert.Contains("Karim is on leave", requests.Text);
        Assert.Equal(HttpStatusCode.SeeOther, (await vera.Submit(requests, "main form", ("Input.Action", "grant"), ("Input.Days", "1"))).Status);
        Assert.Equal("Granted: Nordlicht GmbH", await shop.Scalar<string>("select subject from mail where to_address = 'rosa@onbehalf.example'"));
        var (_, inside) = await Sessions.Act(rosa, "ines");
        Assert.Equal(HttpStatusCode.OK, (await rosa.Get(inside + "/account")).Status);

        await vera.Submit(await vera.Get("/admin/assistance/requests"), "main form", ("Input.Action", "take-back"));
        Assert.Equal("rights-changed", await shop.Scalar<string>("select end_cause from assisted_session"));
        Assert.Equal(HttpStatusCode.Forbidden, (await rosa.Get(inside + "/account")).Status);

        await rosa.Submit(await rosa.Get(path), "main form");
        await vera.Submit(await vera.Get("/admin/assistance/requests"), "section:first-of-type form", ("Input.Action", "grant"), ("Input.Days", "7"));
        await shop.Age("staff_assignment", "until", TimeSpan.FromDays(8), "until is not null");
        await shop.Services.GetRequiredService<SessionSweep>().Sweep();
        Assert.Equal(0, await shop.Scalar<int>("select count(*) from staff_assignment where until is not null"));
        foreach (var fact in new[] { "assistance.requested", "assistance.request-granted", "assistance.access-ended" })
        {
            Assert.Equal(2, (await shop.Facts()).Count(name => name == fact));
        }
    }

    [Fact]
    public async Task A_start_that_needs_a_second_person_begins_once_he_has_approved_it_and_only_once()
    {
        await using var shop = await TestShop.Start();
        await shop.PutTerms(terms => terms with { NeedsApproval = true });
        var karim = await shop.As("karim");
        var page = await karim.Get(Sessions.PathOf("ines"));
        Assert.Contains("A second person has to approve this", page.Text);
        Assert.Equal(HttpStatusCode.Forbidden, (await karim.Submit(page, "main form[method=post]")).Status);
        Assert.Equal(HttpStatusCode.SeeOther, (await karim.Submit(page, "main form[method=post]", ("Input.AskApproval", "true"), ("Input.Text", "She is on the telephone"))).Status);
        Assert.Contains("You asked for the approval", (await karim.Get(Sessions.PathOf("ines"))).Text);

        var vera = await shop.As("vera");
        var requests = await vera.Get("/admin/assistance/requests");
        Assert.Contains("Karim Weiss wants to act for Ines Albrecht (Nordlicht GmbH)", requests.Text);
        await vera.Submit(requests, "main form", ("Input.Action", "grant"));
        Assert.Contains("Vera Blum approved this", (await karim.Get(Sessions.PathOf("ines"))).Text);

        // For this buyer, within its time, once.
        Assert.Equal(HttpStatusCode.Forbidden, (await karim.Post(Sessions.PathOf("jonas"), [("Input.Reason", "visit")])).Status);
        Assert.Equal(HttpStatusCode.SeeOther, (await Sessions.Begin(karim, "ines")).Status);
        Assert.Equal("used", await shop.Scalar<string>("select status from assist_request"));
        Assert.Equal(HttpStatusCode.Forbidden, (await karim.Post(Sessions.PathOf("ines"), [("Input.Reason", "visit"), ("Input.TakeOver", "true")])).Status);
    }

    [Fact]
    public async Task Abuse18_Nobody_decides_what_he_asked_for_himself_or_what_is_decided_already()
    {
        await using var shop = await TestShop.Start();
        await shop.Put(ShopPolicy.Standard with { Rules = [.. ShopPolicy.Standard.Rules.Select(rule => rule with { Terms = rule.Terms with { NeedsApproval = true } })] });
        var vera = await shop.As("vera");
        await vera.Submit(await vera.Get(Sessions.PathOf("ines")), "main form[method=post]", ("Input.AskApproval", "true"));
        var id = await shop.Scalar<string>("select cast(id as text) from assist_request");
        (string, string)[] grant = [("Input.Id", id), ("Input.Action", "grant")];
        Assert.Null((await vera.Get("/admin/assistance/requests")).Document.QuerySelector("main form"));
        Assert.Equal(HttpStatusCode.Forbidden, (await vera.Post("/admin/assistance/requests", grant, from: "/staff")).Status);

        var ada = await shop.As("ada");
        Assert.Equal(HttpStatusCode.SeeOther, (await ada.Post("/admin/assistance/requests", [("Input.Id", id), ("Input.Action", "decline")], from: "/staff")).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await ada.Post("/admin/assistance/requests", grant, from: "/staff")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await (await shop.As("sam")).Post("/admin/assistance/requests", grant, from: "/staff")).Status);
        Assert.Equal(0, await shop.Scalar<int>("select count(*) from assisted_session"));
    }
}
