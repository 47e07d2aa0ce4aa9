using System.Net;
using OnBehalf.Tests.Assistance;
using OnBehalf.Tests.Carts;
using OnBehalf.Tests.Orders;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Abuse;

/// <summary>Getting something twice, or losing what somebody else did.</summary>
public sealed class DoubleOrderTests
{
    [Fact]
    public async Task Abuse33_A_checkout_of_a_session_is_one_order_and_cannot_be_sent_again_after_its_end()
    {
        await using var shop = await TestShop.Start();
        var inside = await (await shop.As("karim")).Assisting("ines");
        await inside.Put("P-100", "2");
        var checkout = await inside.Get("/checkout");
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => inside.Place(checkout)));
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.SeeOther, answer.Status));
        Assert.Single(answers.Select(answer => answer.Location).Distinct());
        Assert.Equal(1, await shop.Scalar<int>("select count(*) from orders"));

        // The same form from the next session is not answered with what the last one did.
        await shop.Sql("update assisted_session set status = 'ended'");
        Assert.Equal(HttpStatusCode.Forbidden, (await inside.Place(checkout)).Status);
        var next = await (await shop.As("karim")).Assisting("ines");
        await next.Put("P-300", "1");
        var again = await next.Submit(await next.Get("/checkout"), "#checkout", ("Input.Key", checkout.Document.QuerySelector("input[name='Input.Key']")!.GetAttribute("value")!), ("Input.Place", "true"));
        Assert.Equal(HttpStatusCode.Conflict, again.Status);
        Assert.Equal(1, await shop.Scalar<int>("select count(*) from orders"));
    }

    [Fact]
    public async Task Abuse34_Buyer_and_operator_who_change_the_same_thing_at_once_lose_nothing_silently()
    {
        await using var shop = await TestShop.Start();
        var ines = await shop.As("ines");
        var karim = await (await shop.As("karim")).Assisting("ines");
        var (hers, his) = (await ines.Get("/account/data"), await karim.Get("/account/data"));
        const string Form = "main form[method=post]";
        var answers = await Task.WhenAll(
            Task.Run(() => ines.Submit(hers, Form, ("Input.LastName", "Albrecht-Vogt"))), Task.Run(() => karim.Submit(his, Form, ("Input.LastName", "Albrecht-Weiss"))));

        Assert.Equal([HttpStatusCode.SeeOther, HttpStatusCode.Conflict], answers.Select(answer => answer.Status).Order());
        var winner = answers[0].Status == HttpStatusCode.SeeOther ? "Albrecht-Vogt" : "Albrecht-Weiss";
        Assert.Equal(winner, await shop.Scalar<string>("select last_name from buyer where email like 'ines@%'"));
        Assert.Single(await shop.Facts(), "identity.profile-changed");
    }

    [Fact]
    public async Task Abuse35_Operators_who_order_the_same_cart_at_once_order_it_once()
    {
        await using var shop = await TestShop.Start();
        var ines = await shop.As("ines");
        await ines.Put("P-100", "3");
        var inside = new[] { await (await shop.As("karim")).Assisting("ines"), await (await shop.As("tom")).Assisting("ines"), ines };
        var checkouts = await Task.WhenAll(inside.Select(visitor => visitor.Get("/checkout")));
        var answers = await Task.WhenAll(inside.Select((visitor, i) => Task.Run(() => visitor.Place(checkouts[i]))));

        Assert.Single(answers, answer => answer.Status == HttpStatusCode.SeeOther);
        Assert.Equal(3_000, await shop.Scalar<long>("select sum(quantity_thousandths) from order_line"));
        Assert.Empty((await ines.Get("/cart")).Lines());
    }

    [Fact]
    public async Task Abuse35_The_sum_of_the_month_holds_for_one_operator_in_two_sessions_after_each_other()
    {
        await using var shop = await TestShop.Start();
        await shop.PutTerms(terms => terms with { PerMonth = [new(300_00, Kernel.Currency.Of("EUR"))] });
        var placed = 0;
        foreach (var buyer in new[] { "ines", "jonas", "mira", "ines" })
        {
            var (karim, inside) = await Sessions.Act(await shop.As("karim"), buyer, ("Input.TakeOver", "true"));
            await karim.Post(inside + "/cart/lines", [("Sku", "P-100"), ("Quantity", "1")], from: inside + "/cart");
            var answer = await karim.Submit(await karim.Get(inside + "/checkout"), "#checkout", ("Input.Place", "true"));
            placed += answer.Status == HttpStatusCode.SeeOther ? 1 : 0;
        }

        Assert.InRange(placed, 1, 3);
        Assert.InRange(await shop.Scalar<long>("select sum(total_minor) from orders"), 1, 300_00);
        Assert.Equal(await shop.Scalar<long>("select sum(total_minor) from orders"), await shop.Scalar<long>("select sum(amount_minor) from assist_spending"));
    }
}
