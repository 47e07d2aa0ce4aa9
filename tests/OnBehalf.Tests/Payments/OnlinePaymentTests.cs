using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using OnBehalf.PayProvider;
using OnBehalf.Tests.Carts;
using OnBehalf.Tests.Orders;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Payments;

/// <summary>A buyer pays his own order at a provider that speaks HTTP, and as real ones do calls twice, late and out of order.</summary>
public sealed class OnlinePaymentTests
{
    internal const string Key = "the key of this shop";
    internal const string Secret = "a secret of callbacks that is long enough";

    [Fact]
    public async Task A_buyer_pays_his_order_at_the_provider_and_what_it_says_counts_once_however_often_it_says_it()
    {
        await using var provider = await TestProvider.Start(Key, Secret);
        await using var shop = await Start(provider);
        var ines = await shop.As("ines");
        var number = await Order(ines);
        var page = await ines.Get($"/account/orders/{number}");
        Assert.Contains("To be paid:", page.Text);
        var going = await ines.Submit(page, "#payment-state form");
        var payment = Assert.Single(provider.Payments);
        Assert.Equal($"0;url={provider.Address}/pay/{payment.Token}", going.Response.Headers.GetValues("Refresh").Single());
        Assert.Equal((number, await Total(shop), "EUR"), (payment.Order, payment.Amount, payment.Currency));

        // Asked again before it is paid, it is the same payment.
        await ines.Submit(page, "#payment-state form");
        Assert.Single(provider.Payments);
        Assert.Contains("has not told us of a payment yet", (await ines.Get($"/account/orders/{number}?pay=back")).Text);

        provider.Times = 3;
        Assert.Equal($"http://localhost/account/orders/{number}?pay=back", await provider.Pay(payment));
        await provider.Say(payment, "failed");
        Assert.Equal(HttpStatusCode.NoContent, await provider.Say(payment, "paid"));
        Assert.Equal(1, await shop.Scalar<int>("select count(*) from order_step where kind = 'payment-received'"));
        Assert.Equal(["payments.started", "orders.paid-online"], (await shop.Facts()).TakeLast(2));
        page = await ines.Get($"/account/orders/{number}");
        Assert.Contains("All of it is paid.", page.Text);
        Assert.Contains($"reference {payment.Reference}", page.Document.QuerySelector("#payment-state")!.TextContent);
        Assert.Null(page.Document.QuerySelector("#payment-state form"));
        var again = await ines.Post($"/account/orders/{number}/pay", [], $"/account/orders/{number}");
        Assert.Contains("Nothing is left to pay", again.Text);
        var vera = await shop.As("vera");
        foreach (var path in new[] { $"/staff/orders/{number}", $"/admin/orders/{number}" })
        {
            Assert.Contains("All of it is paid.", (await vera.Get(path)).Text);
        }

        // What was paid in advance pays the invoice, and the order with it.
        Assert.Equal(HttpStatusCode.SeeOther, (await vera.Submit(await vera.Get($"/admin/orders/{number}/steps/shipped"), "#step", ("Input.Parts[1]", "1"))).Status);
        Assert.Equal(HttpStatusCode.SeeOther, (await vera.Submit(await vera.Get($"/admin/orders/{number}/steps/invoiced"), "#step")).Status);
        Assert.Equal("partly-shipped", await shop.Scalar<string>("select status from orders"));
        Assert.Contains("All of it is paid.", (await ines.Get($"/account/orders/{number}")).Text);
        await vera.Submit(await vera.Get($"/admin/orders/{number}/steps/shipped"), "#step");
        await vera.Submit(await vera.Get($"/admin/orders/{number}/steps/invoiced"), "#step");
        Assert.Equal("paid", await shop.Scalar<string>("select status from orders"));
        Assert.Contains("orders.paid", await shop.Facts());
    }

    [Fact]
    public async Task Another_amount_currency_payment_signature_or_time_changes_nothing_and_is_recorded()
    {
        await using var provider = await TestProvider.Start(Key, Secret);
        await using var shop = await Start(provider);
        var ines = await shop.As("ines");
        var number = await Order(ines);
        await ines.Submit(await ines.Get($"/account/orders/{number}"), "#payment-state form");
        var payment = provider.Payments[0];
        var before = await shop.Dump("orders", "order_step", "payment");
        Assert.Equal(HttpStatusCode.Forbidden, await provider.Say(payment, "paid", secret: "another secret that is long enough, too"));
        Assert.Equal(HttpStatusCode.Forbidden, await provider.Say(payment, "paid", age: TimeSpan.FromMinutes(6)));
        Assert.Equal(HttpStatusCode.Forbidden, await provider.Say(payment, "paid", age: -TimeSpan.FromMinutes(6)));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await provider.Say(payment, "perhaps"));
        Assert.Equal(HttpStatusCode.NotFound, await provider.Say(payment, "paid", id: Guid.NewGuid().ToString()));
        Assert.Equal(before, await shop.Dump("orders", "order_step", "payment"));
        Assert.Equal(5, (await shop.Facts()).Count(fact => fact == "payments.callback-refused"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await provider.Say(payment, "paid", amount: 1));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await provider.Say(payment, "paid", currency: "USD"));
        Assert.Equal(6, (await shop.Facts()).Count(fact => fact == "payments.callback-refused"));
        Assert.Equal(0, await shop.Scalar<int>("select count(*) from order_step"));
        Assert.NotNull((await (await shop.As("vera")).Get($"/admin/orders/{number}")).Document.QuerySelector("#doubtful"));

        // The secret of the callbacks is nowhere.
        Assert.DoesNotContain(Secret, await shop.Dump("payment", "audit_event", "audit_private", "setting"));
    }

    [Fact]
    public async Task What_failed_can_be_tried_again_and_money_that_comes_late_counts_also_for_an_order_that_is_cancelled()
    {
        await using var provider = await TestProvider.Start(Key, Secret);
        await using var shop = await Start(provider);
        var (ines, vera) = (await shop.As("ines"), await shop.As("vera"));
        var number = await Order(ines);
        await ines.Submit(await ines.Get($"/account/orders/{number}"), "#payment-state form");
        await provider.Pay(provider.Payments[0], pays: false);
        var page = await ines.Get($"/account/orders/{number}");
        Assert.NotNull(page.Document.QuerySelector("#pay-failed"));
        await ines.Submit(page, "#payment-state form");
        Assert.Equal(2, provider.Payments.Count);

        // A part is cancelled: it costs less, so the payment that is open is not the one that is meant.
        Assert.Equal(HttpStatusCode.SeeOther, (await vera.Submit(await vera.Get($"/admin/orders/{number}/steps/cancelled"), "#step", ("Input.Parts[1]", "1"), ("Input.Reason", "customer-wish"))).Status);
        await ines.Submit(await ines.Get($"/account/orders/{number}"), "#payment-state form");
        Assert.True(provider.Payments[2].Amount < provider.Payments[1].Amount);
        Assert.Equal(1, await shop.Scalar<int>($"select count(*) from payment where status = 'closed' and amount_minor = {provider.Payments[1].Amount}"));
        await vera.Submit(await vera.Get($"/admin/orders/{number}/steps/cancelled"), "#step", ("Input.Reason", "customer-wish"));
        page = await ines.Get($"/account/orders/{number}");
        Assert.Null(page.Document.QuerySelector("#payment-state form"));

        // He had paid all the same, and an hour later the provider says so.
        Assert.Equal(HttpStatusCode.NoContent, await provider.Say(provider.Payments[1], "paid"));
        page = await vera.Get($"/admin/orders/{number}");
        Assert.Contains("goes back to the customer", page.Text);
        Assert.Equal("cancelled", await shop.Scalar<string>("select status from orders"));
    }

    [Fact]
    public async Task Nobody_pays_for_others_nor_in_a_session_and_a_provider_that_is_down_or_sends_elsewhere_charges_nothing()
    {
        await using var provider = await TestProvider.Start(Key, Secret);
        await using var shop = await Start(provider);
        var ines = await shop.As("ines");
        var number = await Order(ines);
        var session = await (await shop.As("vera")).Assisting("ines");
        var page = await session.Get($"/account/orders/{number}");
        Assert.Contains("To be paid:", page.Text);
        Assert.Null(page.Document.QuerySelector("#payment-state form[action$='/pay']"));
        Assert.Equal(HttpStatusCode.Forbidden, (await session.Post($"/account/orders/{number}/pay", [], "/cart")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await (await shop.As("carla")).Post($"/account/orders/{number}/pay", [], "/cart")).Status);
        Assert.Empty(provider.Payments);
        page = await ines.Get($"/account/orders/{number}");
        provider.IsDown = true;
        Assert.Contains("does not answer at the moment", (await ines.Submit(page, "#payment-state form")).Text);
        (provider.IsDown, provider.PaysAt) = (false, "https://pay.example.net/here");
        var elsewhere = await ines.Submit(page, "#payment-state form");
        Assert.Contains("does not answer at the moment", elsewhere.Text);
        Assert.False(elsewhere.Response.Headers.Contains("Refresh"));

        // On invoice there is nothing to pay here.
        await ines.Put("P-100", "1");
        var onInvoice = (await ines.Place(await ines.Get("/checkout"))).OrderNumber();
        Assert.Null((await ines.Get($"/account/orders/{onInvoice}")).Document.QuerySelector("#payment-state"));
        Assert.Contains("not paid online", (await ines.Post($"/account/orders/{onInvoice}/pay", [], $"/account/orders/{onInvoice}")).Text);
    }

    [Fact]
    public async Task Without_a_provider_nothing_is_offered_online_and_prepayment_is_as_it_was()
    {
        await using var shop = await TestShop.Start();
        var (ada, ines) = (await shop.As("ada"), await shop.As("ines"));
        foreach (var method in new[] { "online", "prepayment" })
        {
            await ada.Submit(await ada.Get("/admin/payments"), "#" + method, ("Input.IsOn", "true"));
        }

        await ines.Put("P-100", "1");
        var checkout = await ines.Get("/checkout");
        Assert.Null(checkout.Document.QuerySelector("#payment input[value=online]"));
        Assert.Equal(HttpStatusCode.Conflict, (await ines.Place(checkout, ("Input.Payment", "online"))).Status);
        var number = (await ines.Place(await ines.Get("/checkout"), ("Input.Payment", "prepayment"))).OrderNumber();
        Assert.Null((await ines.Get($"/account/orders/{number}")).Document.QuerySelector("#payment-state"));
        Assert.Equal(HttpStatusCode.NotFound, (await shop.Anonymous().Post("/payments/callback", [], "/cart")).Status);
    }

    internal static async Task<TestShop> Start(TestProvider provider, Action<WebApplicationBuilder>? configure = null)
    {
        var shop = await TestShop.Start(builder =>
        {
            builder.Configuration.AddInMemoryCollection(
            [
                new("Payments:Address", provider.Address), new("Payments:Key", Key), new("Payments:Secret", Secret), new("Payments:Name", "Testpay"),
            ]);
            configure?.Invoke(builder);
        });
        provider.CallBy(shop.NewHandler());
        var ada = await shop.As("ada");
        await ada.Submit(await ada.Get("/admin/payments"), "#online", ("Input.IsOn", "true"));
        return shop;
    }

    internal static async Task<string> Order(Visitor buyer)
    {
        await buyer.Put("P-100", "2");
        return (await buyer.Place(await buyer.Get("/checkout"), ("Input.Payment", "online"))).OrderNumber();
    }

    private static Task<long> Total(TestShop shop) => shop.Scalar<long>("select total_minor from orders");
}
