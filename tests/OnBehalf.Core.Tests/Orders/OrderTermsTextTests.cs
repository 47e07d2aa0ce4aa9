namespace OnBehalf.Orders;

public sealed class OrderTermsTextTests
{
    [Theory]
    [InlineData(0, null, null)]
    [InlineData(0, 3, null)]
    [InlineData(3, 3, null)]
    [InlineData(3, null, "orders.terms-not-accepted")]
    [InlineData(3, 2, "orders.terms-changed")]
    [InlineData(3, 4, "orders.terms-changed")]
    [InlineData(3, 0, "orders.terms-changed")]
    public void An_order_accepts_the_version_that_counts_or_none_where_there_is_none(int current, int? accepted, string? refusal) =>
        Assert.Equal(refusal, OrderTermsText.Check(current, accepted)?.Code);

    [Fact]
    public void Lines_end_alike_whatever_the_browser_sent() => Assert.Equal("We deliver.\n\nYou pay.", OrderTermsText.Read(" We deliver.\r\n\r\nYou pay.\r\n").Value);
}
