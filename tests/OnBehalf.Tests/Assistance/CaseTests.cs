using System.Net;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Assistance;

/// <summary>"I did not ask for this": everybody is stopped until somebody has looked into it.</summary>
public sealed class CaseTests
{
    [Fact]
    public async Task A_report_ends_what_runs_freezes_the_buyer_and_is_closed_with_a_note_by_a_supervisor()
    {
        await using var shop = await TestShop.Start();
        var (karim, inside) = await Sessions.Act(await shop.As("karim"), "ines");
        var ines = await shop.As("ines");
        var list = await ines.Get("/account/assistance");
        var report = await ines.Get(list.Document.QuerySelector("main a[href$='/report']")!.GetAttribute("href")!);
        Assert.Contains("Nobody can act for you until a supervisor", report.Text);
        var reported = await ines.Submit(report, "main form[method=post]", ("Input.Note", "Nobody called me."));
        Assert.Contains("We have been told", (await ines.Follow(reported)).Text);

        // A second report is the same case.
        await ines.Submit(report, "main form[method=post]", ("Input.Note", "Again."));
        Assert.Equal(1, await shop.Scalar<int>("select count(*) from assist_case"));
        Assert.Equal("not-asked-for", await shop.Scalar<string>("select end_cause from assisted_session"));
        Assert.Equal(HttpStatusCode.Forbidden, (await karim.Get(inside + "/account")).Status);
        Assert.Equal(2, await shop.Scalar<int>("select count(*) from mail where kind = 'case-opened'"));

        foreach (var name in new[] { "karim", "ada" })
        {
            var refused = await Sessions.Begin(await shop.As(name), "ines");
            Assert.Equal(HttpStatusCode.Conflict, refused.Status);
            Assert.Contains("reported a session that he did not ask for", refused.Text);
        }

        Assert.Equal(HttpStatusCode.SeeOther, (await Sessions.Begin(karim, "jonas")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await (await shop.As("sam")).Get("/admin/cases")).Status);

        var vera = await shop.As("vera");
        var cases = await vera.Get("/admin/cases");
        Assert.Contains("Ines Albrecht, Nordlicht GmbH", cases.Text);
        Assert.Contains("Nobody called me.", cases.Text);
        Assert.Contains("please write it down", (await vera.Submit(cases, "main form[method=post]")).Text);
        var closed = await vera.Follow(await vera.Submit(cases, "main form[method=post]", ("Input.Note", "Jonas had asked; all is well.")));
        Assert.Contains("Jonas had asked; all is well.", closed.Text);
        Assert.Contains("No open case", closed.Text);
        Assert.Equal(HttpStatusCode.Conflict, (await vera.Submit(cases, "main form[method=post]", ("Input.Note", "Twice."))).Status);
        Assert.Equal(HttpStatusCode.SeeOther, (await Sessions.Begin(await shop.As("ada"), "ines")).Status);
    }

    [Fact]
    public async Task Nobody_closes_a_case_about_a_session_of_his_own()
    {
        await using var shop = await TestShop.Start();
        var vera = await shop.As("vera");
        var inside = await vera.Assisting("ines");
        var ines = await shop.As("ines");
        await ines.Submit(await ines.Get($"/account/assistance/{inside.Session}/report"), "main form[method=post]");

        var own = await vera.Submit(await vera.Get("/admin/cases"), "main form[method=post]", ("Input.Note", "All is well."));
        Assert.Equal(HttpStatusCode.Forbidden, own.Status);
        Assert.Contains("about a session of yours", own.Text);
        Assert.Equal(1, await shop.Scalar<int>("select count(*) from assist_case where closed_at is null"));

        var ada = await shop.As("ada");
        Assert.Equal(HttpStatusCode.SeeOther, (await ada.Submit(await ada.Get("/admin/cases"), "main form[method=post]", ("Input.Note", "I asked both."))).Status);
    }

    [Fact]
    public async Task Only_the_buyer_reports_and_only_what_was_done_for_him()
    {
        await using var shop = await TestShop.Start();
        var inside = await (await shop.As("karim")).Assisting("ines");
        var path = $"/account/assistance/{inside.Session}/report";
        Assert.Equal(HttpStatusCode.Forbidden, (await inside.Get(path)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await inside.Post(path, [], from: "/account")).Status);
        foreach (var other in new[] { "jonas", "paul" })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await (await shop.As(other)).Post(path, [], from: "/account")).Status);
        }

        Assert.Equal(0, await shop.Scalar<int>("select count(*) from assist_case"));
    }
}
