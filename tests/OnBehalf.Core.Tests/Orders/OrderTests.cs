namespace OnBehalf.Orders;

public sealed class OrderTests
{
    [Theory]
    [InlineData("2026-12-31T22:59:59Z", "SO-2026-000123")]
    [InlineData("2026-12-31T23:00:00Z", "SO-2027-000123")]
    public void The_year_of_a_number_is_the_shops_own(string placedAt, string number) =>
        Assert.Equal(number, OrderNumbers.Of(DateTimeOffset.Parse(placedAt), TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"), 123));

    [Fact]
    public void A_counter_beyond_six_digits_just_grows() =>
        Assert.Equal("SO-2026-1234567", OrderNumbers.Of(new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), TimeZoneInfo.Utc, 1_234_567));

    [Fact]
    public void Paying_by_purchase_order_needs_its_number()
    {
        Assert.Equal("orders.purchase-order-number-missing", Payment.Read(PaymentMethod.PurchaseOrder, " ").Refusal?.Code);
        Assert.Equal("orders.purchase-order-number-wrong", Payment.Read(PaymentMethod.Invoice, new string('9', 51)).Refusal?.Code);
        Assert.Equal("orders.purchase-order-number-wrong", Payment.Read(PaymentMethod.Invoice, "PO\n1").Refusal?.Code);
        Assert.Equal("orders.payment-missing", Payment.Read(null, "PO1").Refusal?.Code);
        Assert.Equal(new Payment(PaymentMethod.PurchaseOrder, "PO1"), Payment.Read(PaymentMethod.PurchaseOrder, " PO1 ").Value);
    }

    [Fact]
    public void A_comment_keeps_its_lines()
    {
        Assert.Equal("one\ntwo", OrderComment.Read("one\r\ntwo\r\n").Value);
        Assert.Null(OrderComment.Read("  ").Value);
        Assert.Equal("orders.comment-too-long", OrderComment.Read(new string('x', 2_001)).Refusal?.Code);
        Assert.Equal("orders.comment-unreadable", OrderComment.Read("a\u0000b").Refusal?.Code);
    }

    [Theory]
    [InlineData("Karim Weiss", "Ines Albrecht", "Nordlicht GmbH", "placed by Karim Weiss for Ines Albrecht")]
    [InlineData("Karim Weiss", null, "Nordlicht GmbH", "placed by Karim Weiss for Nordlicht GmbH")]
    [InlineData(null, "Ines Albrecht", "Nordlicht GmbH", "placed by Ines Albrecht")]
    [InlineData(null, null, "Nordlicht GmbH", null)]
    public void An_order_says_who_placed_it_for_whom(string? operatorName, string? buyerName, string? companyName, string? words) =>
        Assert.Equal(words, OrderWords.PlacedBy(operatorName, buyerName, companyName));

    [Theory]
    [InlineData("placed", "placed by Karim Weiss for Ines Albrecht", true)]
    [InlineData("shipped", "placed by Karim Weiss for Ines Albrecht", true)]
    [InlineData("waiting-for-approval", "submitted by Karim Weiss for Ines Albrecht", false)]
    [InlineData("declined", "submitted by Karim Weiss for Ines Albrecht", false)]
    public void What_waits_or_was_declined_is_not_placed(string status, string words, bool isPlaced)
    {
        Assert.Equal(words, OrderWords.By(status, "Karim Weiss", "Ines Albrecht", "Nordlicht GmbH"));
        Assert.Equal(isPlaced, OrderWords.IsPlaced(status));
        Assert.Contains(status, OrderWords.AllStatuses);
        Assert.Equal(isPlaced, OrderWords.Statuses.Contains(status));
        Assert.Null(OrderWords.By(status, null, null, "Nordlicht GmbH"));
    }

    [Theory]
    [InlineData(" We have drills ", null)]
    [InlineData("", "orders.reason-missing")]
    [InlineData(" ", "orders.reason-missing")]
    [InlineData("a\nb", "orders.reason-too-long")]
    public void Who_declines_says_why_on_one_line(string typed, string? code)
    {
        Assert.Equal(code, DeclineReason.Read(typed).Refusal?.Code);
        Assert.Equal("orders.reason-too-long", DeclineReason.Read(new string('x', DeclineReason.Longest + 1)).Refusal?.Code);
        Assert.False(DeclineReason.Read(new string('x', DeclineReason.Longest)).IsRefused);
    }
}
