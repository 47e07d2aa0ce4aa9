using System.Net;
using Microsoft.Extensions.DependencyInjection;
using OnBehalf.Assistance;
using OnBehalf.Kernel;
using OnBehalf.Modules.Assistance;
using OnBehalf.Tests.Carts;
using OnBehalf.Tests.Orders;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Assistance;

/// <summary>The rules of the shop where they count: at the start, in lists, and while a session runs.</summary>
public sealed class PolicyTests
{
    private static readonly PolicyHours Never = new([TimeProvider.System.GetUtcNow().AddDays(3).DayOfWeek], new(3, 0), new(3, 1));

    [Fact]
    public async Task Lengths_mode_and_version_come_from_the_rule_that_decided()
    {
        await using var shop = await TestShop.Start();
        await shop.PutTerms(terms => terms with { IdleSeconds = 300, HardSeconds = 7_200, OpensIn = Mode.View });
        var karim = await shop.As("karim");
        Assert.Contains("Ends after 5 minutes without activity, and after 2 hours in any case.", (await karim.Get(Sessions.PathOf("ines"))).Text);
        var (_, inside) = await Sessions.Act(karim, "ines");

        Assert.Equal("300|view|2|assistance.assigned-customer", await shop.Scalar<string>("select idle_seconds || '|' || mode || '|' || policy_version || '|' || rule from assisted_session"));
        var left = System.Text.Json.JsonDocument.Parse((await karim.GetJson(inside + "/assisted-session")).Html).RootElement;
        Assert.InRange(left.GetProperty("idleSeconds").GetInt32(), 290, 300);
        Assert.InRange(left.GetProperty("hardSeconds").GetInt32(), 7_100, 7_200);
        Assert.Equal(HttpStatusCode.Forbidden, (await karim.Post(inside + "/cart/lines", [("sku", "P-100"), ("quantity", "1")], from: inside + "/product/P-100")).Status);
    }

    [Fact]
    public async Task A_rule_that_no_longer_allows_it_ends_the_session_at_the_next_request()
    {
        await using var shop = await TestShop.Start();
        var (karim, inside) = await Sessions.Act(await shop.As("karim"), "ines");
        await shop.Put(rule => rule with { Groups = ["somebody else"] });

        Assert.Equal(HttpStatusCode.Forbidden, (await karim.Get(inside + "/account")).Status);
        Assert.Equal("assistance.no-rule", await shop.Scalar<string>("select end_cause from assisted_session"));
    }

    [Fact]
    public async Task A_lower_mode_and_a_shorter_length_count_for_sessions_that_run()
    {
        await using var shop = await TestShop.Start();
        var (karim, inside) = await Sessions.Act(await shop.As("karim"), "ines");
        await shop.PutTerms(terms => terms with { Highest = Mode.View, OpensIn = Mode.View });
        Assert.Contains("view", (await karim.Get(inside + "/account")).Document.QuerySelector(".bar-mode")!.TextContent);
        Assert.Equal(HttpStatusCode.Forbidden, (await karim.Post(inside + "/cart/lines", [("sku", "P-100"), ("quantity", "1")], from: inside + "/product/P-100")).Status);

        await shop.PutTerms(terms => terms with { HardSeconds = 60 });
        await shop.Age("assisted_session", "started_at", TimeSpan.FromMinutes(2));
        Assert.Equal(HttpStatusCode.Forbidden, (await karim.Get(inside + "/account")).Status);
        Assert.Equal("hard-limit", await shop.Scalar<string>("select end_cause from assisted_session"));
    }

    [Theory]
    [InlineData("hours", "assistance.outside-hours")]
    [InlineData("network", "assistance.outside-network")]
    [InlineData("territory", "assistance.outside-territory")]
    public async Task Outside_of_hours_network_and_territory_nobody_begins(string what, string code)
    {
        await using var shop = await TestShop.Start();
        var karim = await shop.As("karim");
        var page = await karim.Get(Sessions.PathOf("ines"));
        await shop.Put(rule => what switch
        {
            "hours" => rule with { Hours = Never },
            "network" => rule with { Networks = [IPNetwork.Parse("192.0.2.0/24")] },
            _ => rule with { Countries = ["SE"] },
        });
        var answer = await karim.Submit(page, "main form[method=post]");

        Assert.Equal(HttpStatusCode.Forbidden, answer.Status);
        Assert.Equal(0, await shop.Scalar<int>("select count(*) from assisted_session"));
        Assert.Contains(code, await shop.Scalar<string>("select entry from audit_event where name = 'assistance.session-refused'"));

        // From where it will be is not known before the start; everything else the picker says.
        var picker = await karim.Get("/staff/customers/N-1001");
        Assert.Equal(what == "network", picker.Document.QuerySelector("a[href*='/act']") is not null);
        Assert.Equal(what == "network" ? null : code, picker.Document.QuerySelector(".why-not")?.GetAttribute("data-code"));
    }

    [Fact]
    public async Task A_network_that_a_rule_names_is_let_in_and_the_session_stays_in_it()
    {
        await using var shop = await TestShop.Start();
        await shop.Put(rule => rule with { Networks = [IPNetwork.Parse("192.0.2.0/24")] });
        var karim = await shop.As("karim");
        var caller = await Sessions.CallerOf(karim);
        var started = await shop.Services.AssistedSessions().Start(caller, Sessions.Request("ines") with { Network = IPAddress.Parse("192.0.2.9") });
        Assert.False(started.IsRefused, started.Refusal?.Sentence);

        karim.Cookies["assist-" + started.Value.Handle] = started.Value.Token;
        Assert.Equal(HttpStatusCode.Forbidden, (await karim.Get($"/as/{started.Value.Handle}/account")).Status);
        Assert.Equal("assistance.outside-network", await shop.Scalar<string>("select end_cause from assisted_session"));
    }

    [Fact]
    public async Task A_ticket_that_the_rule_asks_for_comes_back_on_its_field_until_it_fits()
    {
        await using var shop = await TestShop.Start();
        var rule = ShopPolicy.Standard.Rules[0];
        await shop.Put(ShopPolicy.Standard with
        {
            Rules = [rule with { Terms = rule.Terms with { NeedsTicket = true } }],
            TicketPattern = new("^(?:T-[0-9]+)$"),
            TicketExample = "T-1234",
            Reasons = ["trade-fair", "visit"],
        });
        var karim = await shop.As("karim");
        var page = await karim.Get(Sessions.PathOf("ines"));
        Assert.Equal(["Trade fair", "Visit or at the counter"], page.Document.QuerySelectorAll("#reason option").Select(option => option.TextContent));
        Assert.NotNull(page.Document.QuerySelector("#ticket[required]"));

        var without = await Sessions.Begin(karim, "ines");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, without.Status);
        Assert.Contains("acting for this customer needs one. It looks like T-1234", without.Document.QuerySelector("[data-valmsg-for='Input.Ticket']")?.TextContent);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Sessions.Begin(karim, "ines", ("Input.Ticket", "77"))).Status);
        Assert.Equal(HttpStatusCode.SeeOther, (await Sessions.Begin(karim, "ines", ("Input.Ticket", "T-77"))).Status);
        Assert.Equal("trade-fair", await shop.Scalar<string>("select reason_code from assisted_session"));
    }

    [Fact]
    public async Task What_belongs_to_an_assigned_company_is_seen_and_acted_for_only_by_a_rule_that_says_so()
    {
        await using var shop = await TestShop.Start();
        await shop.Sql($"update company set parent_id = (select id from company where number = 'N-1001') where number = 'N-1002'");
        var karim = await shop.As("karim");
        Assert.Equal(HttpStatusCode.NotFound, (await karim.Get(Sessions.PathOf("paul"))).Status);

        await shop.Put(rule => rule with { Reach = Reach.Tree });
        Assert.NotNull((await karim.Get("/staff/customers/N-1002")).Document.QuerySelector("a[href*='/act']"));
        Assert.Equal(HttpStatusCode.SeeOther, (await Sessions.Begin(karim, "paul")).Status);
    }

    [Fact]
    public async Task Granted_access_counts_until_its_end_and_a_session_ends_with_it()
    {
        await using var shop = await TestShop.Start();
        await using (var db = shop.Database.Read())
        {
            db.Add(new Modules.Companies.StaffAssignmentRow
            {
                StaffId = Characters.StaffIdOf("rosa"), CompanyId = Characters.Nordlicht, AssignedAt = TimeProvider.System.GetUtcNow(), Until = TimeProvider.System.GetUtcNow().AddMinutes(20),
            });
            await db.SaveChangesAsync();
        }

        var (rosa, inside) = await Sessions.Act(await shop.As("rosa"), "ines");
        var left = System.Text.Json.JsonDocument.Parse((await rosa.GetJson(inside + "/assisted-session")).Html).RootElement;
        Assert.InRange(left.GetProperty("hardSeconds").GetInt32(), 1_100, 1_200);

        await shop.Age("staff_assignment", "until", TimeSpan.FromMinutes(30), "until is not null");
        Assert.Equal(HttpStatusCode.Forbidden, (await rosa.Get(inside + "/account")).Status);
        Assert.Equal("assistance.not-assigned", await shop.Scalar<string>("select end_cause from assisted_session"));
        Assert.Equal(HttpStatusCode.NotFound, (await rosa.Get("/staff/customers/N-1001")).Status);
    }

    [Fact]
    public async Task Nobody_acts_for_a_buyer_who_is_somebody_of_the_staff()
    {
        await using var shop = await TestShop.Start();
        await shop.Sql("update buyer set email_normalized = 'vera@onbehalf.example' where email like 'ines@%'");
        var karim = await shop.As("karim");
        Assert.Equal("assistance.staff-subject", (await karim.Get(Sessions.PathOf("ines"))).Document.QuerySelector("[role=alert]")?.GetAttribute("data-code"));
        Assert.Equal("assistance.staff-subject", (await karim.Get("/staff/customers?q=albrecht")).Document.QuerySelector(".why-not")?.GetAttribute("data-code"));
        Assert.Equal("assistance.staff-subject", (await shop.Services.AssistedSessions().Start(await Sessions.CallerOf(karim), Sessions.Request("ines"))).Refusal?.Code);
    }
    [Fact]
    public async Task An_order_in_a_session_keeps_to_the_amounts_of_the_rule_and_leaves_nothing_when_it_does_not()
    {
        await using var shop = await TestShop.Start();
        var euro = Currency.Of("EUR");
        await shop.PutTerms(terms => terms with { PerOrder = [new(1_000_00, euro)], PerMonth = [new(500_00, euro)] });
        var karim = await shop.As("karim");
        Assert.Contains("Orders of at most 1000.00 EUR.", (await karim.Get(Sessions.PathOf("ines"))).Text);
        var inside = await karim.Assisting("ines");
        await inside.Put("P-100", "2");
        Assert.Equal(HttpStatusCode.SeeOther, (await inside.Place(await inside.Get("/checkout"))).Status);
        var sum = await shop.Scalar<long>("select amount_minor from assist_spending");
        Assert.Equal(await shop.Scalar<long>("select total_minor from orders"), sum);

        await inside.Put("P-100", "3");
        var tooMuch = await inside.Place(await inside.Get("/checkout"));
        Assert.Equal(HttpStatusCode.Conflict, tooMuch.Status);
        Assert.Contains("You may order at most 500.00 EUR a month for this customer", tooMuch.Text);
        await inside.Put("P-100", "17");
        Assert.Contains("You may place orders of at most 1000.00 EUR", (await inside.Place(await inside.Get("/checkout"))).Text);

        Assert.Equal(1, await shop.Scalar<int>("select count(*) from orders"));
        Assert.Equal(sum, await shop.Scalar<long>("select amount_minor from assist_spending"));
        Assert.Equal(2, (await shop.Facts()).Count(name => name == "assistance.order-refused"));

        // The buyer himself is bound by none of it.
        var ines = await shop.As("ines");
        await ines.Put("P-100", "20");
        Assert.Equal(HttpStatusCode.SeeOther, (await ines.Place(await ines.Get("/checkout"))).Status);
    }

    [Fact]
    public async Task A_password_typed_long_ago_is_asked_for_again()
    {
        await using var shop = await TestShop.Start();
        await shop.PutTerms(terms => terms with { ProofSeconds = 600 });
        var karim = await shop.As("karim");
        Assert.Equal(HttpStatusCode.SeeOther, (await Sessions.Begin(karim, "ines")).Status);
        await shop.Age("sign_in", "proved_at", TimeSpan.FromMinutes(11));

        var without = await Sessions.Begin(karim, "jonas", ("Input.TakeOver", "true"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, without.Status);
        Assert.Contains("enter yours again", without.Document.QuerySelector("[data-valmsg-for='Input.Password']")?.TextContent);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Sessions.Begin(karim, "jonas", ("Input.TakeOver", "true"), ("Input.Password", "wrong"))).Status);
        Assert.Equal(HttpStatusCode.SeeOther, (await Sessions.Begin(karim, "jonas", ("Input.TakeOver", "true"), ("Input.Password", Characters.Password))).Status);
    }

    [Fact]
    public async Task A_rule_that_asks_for_the_second_step_takes_no_password_and_a_proof_counts_for_its_time()
    {
        await using var shop = await TestShop.Start();
        await shop.PutTerms(terms => terms with { ProofSeconds = 600, NeedsSecondFactor = true });
        var (secret, codes) = await Identity.SecondStepTests.With(shop, "karim");
        var karim = await shop.As("karim");
        var without = await Sessions.Begin(karim, "ines", ("Input.Password", Characters.Password));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, without.Status);
        Assert.Contains("your second step", without.Document.QuerySelector("[data-valmsg-for='Input.Code']")?.TextContent);
        Assert.Equal(HttpStatusCode.SeeOther, (await Sessions.Begin(karim, "ines", ("Input.Code", Identity.SecondStepTests.Now(secret, +1)))).Status);
        Assert.Equal(HttpStatusCode.SeeOther, (await Sessions.Begin(karim, "jonas", ("Input.TakeOver", "true"))).Status);

        await shop.Age("sign_in", "second_factor_at", TimeSpan.FromMinutes(11));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Sessions.Begin(karim, "ines", ("Input.TakeOver", "true"))).Status);
        Assert.Equal(HttpStatusCode.SeeOther, (await Sessions.Begin(karim, "ines", ("Input.TakeOver", "true"), ("Input.Code", codes[0]))).Status);
    }

    [Fact]
    public async Task Orders_at_the_same_time_never_exceed_the_month_together()
    {
        await using var shop = await TestShop.Start();
        var euro = Currency.Of("EUR");
        await shop.PutTerms(terms => terms with { PerMonth = [new(500_00, euro)] });
        var (karim, inside) = await Sessions.Act(await shop.As("karim"), "ines");
        var hash = System.Security.Cryptography.SHA256.HashData(Microsoft.AspNetCore.WebUtilities.WebEncoders.Base64UrlDecode(karim.Cookies["assist-" + inside[4..]]));
        var caller = (await shop.Services.GetRequiredService<AssistedSessionQueries>().Find(inside[4..], hash, null, isActivity: true, default))!;
        var orders = shop.Services.GetRequiredService<AssistedOrders>();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => shop.Database.Write(
            caller, tx => orders.Count(tx, new Money(100_00, euro)))));
        Assert.Equal(5, outcomes.Count(outcome => !outcome.IsRefused));
        Assert.All(outcomes.Where(outcome => outcome.IsRefused), outcome => Assert.Equal("assistance.month-too-large", outcome.Refusal!.Code));
        Assert.Equal(500_00, await shop.Scalar<long>("select amount_minor from assist_spending"));
    }
}
