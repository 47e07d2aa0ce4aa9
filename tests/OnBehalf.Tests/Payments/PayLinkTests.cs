using System.Net;
using OnBehalf.PayProvider;
using OnBehalf.Tests.Carts;
using OnBehalf.Tests.Orders;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Payments;

/// <summary>The baton: who acts for a buyer sends him a link, the buyer pays, and who sent it hears of it.</summary>
public sealed class PayLinkTests
{
    private const string Key = OnlinePaymentTests.Key;
    private const string Secret = OnlinePaymentTests.Secret;

    [Fact]
    public async Task An_operator_hands_an_order_over_and_hears_when_the_buyer_has_paid_it_himself()
    {
        await using var provider = await TestProvider.Start(Key, Secret);
        await using var shop = await OnlinePaymentTests.Start(provider);
        var (ines, vera) = (await shop.As("ines"), await shop.As("vera"));
        var session = await vera.Assisting("ines");
        var number = await OnlinePaymentTests.Order(session);
        var page = await session.Get($"/account/orders/{number}?placed=true");
        Assert.Contains("Send Ines Albrecht a pay link", page.Text);
        var shown = await session.Follow(await session.Submit(page, "#send-pay-link"));
        var address = shown.Document.QuerySelector("#link")!.GetAttribute("value")!;
        var code = address.Split("code=")[1];
        Assert.StartsWith("http://localhost/pay?code=", address);
        Assert.DoesNotContain(code, await shop.Dump("pay_link", "audit_event", "audit_private", "mail"));
        Assert.Equal("payments.link-made", (await shop.Facts())[^1]);
        Assert.Contains($"Vera Blum has sent you order {number} to pay", await shop.Scalar<string>("select body from mail where kind = 'pay-link'"));
        Assert.Equal("ines@buyers.example", await shop.Scalar<string>("select to_address from mail where kind = 'pay-link'"));

        // Somebody with the link needs no account, and sees nothing but number and amount.
        var somebody = shop.Anonymous();
        var opened = await somebody.Get($"/pay?code={code}");
        Assert.Equal("/pay", opened.Location);
        opened = await somebody.Get("/pay");
        Assert.Contains(number, opened.Text);
        Assert.DoesNotContain("Ines", opened.Text);
        Assert.DoesNotContain("Nordlicht", opened.Text);
        var going = await somebody.Submit(opened, "main form, .door form");
        var payment = Assert.Single(provider.Payments);
        Assert.Contains(payment.Token, going.Response.Headers.GetValues("Refresh").Single());
        Assert.Equal(await shop.Scalar<long>("select total_minor from orders"), payment.Amount);
        provider.Times = 2;
        Assert.Equal("http://localhost/pay", await provider.Pay(payment));
        Assert.Contains("This order is paid. Thank you.", (await somebody.Get("/pay")).Text);
        Assert.Equal(1, (await shop.Facts()).Count(fact => fact == "payments.link-done"));
        Assert.Equal(1, await shop.Scalar<int>("select count(*) from mail where kind = 'payment-told'"));
        Assert.Equal("Vera Blum|Order " + number + " is paid", await shop.Scalar<string>("select to_name || '|' || subject from mail where kind = 'payment-told'"));
        foreach (var (visitor, path) in new[] { (session, "/account"), (ines, "/account"), (vera, "/staff"), (vera, "/admin") })
        {
            Assert.Contains("All of it is paid.", (await visitor.Get($"{path}/orders/{number}")).Text);
        }

        // Once more it charges nobody.
        Assert.Equal(HttpStatusCode.Conflict, (await somebody.Post("/pay", [], "/account/login")).Status);
        Assert.Single(provider.Payments);
        Assert.Contains("payments.link-refused", await shop.Facts());
    }

    [Theory]
    [InlineData("cancelled", "changed or cancelled")]
    [InlineData("changed", "changed or cancelled")]
    [InlineData("replaced", "A newer link was sent")]
    [InlineData("expired", "too old")]
    [InlineData("forged", "not known here")]
    public async Task A_link_dies_with_what_it_was_for(string how, string why)
    {
        await using var provider = await TestProvider.Start(Key, Secret);
        await using var shop = await OnlinePaymentTests.Start(provider);
        var vera = await shop.As("vera");
        var session = await vera.Assisting("ines");
        var number = await OnlinePaymentTests.Order(session);
        var code = await Send(session, number);
        var somebody = shop.Anonymous();
        await somebody.Get($"/pay?code={code}");
        var good = await somebody.Get("/pay");
        switch (how)
        {
            case "cancelled":
                await vera.Submit(await vera.Get($"/admin/orders/{number}/steps/cancelled"), "#step", ("Input.Reason", "customer-wish"));
                break;
            case "changed":
                await vera.Submit(await vera.Get($"/admin/orders/{number}/steps/cancelled"), "#step", ("Input.Parts[1]", "1"), ("Input.Reason", "customer-wish"));
                Assert.Contains("worthless since the order was changed", (await session.Get($"/account/orders/{number}")).Text);
                break;
            case "replaced":
                Assert.NotEqual(code, await Send(session, number));
                break;
            case "expired":
                await shop.Age("pay_link", "expires_at", TimeSpan.FromHours(73));
                break;
            default:
                await somebody.Get("/pay?code=" + (code[0] == 'A' ? 'B' : 'A') + code[1..]);
                break;
        }

        Assert.Contains(why, (await somebody.Get("/pay")).Text);

        // The page that was open before does no more.
        var tried = await somebody.Submit(good, "main form, .door form");
        Assert.Equal(HttpStatusCode.Conflict, tried.Status);
        Assert.Contains(why, tried.Text);
        Assert.Empty(provider.Payments);
        Assert.Equal(how == "forged" ? 0 : 1, (await shop.Facts()).Count(fact => fact == "payments.link-refused"));
        Assert.Equal(0, await shop.Scalar<int>("select count(*) from payment"));
    }

    [Fact]
    public async Task Only_who_acts_makes_a_link_for_an_order_of_his_buyer_that_is_to_be_paid_and_nobody_pays_inside_a_session()
    {
        await using var provider = await TestProvider.Start(Key, Secret);
        await using var shop = await OnlinePaymentTests.Start(provider);
        var (ines, vera) = (await shop.As("ines"), await shop.As("vera"));
        var number = await OnlinePaymentTests.Order(ines);
        Assert.Null((await ines.Get($"/account/orders/{number}")).Document.QuerySelector("#send-pay-link"));
        Assert.Equal(HttpStatusCode.Forbidden, (await ines.Post($"/account/orders/{number}/pay-link", [], "/cart")).Status);
        var carla = await vera.Assisting("carla");
        Assert.Equal(HttpStatusCode.NotFound, (await carla.Post($"/account/orders/{number}/pay-link", [], "/cart")).Status);
        await shop.Sql("update assisted_session set status = 'ended'");
        var looking = await vera.Assisting("ines", OnBehalf.Kernel.Mode.View);
        Assert.Null((await looking.Get($"/account/orders/{number}")).Document.QuerySelector("#send-pay-link"));
        Assert.Equal(HttpStatusCode.Forbidden, (await looking.Post($"/account/orders/{number}/pay-link", [], "/cart")).Status);
        await shop.Sql("update assisted_session set status = 'ended'");
        var session = await vera.Assisting("ines");
        Assert.Equal($"{session.PathBase}/account/orders/{number}", (await session.Get($"/account/orders/{number}/pay-link")).Location);
        await session.Put("P-100", "1");
        var onInvoice = (await session.Place(await session.Get("/checkout"))).OrderNumber();
        Assert.Contains("not paid online", (await session.Post($"/account/orders/{onInvoice}/pay-link", [], "/cart")).Text);
        Assert.Equal(0, await shop.Scalar<int>("select count(*) from pay_link"));

        // His own order, which the buyer pays himself: the link that was sent is done with it, and who sent it hears of it.
        var code = await Send(session, number);
        Assert.Equal(HttpStatusCode.Forbidden, (await session.Get("/pay")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await session.Post("/pay", [], "/cart")).Status);
        await ines.Submit(await ines.Get($"/account/orders/{number}"), "#payment-state form");
        await provider.Pay(provider.Payments[0], pays: false);
        Assert.Contains("came to nothing", await shop.Scalar<string>("select subject from mail where kind = 'payment-told'"));
        await provider.Say(provider.Payments[0], "paid");
        Assert.Equal(2, await shop.Scalar<int>("select count(*) from mail where kind = 'payment-told'"));
        var somebody = shop.Anonymous();
        await somebody.Get($"/pay?code={code}");
        Assert.Contains("This order is paid", (await somebody.Get("/pay")).Text);
    }

    private static async Task<string> Send(Visitor session, string number)
    {
        var sent = await session.Submit(await session.Get($"/account/orders/{number}"), "#send-pay-link");
        return (await session.Follow(sent)).Document.QuerySelector("#link")!.GetAttribute("value")!.Split("code=")[1];
    }
}
