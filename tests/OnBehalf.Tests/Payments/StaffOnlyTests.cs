using System.Net;
using OnBehalf.PayProvider;
using OnBehalf.Tests.Carts;
using OnBehalf.Tests.Orders;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Payments;

/// <summary>Ways of paying for staff who act alone, and what is sent before it is paid.</summary>
public sealed class StaffOnlyTests
{
    [Fact]
    public async Task A_method_for_staff_is_offered_in_their_sessions_and_to_nobody_else_whatever_a_form_says()
    {
        await using var shop = await TestShop.Start();
        var (ada, ines, vera) = (await shop.As("ada"), await shop.As("ines"), await shop.As("vera"));
        await ada.Submit(await ada.Get("/admin/payments"), "#cash-on-delivery", ("Input.IsOn", "true"), ("Input.Customers", "StaffOnly"));
        Assert.Equal("staff-only", await shop.Scalar<string>("select customers from payment_method"));
        await ines.Put("P-100", "1");
        var own = await ines.Get("/checkout");
        Assert.DoesNotContain("cash-on-delivery", Payments(own));
        Assert.Contains("not offered for this order", (await ines.Place(own, ("Input.Payment", "cash-on-delivery"))).Text);

        // A colleague who acts is nobody of the staff.
        var colleague = await (await shop.As("jonas")).AssistingColleague("ines");
        await colleague.Put("P-100", "1");
        var theirs = await colleague.Get("/checkout");
        Assert.DoesNotContain("cash-on-delivery", Payments(theirs));
        Assert.Equal(HttpStatusCode.Conflict, (await colleague.Place(theirs, ("Input.Payment", "cash-on-delivery"))).Status);
        Assert.Equal(0, await shop.Scalar<int>("select count(*) from orders"));

        var session = await vera.Assisting("ines");
        await session.Put("P-100", "1");
        var checkout = await session.Get("/checkout");
        Assert.Contains("cash-on-delivery", Payments(checkout));
        var number = (await session.Place(checkout, ("Input.Payment", "cash-on-delivery"))).OrderNumber();
        Assert.Contains("Cash on delivery", (await ines.Get($"/account/orders/{number}")).Text);
    }

    [Fact]
    public async Task What_is_to_be_paid_first_is_sent_when_it_is_paid_where_the_shop_wants_it_and_is_warned_of_in_any_case()
    {
        await using var provider = await TestProvider.Start(OnlinePaymentTests.Key, OnlinePaymentTests.Secret);
        await using var shop = await OnlinePaymentTests.Start(provider);
        var (ada, ines, vera) = (await shop.As("ada"), await shop.As("ines"), await shop.As("vera"));
        await ada.Submit(await ada.Get("/admin/payments"), "#prepayment", ("Input.IsOn", "true"));
        await ada.Submit(await ada.Get("/admin/settings"), "main form[method=post]", ("Values[orders.ship-when-paid]", "true"));
        await ines.Put("P-100", "2");
        var number = (await ines.Place(await ines.Get("/checkout"), ("Input.Payment", "prepayment"))).OrderNumber();
        var form = await vera.Get($"/admin/orders/{number}/steps/shipped");
        Assert.NotNull(form.Document.QuerySelector("#not-paid"));
        var refused = await vera.Submit(form, "#step");
        Assert.Equal(HttpStatusCode.Conflict, refused.Status);
        Assert.Contains("it is not paid yet", refused.Text);
        Assert.Equal(0, await shop.Scalar<int>("select count(*) from order_step"));

        await ines.Submit(await ines.Get($"/account/orders/{number}"), "#payment-state form");
        await provider.Pay(provider.Payments[0]);
        form = await vera.Get($"/admin/orders/{number}/steps/shipped");
        Assert.Null(form.Document.QuerySelector("#not-paid"));
        Assert.Equal(HttpStatusCode.SeeOther, (await vera.Submit(form, "#step")).Status);

        // On invoice it goes as ever.
        var onInvoice = await ines.Order();
        Assert.Equal(HttpStatusCode.SeeOther, (await vera.Submit(await vera.Get($"/admin/orders/{onInvoice}/steps/shipped"), "#step")).Status);
    }

    private static IReadOnlyList<string?> Payments(Answer checkout) => [.. checkout.Document.QuerySelectorAll("#payment input[type=radio]").Select(radio => radio.GetAttribute("value"))];
}
