using System.Net;
using OnBehalf.Kernel;
using OnBehalf.Modules.Assistance;
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

    internal static async Task<(Visitor Inside, Answer Start)> Begin(Visitor visitor, string path = Act)
    {
        var page = await visitor.Get(path);
        var started = await visitor.Submit(page, "main form[method=post]", ("Input.TakeOver", "true"));
        Assert.True(started.Status == HttpStatusCode.SeeOther, $"{started.Status}: {started.Text}");
        return (visitor.Inside(started.Location!), started);
    }

    private static string True(TestShop shop) => shop.Database.Kind == Data.DatabaseKind.Postgres ? "true" : "1";
}
