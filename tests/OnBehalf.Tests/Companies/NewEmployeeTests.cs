using System.Net;
using Microsoft.Extensions.DependencyInjection;
using OnBehalf.Identity;
using OnBehalf.Kernel;
using OnBehalf.Modules.Companies;
using OnBehalf.Tests.Assistance;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Companies;

public sealed class NewEmployeeTests
{
    private const string Form = "/staff/customers/N-1001/people/new";

    [Fact]
    public async Task A_rep_creates_an_employee_and_acts_for_her_at_once()
    {
        await using var shop = await TestShop.Start();
        var karim = await shop.As("karim");
        var customer = await karim.Get("/staff/customers/N-1001");
        var form = await karim.Get(customer.Document.QuerySelector($"a[href='{Form}']")!.GetAttribute("href")!);

        var created = await karim.Submit(form, "main form", [.. Nora, ("Input.Then", "act")]);
        Assert.Equal(HttpStatusCode.SeeOther, created.Status);
        var last = await karim.Follow(created);
        Assert.Contains("Act for Nora Nilsson", last.Text);
        var started = await karim.Submit(last, "main form[method=post]", ("Input.Reason", "visit"));
        Assert.Matches("^/as/[a-z0-9]{12,16}/account$", started.Location);
        Assert.Contains("Nora Nilsson", (await karim.Follow(started)).Text);

        // Mail, account and place came in one transaction; she is found, and she can choose a password.
        Assert.Equal("invitation nora@nordlicht.example, person-created jonas@buyers.example", await Mails(shop));
        Assert.Contains("Karim Weiss (Sales rep)", await shop.Scalar<string>("select body from mail where kind = 'person-created'"));
        Assert.Equal(["identity.person-created", "identity.invited", "assistance.session-started"], (await shop.Facts()).Where(fact => fact != "customers.opened"));
        foreach (var query in new[] { "nilss", "nora@nordlicht", "nora nordlicht" })
        {
            Assert.Contains("Nora Nilsson", (await karim.Get("/staff/customers?q=" + Uri.EscapeDataString(query))).Text);
        }

        var nora = shop.Anonymous();
        var reset = await nora.Follow(await nora.Get(new Uri((await shop.Mail("invitation")).Link).PathAndQuery));
        Assert.Contains("nora@nordlicht.example", reset.Html);
    }

    [Fact]
    public async Task Nobody_fills_mailboxes_by_creating_people()
    {
        await using var shop = await TestShop.Start();
        await shop.Services.GetRequiredService<Modules.Settings.ShopSettings>().Change(Caller.Machine("test"), Modules.Settings.ShopSettings.InvitationsPerHour, "1");
        var karim = await shop.As("karim");
        Assert.Equal(HttpStatusCode.SeeOther, (await karim.Submit(await karim.Get(Form), "main form", Nora)).Status);
        var second = await karim.Submit(await karim.Get(Form), "main form", NoraAt("nils@nordlicht.example"));
        Assert.Equal(HttpStatusCode.Conflict, second.Status);
        Assert.Contains("many people within the last hour", second.Text);
        Assert.Equal(1, await shop.Scalar<int>("select count(*) from mail where kind = 'invitation'"));
    }

    [Fact]
    public async Task However_many_are_created_at_once_no_more_mails_go_out_than_an_hour_has()
    {
        await using var shop = await TestShop.Start();
        await shop.Services.GetRequiredService<Modules.Settings.ShopSettings>().Change(Caller.Machine("test"), Modules.Settings.ShopSettings.InvitationsPerHour, "2");
        var karim = await shop.As("karim");
        var forms = new List<Answer>();
        for (var i = 0; i < 8; i++)
        {
            forms.Add(await karim.Get(Form));
        }

        var answers = await Task.WhenAll(forms.Select((form, i) => karim.Submit(form, "main form", NoraAt($"nils{i}@nordlicht.example"))));
        Assert.Equal(2, answers.Count(answer => answer.Status == HttpStatusCode.SeeOther));
        Assert.Equal(2, await shop.Scalar<int>("select count(*) from mail where kind = 'invitation'"));
    }

    [Fact]
    public async Task However_often_a_form_is_sent_there_is_one_employee()
    {
        await using var shop = await TestShop.Start();
        var karim = await shop.As("karim");
        var form = await karim.Get(Form);
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => karim.Submit(form, "main form", [.. Nora, ("Input.Then", "act")])));

        Assert.All(answers, answer => Assert.Equal((HttpStatusCode.SeeOther, answers[0].Location), (answer.Status, answer.Location)));
        Assert.Equal(1, await shop.Scalar<int>("select count(*) from buyer where email_normalized = 'nora@nordlicht.example'"));
        Assert.Equal(1, await shop.Scalar<int>("select count(*) from mail where kind = 'invitation'"));

        // Another form with the same address finds her.
        var again = await karim.Submit(await karim.Get(Form), "main form", Nora);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, again.Status);
        Assert.Contains("Nora Nilsson is one of the people of Nordlicht GmbH already", again.Text);
        Assert.Equal(answers[0].Location, again.Document.QuerySelector("main .alert-link")!.GetAttribute("href"));
    }

    [Fact]
    public async Task Who_may_not_see_the_company_or_may_not_create_people_changes_nothing()
    {
        await using var shop = await TestShop.Start();
        string[] tables = ["buyer", "membership", "mail", "customer_word", "one_time_code"];
        var before = await shop.Dump(tables);
        foreach (var (who, status) in new[] { ("rosa", HttpStatusCode.NotFound), ("sam", HttpStatusCode.Forbidden), ("tom", HttpStatusCode.Forbidden) })
        {
            var visitor = await shop.As(who);
            Assert.Equal(status, (await visitor.Get(Form)).Status);
            Assert.Equal(status, (await visitor.Post(Form, [.. Nora, ("Input.Key", Key)], from: "/staff/customers/N-1002/people/new")).Status);
        }

        // A company that was taken from him after he opened the form, and one whose people cannot sign in.
        var karim = await shop.As("karim");
        var form = await karim.Get(Form);
        await shop.Sql($"delete from staff_assignment where staff_id in (select id from staff where email = 'karim@onbehalf.example') and company_id in (select id from company where number = 'N-1001')");
        Assert.Equal(HttpStatusCode.NotFound, (await karim.Submit(form, "main form", Nora)).Status);
        var blocked = await karim.Submit(await karim.Get("/staff/customers/N-1004/people/new"), "main form", Nora);
        Assert.Equal(HttpStatusCode.Conflict, blocked.Status);
        Assert.Contains("This company is blocked", blocked.Text);

        // The transaction asks for itself what the page has asked before it.
        var (person, _) = NewPerson.Read(new NewPersonDraft("Nora", "Nilsson", "nora@nordlicht.example", null, "purchaser"), [BuyerRole.Purchaser]);
        var behind = await shop.Services.GetRequiredService<NewEmployees>().Create(
            await Sessions.CallerOf(await shop.As("rosa")), Characters.Nordlicht, new NewEmployee(person!, null, Key), null, default);
        Assert.Equal(NewEmployees.CompanyUnknown, behind.Refusal);
        Assert.Equal(before, await shop.Dump(tables));
        Assert.DoesNotContain("people/new", (await (await shop.As("sam")).Get("/staff/customers/N-1001")).Html);
    }

    [Fact]
    public async Task What_is_wrong_stands_at_its_field_and_nothing_is_half_made()
    {
        await using var shop = await TestShop.Start();
        string[] tables = ["buyer", "membership", "mail", "customer_word", "idempotency"];
        var before = await shop.Dump(tables);
        var karim = await shop.As("karim");
        var form = await karim.Get(Form);
        var wrong = await karim.Submit(form, "main form", ("Input.FirstName", " "), ("Input.LastName", "Nilsson"), ("Input.Email", "nora"), ("Input.Phone", "call me"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.Status);
        foreach (var (field, words) in new[] { ("FirstName", "please type it"), ("Email", "no address"), ("Phone", "digits") })
        {
            Assert.Contains(words, wrong.Document.GetElementById($"Input_{field}-error")!.TextContent);
        }

        Assert.Null(wrong.Document.GetElementById("Input_LastName-error"));

        // Who decides for a company that is there already is its own business, or a supervisor's.
        Assert.DoesNotContain("Administrator", form.Document.GetElementById("Input_Role")!.TextContent);
        var tampered = await karim.Submit(form, "main form", [.. Nora, ("Input.Role", "administrator")]);
        Assert.Contains("choose one of those offered", tampered.Document.GetElementById("Input_Role-error")!.TextContent);
        Assert.Equal(before, await shop.Dump(tables));
        Assert.DoesNotContain("Administrator", (await karim.Get("/staff/customers/N-1003/people/new")).Document.GetElementById("Input_Role")!.TextContent);
        Assert.Contains("Administrator", (await (await shop.As("vera")).Get(Form)).Document.GetElementById("Input_Role")!.TextContent);
    }

    [Fact]
    public async Task Of_an_address_that_is_used_elsewhere_nobody_learns_whose_it_is_but_who_may_see_him()
    {
        await using var shop = await TestShop.Start();
        await shop.Sql("update buyer set status = 'inactive' where email = 'carla@buyers.example'");
        var before = await shop.Dump("buyer", "membership", "mail");
        var karim = await shop.As("karim");
        var answers = new List<string>();
        foreach (var email in new[] { "paul@buyers.example", "rosa@onbehalf.example", "carla@buyers.example" })
        {
            var refused = await karim.Submit(await karim.Get(Form), "main form", NoraAt(email));
            Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
            Assert.DoesNotMatch("Südmann|Südwind|Lind|Conti|There is an account", refused.Text);
            answers.Add(refused.Document.QuerySelector("main")!.InnerHtml.Replace(email, "") is var html ? System.Text.RegularExpressions.Regex.Replace(html, "value=\"[^\"]*\"", "") : "");
        }

        Assert.Single(answers.Distinct());
        Assert.Contains("nobody can be created with this address here", answers[0]);
        Assert.Equal(before, await shop.Dump("buyer", "membership", "mail"));
        Assert.Equal(3, (await shop.Facts()).Count(fact => fact == "identity.person-not-created"));

        // Who may see him is asked first, and for this address alone.
        var vera = await shop.As("vera");
        var asked = await vera.Submit(await vera.Get(Form), "main form", NoraAt("paul@buyers.example"));
        Assert.Equal(HttpStatusCode.Conflict, asked.Status);
        Assert.Contains("Paul Südmann buys for Südwind AG with this address.", asked.Text);
        Assert.Equal(before, await shop.Dump("buyer", "membership", "mail"));
        var other = await vera.Submit(asked, "main form", ("Input.Email", "mira@buyers.example"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, other.Status);
        var joined = await vera.Submit(asked, "main form", ("Input.Then", "act"));
        Assert.Contains("Act for Paul Südmann", (await vera.Follow(joined)).Text);
        Assert.Equal("membership-added paul@buyers.example, person-created jonas@buyers.example", await Mails(shop));
        Assert.Contains("identity.membership-added", await shop.Facts());
    }

    [Fact]
    public async Task A_further_place_leads_round_no_protection_and_no_consent()
    {
        await using var shop = await TestShop.Start();
        var vera = await shop.As("vera");
        var form = await vera.Get(Form);
        var paul = await shop.As("paul");
        await paul.Submit(await paul.Get("/account/assistance/consent"), "section > form", ("Input.Whom", "anybody"), ("Input.Action", "refuse"));
        Assert.Equal(1, await shop.Scalar<int>("select count(*) from assist_consent where status = 'withdrawn'"));
        var refused = await vera.Submit(form, "main form", NoraAt("paul@buyers.example"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("nobody can be created with this address here", refused.Text);
        Assert.Contains("identity.person-not-created", await shop.Facts());
    }

    [Fact]
    public async Task Who_has_a_customer_for_a_time_leaves_nobody_and_no_address_behind()
    {
        await using var shop = await TestShop.Start();
        var karim = await shop.As("karim");
        var form = await karim.Get(Form);
        var tomorrow = shop.Database.Kind == Data.DatabaseKind.Postgres ? "now() + interval '1 day'" : "unixepoch() * 1000000 + 86400000000";
        await shop.Sql($"update staff_assignment set until = {tomorrow}");
        var before = await shop.Dump("buyer", "membership", "mail");
        var refused = await karim.Submit(form, "main form", Nora);
        Assert.Equal(HttpStatusCode.Forbidden, refused.Status);
        Assert.Contains("for a time only", refused.Text);
        Assert.Equal(before, await shop.Dump("buyer", "membership", "mail"));
        var vera = await shop.As("vera");
        Assert.Equal(HttpStatusCode.SeeOther, (await vera.Submit(await vera.Get(Form), "main form", Nora)).Status);
    }

    [Fact]
    public async Task An_administrator_of_the_company_creates_its_people_himself()
    {
        await using var shop = await TestShop.Start();
        var jonas = await shop.As("jonas");
        var people = await jonas.Get("/account/company/people");
        var form = await jonas.Get(people.Document.QuerySelector("a[href='/account/company/people/new']")!.GetAttribute("href")!);
        var created = await jonas.Submit(form, "main form", [.. Nora, ("Input.Role", "administrator")]);
        Assert.Equal("/account/company/people", created.Location);
        Assert.Contains("Nora Nilsson", (await jonas.Follow(created)).Text);
        Assert.Equal("invitation nora@nordlicht.example", await Mails(shop));
        Assert.Equal(1, await shop.Scalar<int>(
            "select count(*) from membership m join company c on c.id = m.company_id join buyer b on b.id = m.buyer_id where b.email = 'nora@nordlicht.example' and c.number = 'N-1001' and m.role = 'administrator'"));

        // He learns nothing about addresses of others, not even of whom staff would be told.
        var refused = await jonas.Submit(await jonas.Get("/account/company/people/new"), "main form", NoraAt("paul@buyers.example"));
        Assert.Contains("nobody can be created with this address here", refused.Text);
        Assert.DoesNotContain("Südwind", refused.Text);

        // In a session for him that is closed to everybody.
        var inside = await (await shop.As("karim")).Assisting("jonas");
        Assert.Equal(HttpStatusCode.Forbidden, (await inside.Get("/account/company/people/new")).Status);
    }

    private static readonly (string, string)[] Nora =
        [("Input.FirstName", "Nora"), ("Input.LastName", "Nilsson"), ("Input.Email", "nora@nordlicht.example"), ("Input.Phone", "+49 431 555099")];

    private static (string, string)[] NoraAt(string email) => [.. Nora.Where(field => field.Item1 != "Input.Email"), ("Input.Email", email)];

    private const string Key = "0197b5a400007000800000000000000f";

    private static Task<string> Mails(TestShop shop) => shop.Scalar<string>(shop.Database.Kind == Data.DatabaseKind.Postgres
        ? "select coalesce(string_agg(kind || ' ' || to_address, ', ' order by kind), '') from mail"
        : "select coalesce(group_concat(line, ', '), '') from (select kind || ' ' || to_address as line from mail order by kind)");
}
