using System.Net;
using OnBehalf.Assistance;
using OnBehalf.Tests.Carts;
using OnBehalf.Tests.Orders;
using OnBehalf.Tests.Security;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Assistance;

/// <summary>Sessions for a company as a whole: nobody of it is acted for.</summary>
public sealed class WholeCompanyTests
{
    private const string Act = "/staff/customers/N-1001/act";

    [Fact]
    public async Task An_order_for_a_company_has_no_buyer_and_belongs_to_the_company()
    {
        await using var shop = await TestShop.Start();
        var karim = await shop.As("karim");
        var (inside, _) = await Begin(karim);
        var ines = await shop.As("ines");
        await ines.Put("P-300", "1");
        Assert.Empty((await inside.Get("/cart")).Lines());

        await inside.Put("P-100", "2");
        Assert.Contains("90.00", (await inside.Get("/cart")).Line("P-100"));
        var checkout = await inside.Get("/checkout");
        Assert.Contains("placed by Karim Weiss for Nordlicht GmbH", checkout.Text);
        Assert.Contains("Place order for Nordlicht GmbH", checkout.Text);
        var placed = await inside.Place(checkout);
        var number = placed.OrderNumber();
        Assert.Contains("placed by Karim Weiss for Nordlicht GmbH", (await inside.Follow(placed)).Text);
        Assert.Empty((await inside.Get("/cart")).Lines());
        Assert.Equal(["P-300 1"], (await ines.Get("/cart")).Lines());

        // Its administrator sees it among the company's orders; who sees his own only does not.
        var jonas = await shop.As("jonas");
        Assert.Contains("placed by Karim Weiss for Nordlicht GmbH", (await jonas.Get($"/account/orders/{number}")).Text);
        Assert.Contains(number, (await jonas.Get("/account/orders")).Text);
        Assert.Equal(HttpStatusCode.NotFound, (await ines.Get($"/account/orders/{number}")).Status);
        Assert.Contains("placed by Karim Weiss for Nordlicht GmbH", (await karim.Get($"/staff/orders/{number}")).Text);
        Assert.Contains("placed by Karim Weiss for Nordlicht GmbH", (await karim.Get($"/staff/orders/{number}/print")).Text);
        Assert.Contains($"{number},", (await karim.Get("/staff/orders.csv?tab=customers")).Html);
        Assert.Equal(1, await shop.Scalar<int>("select count(*) from orders where buyer_id is null and membership_id is null and buyer_name is null and operator_name = 'Karim Weiss'"));

        // No order contact: the administrators read of it. With one, he does.
        var mail = await shop.Mail("order-placed");
        Assert.Contains("jonas@buyers.example", mail.To);
        Assert.Contains("placed an order for Nordlicht GmbH", mail.Body);
        Assert.Contains("placed by Karim Weiss for Nordlicht GmbH", mail.Body);
        await shop.Sql("update company set order_email = 'orders@nordlicht.example' where number = 'N-1001'");
        await inside.Order("P-300");
        Assert.Contains("orders@nordlicht.example", (await shop.Mail("order-placed", 2)).To);

        // The limits of a month count for the company, as for its people.
        Assert.Equal(1, await shop.Scalar<int>("select count(*) from assist_spending"));
    }

    [Fact]
    public async Task Nothing_of_a_person_is_in_a_session_for_the_company()
    {
        await using var shop = await TestShop.Start();
        await MatrixSample.Enter(shop);
        var karim = await shop.As("karim");
        await shop.Sql($"insert into address (id, buyer_id, line1, city, country, is_billing, is_shipping, created_at, version) select '{Guid.NewGuid().ToString().ToUpperInvariant()}', id, 'Own road 7', 'Kiel', 'DE', {True(shop)}, {True(shop)}, created_at, 1 from buyer where email = 'ines@buyers.example'");
        var (inside, start) = await Begin(karim);
        Assert.EndsWith("/", start.Location);
        var complaints = new List<string>();
        foreach (var endpoint in (await ListedEndpoint.All(shop)).Where(endpoint => endpoint.IsSafe && !endpoint.Pattern.StartsWith("staff") && !endpoint.Pattern.StartsWith("admin")))
        {
            var page = await inside.Get(MatrixSample.PathOf(endpoint.Pattern));
            if ((int)page.Status >= 500)
            {
                complaints.Add($"{endpoint.Pattern} fails");
            }

            if (page.Response.Content.Headers.ContentType?.MediaType == "text/html" && page.Document.QuerySelector(".assisted-bar") is null)
            {
                complaints.Add($"{endpoint.Pattern} has no bar");
            }

            foreach (var personal in new[] { "Own road 7", "ines@buyers.example", "+49 431 555010" }.Where(personal => page.Html.Contains(personal, StringComparison.Ordinal)))
            {
                complaints.Add($"{endpoint.Pattern} says {personal}");
            }
        }

        Assert.True(complaints.Count == 0, string.Join(Environment.NewLine, complaints));
        var data = await inside.Get("/account/data");
        Assert.Equal(HttpStatusCode.Forbidden, data.Status);
        Assert.Contains("This page is about a person", data.Text);
        Assert.DoesNotContain("/account/data", (await inside.Get("/account")).Html);
        Assert.Contains("Hafenstraße 1", (await inside.Get("/account/addresses")).Text);
        Assert.Equal(HttpStatusCode.NotFound, (await inside.Get($"/account/addresses/{await shop.Scalar<string>("select cast(id as text) from address where company_id in (select id from company where number = 'N-1002')")}")).Status);
    }

    [Fact]
    public async Task Who_may_act_for_whom_is_judged_as_for_people()
    {
        await using var shop = await TestShop.Start();
        var rosa = await shop.As("rosa");
        Assert.Equal(HttpStatusCode.NotFound, (await rosa.Get(Act)).Status);
        var karim = await shop.As("karim");
        Assert.Contains("is blocked", (await karim.Get("/staff/customers/N-1004/act")).Text);
        Assert.Equal(HttpStatusCode.NotFound, (await karim.Get($"/staff/customers/{Characters.MembershipIdOf("carla")}/act")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await (await shop.As("ada")).Get("/staff/customers/none/act")).Status);

        // On hold: he looks and fills the cart, and no order goes through.
        var (inside, _) = await Begin(karim, "/staff/customers/N-1003/act");
        await inside.Put("P-100", "1");
        Assert.Contains("on hold", (await inside.Get("/checkout")).Text);

        // Its protection, its block and the end of the assignment end it at the next request.
        (inside, _) = await Begin(karim);
        Assert.Equal(HttpStatusCode.OK, (await inside.Get("/cart")).Status);
        await shop.Sql("delete from staff_assignment where company_id in (select id from company where number = 'N-1001')");
        Assert.Equal(HttpStatusCode.Forbidden, (await inside.Get("/cart")).Status);
        Assert.Equal("assistance.not-assigned", await shop.Scalar<string>("select end_cause from assisted_session order by started_at desc limit 1"));
        var sam = await shop.As("sam");
        (inside, _) = await Begin(sam);
        Assert.Equal(HttpStatusCode.OK, (await inside.Get("/cart")).Status);
        var ada = await shop.As("ada");
        await ada.Submit(await ada.Get("/admin/assistance/protection"), "main form[method=post]", ("Input.Whom", "N-1001"), ("Input.Reason", "a case at court"));
        Assert.Equal(HttpStatusCode.Forbidden, (await inside.Get("/cart")).Status);
        Assert.Contains("protection", (await sam.Get(Act)).Text);
    }

    [Fact]
    public async Task The_administrators_of_the_company_see_it_are_told_and_can_report_it()
    {
        await using var shop = await TestShop.Start();
        var karim = await shop.As("karim");
        var (inside, _) = await Begin(karim);
        await inside.Put("P-100", "1");
        var (jonas, ines) = (await shop.As("jonas"), await shop.As("ines"));
        Assert.Contains("Karim Weiss acts for Nordlicht GmbH now", (await jonas.Get("/account/company/assistance")).Text);
        Assert.DoesNotContain("Karim", (await ines.Get("/account/assistance")).Text);
        var id = await shop.Scalar<string>("select cast(id as text) from assisted_session");
        Assert.Equal(HttpStatusCode.NotFound, (await ines.Get($"/account/assistance/{id}/report")).Status);

        // A session for one of its people goes on.
        var other = await (await shop.As("tom")).Assisting("ines");
        var reported = await jonas.Submit(await jonas.Get($"/account/assistance/{id}/report"), "main form[method=post]", ("Input.Note", "Nobody asked."));
        Assert.Equal("/account/company/assistance?done=reported", reported.Location);
        Assert.Equal(HttpStatusCode.Forbidden, (await inside.Get("/cart")).Status);
        Assert.Equal(HttpStatusCode.OK, (await other.Get("/cart")).Status);
        var again = await karim.Submit(await karim.Get(Act), "main form[method=post]");
        Assert.Contains("has reported a session that it did not ask for", again.Text);
        Assert.Contains("Nordlicht GmbH", (await (await shop.As("vera")).Get("/admin/cases")).Text);

        // What was in the cart is told to the administrators, and still there for the next session.
        Assert.Contains("jonas@buyers.example", (await shop.Mail("session-ended")).To);
        var vera = await shop.As("vera");
        await vera.Submit(await vera.Get("/admin/cases"), "main form[method=post]", ("Input.Note", "A misunderstanding."));
        (inside, _) = await Begin(karim);
        Assert.Equal(["P-100 1"], (await inside.Get("/cart")).Lines());
    }

    [Fact]
    public async Task Organisations_are_searched_filtered_and_leafed_through_within_what_a_seller_serves()
    {
        await using var shop = await TestShop.Start();
        await shop.Sql("update company set segment = 'Trade' where number in ('N-1001', 'N-1003')");
        var karim = await shop.As("karim");
        var list = await karim.Get("/staff/organisations");
        Assert.Equal(["Altmetall OHG", "Nordlicht GmbH", "Pausenhof KG"], Names(list));
        Assert.Contains("CT-1001", list.Text);
        Assert.Equal("/staff/customers/N-1001", list.Document.QuerySelectorAll("tbody a").Single(link => link.TextContent == "Profile of Nordlicht GmbH").GetAttribute("href"));
        Assert.DoesNotContain(list.Document.QuerySelectorAll("tbody a"), link => link.GetAttribute("href")!.StartsWith("/staff/customers/N-1004/act", StringComparison.Ordinal));
        Assert.Equal(["Nordlicht GmbH", "Pausenhof KG"], Names(await karim.Get("/staff/organisations?segment=Trade&country=DE")));
        Assert.Equal(["Pausenhof KG"], Names(await karim.Get("/staff/organisations?status=on-hold")));
        Assert.Equal(["Nordlicht GmbH"], Names(await karim.Get("/staff/organisations?q=nord")));
        Assert.Equal(["Nordlicht GmbH"], Names(await karim.Get("/staff/organisations?q=CT-1001")));
        Assert.Empty(Names(await karim.Get("/staff/organisations?q=nord&status=on-hold")));
        Assert.Empty(Names(await karim.Get("/staff/organisations?q=wind")));
        Assert.Equal(["Südwind AG"], Names(await (await shop.As("rosa")).Get("/staff/organisations")));

        var ada = await shop.As("ada");
        await shop.Sql(string.Join(";", Enumerable.Range(10, 30).Select(i =>
            $"insert into company (id, number, name, sort_name, country, currency, status, order_count, created_at, version) select '{Guid.CreateVersion7().ToString().ToUpperInvariant()}', 'Z-{i}', 'Zebra {i}', 'zebra {i}', 'AT', currency, status, 0, created_at, 1 from company where number = 'N-1001'")));
        var first = await ada.Get("/staff/organisations?country=AT");
        Assert.Equal(25, Names(first).Count);
        var next = await ada.Get(first.Document.QuerySelector("a[rel=next]")!.GetAttribute("href")!);
        Assert.Equal(["Zebra 35", "Zebra 36", "Zebra 37", "Zebra 38", "Zebra 39"], Names(next));
        Assert.Contains("country=AT", next.Document.QuerySelector("main nav a")!.GetAttribute("href"));

        static List<string> Names(Answer page) => [.. page.Document.QuerySelectorAll("table.organisations tbody strong").Select(name => name.TextContent)];
    }

    [Fact]
    public async Task From_one_company_to_the_next_in_one_step_where_the_policy_asks_for_nothing_more()
    {
        await using var shop = await TestShop.Start();
        var vera = await shop.As("vera");
        var (inside, _) = await Begin(vera);
        await inside.Put("P-100", "1");
        var page = await inside.Get("/cart");
        Assert.Equal("Nordlicht GmbH", page.Document.QuerySelector(".bar-badge")!.TextContent);
        var switched = await inside.Submit(page, ".bar-switch form[method=post]", ("to", "süd"));
        Assert.Matches("^/as/[a-z0-9]+/$", switched.Location);
        var next = inside.Inside(switched.Location!);
        Assert.Equal("Südwind AG", (await next.Get("/")).Document.QuerySelector(".bar-badge")!.TextContent);
        Assert.Empty((await next.Get("/cart")).Lines());
        Assert.Equal(HttpStatusCode.Forbidden, (await inside.Get("/cart")).Status);
        Assert.Equal("switched", await shop.Scalar<string>("select end_cause from assisted_session where status = 'ended'"));
        Assert.Equal(1, await shop.Scalar<int>("select count(*) from assisted_session where status = 'active'"));

        // What leads to several, or to none, is a matter for the list; this session goes on.
        Assert.Equal("/staff/organisations?q=GmbH%20nothing", (await next.Submit(await next.Get("/cart"), ".bar-switch form[method=post]", ("to", "GmbH nothing"))).Location);
        Assert.Equal(HttpStatusCode.OK, (await next.Get("/cart")).Status);

        // Whom he may not act for, or where more is asked for, is a matter for the confirming page.
        Assert.StartsWith("/staff/customers/N-1004/act?", (await next.Submit(await next.Get("/cart"), ".bar-switch form[method=post]", ("to", "N-1004"))).Location);
        await shop.Put(ShopPolicy.Standard with { Rules = [.. ShopPolicy.Standard.Rules.Select(rule => rule with { Terms = rule.Terms with { NeedsTicket = true } })] });
        var asked = await next.Submit(await next.Get("/cart"), ".bar-switch form[method=post]", ("to", "N-1001"));
        Assert.Equal("/staff/customers/N-1001/act?from=%2Fstaff%2Forganisations&next=true", asked.Location);
        var step = await vera.Get(asked.Location!);
        Assert.Contains("You come from Südwind AG. That session ends when this one begins", step.Text);
        Assert.Equal(await shop.Scalar<string>("select reason_code from assisted_session where status = 'active'"), step.Document.QuerySelector("#reason option[selected]")!.GetAttribute("value"));
        Assert.Null(step.Document.QuerySelector("form:has(template[data-press=once])"));
        Assert.Equal(HttpStatusCode.OK, (await next.Get("/cart")).Status);

        // The cookie of the session alone begins no other one.
        var thief = shop.Anonymous().Inside(switched.Location!);
        foreach (var (name, value) in next.Cookies.Where(cookie => cookie.Key != Host.Cookies.Staff))
        {
            thief.Cookies[name] = value;
        }

        await shop.Put(ShopPolicy.Standard);
        Assert.StartsWith("/staff/organisations?", (await thief.Submit(await thief.Get("/cart"), ".bar-switch form[method=post]", ("to", "N-1001"))).Location);
        Assert.Equal("Südwind AG", (await next.Get("/")).Document.QuerySelector(".bar-badge")!.TextContent);
    }

    internal static async Task<(Visitor Inside, Answer Start)> Begin(Visitor visitor, string path = Act)
    {
        var page = await visitor.Get(path);
        var started = await visitor.Submit(page, "main form[method=post]", ("Input.TakeOver", "true"));
        Assert.True(started.Status == HttpStatusCode.SeeOther, $"{started.Status}: {started.Text}");
        return (visitor.Inside(started.Location!), started);
    }

    private static string True(TestShop shop) => shop.Database.Kind == Data.DatabaseKind.Postgres ? "true" : "1";
}
