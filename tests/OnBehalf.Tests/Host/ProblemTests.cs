using System.Net;
using System.Text.Json;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.HostTests;

/// <summary>Whoever asks for JSON is answered in JSON, also with a "no"; docs/api/json.md says how.</summary>
public sealed class ProblemTests
{
    [Fact]
    public async Task Every_no_is_problem_json_with_its_code_for_who_asks_for_json()
    {
        await using var shop = await TestShop.Start();
        var ines = await shop.As("ines");
        await Is(await ines.GetJson("/assisted-session"), HttpStatusCode.Forbidden, "assistance.not-assisting");
        await Is(await ines.GetJson("/nowhere"), HttpStatusCode.NotFound, "http.404");
        await Is(await ines.GetJson("/account/orders/SO-2026-999999"), HttpStatusCode.NotFound, "http.404");
        await Is(await (await shop.As("karim")).GetJson("/admin/settings"), HttpStatusCode.Forbidden, "access.right-missing");
        var ended = await (await shop.As("karim")).Assisting("ines");
        Assert.Equal(HttpStatusCode.OK, (await ended.GetJson("/assisted-session")).Status);
        await shop.Sql("update assisted_session set status = 'ended', end_cause = 'operator'");
        await Is(await ended.GetJson("/assisted-session"), HttpStatusCode.Forbidden, "assistance.session-over");
    }

    [Fact]
    public async Task Who_may_not_enter_the_back_office_is_not_offered_the_way_into_it()
    {
        await using var shop = await TestShop.Start();
        var refused = await (await shop.As("karim")).Get("/admin");
        Assert.Equal(HttpStatusCode.Forbidden, refused.Status);
        Assert.Equal(["/staff"], refused.Document.QuerySelectorAll("main .btn-list a").Select(link => link.GetAttribute("href")));
    }

    private static async Task Is(Answer answer, HttpStatusCode status, string code)
    {
        Assert.Equal(status, answer.Status);
        Assert.Equal("application/problem+json", answer.Response.Content.Headers.ContentType!.MediaType);
        using var problem = JsonDocument.Parse(await answer.Response.Content.ReadAsStringAsync());
        Assert.Equal(code, problem.RootElement.GetProperty("code").GetString());
        Assert.Equal((int)status, problem.RootElement.GetProperty("status").GetInt32());
        Assert.True(problem.RootElement.GetProperty("detail").GetString()!.Length > 20);
    }
}
