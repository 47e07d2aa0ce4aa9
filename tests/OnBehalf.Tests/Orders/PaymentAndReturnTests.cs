using System.Net;
using OnBehalf.Tests.Carts;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Orders;

/// <summary>Payments on invoices, and what a buyer does with his placed order himself: cancel it, announce a return.</summary>
public sealed class PaymentAndReturnTests
{
    [Fact]
    public async Task Payments_are_entered_by_invoice_never_more_than_is_open_and_what_is_settled_is_paid()
    {
        await using var shop = await TestShop.Start();
        var (ines, vera) = (await shop.As("ines"), await shop.As("vera"));
        var number = await ines.Order("P-100", "10");
        await Step(vera, number, "shipped", ("Input.Parts[1]", "4"));
        await Step(vera, number, "invoiced");
        await Step(vera, number, "shipped");
        await Step(vera, number, "invoiced");
        var form = await vera.Get($"/admin/orders/{number}/steps/payment-received");
        Assert.Equal(2, form.Document.QuerySelectorAll("#invoice option").Length);
        var first = await shop.Scalar<long>("select total_minor from order_step where number = 2");
        Assert.Contains("is open", (await vera.Submit(form, "#step", ("Input.Amount", $"{(first / 100) + 1}.00"))).Text);
        Assert.Contains("Amount: above zero", (await vera.Submit(form, "#step", ("Input.Amount", "-1"))).Text);
        Assert.Contains("a day that is not in the future", (await vera.Submit(form, "#step", ("Input.Amount", "1.00"), ("Input.PaidOn", "2999-01-01"))).Text);
        Assert.Equal(HttpStatusCode.SeeOther, (await vera.Submit(form, "#step", ("Input.Amount", "100.00"), ("Input.PaidOn", "2026-01-02"), ("Input.Note", "Transfer 77"))).Status);

        // The same page sent again is one that shows what is no longer so.
        Assert.Equal(HttpStatusCode.Conflict, (await vera.Submit(form, "#step", ("Input.Amount", "100.00"))).Status);
        Assert.Equal("invoiced", await shop.Scalar<string>("select status from orders"));
        var page = await ines.Get($"/account/orders/{number}");
        Assert.Contains("Paid on 2026-01-02", page.Text);
        Assert.Contains("Transfer 77", page.Text);
        Assert.Equal(HttpStatusCode.SeeOther, (await vera.Submit(await vera.Get($"/admin/orders/{number}"), "#next form")).Status);
        Assert.Equal("paid", await shop.Scalar<string>("select status from orders"));
        Assert.Equal(3, (await shop.Facts()).Count(fact => fact == "orders.payment-received"));
        Assert.Equal(
            await shop.Scalar<long>("select cast(sum(total_minor) as bigint) from order_step where kind = 'invoiced'"), await shop.Scalar<long>("select cast(sum(total_minor) as bigint) from order_step where kind = 'payment-received'"));
        Assert.Equal("0.00 EUR", (await ines.Get($"/account/orders/{number}")).Document.QuerySelector("#open")!.TextContent.Replace('\u00A0', ' '));
        Assert.Equal($"/admin/orders/{number}", (await vera.Get($"/admin/orders/{number}/steps/payment-received")).Location);
    }

    [Fact]
    public async Task The_last_payment_makes_an_order_paid_and_so_does_a_credit_note_that_leaves_nothing_open()
    {
        await using var shop = await TestShop.Start();
        var (ines, vera) = (await shop.As("ines"), await shop.As("vera"));
        var number = await ines.Order("P-100", "2");
        await Step(vera, number, "shipped");
        await Step(vera, number, "invoiced");
        var total = await shop.Scalar<long>("select total_minor from order_step where kind = 'invoiced'");
        await Step(vera, number, "payment-received", ("Input.Amount", $"{total / 100}.{total % 100:00}"));
        Assert.Equal("paid", await shop.Scalar<string>("select status from orders"));
        Assert.Equal(["orders.payment-received", "orders.paid"], (await shop.Facts()).TakeLast(2));

        var other = await ines.Order("P-100", "2");
        await Step(vera, other, "shipped");
        await Step(vera, other, "invoiced");
        await Step(vera, other, "payment-received", ("Input.Amount", "118.88"));
        await Step(vera, other, "returned", ("Input.Parts[1]", "1"), ("Input.Reason", "damaged"));
        Assert.Equal("paid", await shop.Scalar<string>($"select status from orders where number = '{other}'"));
    }

    [Fact]
    public async Task A_buyer_cancels_while_nothing_is_shipped_and_the_time_is_not_over_and_nobody_else_does()
    {
        await using var shop = await TestShop.Start();
        var (ines, vera, carla) = (await shop.As("ines"), await shop.As("vera"), await shop.As("carla"));
        var number = await ines.Order();
        var path = $"/account/orders/{number}/steps/cancelled";
        Assert.Equal(HttpStatusCode.NotFound, (await carla.Get(path)).Status);
        Assert.NotEqual(HttpStatusCode.OK, (await (await shop.As("lena")).Get(path)).Status);
        var form = await ines.Get(path);
        Assert.Contains("Choose why", (await ines.Submit(form, "#step")).Text);
        Assert.Equal($"/account/orders/{number}", (await ines.Submit(form, "#step", ("Input.Reason", "wrong-order"))).Location);
        Assert.Equal("cancelled", await shop.Scalar<string>("select status from orders"));
        Assert.Equal("Ines Albrecht", await shop.Scalar<string>("select b.first_name || ' ' || b.last_name from order_step s join buyer b on b.id = s.buyer_id"));
        Assert.Contains("Ordered by mistake", (await vera.Get($"/admin/orders/{number}")).Text);

        // In a session it says who did it for whom.
        var second = await ines.Order();
        var session = await vera.Assisting("ines");
        await session.Submit(await session.Get($"/account/orders/{second}/steps/cancelled"), "#step", ("Input.Reason", "customer-wish"));
        Assert.Contains("Vera Blum for Ines Albrecht", (await ines.Get($"/account/orders/{second}")).Text);

        var third = await ines.Order();
        form = await ines.Get($"/account/orders/{third}/steps/cancelled");
        await Step(vera, third, "shipped", ("Input.Parts[1]", "1"));
        Assert.Equal(HttpStatusCode.Conflict, (await ines.Submit(form, "#step", ("Input.Reason", "customer-wish"), ("Input.Version", "2"))).Status);
        var fourth = await ines.Order();
        form = await ines.Get($"/account/orders/{fourth}/steps/cancelled");
        await shop.Age("orders", "placed_at", TimeSpan.FromHours(25));
        var late = await ines.Submit(form, "#step", ("Input.Reason", "customer-wish"));
        Assert.Equal(HttpStatusCode.Conflict, late.Status);
        Assert.Contains("cannot be cancelled here any more", late.Text);
        Assert.Null((await ines.Get($"/account/orders/{fourth}")).Document.QuerySelector("#next"));
        Assert.Equal(HttpStatusCode.NotFound, (await ines.Get($"/account/orders/{fourth}/steps/shipped")).Status);
    }

    [Fact]
    public async Task A_buyer_announces_what_he_sends_back_with_a_reason_for_each_line_and_staff_take_it_back_or_decline()
    {
        await using var shop = await TestShop.Start();
        var (ines, vera) = (await shop.As("ines"), await shop.As("vera"));
        await ines.Put("P-200", "4");
        var number = await ines.Order("P-100", "2");
        Assert.Equal($"/account/orders/{number}", (await ines.Get($"/account/orders/{number}/steps/return-announced")).Location);
        await Step(vera, number, "shipped");
        await Step(vera, number, "invoiced");
        var path = $"/account/orders/{number}/steps/return-announced";
        var form = await ines.Get(path);
        Assert.Contains("Choose why", (await ines.Submit(form, "#step", ("Input.Parts[1]", "2"))).Text);
        Assert.Contains("At most", (await ines.Submit(form, "#step", ("Input.Parts[1]", "9"), ("Input.Reasons[1]", "damaged"))).Text);
        Assert.Equal(HttpStatusCode.SeeOther, (await ines.Submit(form, "#step", ("Input.Parts[1]", "2"), ("Input.Reasons[1]", "damaged"), ("Input.Parts[2]", "1"), ("Input.Reasons[2]", "too-late"))).Status);
        var page = await vera.Get($"/admin/orders/{number}");
        Assert.Contains("Return announced", page.Text);
        Assert.Contains("Came too late", page.Text);
        Assert.Contains("Decline the return", page.Text);

        // Taken back in part; the rest is declined, and the buyer reads of both.
        var take = await vera.Get($"/admin/orders/{number}/steps/returned");
        Assert.Equal("1", take.Document.QuerySelector("#part-2")!.GetAttribute("value"));
        await vera.Submit(take, "#step", ("Input.Parts[1]", "1"), ("Input.Parts[2]", ""), ("Input.Reason", "damaged"));
        Assert.Equal(1L, await shop.Scalar<long>("select count(*) from order_step where kind = 'returned' and document is not null"));
        await Step(vera, number, "return-declined", ("Input.Reason", "used"), ("Input.Note", "The seal is broken"));
        Assert.Contains("is not taken back", await shop.Dump("mail"));
        Assert.Contains("The seal is broken", (await ines.Get($"/account/orders/{number}")).Text);
        Assert.Equal(["orders.return-announced", "orders.returned", "orders.return-declined"], (await shop.Facts()).TakeLast(3));
        Assert.Equal(HttpStatusCode.NotFound, (await vera.Get($"/admin/orders/{number}/steps/return-announced")).Status);

        form = await ines.Get(path);
        await shop.Age("order_step", "at", TimeSpan.FromDays(15));
        Assert.Equal(HttpStatusCode.Conflict, (await ines.Submit(form, "#step", ("Input.Parts[1]", "1"), ("Input.Reasons[1]", "damaged"))).Status);
    }

    private static async Task Step(Visitor visitor, string number, string kind, params (string, string)[] fields) =>
        Assert.Equal(HttpStatusCode.SeeOther, (await visitor.Submit(await visitor.Get($"/admin/orders/{number}/steps/{kind}"), "#step", fields)).Status);
}
