using System.Net;
using OnBehalf.Kernel;
using OnBehalf.Tests.Security;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Assistance;

/// <summary>
/// Whatever answers under the path of a session with a page says who acts for whom: in the bar, in the title, and on paper. The endpoints are the
/// server's own list, so a new one is held to it without being named here.
/// </summary>
public sealed class BarTests
{
    /// <summary>What answers with something else than a page, whoever asks.</summary>
    private static readonly Dictionary<string, string> NoPages = new()
    {
        ["GET /assisted-session"] = "application/json",
        ["GET /account/api/lists"] = "application/json",
        ["GET /search/suggestions"] = "application/json",
    };

    [Theory]
    [InlineData(Mode.Order)]
    [InlineData(Mode.View)]
    public async Task Every_page_of_a_session_names_both_people(Mode mode)
    {
        await using var shop = await TestShop.Start();
        await MatrixSample.Enter(shop);
        var karim = await shop.As("karim");

        // With something in the cart, so that the checkout is a page and not the way back.
        await (await shop.As("ines")).Post("/cart/lines", [("sku", "P-100"), ("quantity", "2")], from: "/product/P-100");
        var complaints = new List<string>();
        var pages = new Dictionary<HttpStatusCode, int>();
        var papers = 0;
        foreach (var endpoint in (await ListedEndpoint.All(shop)).Where(endpoint => endpoint.Method is "GET" or "POST"))
        {
            // Some of them end the session that asks.
            await shop.Sql("update assisted_session set status = 'ended', end_cause = 'operator'");
            var inside = await karim.Assisting("ines", mode);
            var path = MatrixSample.PathOf(endpoint.Pattern);
            var answer = endpoint.IsSafe ? await inside.Get(path) : await inside.Post(path, [], from: "/no-such-page");
            Judge(endpoint.ToString(), answer);
            papers += endpoint.Pattern.EndsWith("/print", StringComparison.Ordinal) && answer.Status == HttpStatusCode.OK ? 1 : 0;
        }

        await shop.Sql("update assisted_session set status = 'ended', end_cause = 'operator'");
        var last = await karim.Assisting("ines", mode);
        foreach (var path in new[] { "/no-such-page", "/error/400", "/error/429", "/error/500", "/product/none", "/search?q=zzzz", $"/account/orders/{Guid.Empty}/print" })
        {
            Judge(path, await last.Get(path));
        }

        // Without the one-time token of the form: 400.
        Judge("a form without its token", await last.PostRaw("/assisted-session/extension", []));

        Assert.Empty(complaints);
        Assert.Equal(1, papers);
        HttpStatusCode[] kinds = mode == Mode.Order
            ? [HttpStatusCode.OK, HttpStatusCode.Forbidden, HttpStatusCode.NotFound, HttpStatusCode.UnprocessableEntity, HttpStatusCode.BadRequest]
            : [HttpStatusCode.OK, HttpStatusCode.Forbidden, HttpStatusCode.NotFound, HttpStatusCode.BadRequest];
        Assert.Empty(kinds.Except(pages.Keys));
        Assert.InRange(pages[HttpStatusCode.OK], 10, int.MaxValue);

        void Judge(string what, Answer answer)
        {
            var kind = answer.Response.Content.Headers.ContentType?.MediaType;
            if (answer.Location is not null || (NoPages.TryGetValue(what, out var known) && known == kind))
            {
                return;
            }

            pages[answer.Status] = pages.GetValueOrDefault(answer.Status) + 1;
            var bar = answer.Document.QuerySelector(".assisted-bar[role=region]");
            var paper = answer.Document.QuerySelector(".assisted-print");
            Complain(kind != "text/html", $"is no page but {kind ?? "nothing"}");
            Complain(bar is null || !bar.TextContent.Contains("Karim Weiss") || !bar.TextContent.Contains("Ines Albrecht"), "has no bar with both names");
            Complain(answer.Document.Body?.FirstElementChild != bar, "does not begin with the bar");
            Complain(bar?.QuerySelector("form[action$='/assisted-session/end'] button") is null, "has no way out");
            Complain(answer.Document.Title?.StartsWith("(for Ines Albrecht) ", StringComparison.Ordinal) != true, $"is called \"{answer.Document.Title}\"");
            Complain(paper?.TextContent.Contains("Acted by Karim Weiss (Sales rep) for Ines Albrecht", StringComparison.OrdinalIgnoreCase) != true, "has no line for paper");

            void Complain(bool isWrong, string words)
            {
                if (isWrong)
                {
                    complaints.Add($"{what} ({(int)answer.Status}) {words}");
                }
            }
        }
    }
}
