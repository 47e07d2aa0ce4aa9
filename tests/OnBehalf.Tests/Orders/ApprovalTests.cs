using System.Net;
using Microsoft.Extensions.DependencyInjection;
using OnBehalf.Modules.Orders;
using OnBehalf.Tests.Assistance;
using OnBehalf.Tests.Carts;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Orders;

/// <summary>
/// Nordlicht lets the seller's staff order for its people, and what is over 150 EUR waits for Jonas, its administrator. Two drills with shipping and tax are
/// 225.98 EUR, one is 118.88 EUR.
/// </summary>
public sealed class ApprovalTests
{
    private const string Approvals = "/account/company/approvals";
    private const string Mandates = "/account/company/mandates";

    [Fact]
    public async Task An_order_over_the_amount_waits_and_is_placed_when_an_administrator_approves_it()
    {
        await using var shop = await TestShop.Start();
        await Give(shop, "staff", "150");
        Assert.Contains("orders above 150.00 EUR wait for approval", (await (await shop.As("jonas")).Get(Mandates)).Text);
        var karim = await shop.As("karim");
        const string sentence = "Orders over 150.00 EUR wait for approval by an administrator of the company.";
        Assert.Contains(sentence, (await karim.Get(Sessions.PathOf("ines"))).Text);
        var inside = await karim.Assisting("ines");

        // What is not over it is placed as ever.
        await inside.Put("P-100", "1");
        Assert.Contains(sentence, (await inside.Get("/cart")).Text);
        var small = await inside.Get("/checkout");
        Assert.Equal("118.88 EUR", small.Total());
        Assert.Contains(sentence, small.Text);
        Assert.Contains("Place order for", small.Text);
        await inside.Place(small);
        Assert.Equal("placed", await shop.Scalar<string>("select status from orders"));

        await inside.Put("P-100", "2");
        var checkout = await inside.Get("/checkout");
        Assert.Equal("225.98 EUR", checkout.Total());
        Assert.DoesNotContain("Place order for", checkout.Text);
        Assert.Contains("Submit order for approval", checkout.Text);
        var answer = await inside.Place(checkout);
        var number = answer.OrderNumber();
        Assert.Equal(answer.Location, (await inside.Place(checkout)).Location);

        // Nothing looks like placed, for nobody.
        var (ines, jonas) = (await shop.As("ines"), await shop.As("jonas"));
        const string submitted = "submitted by Karim Weiss for Ines Albrecht";
        foreach (var (who, path) in new[]
        {
            (inside, answer.Location![inside.PathBase.Length..]), (inside, "/account/orders"), (inside, "/account"), (ines, $"/account/orders/{number}"), (ines, "/account/orders"), (ines, "/account"),
            (ines, $"/account/orders/{number}/print"), (jonas, $"/account/orders/{number}"), (karim, $"/staff/orders/{number}"), (karim, $"/staff/orders/{number}/print"), (karim, "/staff"),
            (await shop.As("vera"), $"/admin/orders/{number}"), (await shop.As("vera"), "/admin/customers/N-1001"),
        })
        {
            var page = await who.Get(path);
            Assert.Equal(HttpStatusCode.OK, page.Status);
            Assert.Contains(submitted, page.Text);
            Assert.Contains("for approval", page.Text);
        }

        Assert.Contains(number, (await karim.Get("/staff/orders?status=waiting-for-approval")).Text);
        Assert.DoesNotContain(number, (await karim.Get("/staff/orders?status=placed")).Text);
        Assert.Contains("waiting-for-approval", (await karim.Get("/staff/orders.csv")).Html);
        Assert.Contains($"Submitted order {number} (225.98 EUR), which waits for the approval", (await ines.Get("/account/assistance")).Text);
        Assert.Equal(1, (await shop.Facts()).Count(name => name == "orders.placed"));
        Assert.Equal(1, (await shop.Facts()).Count(name => name == "orders.held"));
        Assert.Equal(1, await shop.Scalar<int>("select count(*) from mail where kind = 'order-placed'"));
        Assert.Equal(1, await shop.Scalar<int>("select order_count from company where number = 'N-1001'"));
        Assert.Equal(118_88 + 225_98, await shop.Scalar<long>("select amount_minor from assist_spending"));
        Assert.Empty((await ines.Get("/cart")).Lines());
        var (waits, asks) = (await shop.Mail("order-waits"), await shop.Mail("order-approval-asked"));
        Assert.Contains("ines@", waits.To);
        Assert.Contains($"Karim Weiss of OnBehalf has submitted an order for you: {number}", waits.Body);
        Assert.Contains("Nothing is ordered yet", waits.Body);
        Assert.Contains("jonas@", asks.To);
        Assert.Contains("over 150.00 EUR", asks.Body);
        Assert.Contains("Total: 225.98 EUR", asks.Body);

        // Taking the mandate back does not take away the decision.
        await jonas.Submit(await jonas.Get(Mandates), "form.btn-list");
        var open = await jonas.Get(Approvals);
        foreach (var words in new[] { number, "Submitted by Karim Weiss for Ines Albrecht (Sales rep)", "It is over 150.00 EUR", "Order by telephone", "Cordless drill 18 V" })
        {
            Assert.Contains(words, open.Text);
        }

        Assert.NotNull(open.Document.QuerySelector($"a[href='/account/company/assistance/{inside.Session}']"));
        var approved = await Approve(jonas, number);
        Assert.Equal($"{Approvals}?decided={number}", approved.Location);
        Assert.Contains("is approved and placed", (await jonas.Follow(approved)).Text);
        var confirmation = await shop.Mail("order-placed", 2);
        Assert.Contains("ines@", confirmation.To);
        Assert.Contains("This order was placed by Karim Weiss for Ines Albrecht\nand approved by Jonas Petersen.", confirmation.Body);
        Assert.Equal(Amounts((await shop.Mail("order-waits")).Body), Amounts(confirmation.Body));
        Assert.Contains("placed by Karim Weiss for Ines Albrecht", (await ines.Get($"/account/orders/{number}")).Text);
        Assert.Contains("Approved by Jonas Petersen", (await karim.Get($"/staff/orders/{number}")).Text);
        Assert.Contains("which an administrator of the company approved", (await ines.Get("/account/assistance")).Text);
        Assert.Equal(["orders.approved", "orders.placed"], (await shop.Facts()).Where(name => name.StartsWith("orders.", StringComparison.Ordinal)).TakeLast(2));
        Assert.Equal(2, await shop.Scalar<int>("select order_count from company where number = 'N-1001'"));
        Assert.Equal(0, await shop.Scalar<int>("select count(*) from orders where status <> 'placed'"));
        Assert.Equal(HttpStatusCode.Conflict, (await Approve(jonas, number)).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await Decline(jonas, number, "too late")).Status);
    }

    [Fact]
    public async Task A_declined_order_is_never_placed_does_not_count_and_says_why()
    {
        await using var shop = await TestShop.Start();
        await Give(shop, "staff", "150");
        var karim = await shop.As("karim");
        var number = await (await karim.Assisting("ines")).Order();
        var (jonas, ines) = (await shop.As("jonas"), await shop.As("ines"));
        foreach (var nothing in new[] { "", "  ", new string('x', 501) })
        {
            var again = await Decline(jonas, number, nothing);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, again.Status);
            Assert.Contains(nothing.Length > 9 ? "at most 500" : "Say why", again.ErrorAt($"why-{number}"));
        }

        // The company was put on hold meanwhile: nothing is placed, and declining stays possible.
        await shop.Sql("update company set status = 'on-hold' where number = 'N-1001'");
        Assert.Equal(HttpStatusCode.Conflict, (await Approve(jonas, number)).Status);
        Assert.Equal("waiting-for-approval", await shop.Scalar<string>("select status from orders"));

        Assert.Equal(HttpStatusCode.SeeOther, (await Decline(jonas, number, "We have drills")).Status);
        Assert.Equal(0, await shop.Scalar<long>("select amount_minor from assist_spending"));
        Assert.Equal("declined", await shop.Scalar<string>("select status from orders"));
        Assert.Equal(0, await shop.Scalar<int>("select order_count from company where number = 'N-1001'"));
        Assert.DoesNotContain("orders.placed", await shop.Facts());
        Assert.Equal(0, await shop.Scalar<int>("select count(*) from mail where kind = 'order-placed'"));
        Assert.Equal(["ines@buyers.example", "karim@onbehalf.example"], [.. new[] { await shop.Mail("order-declined"), await shop.Mail("order-declined", 2) }.Select(mail => mail.To.Split('<', '>')[1]).Order(StringComparer.Ordinal)]);
        Assert.All(shop.Mails("order-declined"), mail => Assert.Contains("Why: We have drills", mail.Body));
        foreach (var (who, path) in new[] { (ines, $"/account/orders/{number}"), (karim, $"/staff/orders/{number}") })
        {
            var page = await who.Get(path);
            Assert.Contains("submitted by Karim Weiss", page.Text);
            Assert.Contains("Declined by Jonas Petersen", page.Text);
            Assert.Contains("We have drills", page.Text);
        }

        Assert.Contains("which was declined", (await ines.Get("/account/assistance")).Text);
        Assert.Equal(HttpStatusCode.Conflict, (await Approve(jonas, number)).Status);
    }

    [Fact]
    public async Task What_waits_too_long_is_declined_by_itself_and_what_is_approved_is_judged_again()
    {
        await using var shop = await TestShop.Start();
        await Give(shop, "staff", "150");
        var inside = await (await shop.As("karim")).Assisting("ines");
        var jonas = await shop.As("jonas");
        var number = await inside.Order();

        // An article that is gone is not placed; in another month it counts for that one.
        await shop.Sql("update product set status = 'discontinued' where sku = 'P-100'");
        var gone = await Approve(jonas, number);
        Assert.Equal(HttpStatusCode.Conflict, gone.Status);
        Assert.Contains("P-100 can no longer be ordered", gone.Text);
        await shop.Sql("update product set status = 'active' where sku = 'P-100'");
        await shop.Sql("update order_approval set month = '2020-01'");
        await shop.Sql("update assist_spending set month = '2020-01'");
        Assert.Equal(HttpStatusCode.SeeOther, (await Approve(jonas, number)).Status);
        Assert.Equal("0 22598", await shop.Scalar<string>("select (select amount_minor from assist_spending where month = '2020-01') || ' ' || (select amount_minor from assist_spending where month <> '2020-01')"));

        var late = await inside.Order();
        var approvals = shop.Services.GetRequiredService<OrderApprovals>();
        Assert.Equal(0, await approvals.Expire(default));
        await shop.Age("order_approval", "asked_at", TimeSpan.FromDays(15), "status = 'waiting'");
        Assert.Equal(HttpStatusCode.Conflict, (await Approve(jonas, late)).Status);
        Assert.Equal(1, await approvals.Expire(default));
        Assert.Equal(0, await approvals.Expire(default));
        Assert.Equal("declined", await shop.Scalar<string>($"select status from orders where number = '{late}'"));
        Assert.Equal(22598, await shop.Scalar<long>("select sum(amount_minor) from assist_spending"));
        Assert.Equal(2, await shop.Scalar<int>("select count(*) from mail where kind = 'order-declined' and body like '%nobody of Nordlicht GmbH has approved%within 14 days%'"));
    }

    [Fact]
    public async Task An_approver_of_the_company_decides_like_its_administrator_and_runs_nothing_else()
    {
        await using var shop = await TestShop.Start();
        await Give(shop, "staff", "150");
        await shop.Sql($"update membership set role = 'approver' where id = '{Key(shop, Characters.MembershipIdOf("lena").Value)}'");
        var number = await (await (await shop.As("karim")).Assisting("ines")).Order();
        Assert.Equal(2, await shop.Scalar<int>("select count(*) from mail where kind = 'order-approval-asked'"));
        var lena = await shop.As("lena");
        Assert.Contains(number, (await lena.Get(Approvals)).Text);
        Assert.Contains(number, (await lena.Get($"/account/orders/{number}")).Text);
        Assert.Equal(HttpStatusCode.Forbidden, (await lena.Get(Mandates)).Status);
        Assert.Equal(HttpStatusCode.SeeOther, (await Approve(lena, number)).Status);
        Assert.Equal("placed", await shop.Scalar<string>("select status from orders"));

        // What did not wait is none of her business, and who only looks decides nothing.
        await shop.Sql("delete from order_approval");
        Assert.Equal(HttpStatusCode.NotFound, (await lena.Get($"/account/orders/{number}")).Status);
        await shop.Sql("update membership set role = 'viewer' where role = 'approver'");
        Assert.Equal(HttpStatusCode.Forbidden, (await lena.Get(Approvals)).Status);
    }

    [Fact]
    public async Task Of_many_who_decide_at_once_one_decides()
    {
        await using var shop = await TestShop.Start();
        await Give(shop, "staff", "150");
        await shop.Sql($"update membership set role = 'administrator' where id = '{Key(shop, Characters.MembershipIdOf("lena").Value)}'");
        var number = await (await (await shop.As("karim")).Assisting("ines")).Order();
        var visitors = new[] { await shop.As("jonas"), await shop.As("lena"), await shop.As("jonas"), await shop.As("lena") };
        var pages = await Task.WhenAll(visitors.Select(visitor => visitor.Get(Approvals)));

        var answers = await Task.WhenAll(visitors.Select((visitor, i) => i % 2 == 0
            ? visitor.Submit(pages[i], "main form", ("Input.Order", number), ("Input.Approve", "true"))
            : visitor.Submit(pages[i], "main form", ("Input.Order", number), ("Input.Reason", "no"))));

        Assert.Single(answers, answer => answer.Status == HttpStatusCode.SeeOther);
        Assert.Equal(3, answers.Count(answer => answer.Status == HttpStatusCode.Conflict));
        var isPlaced = await shop.Scalar<string>("select status from orders") == "placed";
        Assert.Equal(isPlaced ? "approved" : "declined", await shop.Scalar<string>("select status from order_approval"));
        Assert.Equal(isPlaced ? 1 : 0, (await shop.Facts()).Count(name => name == "orders.placed"));
        Assert.Equal(isPlaced ? 0 : 1, (await shop.Facts()).Count(name => name == "orders.declined"));
        Assert.Equal(isPlaced ? 225_98 : 0, await shop.Scalar<long>("select amount_minor from assist_spending"));
        Assert.Equal(isPlaced ? 1 : 0, await shop.Scalar<int>("select order_count from company where number = 'N-1001'"));
    }

    [Fact]
    public async Task Abuse18_Nobody_decides_about_what_he_submitted_himself()
    {
        await using var shop = await TestShop.Start();
        await Give(shop, $"membership:{Characters.MembershipIdOf("jonas")}", "150");
        var jonas = await shop.As("jonas");
        var inside = await Act(jonas, "ines");

        // Without another administrator there would be nobody: nothing begins that could not end.
        await inside.Put("P-100", "2");
        var refused = await inside.Place(await inside.Get("/checkout"));
        Assert.Equal(HttpStatusCode.Conflict, refused.Status);
        Assert.Contains("nobody beside you", refused.Text);
        Assert.Equal(0, await shop.Scalar<int>("select count(*) from orders"));
        Assert.Equal(0, await shop.Scalar<int>("select count(*) from assist_spending"));

        await shop.Sql($"update membership set role = 'administrator' where id = '{Key(shop, Characters.MembershipIdOf("lena").Value)}'");
        await shop.Sql($"update membership set role = 'administrator' where id = '{Key(shop, Characters.MembershipIdOf("paul").Value)}'");
        var number = (await inside.Place(await inside.Get("/checkout"))).OrderNumber();
        Assert.Equal("waiting-for-approval", await shop.Scalar<string>("select status from orders"));
        Assert.Equal(1, await shop.Scalar<int>("select count(*) from mail where kind = 'order-approval-asked' and to_address like 'lena@%'"));
        Assert.Equal(1, await shop.Scalar<int>("select count(*) from mail where kind = 'order-approval-asked'"));
        var before = await shop.Dump("orders", "order_approval", "assist_spending");

        var own = await jonas.Get(Approvals);
        Assert.Contains("You submitted this order yourself", own.Text);
        Assert.Null(own.Document.QuerySelector("main form"));
        Assert.Contains("yourself", (await Approve(jonas, number)).Text);
        Assert.Equal(HttpStatusCode.Conflict, (await Decline(jonas, number, "no")).Status);

        // Nor in a session, nor without the right, nor for another company.
        Assert.Equal(HttpStatusCode.Forbidden, (await inside.Get(Approvals)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await Approve(inside, number)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await Approve(await shop.As("ines"), number)).Status);
        var paul = await shop.As("paul");
        Assert.DoesNotContain(number, (await paul.Get(Approvals)).Html);
        Assert.Equal(HttpStatusCode.NotFound, (await Approve(paul, number)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await Approve(await (await shop.As("ada")).Assisting("lena"), number)).Status);
        Assert.Equal(before, await shop.Dump("orders", "order_approval", "assist_spending"));

        Assert.Equal(HttpStatusCode.SeeOther, (await Approve(await shop.As("lena"), number)).Status);
        Assert.Equal("placed", await shop.Scalar<string>("select status from orders"));
    }

    [Fact]
    public async Task Abuse18_Nor_does_a_staff_member_who_is_a_buyer_there_and_an_order_of_the_company_as_a_whole_waits_too()
    {
        await using var shop = await TestShop.Start();
        await Give(shop, "staff", "150");
        var jonas = await shop.As("jonas");
        var karim = await shop.As("karim");
        var (inside, _) = await WholeCompanyTests.Begin(karim);
        var number = await inside.Order();
        Assert.Equal(1, await shop.Scalar<int>("select count(*) from orders where status = 'waiting-for-approval' and buyer_id is null"));
        Assert.Equal(1, await shop.Scalar<int>("select count(*) from mail"));

        await shop.Sql("update buyer set email = 'karim@onbehalf.example', email_normalized = 'karim@onbehalf.example' where email like 'jonas@%'");
        Assert.Contains("yourself", (await Approve(jonas, number)).Text);
        await inside.Put("P-100", "2");
        Assert.Contains("nobody beside you", (await inside.Place(await inside.Get("/checkout"))).Text);
        await shop.Sql("update buyer set email = 'jonas@buyers.example', email_normalized = 'jonas@buyers.example' where email like 'karim@%'");
        Assert.Equal(HttpStatusCode.SeeOther, (await Approve(jonas, number)).Status);
        Assert.Contains("jonas@", (await shop.Mail("order-placed")).To);
    }

    private static string Key(TestShop shop, Guid id) => shop.Database.Kind == Data.DatabaseKind.Postgres ? id.ToString() : id.ToString().ToUpperInvariant();

    private static async Task Give(TestShop shop, string by, string above)
    {
        var jonas = await shop.As("jonas");
        var wrong = await jonas.Submit(await jonas.Get(Mandates + "/new"), "main form[method=post]", ("Input.By", by), ("Input.For", ""), ("Input.ApprovalAbove", "much"));
        Assert.Contains("Needs approval above: an amount in EUR", wrong.Text);
        Assert.Equal(Mandates, (await jonas.Submit(wrong, "main form[method=post]", ("Input.ApprovalAbove", above))).Location);
    }

    private static async Task<Visitor> Act(Visitor visitor, string buyer)
    {
        var page = await visitor.Get($"/account/company/people/{Characters.MembershipIdOf(buyer)}/act");
        Assert.Contains("Orders over 150.00 EUR wait for approval by an administrator of the company.", page.Text);
        var inside = visitor.Inside((await visitor.Submit(page, "main form[method=post]")).Location!);
        Assert.Equal(HttpStatusCode.SeeOther, (await inside.Submit(await inside.Get("/assisted-session/mode"), "main form", ("Input.Mode", "Order"))).Status);
        return inside;
    }

    private static Task<Answer> Approve(Visitor visitor, string number) => visitor.Post(Approvals, [("Input.Order", number), ("Input.Approve", "true")], from: "/account");

    private static Task<Answer> Decline(Visitor visitor, string number, string reason) => visitor.Post(Approvals, [("Input.Order", number), ("Input.Reason", reason)], from: "/account");

    private static string[] Amounts(string body) => [.. body.Split('\n').Where(line => line.EndsWith(" EUR", StringComparison.Ordinal) && line.Contains(": ", StringComparison.Ordinal))];
}
