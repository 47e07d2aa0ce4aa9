using System.Net;
using Microsoft.Extensions.DependencyInjection;
using OnBehalf.Modules.Orders;
using OnBehalf.Tests.Carts;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Orders;

/// <summary>Nordlicht keeps budgets. Two drills with shipping and tax are 225.98 EUR, one is 118.88 EUR. Jonas runs it, Lena becomes an approver.</summary>
public sealed class CompanyBudgetTests
{
    private const string Budgets = "/account/company/budgets";
    private const string Approvals = "/account/company/approvals";

    [Fact]
    public async Task An_order_over_a_budget_waits_is_told_before_approved_and_given_back_when_it_is_cancelled()
    {
        await using var shop = await TestShop.Start();
        var (jonas, ines) = (await shop.As("jonas"), await shop.As("ines"));
        Assert.Contains("None yet", (await jonas.Get(Budgets)).Text);
        Assert.Contains("in EUR", (await Add(jonas, "", "much", "month")).Text);
        Assert.Equal(HttpStatusCode.SeeOther, (await Add(jonas, $"person:{Characters.MembershipIdOf("ines")}", "300", "month")).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await Add(jonas, $"person:{Characters.MembershipIdOf("ines")}", "400", "month")).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Add(jonas, $"person:{Characters.MembershipIdOf("paul")}", "400", "month")).Status);

        // What fits is placed at once, and what is used is the sum of the orders.
        var first = await ines.Order();
        Assert.Equal("placed", await shop.Scalar<string>("select status from orders"));
        Assert.Contains("225.98 EUR used, 74.02 EUR left", (await jonas.Get(Budgets)).Text.Replace('\u00A0', ' '));

        await ines.Put("P-100", "1");
        var checkout = await ines.Get("/checkout");
        Assert.Contains("Needs approval by an administrator or an approver of Nordlicht GmbH. It is over the budget of the buyer: 300.00 EUR a month, of which 225.98 EUR were used before.", checkout.Text);
        Assert.DoesNotContain("Place order for", checkout.Text);
        var placed = await ines.Place(checkout);
        var number = placed.OrderNumber();
        Assert.Equal(placed.Location, (await ines.Place(checkout)).Location);
        Assert.Equal("waiting-for-approval", await shop.Scalar<string>($"select status from orders where number = '{number}'"));
        Assert.Empty((await ines.Get("/cart")).Lines());
        Assert.Contains("submitted by Ines Albrecht", (await ines.Get($"/account/orders/{number}")).Text);
        Assert.Contains("ines@", (await shop.Mail("order-waits")).To);
        Assert.Contains($"you have submitted order {number}", (await shop.Mail("order-waits")).Body);
        var asks = await shop.Mail("order-approval-asked");
        Assert.Contains("jonas@", asks.To);
        Assert.Contains($"Ines Albrecht has submitted order {number}", asks.Body);
        Assert.Contains("over the budget of the buyer", asks.Body);

        // What waits counts: the next one waits too, until the first is declined, with a reason that the buyer reads.
        await ines.Put("P-200", "1");
        Assert.Contains("of which 344.86 EUR were used before", (await ines.Get("/checkout")).Text);
        Assert.Equal(HttpStatusCode.Forbidden, (await Approve(ines, number)).Status);
        Assert.Equal(HttpStatusCode.SeeOther, (await Decline(jonas, number, "Next month, please")).Status);
        Assert.Contains("Why: Next month, please", (await shop.Mail("order-declined")).Body);
        Assert.Contains("ines@", (await shop.Mail("order-declined")).To);
        var fits = await ines.Get("/checkout");
        Assert.DoesNotContain("Needs approval", fits.Text);
        await ines.Submit(await ines.Get("/cart"), "#cart", ("Input.Remove", (await ines.Get("/cart")).Product("P-200")));

        // Approved it is placed, and its buyer has the confirmation.
        var second = await ines.Order("P-100", "1");
        Assert.Equal(HttpStatusCode.SeeOther, (await Approve(jonas, second)).Status);
        Assert.Equal("placed", await shop.Scalar<string>($"select status from orders where number = '{second}'"));
        Assert.Contains("approved by Jonas Petersen", (await shop.Mail("order-placed", 2)).Body);

        // Cancelled orders give back.
        var vera = await shop.As("vera");
        foreach (var one in new[] { first, second })
        {
            var cancel = await vera.Get($"/admin/orders/{one}/steps/cancelled");
            Assert.Equal(HttpStatusCode.SeeOther, (await vera.Submit(cancel, "#step", ("Input.Reason", "not-available"))).Status);
        }

        Assert.Contains("0.00 EUR used, 300.00 EUR left", (await jonas.Get(Budgets)).Text.Replace('\u00A0', ' '));
        Assert.Equal(["budgets.added"], (await shop.Facts()).Where(name => name.StartsWith("budgets.", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Of_orders_at_once_that_fit_alone_and_not_together_one_is_placed()
    {
        await using var shop = await TestShop.Start();
        Assert.Equal(HttpStatusCode.SeeOther, (await Add(await shop.As("jonas"), "", "300", "quarter")).Status);
        await MakeApprover(shop, "lena", "purchaser");
        var checkouts = new List<(Visitor Visitor, Answer Page)>();
        foreach (var name in new[] { "ines", "mira", "lena", "jonas" })
        {
            var visitor = await shop.As(name);
            await visitor.Put("P-100", "2");
            checkouts.Add((visitor, await visitor.Get("/checkout")));
            Assert.DoesNotContain("Needs approval", checkouts[^1].Page.Text);
        }

        await Task.WhenAll(checkouts.Select(one => one.Visitor.Place(one.Page)));

        Assert.Equal(1, await shop.Scalar<int>("select count(*) from orders where status = 'placed'"));
        Assert.True(await shop.Scalar<int>("select count(*) from orders where status = 'waiting-for-approval'") > 1);
    }

    [Fact]
    public async Task One_approves_after_the_other_above_an_amount_a_deputy_while_away_and_who_forgets_is_reminded()
    {
        await using var shop = await TestShop.Start();
        await MakeApprover(shop, "lena");
        var (jonas, ines, lena) = (await shop.As("jonas"), await shop.As("ines"), await shop.As("lena"));
        await Add(jonas, "", "100", "order");
        string lenas = Characters.MembershipIdOf("lena").ToString(), jonass = Characters.MembershipIdOf("jonas").ToString();
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Chain(jonas, ("0", Characters.MembershipIdOf("ines").ToString(), ""))).Status);
        Assert.Equal(HttpStatusCode.SeeOther, (await Chain(jonas, ("0", lenas, ""), ("1", jonass, "200"))).Status);
        Assert.Equal(2, (await shop.Facts()).Count(name => name == "budgets.approver-changed"));

        // Below the second amount the first alone decides, and an administrator may in her place.
        await ines.Put("P-100", "1");
        Assert.Contains("Needs approval by Lena Vogt", (await ines.Get("/checkout")).Text);
        var small = await ines.Order("P-200", "1");
        Assert.Contains("lena@", (await shop.Mail("order-approval-asked")).To);
        Assert.Equal(HttpStatusCode.SeeOther, (await Approve(lena, small)).Status);
        Assert.Equal("placed", await shop.Scalar<string>("select status from orders"));

        var large = await ines.Order();
        var passed = await Approve(lena, large);
        Assert.Contains("placed when Jonas Petersen has approved it too", (await lena.Follow(passed)).Text);
        Assert.Equal("waiting-for-approval", await shop.Scalar<string>($"select status from orders where number = '{large}'"));
        Assert.Contains("jonas@", (await shop.Mail("order-approval-asked", 3)).To);
        Assert.Equal(HttpStatusCode.Conflict, (await Approve(lena, large)).Status);
        Assert.Contains("Approved so far by Lena Vogt", (await jonas.Get(Approvals)).Text);

        // Who has not decided for two days is reminded, once.
        var approvals = shop.Services.GetRequiredService<OrderApprovals>();
        Assert.Equal(0, await approvals.Remind(default));
        await shop.Age("order_approval", "since", TimeSpan.FromDays(3), "status = 'waiting'");
        Assert.Equal(1, await approvals.Remind(default));
        Assert.Equal(0, await approvals.Remind(default));
        Assert.Contains("jonas@", (await shop.Mail("order-approval-asked", 4)).To);
        Assert.Equal(HttpStatusCode.SeeOther, (await Approve(jonas, large)).Status);
        Assert.Equal("placed", await shop.Scalar<string>($"select status from orders where number = '{large}'"));

        // While Lena is away Jonas has the mail and decides for her; back, she does again.
        var away = await lena.Get(Approvals);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await lena.Submit(away, "#away", ("Deputy.Membership", jonass), ("Deputy.Until", "2020-01-01"))).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await lena.Submit(away, "#away", ("Deputy.Membership", lenas), ("Deputy.Until", "2100-01-01"))).Status);
        Assert.Equal(HttpStatusCode.SeeOther, (await lena.Submit(away, "#away", ("Deputy.Membership", jonass), ("Deputy.Until", "2100-01-01"))).Status);
        await ines.Put("P-100", "1");
        Assert.Contains("Needs approval by Jonas Petersen", (await ines.Get("/checkout")).Text);
        var third = await ines.Order("P-200", "1");
        Assert.Contains("jonas@", (await shop.Mail("order-approval-asked", 5)).To);
        Assert.Equal(HttpStatusCode.SeeOther, (await Approve(jonas, third)).Status);
        await lena.Submit(await lena.Get(Approvals), "#away", ("Deputy.Back", "true"));
        Assert.Equal(0, await shop.Scalar<int>("select count(*) from approver_deputy"));
        Assert.Equal(["budgets.deputy-set", "budgets.deputy-ended"], (await shop.Facts()).Where(name => name.StartsWith("budgets.deputy", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Nobody_approves_his_own_nor_out_of_turn_nor_what_was_made_in_a_session_for_him()
    {
        await using var shop = await TestShop.Start();
        var (jonas, vera) = (await shop.As("jonas"), await shop.As("vera"));
        var office = "/admin/customers/N-1001/budgets";
        Assert.Equal(HttpStatusCode.SeeOther, (await vera.Submit(await vera.Get(office), "main form[action$=budgets]", ("Input.Whose", ""), ("Input.Amount", "100"), ("Input.Period", "order"))).Status);

        // The only one who could approve orders himself: it would wait for nobody, so it is not submitted.
        await jonas.Put("P-100", "2");
        var refused = await jonas.Place(await jonas.Get("/checkout"));
        Assert.Equal(HttpStatusCode.Conflict, refused.Status);
        Assert.Contains("nobody beside you who could approve", refused.Text);
        Assert.Equal(0, await shop.Scalar<int>("select count(*) from orders"));

        await MakeApprover(shop, "lena");
        var own = await jonas.Order();
        Assert.Contains("You submitted this order yourself", (await jonas.Get(Approvals)).Text);
        Assert.Equal(HttpStatusCode.Conflict, (await Approve(jonas, own)).Status);

        // What staff made for him is his own too where it is over a budget.
        var inside = await (await shop.As("karim")).Assisting("jonas");
        var forHim = await inside.Order();
        Assert.Equal(HttpStatusCode.Conflict, (await Approve(jonas, forHim)).Status);
        Assert.Equal(2, await shop.Scalar<int>("select count(*) from orders where status = 'waiting-for-approval'"));

        // With a chain it is Jonas' turn and not Lena's, but for what is his own.
        await Chain(jonas, ("0", Characters.MembershipIdOf("jonas").ToString(), ""));
        var lena = await shop.As("lena");
        var hers = await (await shop.As("ines")).Order();
        Assert.Contains("It is the turn of Jonas Petersen", (await lena.Get(Approvals)).Text);
        Assert.Equal(HttpStatusCode.Conflict, (await Approve(lena, hers)).Status);
        Assert.Equal(HttpStatusCode.SeeOther, (await Approve(lena, own)).Status);
        Assert.Equal(HttpStatusCode.SeeOther, (await Approve(lena, forHim)).Status);
        Assert.Equal(HttpStatusCode.SeeOther, (await Approve(jonas, hers)).Status);

        // Of another company nothing is seen, and in a session nothing is changed.
        var id = await shop.Scalar<string>("select cast(id as text) from budget");
        Assert.Equal(HttpStatusCode.NotFound, (await vera.Get($"/admin/customers/N-1002/budgets/{id}")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await lena.Get(Budgets)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await inside.Get(Budgets)).Status);
        var form = await jonas.Get($"{Budgets}/{id}");
        Assert.Equal(HttpStatusCode.SeeOther, (await jonas.Submit(form, "main form", ("Input.Amount", "1000"))).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await jonas.Submit(form, "main form", ("Input.Amount", "1"))).Status);
        Assert.Equal(HttpStatusCode.SeeOther, (await jonas.Submit(await jonas.Get($"{Budgets}/{id}"), "main form", ("Input.Remove", "true"))).Status);
        Assert.Equal(["budgets.added", "budgets.approver-changed", "budgets.changed", "budgets.removed"], (await shop.Facts()).Where(name => name.StartsWith("budgets.", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task An_order_on_a_cost_centre_is_held_against_its_budget()
    {
        await using var shop = await TestShop.Start();
        var (jonas, ines) = (await shop.As("jonas"), await shop.As("ines"));
        await jonas.Submit(await jonas.Get("/account/company/cost-centres"), "main form", ("Input.Code", "1"), ("Input.Name", "Workshop"));
        var centre = await shop.Scalar<string>("select cast(id as text) from cost_centre");
        Assert.Equal(HttpStatusCode.SeeOther, (await Add(jonas, $"centre:{centre}", "200", "year")).Status);
        await ines.Put("P-100", "2");
        var checkout = await ines.Get("/checkout");
        Assert.DoesNotContain("Needs approval", checkout.Text);
        Assert.Contains("over the budget of its cost centre: 200.00 EUR a year", (await ines.Submit(checkout, "#checkout", ("Input.CostCentre", centre))).Text);
        Assert.Equal(HttpStatusCode.SeeOther, (await ines.Place(checkout, ("Input.CostCentre", centre))).Status);
        Assert.Equal("waiting-for-approval", await shop.Scalar<string>("select status from orders"));
    }

    private static async Task<Answer> Add(Visitor jonas, string whose, string amount, string period) =>
        await jonas.Submit(await jonas.Get(Budgets), $"main form[action='{Budgets}']", ("Input.Whose", whose), ("Input.Amount", amount), ("Input.Period", period));

    private static async Task<Answer> Chain(Visitor jonas, params (string At, string Who, string Above)[] rows) => await jonas.Submit(
        await jonas.Get(Budgets), "#chain", [.. rows.SelectMany(row => new[] { ($"Input.Chain[{row.At}].Membership", row.Who), ($"Input.Chain[{row.At}].Above", row.Above) }).Where(field => field.Item1 != "Input.Chain[0].Above")]);

    private static Task<Answer> Approve(Visitor visitor, string number) => visitor.Post(Approvals, [("Input.Order", number), ("Input.Approve", "true")], from: "/account");

    private static Task<Answer> Decline(Visitor visitor, string number, string reason) => visitor.Post(Approvals, [("Input.Order", number), ("Input.Reason", reason)], from: "/account");

    private static async Task MakeApprover(TestShop shop, string who, string role = "approver")
    {
        var id = Characters.MembershipIdOf(who).Value.ToString();
        await shop.Sql($"update membership set role = '{role}' where id = '{(shop.Database.Kind == Data.DatabaseKind.Postgres ? id : id.ToUpperInvariant())}'");
    }
}
