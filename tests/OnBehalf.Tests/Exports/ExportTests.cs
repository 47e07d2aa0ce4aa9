using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using OnBehalf.Kernel;
using OnBehalf.Modules.Privacy;
using OnBehalf.Tests.Assistance;
using OnBehalf.Tests.Log;
using OnBehalf.Tests.Support;
using OnBehalf.Transparency;

namespace OnBehalf.Tests.Exports;

/// <summary>The log as a file: one session in every form, told to who may read it, with people only where they were asked for.</summary>
public sealed class ExportTests
{
    [Fact]
    public async Task A_session_reads_in_every_form_with_its_place_in_the_log_and_without_names_unless_they_are_asked_for()
    {
        await using var shop = await TestShop.Start();
        var (karim, inside) = await Sessions.Act(await shop.As("karim"), "ines", ("Input.Reason", "visit"), ("Input.Ticket", "T-77"));
        await karim.Post(inside + "/cart/lines", [("Sku", "P-100"), ("Quantity", "2")], from: inside + "/cart");
        await shop.Sequence();
        var vera = await shop.As("vera");
        var (karimRef, inesRef) = (await shop.RefOf(Characters.StaffIdOf("karim").Value), await shop.RefOf(Characters.BuyerIdOf("ines").Value));
        var entries = await shop.Entries();
        var session = await shop.Scalar<string>("select lower(cast(id as text)) from assisted_session");

        // ECS: he is the user, she the one whose rights he used.
        var file = await Take(vera, "ecs");
        Assert.Equal("application/x-ndjson; charset=utf-8", file.Response.Content.Headers.ContentType!.ToString());
        var records = Lines(file).OrderBy(record => record["onbehalf"]!["log"]!["index"]!.GetValue<long>()).ToList();
        Assert.Equal(entries, records.Select(record => At(record, "event.original")));
        Assert.Equal(Enumerable.Range(0, entries.Count), records.Select(record => record["onbehalf"]!["log"]!["index"]!.GetValue<int>()));
        Assert.All(records, record => Assert.Equal(Merkle.LeafHash(Encoding.UTF8.GetBytes(At(record, "event.original")!)).ToHex(), At(record, "event.hash"), ignoreCase: true));
        var added = records.Single(record => At(record, "event.action") == "carts.line-added");
        Assert.Equal((karimRef, inesRef, null), (At(added, "user.id"), At(added, "user.effective.id"), At(added, "user.target.id")));
        Assert.Equal((Characters.Nordlicht.ToString(), "N-1001"), (At(added, "organization.id"), At(added, "onbehalf.company.number")));
        Assert.Equal(("api", "creation", "success"), (added["event"]!["category"]![0]!.ToString(), added["event"]!["type"]![0]!.ToString(), At(added, "event.outcome")));
        Assert.Equal((session, "order", "visit"), (At(added, "onbehalf.session.id")!.ToLowerInvariant(), At(added, "onbehalf.session.mode"), At(added, "event.reason")));
        Assert.Equal("assistance.assigned-customer", At(added, "rule.id"));
        Assert.Equal("sales-rep", added["user"]!["roles"]![0]!.ToString());
        var start = records.Single(record => At(record, "event.action") == "assistance.session-started");
        Assert.Equal((karimRef, inesRef, "session"), (At(start, "user.id"), At(start, "user.effective.id"), start["event"]!["category"]![0]!.ToString()));
        AssertWithout(file.Html, "Karim", "Ines", "T-77", "127.0.0.1");

        Assert.Contains("carts.line-added", (await Take(vera, "csv", ("Input.Operator", "karim@onbehalf.example"), ("Input.Reason", "visit"), ("Input.Mode", "order"), ("Input.Outcome", "done"))).Html);
        foreach (var (field, value) in new[] { ("Operator", "ines@buyers.example"), ("Reason", "phone-order"), ("Mode", "view"), ("Outcome", "refused") })
        {
            Assert.DoesNotContain("carts.line-added", (await Take(vera, "csv", ($"Input.{field}", value))).Html);
        }

        // OCSF knows nobody who acts for somebody: that he did stands beside what it knows.
        var ocsf = Lines(await Take(vera, "ocsf")).OrderBy(record => record["unmapped"]!["log"]!["index"]!.GetValue<long>()).ToList();
        Assert.Equal(entries, ocsf.Select(record => At(record, "raw_data")));
        Assert.All(ocsf, Ocsf.Check);
        var activity = ocsf.Single(record => At(record, "metadata.event_code") == "carts.line-added");
        Assert.Equal((6003, 1, 600301), (activity["class_uid"]!.GetValue<int>(), activity["activity_id"]!.GetValue<int>(), activity["type_uid"]!.GetValue<int>()));
        Assert.Equal((karimRef, inesRef), (At(activity, "actor.user.uid"), At(activity, "unmapped.on_behalf_of.user.uid")));
        Assert.Equal(("order", "visit"), (At(activity, "unmapped.on_behalf_of.mode"), At(activity, "unmapped.on_behalf_of.reason")));
        var began = ocsf.Single(record => At(record, "metadata.event_code") == "assistance.session-started");
        Assert.Equal((300301, karimRef, "order"), (began["type_uid"]!.GetValue<int>(), At(began, "user.uid"), began["privileges"]![0]!.ToString()));

        // With people, until they are erased; and a name is no formula.
        await shop.Sql("update staff set first_name = '=1+1' where first_name = 'Karim'");
        var named = Csv(await Take(vera, "csv", ("Input.WithPersonal", "true")));
        var line = named.Single(row => row["fact"] == "assistance.session-started");
        Assert.Equal(("'=1+1 Weiss", "Ines Albrecht", "ines@buyers.example"), (line["actor_name"], line["on_behalf_of_name"], line["on_behalf_of_email"]));
        Assert.Contains("T-77", line["personal"]);
        Assert.Equal("T-77", At(Lines(await Take(vera, "ecs", ("Input.WithPersonal", "true"))).Single(record => At(record, "event.action") == "assistance.session-started"), "onbehalf.personal.ticket"));
        await Sessions.End(karim, inside);
        var ada = await Sessions.CallerOf(await shop.As("ada"));
        Assert.False((await shop.Services.GetRequiredService<Erasures>().Erase(ada, Characters.BuyerIdOf("ines"), "asked", default)).IsRefused);
        var after = await Take(vera, "csv", ("Input.WithPersonal", "true"));
        AssertWithout(after.Html, "Ines Albrecht", "ines@buyers.example", "T-77");
        Assert.Equal(line["entry"], Csv(after).Single(row => row["fact"] == "assistance.session-started")["entry"]);
    }

    [Fact]
    public async Task What_is_taken_is_narrowed_told_and_for_readers_of_the_log_alone()
    {
        await using var shop = await TestShop.Start();
        await shop.Happen(RowsOfTwoBatches);
        await shop.Sequence();
        var ada = await shop.As("ada");
        await ada.Get("/admin/audit?action=orders");
        await shop.Sequence();
        Assert.Equal(RowsOfTwoBatches, Csv(await Take(ada, "csv", ("Input.Action", "access.refused"))).Count);
        Assert.Single(Csv(await Take(ada, "csv", ("Input.Person", "ada@onbehalf.example"), ("Input.To", "2100-01-01"), ("Input.Action", "audit.read"))));
        Assert.Empty(Csv(await Take(ada, "csv", ("Input.To", "2001-01-01"))));

        // What is not in the log yet has no number, and is not in the file.
        Assert.Empty(Csv(await Take(ada, "csv", ("Input.Action", "audit.exported"))));
        await shop.Sequence();
        var told = Lines(await Take(ada, "ecs", ("Input.Action", "audit.export")));
        Assert.Equal(["audit.exported", "audit.export-ended"], told.Take(2).Select(record => At(record, "event.action")));
        Assert.Equal(("csv", $"{RowsOfTwoBatches}", "True"), (At(told[0], "onbehalf.fact.form"), At(told[1], "onbehalf.fact.rows"), At(told[1], "onbehalf.fact.is-whole")));
        var ended = Lines(await Take(ada, "ecs", ("Input.Action", "audit.export-ended"))).Select(record => (At(record, "onbehalf.fact.first-index"), At(record, "onbehalf.fact.last-index"))).ToList();
        Assert.Equal(("1", $"{RowsOfTwoBatches}"), ended[0]);
        Assert.Equal(At(told[0], "onbehalf.fact.export"), At(told[1], "onbehalf.fact.export"));
        AssertWithout(await shop.Dump("audit_event"), "ada@onbehalf.example");
        Assert.Equal("ada@onbehalf.example", Assert.Single(await shop.Personal("person")));

        foreach (var (field, value) in new[] { ("From", "yesterday"), ("To", "2026-02-31"), ("About", "Ines Albrecht"), ("Session", "x"), ("Form", "pdf"), ("Outcome", "perhaps"), ("Mode", "all"), ("Reason", "Because!") })
        {
            var refused = await Take(ada, "csv", ($"Input.{field}", value));
            Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
            Assert.Equal("true", refused.Document.GetElementById($"Input_{field}")!.GetAttribute("aria-invalid"));
        }

        Assert.Equal(HttpStatusCode.Forbidden, (await (await shop.As("karim")).Get("/admin/audit/export")).Status);
    }

    [Fact]
    public async Task A_search_of_the_log_is_taken_away_as_it_was_found_by_ticket_person_thing_and_times_of_the_shop()
    {
        await using var shop = await TestShop.Start();
        var (karim, inside) = await Sessions.Act(await shop.As("karim"), "ines", ("Input.Reason", "visit"), ("Input.Ticket", "T-77"));
        await karim.Post(inside + "/cart/lines", [("Sku", "P-100"), ("Quantity", "2")], from: inside + "/cart");
        var ada = await shop.As("ada");
        // A zone in which it is another day than by the clock of UTC.
        var zone = TimeProvider.System.GetUtcNow().Hour >= 10 ? "Pacific/Kiritimati" : "Pacific/Pago_Pago";
        await ada.Submit(await ada.Get("/admin/settings"), "main form", ("Values[shop.time-zone]", zone));
        await shop.Sequence();
        var origin = (await shop.Head()).Origin;

        // By ticket and thing out of the form; each record says of which log its number is.
        var byTicket = Csv(await Take(ada, "csv", ("Input.Ticket", "T-77")));
        Assert.Contains(byTicket, row => row["fact"] == "carts.line-added");
        var session = await shop.Scalar<string>("select lower(cast(id as text)) from assisted_session");
        Assert.All(byTicket, row => Assert.Equal((session, origin), (row["session"].ToLowerInvariant(), row["log_origin"])));
        Assert.Empty(Csv(await Take(ada, "csv", ("Input.Ticket", "T-7"))));
        Assert.Equal("settings.changed", Assert.Single(Csv(await Take(ada, "csv", ("Input.About", "setting:shop.time-zone"))))["fact"]);
        Assert.All(Lines(await Take(ada, "ecs", ("Input.Action", "carts"))), record => Assert.Equal(origin, At(record, "onbehalf.log.origin")));
        Assert.All(Lines(await Take(ada, "ocsf", ("Input.Action", "carts"))), record => Assert.Equal(origin, At(record, "unmapped.log.origin")));

        // Out of a search: the file has what the list had, and nobody's name is in an address.
        var search = await ada.Get($"/admin/audit?action=carts&person={Characters.BuyerIdOf("ines")}");
        var export = search.Document.QuerySelector("a[href^='/admin/audit/export?']")!.GetAttribute("href")!;
        var page = await ada.Get(export);
        Assert.Contains("Person: Ines Albrecht", page.Text);
        Assert.Contains($"\"by-person\":\"{await shop.RefOf(Characters.BuyerIdOf("ines").Value)}\"", await shop.Entry("audit.read"));
        Assert.Contains("\"events\":0", await shop.Entry("audit.read"));
        var taken = Csv(await ada.Submit(page, "main form[method=post]", ("Input.Form", "csv")));
        Assert.Equal(["carts.branched", "carts.line-added"], taken.Select(row => row["fact"]));
        Assert.Contains($"\"by-person-ref\":\"{await shop.RefOf(Characters.BuyerIdOf("ines").Value)}\"", await shop.Entry("audit.exported"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await ada.Get("/admin/audit/export?from=yesterday")).Status);

        // Days are those of the shop.
        var today = TimeZoneInfo.ConvertTime(TimeProvider.System.GetUtcNow(), TimeZoneInfo.FindSystemTimeZoneById(zone));
        Assert.NotEqual(TimeProvider.System.GetUtcNow().Date, today.Date);
        Assert.Equal(2, Csv(await Take(ada, "csv", ("Input.Action", "carts"), ("Input.From", $"{today:yyyy-MM-dd}"), ("Input.To", $"{today:yyyy-MM-dd}"))).Count);
        Assert.Empty(Csv(await Take(ada, "csv", ("Input.Action", "carts"), ("Input.To", $"{today.AddDays(-1):yyyy-MM-dd}"))));
    }

    private const int RowsOfTwoBatches = 1_200;

    private static async Task<Answer> Take(Visitor visitor, string form, params (string Name, string Value)[] changed) =>
        await visitor.Submit(await visitor.Get("/admin/audit/export"), "main form[method=post]", [.. changed.Any(field => field.Name == "Input.Form") ? [] : new[] { ("Input.Form", form) }, .. changed]);

    private static List<JsonNode> Lines(Answer file) => [.. file.Html.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!)];

    private static string? At(JsonNode record, string path) => path.Split('.').Aggregate((JsonNode?)record, (node, part) => node?[part])?.ToString();

    private static List<Dictionary<string, string>> Csv(Answer file)
    {
        Assert.Equal(HttpStatusCode.OK, file.Status);
        var rows = Cells(file.Html);
        return [.. rows.Skip(1).Select(row => rows[0].Zip(row).ToDictionary(pair => pair.First, pair => pair.Second))];
    }

    // RFC 4180, by hand: what we write is not read by what wrote it.
    private static List<List<string>> Cells(string text)
    {
        var (rows, row, cell, isQuoted) = (new List<List<string>>(), new List<string>(), new StringBuilder(), false);
        for (var i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '"' when isQuoted && i + 1 < text.Length && text[i + 1] == '"':
                    cell.Append(text[i++]);
                    break;
                case '"':
                    isQuoted = !isQuoted;
                    break;
                case ',' or '\n' when !isQuoted:
                    row.Add(cell.ToString());
                    cell.Clear();
                    if (text[i] == '\n')
                    {
                        rows.Add(row);
                        row = [];
                    }

                    break;
                case '\r' or '\uFEFF' when !isQuoted:
                    break;
                default:
                    cell.Append(text[i]);
                    break;
            }
        }

        return rows;
    }

    private static void AssertWithout(string text, params string[] words) => Assert.All(words, word => Assert.DoesNotContain(word, text));
}
