using System.Net;
using Microsoft.Extensions.DependencyInjection;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Modules.Assistance;
using OnBehalf.Tests.Assistance;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Audit;

/// <summary>The entries of a session: 1, 2, 3 … to its end, which says how many they are.</summary>
public sealed class SessionEntryTests
{
    [Fact]
    public async Task All_that_happens_in_a_session_is_numbered_without_a_gap_from_its_start_to_its_end()
    {
        await using var shop = await TestShop.Start();
        var (karim, inside) = await Sessions.Act(await shop.As("karim"), "ines");
        await karim.Get(inside + "/account");
        await karim.Post(inside + "/cart/lines", [("Sku", "P-100"), ("Quantity", "2")], from: inside + "/cart");
        Assert.Equal(HttpStatusCode.Forbidden, (await karim.Get(inside + "/account/password")).Status);
        await Sessions.End(karim, inside);

        var entries = await Of(shop);
        Assert.Equal(
            ["assistance.session-started", "pages.viewed", "pages.viewed", "carts.branched", "carts.line-added", "access.refused", "assistance.session-ended"],
            entries.Select(entry => entry.Name));
        Assert.Equal(Enumerable.Range(1, 7), entries.Select(entry => entry.N));
        Assert.Equal(7, EntryTests.Parse(entries[^1].Entry)["entries"].GetInt32());
    }

    [Fact]
    public async Task Every_page_that_is_shown_is_one_event_and_nothing_else_is_one()
    {
        await using var shop = await TestShop.Start();
        await Security.MatrixSample.Enter(shop);
        var karim = await (await shop.As("karim")).Assisting("ines");
        string[] pages = ["/", "/product/P-100", "/cart", "/account", "/account/orders/SO-2025-000001", "/account/assistance"];
        foreach (var page in pages)
        {
            Assert.Equal(HttpStatusCode.OK, (await karim.Get(page)).Status);
        }

        // No pages: what is not there, what leads elsewhere, what a script asks, a picture, the head of a page, and what nobody asked for yet.
        await karim.Get("/product/no-such");
        await karim.Get("/cart/lines");
        await karim.GetJson("/assisted-session");
        await karim.Get("/assets/icon.svg");
        await karim.Get("/account/password");
        foreach (var header in new[] { "Sec-Purpose", "Purpose", "X-Moz" })
        {
            var request = new HttpRequestMessage(HttpMethod.Get, karim.PathBase + "/cart");
            request.Headers.Add(header, "prefetch;prerender");
            var prefetched = await karim.Send(request);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, prefetched.Status);
            Assert.Equal("", prefetched.Html);
        }

        var views = (await Of(shop)).Where(entry => entry.Name == "pages.viewed").Select(entry => EntryTests.Parse(entry.Entry)).ToList();
        Assert.Equal(["", "product/{sku}", "cart", "account", "account/orders/{number}", "account/assistance"], views.Select(view => EntryTests.Text(view, "page").TrimStart('/')));
        Assert.Equal("P-100", EntryTests.Text(views[1], "what"));
        Assert.Equal("SO-2025-000001", EntryTests.Text(views[4], "what"));
        Assert.Equal(await shop.Scalar<string>("select cast(id as text) from orders"), EntryTests.Text(views[4], "order"), ignoreCase: true);
        var ines = await shop.RefOf(Characters.BuyerIdOf("ines").Value);
        Assert.All(views, view => Assert.Equal(ines, EntryTests.Text(view, "for-buyer")));
        Assert.Equal(1, await shop.Scalar<int>("select count(*) from audit_event where order_id is not null and name = 'pages.viewed'"));
    }

    [Fact]
    public async Task A_form_that_comes_back_with_what_is_wrong_is_a_page_too()
    {
        await using var shop = await TestShop.Start();
        var karim = await (await shop.As("karim")).Assisting("ines");
        await karim.Submit(await karim.Get("/account/addresses/new"), "main form[method=post]");
        Assert.Equal(2, (await Of(shop)).Count(entry => entry.Name == "pages.viewed"));
    }

    [Fact]
    public async Task A_page_that_would_follow_the_end_is_not_shown_and_a_refusal_after_it_says_so()
    {
        await using var shop = await TestShop.Start();
        var karim = await shop.As("karim");
        var (_, inside) = await Sessions.Act(karim, "ines");

        // As if the end came between the question who asks and the answer.
        var isTrue = shop.Database.Kind == DatabaseKind.Postgres ? "true" : "1";
        await shop.Sql($"update assisted_session_activity set is_over = {isTrue}");
        var page = await karim.Get(inside + "/account");
        Assert.Equal(HttpStatusCode.Forbidden, page.Status);
        Assert.Equal(Authority.SessionOver.Code, page.Document.QuerySelector("[data-code]")!.GetAttribute("data-code"));
        Assert.DoesNotContain("Welcome", page.Text);
        var added = await karim.Post(inside + "/cart/lines", [("Sku", "P-100"), ("Quantity", "2")], from: inside + "/no-such-page");
        Assert.Equal(HttpStatusCode.Forbidden, added.Status);
        Assert.Equal(0, await shop.Scalar<int>("select count(*) from cart_line"));

        await karim.Get(inside + "/account/password");
        var refused = await EntryTests.Entry(shop, "access.refused");
        Assert.Equal(await shop.Scalar<string>("select cast(id as text) from assisted_session"), EntryTests.Text(refused, "after-session"), ignoreCase: true);
        Assert.DoesNotContain("n", refused.Keys);
        Assert.DoesNotContain("in-session", refused.Keys);
    }

    [Theory]
    [InlineData("operator")]
    [InlineData("supervisor")]
    [InlineData("suspended")]
    [InlineData("sweep")]
    public async Task Nothing_of_a_session_follows_its_end_however_that_comes(string way)
    {
        await using var shop = await TestShop.Start();
        var (karim, inside) = await Sessions.Act(await shop.As("karim"), "ines");
        var token = (await karim.Get(inside + "/product/P-100")).Document.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        var id = (await shop.Scalar<string>("select cast(id as text) from assisted_session")) is var text ? new AssistedSessionId(Guid.Parse(text)) : default;
        var isOver = false;
        var busy = Enumerable.Range(0, 6).Select(who => Task.Run(async () =>
        {
            var (browser, answered) = (karim.At(shop), 0);
            while (!Volatile.Read(ref isOver) || answered == 0)
            {
                var answer = who % 3 == 0 ? await browser.PostRaw(inside + "/cart/lines", [("sku", "P-100"), ("quantity", "1"), ("__RequestVerificationToken", token)])
                    : await browser.Get(inside + (who % 3 == 1 ? "/cart" : "/account/password"));
                answered += answer.Status is HttpStatusCode.OK or HttpStatusCode.SeeOther or HttpStatusCode.Forbidden ? 1 : 0;
                Assert.True(answer.Status is HttpStatusCode.OK or HttpStatusCode.SeeOther or HttpStatusCode.Forbidden, $"{who}: {answer.Status}");
            }
        })).ToList();
        while (await shop.Scalar<int>("select entries from assisted_session_activity") < 12)
        {
            await Task.Yield();
        }

        switch (way)
        {
            case "sweep":
                await shop.Age("assisted_session", "hard_ends_at", TimeSpan.FromHours(2));
                await shop.Services.GetRequiredService<SessionSweep>().Sweep();
                break;
            case "suspended":
                await shop.Database.Write<Done>(Caller.Machine("test"), async tx =>
                {
                    await SessionEnds.EndFor(tx, Characters.StaffIdOf("karim"), "suspended");
                    return Done.It;
                });
                break;
            default:
                var caller = way == "operator" ? await Sessions.CallerOf(karim) : await Sessions.CallerOf(await shop.As("vera"));
                await shop.Services.AssistedSessions().End(caller, id, "operator");
                break;
        }

        Volatile.Write(ref isOver, true);
        await Task.WhenAll(busy);
        var entries = await Of(shop);
        Assert.Equal(Enumerable.Range(1, entries.Count), entries.Select(entry => entry.N));
        Assert.Equal("assistance.session-ended", entries[^1].Name);
        Assert.Equal(entries.Count, EntryTests.Parse(entries[^1].Entry)["entries"].GetInt32());
        Assert.Equal(entries.Count, await shop.Scalar<int>("select entries from assisted_session_activity"));
    }

    /// <summary>What says that it is in a session, by its number.</summary>
    private static async Task<List<(int N, string Name, string Entry)>> Of(TestShop shop)
    {
        await using var db = shop.Database.Read();
        return
        [
            .. db.Set<AuditEventRow>().AsEnumerable().Select(row => (row.Name, row.Entry, Members: EntryTests.Parse(row.Entry))).Where(row => row.Members.ContainsKey("in-session"))
                .Select(row => (row.Members["n"].GetInt32(), row.Name, row.Entry)).OrderBy(row => row.Item1),
        ];
    }
}
