using System.Net;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Modules.Assistance;
using OnBehalf.Tests.Assistance;
using OnBehalf.Tests.Carts;
using OnBehalf.Tests.Orders;
using OnBehalf.Tests.Security;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Audit;

/// <summary>
/// Nothing is done or seen in a session that is no event. The endpoints are the server's own list: a new one with which a session may write fails here until somebody
/// says how it succeeds.
/// </summary>
public sealed class CompleteTests
{
    /// <summary>How each endpoint with which a session may write succeeds, in a fresh session of Karim's for Ines.</summary>
    private static readonly (string Endpoint, string Way, Func<Visitor, Task<Answer>>? First, Func<Visitor, Task<Answer>> Succeed)[] Ways =
    [
        ("POST /account/addresses/new", "", null, NewAddress),
        ("POST /account/addresses/{id:guid}", "", NewAddress, async inside => await inside.Submit(await inside.Get($"/account/addresses/{await OwnAddress(inside)}"), Form, ("Input.City", "Plön"))),
        ("POST /account/addresses/choice", "", null, async inside => await inside.Submit(await inside.Get("/account/addresses/choice"), Form, ("Input.OwnShipping", await inside.Shop.Scalar<string>("select lower(cast(id as text)) from address where recipient = 'Nordlicht GmbH'")))),
        ("POST /account/addresses/{id:guid}/removal", "", NewAddress, async inside => await inside.Post($"/account/addresses/{await OwnAddress(inside)}/removal", [], from: "/account/data")),
        ("POST /account/data", "", null, async inside => await inside.Submit(await inside.Get("/account/data"), Form, ("Input.Phone", "+49 431 1000"))),
        ("POST /account/lists", "", null, async inside => await inside.Submit(await inside.Get("/account/lists"), "#new-list", ("Input.Name", "Van"))),
        ("POST /account/lists/choice", "", null, OwnList),
        ("POST /account/lists/{id:guid}", "quantities", OwnList, async inside => await inside.Submit(await inside.Get(await PathOfList(inside)), "#list", ("Input.Lines[0].Quantity", "4"))),
        ("POST /account/lists/{id:guid}", "one more", OwnList, async inside => await inside.Submit(await inside.Get(await PathOfList(inside)), "#add", ("Input.Sku", "P-200"), ("Input.Quantity", "1"))),
        ("POST /account/lists/{id:guid}", "its name", OwnList, async inside => await inside.Submit(await inside.Get(await PathOfList(inside)), "#head", ("Input.Name", "Workshop"))),
        ("POST /account/lists/{id:guid}/removal", "", OwnList, async inside => await inside.Post(
            await PathOfList(inside) + "/removal",
            [
                ("Input.Remove", await inside.Shop.Scalar<string>("select lower(cast(id as text)) from product where sku = 'P-100'")),
                ("Input.Version", $"{await inside.Shop.Scalar<int>("select version from saved_list order by created_at desc limit 1")}"),
            ],
            from: "/account/lists")),
        ("POST /account/orders/{number}/steps/{kind}", "", Ordered, async inside => await inside.Submit(
            await inside.Get($"/account/orders/{await inside.Shop.Scalar<string>("select number from orders order by placed_at desc limit 1")}/steps/cancelled"), "#step", ("Input.Reason", "customer-wish"))),
        ("POST /account/orders/{number}/pay-link", "", ToBePaid, async inside => await inside.Submit(
            await inside.Get($"/account/orders/{await inside.Shop.Scalar<string>("select number from orders order by placed_at desc limit 1")}"), "#send-pay-link")),
        ("POST /account/logout", "", null, inside => inside.Post("/account/logout", [], from: "/account/data")),
        ("POST /assisted-session/end", "", null, inside => inside.Post("/assisted-session/end", [], from: "/account/data")),
        ("POST /assisted-session/mode", "", null, async inside => await inside.Submit(await inside.Get("/assisted-session/mode"), Form, ("Input.Mode", "View"))),
        ("POST /cart", "quantities", Two, async inside => await inside.Submit(await inside.Get("/cart"), "#cart", ("Input.Lines[0].Quantity", "3"))),
        ("POST /cart", "one more", null, async inside => await inside.Submit(await inside.Get("/cart"), "#quick-add", ("Input.Sku", "P-200"), ("Input.Quantity", "1"))),
        ("POST /cart", "begun again", Two, async inside => await inside.Submit(await inside.Get("/cart"), "form[action*='handler=discard']")),
        ("POST /cart", "handed over", Two, async inside => await inside.Submit(await inside.Get("/cart"), "#propose")),
        ("POST /cart/lines", "", null, Two),
        ("POST /cart/many", "", null, async inside => await inside.Submit(await inside.Get("/cart/many"), "#many", ("Input.Text", "P-100 2\nP-200 5"))),
        ("POST /checkout", "", Two, async inside => await inside.Place(await inside.Get("/checkout"))),
        ("POST /fast-order", "", Two, async inside => await inside.Submit(await inside.Get("/fast-order"), "#fast-order", ("Input.Place", "true"))),
        ("POST /account/downloads", "", DownloadTests.Ready, async inside => await inside.Post("/account/downloads", await DownloadTests.Form(inside.Shop), from: "/cart")),
    ];

    /// <summary>What answers a POST in a session and changes nothing.</summary>
    private static readonly Dictionary<string, string> Changeless = new()
    {
        ["POST /assisted-session/extension"] = "every request moves the idle end; this one does nothing else",
        ["POST /error/{status:int}"] = "the page that says what went wrong with another request",
        ["POST /assisted-session/organisation"] = "of sessions for companies as a whole: below",
    };

    private const string Form = "main form[method=post]";

    [Fact]
    public async Task Every_write_of_a_session_is_an_event_with_operator_buyer_session_right_and_rule()
    {
        // A link to pay an order is made without asking the provider, who is not there.
        await using var shop = await TestShop.Start(builder => builder.Configuration.AddInMemoryCollection(
            [new("Payments:Address", "http://127.0.0.1:9"), new("Payments:Key", "key"), new("Payments:Secret", new string('s', 32))]));
        var endpoints = (await ListedEndpoint.All(shop)).Where(endpoint => !endpoint.IsSafe && endpoint.Access is { Delegation: Delegation.Allow }).ToDictionary(endpoint => endpoint.ToString());
        Assert.Equal(endpoints.Keys.Order(StringComparer.Ordinal), Ways.Select(way => way.Endpoint).Concat(Changeless.Keys).Distinct().Order(StringComparer.Ordinal));
        var complaints = new List<string>();
        foreach (var (endpoint, way, first, succeed) in Ways)
        {
            await shop.Sql("update assisted_session set status = 'ended'");
            var karim = await shop.As("karim");
            var inside = karim.Inside((await Sessions.Act(karim, "ines", ("Input.Reason", "visit"))).Base);
            Assert.True(first is null || (await first(inside)).Status == HttpStatusCode.SeeOther, $"{endpoint} {way}: not ready");
            var before = await Newest(shop);
            var answer = await succeed(inside);
            Assert.True(answer.Status == HttpStatusCode.SeeOther, $"{endpoint} {way}: {answer.Status}\n{answer.Text}");
            complaints.AddRange((await Complaints(shop, before, endpoints[endpoint].Access!.Right)).Select(complaint => $"{endpoint} {way}: {complaint}"));
        }

        // From one company to the next: the end of one session and the start of another.
        await shop.Sql("update assisted_session set status = 'ended'");
        await shop.Sql("insert into staff_assignment (staff_id, company_id, assigned_at) select s.staff_id, c.id, s.assigned_at from staff_assignment s, company c where c.number = 'N-1002' and s.company_id = (select id from company where number = 'N-1003')");
        var seller = await shop.As("karim");
        var started = await seller.Submit(await seller.Get("/staff/customers/N-1001/act"), Form);
        var forAll = seller.Inside(started.Location!);
        var last = await Newest(shop);
        var moved = await forAll.Post("/assisted-session/organisation", [("to", "N-1002")], from: "/cart");
        Assert.StartsWith("/as/", moved.Location);
        complaints.AddRange((await Complaints(shop, last, null)).Select(complaint => "from company to company: " + complaint));
        Assert.True(complaints.Count == 0, string.Join(Environment.NewLine, complaints));
    }

    [Fact]
    public async Task Every_page_print_and_file_that_a_session_gets_is_one_view_and_what_it_does_not_get_is_none()
    {
        await using var shop = await TestShop.Start();
        await MatrixSample.Enter(shop);
        var inside = await (await shop.As("karim")).Assisting("ines");
        await inside.Put("P-100", "2");
        var unseen = shop.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Where(endpoint => endpoint.Metadata.GetMetadata<UnseenAttribute>() is not null)
            .Select(endpoint => endpoint.RoutePattern.RawText!.TrimStart('/')).ToHashSet(StringComparer.Ordinal);
        var (shown, complaints) = (new HashSet<string>(StringComparer.Ordinal), new List<string>());
        foreach (var endpoint in (await ListedEndpoint.All(shop)).Where(endpoint => endpoint is { IsSafe: true, Access.Audience: Audience.Buyer or Audience.Everybody }))
        {
            foreach (var asksForJson in new[] { false, true })
            {
                var before = await Views(shop);
                var path = MatrixSample.PathOf(endpoint.Pattern);
                // To a program an error is told as one, and no page.
                if (asksForJson && endpoint.Pattern.StartsWith("error/", StringComparison.Ordinal))
                {
                    continue;
                }

                var answer = asksForJson ? await inside.GetJson(path) : await inside.Get(path);
                var expected = answer.Status == HttpStatusCode.OK && !unseen.Contains(endpoint.Pattern) ? 1 : 0;
                if (await Views(shop) - before is var views && views != expected)
                {
                    complaints.Add($"{endpoint} answers {answer.Status}{(asksForJson ? " to a program" : "")} and is {views} views");
                }

                if (expected == 1)
                {
                    shown.Add(endpoint.Pattern);
                }
            }
        }

        Assert.True(complaints.Count == 0, string.Join(Environment.NewLine, complaints));
        Assert.Superset(new HashSet<string>(["", "cart", "product/{sku}", "account/orders/{number}", "account/orders/{number}/print", "account/assistance/{id:guid}", "search"]), shown);
    }

    /// <summary>What is wrong with the events since then. One that was told from outside of its session (its end, the start of the next one) has its rule in the start.</summary>
    private static async Task<IReadOnlyList<string>> Complaints(TestShop shop, long before, string? right)
    {
        await using var db = shop.Database.Read();
        var events = db.Set<AuditEventRow>().Where(row => row.Seq > before && row.Name != "pages.viewed").OrderBy(row => row.Seq).ToList();
        var karim = await shop.RefOf(Characters.StaffIdOf("karim").Value);
        var complaints = new List<string>();
        Check("there", events.Count > 0, "nothing");
        foreach (var row in events)
        {
            var entry = EntryTests.Parse(row.Entry);
            var session = db.Set<AssistedSessionRow>().SingleOrDefault(one => one.Id == row.SessionId);
            var isOfItself = row.Name is "assistance.session-started" or "assistance.session-ended";
            Check("by Karim", row.OperatorStaffRef?.ToString() == karim && EntryTests.Text(entry, "actor-staff") == karim, row.Name);
            Check("in a session", session is not null && entry.ContainsKey("in-session") && entry["n"].GetInt64() > 0, row.Name);
            Check("for the buyer", row.BuyerRef?.ToString() == (session?.BuyerId is { } buyer ? await shop.RefOf(buyer.Value) : null), row.Name);
            Check("for the company", row.CompanyId == session?.CompanyId, row.Name);
            Check("with the rule", Value(entry, "session-rule") == session?.Rule || (isOfItself && (Value(entry, "rule") ?? session?.Rule) == session?.Rule), row.Name);
            Check("with the mode and the reason", isOfItself || (Value(entry, "session-mode") is not null && Value(entry, "session-reason") == session?.ReasonCode), row.Name);
            Check("with the right", Value(entry, "right") == right, row.Name);
            Check("with request, device and network", entry.ContainsKey("request"), row.Name);
        }

        return complaints;

        void Check(string what, bool isSo, string name)
        {
            if (!isSo)
            {
                complaints.Add($"{name} is not {what}");
            }
        }
    }

    private static string? Value(Dictionary<string, System.Text.Json.JsonElement> entry, string name) => entry.TryGetValue(name, out var value) ? value.ToString() : null;

    private static Task<Answer> Two(Visitor inside) => inside.Put("P-100", "2");

    private static async Task<Answer> NewAddress(Visitor inside) => await inside.Submit(
        await inside.Get("/account/addresses/new"), Form,
        ("Input.Recipient", "Nordlicht Lager"), ("Input.Line1", "Kai 7"), ("Input.PostalCode", "24103"), ("Input.City", "Kiel"), ("Input.Country", "DE"));

    // The newest address is the one that this session has made.
    private static Task<string> OwnAddress(Visitor inside) => inside.Shop.Scalar<string>("select lower(cast(id as text)) from address where recipient = 'Nordlicht Lager' order by created_at desc limit 1");

    private static async Task<Answer> OwnList(Visitor inside) =>
        await inside.Submit(await inside.Get("/account/lists/choice?sku=P-100"), "#choice", ("Input.Quantity", "2"), ("Input.List", ""), ("Input.Name", "Van"));

    private static async Task<string> PathOfList(Visitor inside) =>
        "/account/lists/" + await inside.Shop.Scalar<string>("select lower(cast(id as text)) from saved_list order by created_at desc limit 1");

    private static async Task<Answer> Ordered(Visitor inside)
    {
        await inside.Put("P-100", "2");
        return await inside.Place(await inside.Get("/checkout"));
    }

    private static async Task<Answer> ToBePaid(Visitor inside)
    {
        await inside.Shop.Sql("insert into payment_method (code, is_on, countries, customers) values ('online', " + (inside.Shop.Database.Kind == DatabaseKind.Postgres ? "true" : "1") + ", '', 'everybody')");
        await inside.Put("P-100", "2");
        return await inside.Place(await inside.Get("/checkout"), ("Input.Payment", "online"));
    }

    private static Task<long> Newest(TestShop shop) => shop.Scalar<long>("select max(seq) from audit_event");

    private static Task<int> Views(TestShop shop) => shop.Scalar<int>("select count(*) from audit_event where name = 'pages.viewed'");
}
