using System.Net;
using OnBehalf.Assistance;
using OnBehalf.Tests.Carts;
using OnBehalf.Tests.Orders;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Commissions;

/// <summary>Disputes through the shop: opened by who earns or should, answered by somebody else, and held out of pay-outs between.</summary>
public sealed class CommissionDisputeTests
{
    private const string Own = "/staff/commissions/disputes";
    private const string All = "/admin/commissions/disputes";
    private const string PayOuts = "/admin/commissions/pay-outs";

    [Fact]
    public async Task What_is_earned_at_a_disputed_order_waits_and_is_paid_once_the_dispute_is_declined()
    {
        await using var shop = await TestShop.Start();
        var (ada, karim) = (await shop.As("ada"), await shop.As("karim"));
        await Rule(ada, "5");
        var inside = await karim.Assisting("ines");
        var (one, two) = (await inside.Order("P-100", "10"), await inside.Order("P-100", "5"));
        await Ship(shop, one);
        await Ship(shop, two);
        var (all, of) = (await Balance(shop, "earned"), await shop.Scalar<long>($"select sum(amount_minor) from commission_entry e join orders o on o.id = e.order_id where o.number = '{two}' and e.to_account = 'earned'"));

        var statement = await karim.Get("/staff/commissions");
        Assert.Contains(statement.Document.QuerySelectorAll("#entries a"), link => link.GetAttribute("href") == $"{Own}?order={one}");
        Assert.Equal(one, (await karim.Get($"{Own}?order={one}")).Document.QuerySelector("[name='Input.Order']")!.GetAttribute("value"));
        Assert.Equal(HttpStatusCode.SeeOther, (await Open(karim, one, "amount", "Ten percent were agreed")).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await Open(karim, one, "amount", "Again")).Status);
        Assert.Contains("is held back", (await karim.Get("/staff/commissions")).Document.QuerySelector("#held")!.TextContent);
        Assert.Contains("Karim Weiss", (await ada.Get(PayOuts)).Document.QuerySelector("#held")!.TextContent);
        Assert.Equal(HttpStatusCode.SeeOther, (await ada.Submit(await ada.Get(PayOuts), "#run")).Status);
        Assert.Equal((of, all - of), (await Balance(shop, "paid-out"), await Balance(shop, "earned")));

        Assert.Contains("Ten percent were agreed", (await ada.Get(All)).Text);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Answer(ada, "decline", "")).Status);
        Assert.Equal(HttpStatusCode.SeeOther, (await Answer(ada, "decline", "Nobody agreed that")).Status);
        Assert.Contains("They stay as they are", (await shop.Mail("commission-dispute-answered")).Body);
        Assert.Contains("“Nobody agreed that”", (await karim.Get(Own)).Text);
        Assert.Null((await karim.Get("/staff/commissions")).Document.QuerySelector("#held"));
        Assert.DoesNotContain(one, (await ada.Get(All)).Text);
        Assert.Contains(one, (await ada.Get(All + "?status=declined")).Text);
        Assert.Equal(HttpStatusCode.SeeOther, (await ada.Submit(await ada.Get(PayOuts), "#run")).Status);
        Assert.Equal((all, 0), (await Balance(shop, "paid-out"), await Balance(shop, "earned")));
        Assert.Equal(["commissions.disputed", "commissions.dispute-declined"], (await shop.Facts()).Where(fact => fact.StartsWith("commissions.disput", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_wrong_amount_is_counted_anew_by_the_rules_of_now_also_where_it_was_paid_out()
    {
        await using var shop = await TestShop.Start();
        var (ada, karim) = (await shop.As("ada"), await shop.As("karim"));
        await Rule(ada, "5");
        var number = await (await karim.Assisting("ines")).Order("P-100", "10");
        await Ship(shop, number);
        var before = await Balance(shop, "earned");
        await ada.Submit(await ada.Get(PayOuts), "#run");
        await Open(karim, number, "amount", "Ten percent were agreed");

        // With the rules as they were there is nothing to correct, and nothing is written.
        Assert.Equal(HttpStatusCode.Conflict, (await Answer(ada, "accept", "You are right")).Status);
        Assert.Equal((0L, before), (await Balance(shop, "earned"), await Balance(shop, "paid-out")));
        await Rule(ada, "10");
        Assert.Equal(HttpStatusCode.SeeOther, (await Answer(ada, "accept", "You are right")).Status);
        Assert.Equal((before, before), (await Balance(shop, "earned"), await Balance(shop, "paid-out")));
        Assert.Equal(0L, await shop.Scalar<long>(Everything));
        Assert.Contains("counted anew after a dispute", (await karim.Get("/staff/commissions")).Text);
        Assert.Contains("counted anew by the rules of now", (await shop.Mail("commission-dispute-answered")).Body);
        await ada.Submit(await ada.Get(PayOuts), "#run");
        Assert.Equal((0L, 2 * before), (await Balance(shop, "earned"), await Balance(shop, "paid-out")));
    }

    [Fact]
    public async Task Who_represents_an_order_by_what_he_says_gets_it_from_its_beginning()
    {
        await using var shop = await TestShop.Start();
        var (ada, karim, tom) = (await shop.As("ada"), await shop.As("karim"), await shop.As("tom"));
        await Rule(ada, "5");
        var number = await (await tom.Assisting("ines")).Order("P-100", "10");
        await Ship(shop, number);
        var earned = await Balance(shop, "earned", "tom");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Open(tom, number, "representative", "It is mine")).Status);
        Assert.Equal(HttpStatusCode.SeeOther, (await Open(karim, number, "representative", "I had this one agreed before")).Status);
        Assert.Equal(HttpStatusCode.SeeOther, (await Answer(ada, "accept", "Agreed on the phone before")).Status);
        Assert.Equal((0L, earned), (await Balance(shop, "earned", "tom"), await Balance(shop, "earned", "karim")));
        Assert.Contains("has made you the representative", (await shop.Mail("commission-dispute-answered")).Body);
        Assert.Equal(0L, await shop.Scalar<long>(Everything));
        Assert.Contains("orders.representative-changed", await shop.Facts());
        Assert.Equal(HttpStatusCode.Conflict, (await ada.Post(All, [("Input.Id", await shop.Scalar<string>("select lower(cast(id as text)) from commission_dispute")), ("Input.Action", "decline"), ("Input.Answer", "No")])).Status);
    }

    [Fact]
    public async Task Nobody_answers_what_concerns_himself_nor_without_the_right_nor_in_a_session_and_nobody_disputes_what_he_cannot_see()
    {
        await using var shop = await TestShop.Start();
        var (ada, karim, vera) = (await shop.As("ada"), await shop.As("karim"), await shop.As("vera"));
        await Rule(ada, "5");
        var inside = await karim.Assisting("ines");
        var number = await inside.Order("P-100", "10");
        var mine = await inside.Order();
        await vera.Submit(await vera.Get($"/admin/orders/representative?order={mine}"), "#represent", ("Input.Staff", Characters.StaffIdOf("ada").ToString()), ("Input.Reason", "House account"));

        foreach (var (order, wish, text, words) in new[]
        {
            ("SO-1", "amount", "Why", "there is none with this number"), (number, "everything", "Why", "choose one"), (number, "amount", "", "Why: say it"), (number, "amount", new string('x', 501), "Why: say it"),
        })
        {
            Assert.Contains(words, (await Open(karim, order, wish, text)).Text);
        }

        Assert.Contains("there is none with this number", (await Open(await shop.As("rosa"), number, "amount", "I want some")).Text);
        Assert.Equal(0L, await shop.Scalar<long>("select count(*) from commission_dispute"));

        Assert.Equal(HttpStatusCode.SeeOther, (await Open(karim, mine, "representative", "It is mine")).Status);
        var fields = new[] { ("Input.Id", await shop.Scalar<string>("select lower(cast(id as text)) from commission_dispute")), ("Input.Action", "accept"), ("Input.Answer", "Yes") };
        Assert.Contains("somebody else has to answer", (await ada.Post(All, fields)).Text);
        foreach (var visitor in new[] { karim, vera, inside })
        {
            Assert.NotEqual(HttpStatusCode.SeeOther, (await visitor.PostRaw(All, fields)).Status);
        }

        Assert.NotEqual(HttpStatusCode.SeeOther, (await inside.PostRaw(Own, [("Input.Order", number), ("Input.Wish", "amount"), ("Input.Text", "Mine")])).Status);
        Assert.Equal(1L, await shop.Scalar<long>("select count(*) from commission_dispute where status = 'open'"));
    }

    [Fact]
    public async Task What_is_owed_at_a_disputed_order_is_taken_all_the_same()
    {
        await using var shop = await TestShop.Start();
        var (ada, karim, vera) = (await shop.As("ada"), await shop.As("karim"), await shop.As("vera"));
        await Rule(ada, "5");
        var inside = await karim.Assisting("ines");
        var one = await inside.Order("P-100", "10");
        await Ship(shop, one);
        await ada.Submit(await ada.Get(PayOuts), "#run");
        var paid = await Balance(shop, "paid-out");
        Assert.Equal(HttpStatusCode.SeeOther, (await vera.Submit(await vera.Get($"/admin/orders/{one}/steps/returned"), "#step", ("Input.Reason", "damaged"))).Status);
        await Open(karim, one, "amount", "It was not returned");
        await Ship(shop, await inside.Order("P-100", "10"));
        Assert.Equal(HttpStatusCode.Conflict, (await ada.Submit(await ada.Get(PayOuts), "#run")).Status);
        Assert.Equal(paid, await Balance(shop, "paid-out"));
    }

    private const string Everything = "select sum(case when to_account = 'shop' then amount_minor when from_account = 'shop' then -amount_minor else 0 end) + sum(case when to_account <> 'shop' then amount_minor else 0 end) - sum(case when from_account <> 'shop' then amount_minor else 0 end) from commission_entry";

    private static async Task Rule(Visitor ada, string share) => Assert.Equal(
        HttpStatusCode.SeeOther, (await ada.Submit(await ada.Get("/admin/commissions"), "#new", ("Input.Name", "Field sales"), ("Input.Share", share), ("Input.Earned", "shipped"))).Status);

    private static async Task<Answer> Open(Visitor visitor, string number, string wish, string text)
    {
        var page = await visitor.Get(Own);
        return await visitor.Submit(page, "#dispute", ("Input.Order", number), ("Input.Wish", wish), ("Input.Text", text));
    }

    private static async Task<Answer> Answer(Visitor visitor, string action, string words) => await visitor.Submit(await visitor.Get(All), ".deal-answer", ("Input.Action", action), ("Input.Answer", words));

    private static async Task Ship(TestShop shop, string number)
    {
        var vera = await shop.As("vera");
        Assert.Equal(HttpStatusCode.SeeOther, (await vera.Submit(await vera.Get($"/admin/orders/{number}/steps/shipped"), "#step")).Status);
    }

    private static Task<long> Balance(TestShop shop, string account, string of = "karim") => shop.Scalar<long>(
        $"select coalesce(sum(case when to_account = '{account}' then amount_minor when from_account = '{account}' then -amount_minor else 0 end), 0) from commission_entry where staff_id = '{Characters.StaffIdOf(of)}'");
}
