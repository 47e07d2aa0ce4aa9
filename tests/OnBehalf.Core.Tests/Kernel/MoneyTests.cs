using FsCheck;
using FsCheck.Fluent;

namespace OnBehalf.Kernel.Tests;

public sealed class MoneyTests
{
    private static readonly Currency Eur = Currency.Of("EUR");
    private static readonly Currency Jpy = Currency.Of("JPY");
    private static readonly Currency Kwd = Currency.Of("KWD");

    [Theory]
    [InlineData("EUR", "1234.50", 123450)]
    [InlineData("EUR", "1234.5", 123450)]
    [InlineData("EUR", "7", 700)]
    [InlineData("EUR", "0.05", 5)]
    [InlineData("JPY", "1500", 1500)]
    [InlineData("KWD", "1.001", 1001)]
    public void Reads_amounts_with_a_dot(string currency, string text, long minor)
    {
        Assert.True(Money.TryParse(text, Currency.Of(currency), out var money));
        Assert.Equal(minor, money.Minor);
    }

    [Theory]
    [InlineData("EUR", "1.005")]
    [InlineData("JPY", "1.0")]
    [InlineData("EUR", "1,50")]
    [InlineData("EUR", "-1.50")]
    [InlineData("EUR", "+1.50")]
    [InlineData("EUR", " 1.50")]
    [InlineData("EUR", "1.")]
    [InlineData("EUR", ".5")]
    [InlineData("EUR", "1.5.0")]
    [InlineData("EUR", "1e3")]
    [InlineData("EUR", "١٢")]
    [InlineData("EUR", "99999999999999999999")]
    [InlineData("EUR", "")]
    [InlineData("EUR", null)]
    public void Refuses_what_is_no_amount_of_its_currency(string currency, string? text) => Assert.False(Money.TryParse(text, Currency.Of(currency), out _));

    [Fact]
    public void Writes_all_decimals_of_its_currency()
    {
        Assert.Equal("1234.50", new Money(123450, Eur).ToPlainString());
        Assert.Equal("-0.05", new Money(-5, Eur).ToPlainString());
        Assert.Equal("1500", new Money(1500, Jpy).ToPlainString());
        Assert.Equal("0.007 KWD", new Money(7, Kwd).ToString());
        Assert.Equal("-92233720368547758.08", new Money(long.MinValue, Eur).ToPlainString());
    }

    [Fact]
    public void What_is_written_reads_back() => Prop.ForAll(
        Gen.Zip(Gen.Choose(0, int.MaxValue), Gen.Elements(Eur, Jpy, Kwd)).ToArbitrary(),
        pair => Money.TryParse(new Money(pair.Item1, pair.Item2).ToPlainString(), pair.Item2, out var back) && back == new Money(pair.Item1, pair.Item2))
        .QuickCheckThrowOnFailure();

    [Fact]
    public void Two_currencies_never_mix()
    {
        Assert.Throws<InvalidOperationException>(() => new Money(1, Eur) + new Money(1, Jpy));
        Assert.Throws<InvalidOperationException>(() => new Money(1, Eur) - new Money(1, Jpy));
        Assert.Throws<InvalidOperationException>(() => new Money(1, Eur) < new Money(2, Jpy));
        Assert.NotEqual(new Money(1, Eur), new Money(1, Jpy));
    }

    [Fact]
    public void An_overflow_is_an_error_and_never_another_amount()
    {
        Assert.Throws<OverflowException>(() => new Money(long.MaxValue, Eur) + new Money(1, Eur));
        Assert.Throws<OverflowException>(() => -new Money(long.MinValue, Eur));
        Assert.Throws<OverflowException>(() => new Money(long.MaxValue, Eur).Percent(new Percentage(1_000_001)));
    }

    [Theory]
    [InlineData(1000, 95_000, 95)]
    [InlineData(10, 50_000, 1)]
    [InlineData(-10, 50_000, -1)]
    [InlineData(9, 50_000, 0)]
    public void A_share_is_rounded_half_up(long minor, int millionths, long share) => Assert.Equal(share, new Money(minor, Eur).Percent(new Percentage(millionths)).Minor);

    [Theory]
    [InlineData(290, 1, 1000, 290)]
    [InlineData(290, 1, 1500, 435)]
    [InlineData(333, 100, 50_000, 167)]
    [InlineData(333, 100, 49_000, 163)]
    [InlineData(5, 1000, 100_000, 1)]
    [InlineData(5, 1000, 99_000, 0)]
    public void A_line_total_is_rounded_once_from_the_price_per_unit(long minor, int per, long thousandths, long total) =>
        Assert.Equal(total, new UnitPrice(new Money(minor, Eur), per).Times(new Quantity(thousandths)).Minor);
}
