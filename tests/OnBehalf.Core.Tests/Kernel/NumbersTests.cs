namespace OnBehalf.Kernel.Tests;

/// <summary>Quantities, percentages and currencies as people and files write them.</summary>
public sealed class NumbersTests
{
    [Theory]
    [InlineData("12", 12_000, "12")]
    [InlineData("1.5", 1_500, "1.5")]
    [InlineData("0.001", 1, "0.001")]
    [InlineData("1.50", 1_500, "1.5")]
    [InlineData("0", 0, "0")]
    public void Reads_and_writes_quantities(string text, long thousandths, string back)
    {
        Assert.True(Quantity.TryParse(text, out var quantity));
        Assert.Equal((thousandths, back), (quantity.Thousandths, quantity.ToString()));
    }

    [Theory]
    [InlineData("1.0001")]
    [InlineData("-1")]
    [InlineData("1,5")]
    [InlineData("1e3")]
    [InlineData(" 1")]
    [InlineData("one")]
    [InlineData("9999999999999")]
    [InlineData("")]
    [InlineData(null)]
    public void Refuses_what_is_no_quantity(string? text) => Assert.False(Quantity.TryParse(text, out _));

    [Fact]
    public void Quantities_count_and_compare()
    {
        Assert.Equal(new Quantity(2_500), Quantity.Of(2) + new Quantity(500));
        Assert.Equal(new Quantity(1_500), Quantity.Of(2) - new Quantity(500));
        Assert.True(Quantity.Of(2) > new Quantity(1_999));
        Assert.Equal(Quantity.One, Quantity.Min(Quantity.One, Quantity.Of(2)));
        Assert.False(new Quantity(1_500).IsWhole);
        Assert.Throws<OverflowException>(() => Quantity.Of(long.MaxValue));
    }

    [Theory]
    [InlineData("0.095", 95_000, "9.5 %")]
    [InlineData("0.2", 200_000, "20 %")]
    [InlineData("0", 0, "0 %")]
    [InlineData("0.000001", 1, "0.0001 %")]
    public void Reads_a_share_as_a_fraction_and_writes_it_in_percent(string text, int millionths, string percent)
    {
        Assert.True(Percentage.TryParseFraction(text, out var percentage));
        Assert.Equal((millionths, percent), (percentage.Millionths, percentage.ToString()));
    }

    [Fact]
    public void Reads_a_share_in_percent()
    {
        Assert.True(Percentage.TryParsePercent("9.5", out var percentage));
        Assert.Equal(95_000, percentage.Millionths);
    }

    [Theory]
    [InlineData("0.0000001")]
    [InlineData("-0.1")]
    [InlineData("9.5%")]
    [InlineData("1001")]
    [InlineData("")]
    public void Refuses_what_is_no_share(string text) => Assert.False(Percentage.TryParseFraction(text, out _));

    /// <summary>Source: ISO 4217, list one.</summary>
    [Theory]
    [InlineData("EUR", 2)]
    [InlineData("JPY", 0)]
    [InlineData("KWD", 3)]
    [InlineData("ISK", 0)]
    [InlineData("TND", 3)]
    public void A_currency_knows_its_decimals(string code, int decimals) => Assert.Equal(decimals, Currency.Of(code).Decimals);

    [Theory]
    [InlineData("eur")]
    [InlineData("EURO")]
    [InlineData("XXX")]
    [InlineData("")]
    [InlineData(null)]
    public void Refuses_what_is_no_currency(string? code) => Assert.False(Currency.TryParse(code, out _));

    [Fact]
    public void No_currency_is_not_a_currency() => Assert.Throws<InvalidOperationException>(() => default(Currency).Code);
}
