using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using OnBehalf.Data;
using OnBehalf.Modules.Audit;
using OnBehalf.Tests.Assistance;
using OnBehalf.Tests.Log;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Audit;

public sealed class AuditPageTests
{
    /// <summary>For what reads nothing and so writes nothing.</summary>
    private static readonly Lazy<Task<(TestShop, Visitor)>> TheShop = new(async () =>
    {
        var shop = await TestShop.Start();
        return (shop, await shop.As("ada"));
    });

    private const string Put = "Karim Weiss for Ines Albrecht put 2 × Cordless drill 18 V (P-100) into the cart";

    [Fact]
    public async Task What_was_done_in_a_session_reads_with_both_names_and_every_filter_finds_it()
    {
        await using var shop = await TestShop.Start();
        var (karim, inside) = await Sessions.Act(await shop.As("karim"), "ines", ("Input.Ticket", "INC-4711"));
        var added = await karim.Post(inside + "/cart/lines", [("Sku", "P-100"), ("Quantity", "2")], from: inside + "/product/P-100");
        Assert.True(added.Status is HttpStatusCode.SeeOther, added.Html);
        var session = await shop.Scalar<string>("select cast(id as text) from assisted_session");
        var vera = await shop.As("vera");
        var today = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

        (string Field, string Found, string NotFound)[] searches =
        [
            ("person", "ines@buyers.example", "paul@buyers.example"), ("person", "albrecht in", "sudmann"), ("person", "Karim", "Rosa"), ("operator", "karim@onbehalf.example", "ines@buyers.example"),
            ("company", "N-1001", "N-1002"), ("company", "nordl", "südwind"), ("session", inside[4..], "00000000-0000-0000-0000-000000000001"), ("session", session, "00000000-0000-0000-0000-000000000002"),
            ("ticket", " inc-4711 ", "INC-471"), ("action", "carts", "orders"), ("action", "carts.line-added", "carts.line-removed"), ("outcome", "done", "refused"), ("reason", "phone-order", "visit"),
            ("mode", "order", "view"), ("from", today, "2100-01-01"), ("to", today + "T23:59", "2001-01-01"), ("sort", "oldest", ""),
        ];
        foreach (var (field, found, notFound) in searches)
        {
            var page = await Search(vera, Fields(field, found));
            Assert.True(page.Text.Contains(Put, StringComparison.Ordinal), $"{field}={found}: {page.Text}");
            Assert.DoesNotContain("@", page.Path, StringComparison.Ordinal);
            if (notFound.Length > 0)
            {
                Assert.False((await Search(vera, Fields(field, notFound))).Text.Contains(Put, StringComparison.Ordinal), $"{field}={notFound}");
            }
        }

        static (string, string)[] Fields(string field, string value) => field == "action" ? [(field, value)] : [("action", "carts"), (field, value)];
        var narrow = await Search(vera, ("person", "Ines"), ("operator", "Karim"), ("company", "N-1001"), ("action", "carts"), ("outcome", "done"), ("reason", "phone-order"), ("mode", "order"), ("ticket", "INC-4711"), ("from", today), ("sort", "oldest"));
        Assert.Contains(Put, narrow.Text, StringComparison.Ordinal);
        Assert.Contains("Ticket: INC-4711", narrow.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Put, (await Search(vera, ("person", "Ines"), ("operator", "Karim"), ("mode", "cart"))).Text, StringComparison.Ordinal);

        // Everywhere but beside the session the ticket is its reference.
        Assert.DoesNotContain("4711", await shop.Dump("audit_event"), StringComparison.Ordinal);
        Assert.Equal(1, await shop.Scalar<int>("select cast(count(distinct ticket_ref) as integer) from audit_event where session_id is not null"));
    }

    [Fact]
    public async Task Of_several_who_fit_a_name_one_is_chosen_and_nobody_stands_in_the_address_by_name()
    {
        await using var shop = await TestShop.Start();
        var ada = await shop.As("ada");
        await shop.Sql($"update staff set first_name = 'Ines' where email = 'sam@onbehalf.example'");
        var page = await Send(ada, ("person", "ines"));
        Assert.Contains("Person: which “ines”?", page.Text, StringComparison.Ordinal);
        Assert.Equal("audit.people-read", (await shop.Facts())[^1]);
        Assert.DoesNotContain("ines", await shop.Entry("audit.people-read"), StringComparison.OrdinalIgnoreCase);
        var links = page.Document.QuerySelectorAll(".list-group a").Select(link => link.GetAttribute("href")!).ToList();
        Assert.Equal(2, links.Count);
        Assert.All(links, link => Assert.DoesNotContain("ines", link, StringComparison.OrdinalIgnoreCase));
        Assert.Contains("ines@buyers.example", page.Text, StringComparison.Ordinal);
        Assert.Contains("Person: Ines Albrecht (buyer", string.Concat((await ada.Get(links[0])).Text, (await ada.Get(links[1])).Text), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("session=x", "Session")]
    [InlineData("from=yesterday", "From")]
    [InlineData("to=2026-02-31", "To")]
    [InlineData("from=2026-03-02&to=2026-03-01", "To")]
    [InlineData("company=N-0", "Company")]
    [InlineData("order=SO-0", "Order")]
    [InlineData("mode=god", "Mode")]
    [InlineData("action=x@example.com", "What")]
    [InlineData("reason=x@example.com", "form")]
    [InlineData("behind=-1", "does not exist")]
    [InlineData("person=ines@buyers.example", "Person")]
    public async Task A_search_that_cannot_be_read_is_told_what_is_wrong_with_it(string query, string word)
    {
        var (shop, ada) = await TheShop.Value;
        var page = await ada.Get("/admin/audit?" + query);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        Assert.Contains(word, page.Document.QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("audit.read", await shop.Facts());
    }

    [Fact]
    public async Task A_long_search_stops_and_goes_on_and_finds_everything_once_in_both_directions()
    {
        await using var shop = await TestShop.Start();
        var karim = await (await shop.As("karim")).Assisting("ines");
        await karim.Post("/cart/lines", [("sku", "P-100"), ("quantity", "2")], from: "/product/P-100");
        // Far more than is looked at in one search, of the same company, and none of it what is asked for; then one more that is.
        await Many(shop, AuditSearch.Most + 5000);
        await karim.Post("/cart/lines", [("sku", "P-200"), ("quantity", "3")], from: "/product/P-100");
        var ada = await shop.As("ada");
        foreach (var sort in new[] { "", "&sort=oldest" })
        {
            var (page, found, pages) = (await ada.Get("/admin/audit?company=N-1001&mode=order&outcome=done&person=" + Characters.BuyerIdOf("ines") + sort), 0, 1);
            while (true)
            {
                found += Regex.Count(page.Text, "Karim Weiss for Ines Albrecht put ");
                if (page.Document.QuerySelectorAll("nav[aria-label=Pages] a").FirstOrDefault(link => link.TextContent is "Look further" or "Older" or "Newer")?.GetAttribute("href") is not { } next)
                {
                    break;
                }

                pages++;
                page = await ada.Get(next);
            }

            Assert.Equal(2, found);
            Assert.InRange(pages, 1, 4);
        }

        var cut = await ada.Get("/admin/audit?company=N-1001&outcome=done&sort=oldest&from=2001-01-01");
        Assert.Contains("Karim Weiss", cut.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_event_shows_its_personal_values_and_looking_is_an_event_itself()
    {
        await using var shop = await TestShop.Start();
        var ada = await shop.As("ada");
        var page = await Search(ada, ("person", "ines@buyers.example"));
        Assert.Contains("No such event", page.Text, StringComparison.Ordinal);
        await using var db = shop.Database.Read();
        var read = db.Set<AuditEventRow>().Where(row => row.Name == "audit.read").OrderBy(row => row.Seq).Last();
        Assert.DoesNotContain("ines", read.Entry, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(Characters.BuyerIdOf("ines").ToString(), read.Entry, StringComparison.OrdinalIgnoreCase);

        page = await ada.Get($"/admin/audit/{read.Id}");
        Assert.Contains("Ada Novak read the audit log", page.Text, StringComparison.Ordinal);
        Assert.Equal(3, (await shop.Facts()).Count(name => name == "audit.read"));
        Assert.Equal(HttpStatusCode.NotFound, (await ada.Get($"/admin/audit/{Guid.Empty}")).Status);
    }

    [Fact]
    public async Task Every_kind_of_event_has_its_words()
    {
        var facts = typeof(AuditWords).Assembly.GetTypes().Concat(typeof(Kernel.Fact).Assembly.GetTypes()).Where(type => type.IsSubclassOf(typeof(Kernel.Fact)) && !type.IsAbstract);
        var names = facts.Select(type => ((Kernel.Fact)System.Runtime.CompilerServices.RuntimeHelpers.GetUninitializedObject(type)).Name).Distinct();
        Assert.Empty(names.Except(AuditWords.Names));
        await Task.CompletedTask;
    }

    /// <summary>The form as somebody fills it in, and the list to which it leads.</summary>
    private static async Task<Answer> Search(Visitor who, params (string Name, string Value)[] fields)
    {
        var answer = await Send(who, fields);
        return answer.Status is HttpStatusCode.SeeOther ? await who.Follow(answer) : answer;
    }

    private static async Task<Answer> Send(Visitor who, params (string Name, string Value)[] fields) => await who.Submit(await who.Get("/admin/audit"), "form[action='/admin/audit']", fields);

    // As if somebody had looked at pages for days; the log itself need not know of them.
    private static async Task Many(TestShop shop, int number)
    {
        const string Columns = "id, at, name, company_id, buyer_ref, outcome, session_mode, entry";
        const string Values = "at, 'pages.viewed', company_id, null, outcome, 'view', '{}' from audit_event where name = 'carts.line-added'";
        await shop.Sql(shop.Database.Kind == DatabaseKind.Postgres
            ? $"insert into audit_event ({Columns}) select gen_random_uuid(), {Values.Replace(" from ", $" from generate_series(1, {number}), ", StringComparison.Ordinal)}"
            : $"insert into audit_event ({Columns}) with recursive n(i) as (select 1 union all select i + 1 from n where i < {number}) select printf('%08X-0000-4000-8000-000000000000', i), {Values.Replace(" from ", " from n, ", StringComparison.Ordinal)}");
    }
}
