using System.Net;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Companies;

public sealed class NewCustomerTests
{
    private const string Form = "/staff/customers/new";
    private static readonly string[] Tables = ["company", "staff_assignment", "buyer", "membership", "address", "mail", "customer_word"];

    [Fact]
    public async Task A_rep_creates_a_company_with_its_first_employee_and_acts_at_once()
    {
        await using var shop = await TestShop.Start();
        var karim = await Creator(shop, "karim");
        var list = await karim.Get("/staff/customers?q=weserblick");
        var form = await karim.Get(list.Document.QuerySelector($"main a[href='{Form}']")!.GetAttribute("href")!);
        var answers = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => karim.Submit(form, "main form", [.. Weserblick, ("Input.Then", "act")])));
        Assert.All(answers, answer => Assert.Equal((HttpStatusCode.SeeOther, answers[0].Location), (answer.Status, answer.Location)));
        Assert.StartsWith("/staff/customers/C-000001/act/", answers[0].Location);
        var last = await karim.Follow(answers[0]);
        Assert.Contains("Act for Wiebke Wolff Administrator of Weserblick GmbH", last.Text);
        Assert.Matches("^/as/[a-z0-9]{12,16}/account$", (await karim.Submit(last, "main form[method=post]", ("Input.Reason", "visit"))).Location);

        // One of each, his, findable, with a mail to choose a password.
        var page = await karim.Get("/staff/customers/C-000001");
        foreach (var words in new[] { "DE123456788", "Germany", "EUR", "Karim Weiss", "orders@weserblick.example", "Am Deich 7", "Wiebke Wolff" })
        {
            Assert.Contains(words, page.Text);
        }

        Assert.Contains("Weserblick GmbH", (await karim.Get("/staff/customers?q=weserb")).Text);
        Assert.Contains("Weserblick GmbH", (await karim.Get("/staff/customers?q=wiebke")).Text);
        Assert.Equal(HttpStatusCode.NotFound, (await (await shop.As("rosa")).Get("/staff/customers/C-000001")).Status);
        Assert.Equal("invitation|wiebke@weserblick.example", await shop.Scalar<string>("select kind || '|' || to_address from mail"));
        Assert.Equal(
            ["customers.created", "addresses.added", "identity.person-created", "identity.invited"], (await shop.Facts()).Where(fact => fact is not ("customers.opened" or "assistance.session-started")));
    }

    [Fact]
    public async Task What_is_wrong_stands_at_its_field_and_nothing_is_half_made()
    {
        await using var shop = await TestShop.Start();
        var karim = await Creator(shop, "karim");
        var before = await shop.Dump(Tables);
        var form = await karim.Get(Form);
        var wrong = await karim.Submit(form, "main form", ("Customer.Name", ""), ("Customer.Number", "a/b"), ("Customer.TaxId", "?"), ("Customer.OrderEmail", "orders"), ("Input.Email", ""));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.Status);
        foreach (var field in new[] { "Customer_Name", "Customer_Number", "Customer_TaxId", "Customer_OrderEmail", "Customer_Line1", "Customer_City", "Customer_Country", "Input_FirstName", "Input_Email" })
        {
            Assert.True(wrong.Document.GetElementById(field + "-error") is not null, field);
        }

        // Everything is right but the person, or the number: no company without a person.
        foreach (var (changed, field) in new[] { (("Input.Email", "paul@buyers.example"), "Input_Email"), (("Customer.OrderEmail", "Karim@OnBehalf.example"), "Customer_OrderEmail"), (("Customer.Number", "N-1002"), "Customer_Number") })
        {
            var refused = await karim.Submit(form, "main form", [.. Weserblick.Where(pair => pair.Item1 != changed.Item1), changed]);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
            Assert.NotNull(refused.Document.GetElementById(field + "-error"));
            Assert.DoesNotContain("Südwind", refused.Text);
        }

        Assert.Equal(before, await shop.Dump(Tables));
    }

    [Fact]
    public async Task Likely_duplicates_that_he_may_find_are_shown_once_and_others_never()
    {
        await using var shop = await TestShop.Start();
        await shop.Sql("update company set tax_id = 'DE123456788' where number in ('N-1002', 'N-1003')");
        var karim = await Creator(shop, "karim");
        var before = await shop.Dump(Tables);
        var asked = await karim.Submit(await karim.Get(Form), "main form", [.. Weserblick.Where(pair => pair.Item1 != "Customer.Name"), ("Customer.Name", "NORDLICHT")]);
        Assert.Equal(HttpStatusCode.Conflict, asked.Status);
        Assert.Contains("Nordlicht GmbH N-1001: the same name", asked.Text);
        Assert.Contains("Pausenhof KG N-1003: the same tax id", asked.Text);
        Assert.DoesNotContain("Südwind", asked.Text);
        Assert.Equal(before, await shop.Dump(Tables));

        // Another name is another question; the same one is answered by sending it again.
        var other = await karim.Submit(asked, "main form", ("Customer.Name", "Pausenhof"), ("Input.Phone", "0431 555 010"));
        Assert.Equal(HttpStatusCode.Conflict, other.Status);
        Assert.Equal(before, await shop.Dump(Tables));
        var made = await karim.Submit(asked, "main form");
        Assert.Equal("/staff/customers/C-000001", made.Location);
        Assert.Equal(2, await shop.Scalar<int>("select count(*) from company where sort_name like 'nordlicht%'"));
    }

    [Fact]
    public async Task Reps_who_may_not_create_customers_and_consumers_for_reps_are_refused()
    {
        await using var shop = await TestShop.Start();
        var before = await shop.Dump(Tables);
        foreach (var who in new[] { "karim", "tom", "sam" })
        {
            var visitor = await shop.As(who);
            Assert.Equal(HttpStatusCode.Forbidden, (await visitor.Get(Form)).Status);
            Assert.Equal(HttpStatusCode.Forbidden, (await visitor.Post(Form, Weserblick, from: "/staff/no-such-page")).Status);
            Assert.DoesNotContain(Form, (await visitor.Get("/staff/customers")).Html);
        }

        var karim = await Creator(shop, "karim");
        Assert.Equal(HttpStatusCode.NotFound, (await karim.Get("/staff/consumers/new")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await karim.Post("/staff/consumers/new", Weserblick, from: Form)).Status);
        Assert.Equal(before, await shop.Dump(Tables));

        // A supervisor has nothing assigned, because he sees everybody; and private customers.
        var vera = await shop.As("vera");
        Assert.Contains("/staff/customers/C-000001", (await vera.Submit(await vera.Get(Form), "main form", Weserblick)).Location);
        Assert.Equal(0, await shop.Scalar<int>("select count(*) from staff_assignment a join company c on c.id = a.company_id where c.number = 'C-000001'"));
        var consumer = await vera.Submit(await vera.Get("/staff/consumers/new"), "main form", [.. Weserblick.Where(pair => pair.Item1 is not "Input.Email"), ("Input.Email", "wiebke@home.example"), ("Input.Then", "act")]);
        Assert.Equal(HttpStatusCode.Conflict, consumer.Status);
        consumer = await vera.Submit(consumer, "main form", ("Input.Then", "act"));
        Assert.Contains("Act for Wiebke Wolff", (await vera.Follow(consumer)).Text);
        Assert.Equal(1, await shop.Scalar<int>("select count(*) from address a join buyer b on b.id = a.buyer_id where b.email = 'wiebke@home.example' and a.line1 = 'Am Deich 7'"));
    }

    [Fact]
    public async Task An_address_that_staff_add_is_told_to_the_company()
    {
        await using var shop = await TestShop.Start();
        const string path = "/staff/customers/N-1001/addresses/new";
        var karim = await shop.As("karim");
        var form = await karim.Get((await karim.Get("/staff/customers/N-1001")).Document.QuerySelector($"a[href='{path}']")!.GetAttribute("href")!);
        var missing = await karim.Submit(form, "main form", ("Input.Line1", ""));
        Assert.NotNull(missing.Document.GetElementById("Input_Line1-error"));
        (string, string)[] warehouse = [("Input.Label", "Warehouse"), ("Input.Line1", "Kanalstraße 9"), ("Input.City", "Kiel")];
        Assert.Equal("/staff/customers/N-1001#addresses-title", (await karim.Submit(form, "main form", warehouse)).Location);
        await karim.Submit(form, "main form", warehouse);
        Assert.Single((await karim.Get("/staff/customers/N-1001")).Document.QuerySelectorAll("address"), address => address.TextContent.Contains("Kanalstraße 9"));
        Assert.Equal("address-added|jonas@buyers.example", await shop.Scalar<string>("select kind || '|' || to_address from mail"));
        Assert.Equal(HttpStatusCode.NotFound, (await (await shop.As("rosa")).Get(path)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await (await shop.As("tom")).Get(path)).Status);
    }

    private static readonly (string, string)[] Weserblick =
    [
        ("Customer.Name", "Weserblick GmbH"), ("Customer.Country", "DE"), ("Customer.TaxId", "de 123.456.788"), ("Customer.OrderEmail", "orders@weserblick.example"),
        ("Customer.Line1", "Am Deich 7"), ("Customer.City", "Bremen"), ("Customer.PostalCode", "28195"), ("Input.FirstName", "Wiebke"), ("Input.LastName", "Wolff"),
        ("Input.Email", "wiebke@weserblick.example"), ("Input.Phone", "+49 421 5550"),
    ];

    private static async Task<Visitor> Creator(TestShop shop, string who)
    {
        await shop.Sql($"update staff set may_create_customers = {(shop.Database.Kind == Data.DatabaseKind.Postgres ? "true" : "1")} where email = '{who}@onbehalf.example'");
        return await shop.As(who);
    }
}
