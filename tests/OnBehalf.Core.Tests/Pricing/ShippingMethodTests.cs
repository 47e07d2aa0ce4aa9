using OnBehalf.Kernel;
using OnBehalf.Pricing;

namespace OnBehalf.Pricing.Tests;

public sealed class ShippingMethodTests
{
    private static readonly Currency Usd = Currency.Of("USD");
    private static readonly ShippingMethod Cargo = new("cargo-5", "Cargo Transport 5", "US CA", Dollars(24_90), Dollars(1_000_00));
    private static readonly ShippingMethod Overseas = new("overseas", "Overseas Deluxe", "GB", Dollars(89_50), Dollars(5_000_00));
    private static readonly ShippingMethod PickUp = new("pickup", "Pick-up at the warehouse", "", Dollars(0), null);

    [Theory]
    [InlineData("US", "pickup cargo-5")]
    [InlineData("CA", "pickup cargo-5")]
    [InlineData("GB", "pickup overseas")]
    [InlineData("FR", "pickup")]
    [InlineData("U", "pickup")]
    [InlineData("", "pickup")]
    [InlineData(null, "pickup")]
    public void A_country_has_the_methods_that_serve_it(string? country, string codes) =>
        Assert.Equal(codes, string.Join(' ', ShippingMethods.For([Cargo, Overseas, PickUp], country, Usd).Select(method => method.Code)));

    [Fact]
    public void A_method_with_a_price_in_another_currency_cannot_be_chosen() =>
        Assert.Empty(ShippingMethods.For([Cargo, PickUp], "US", Currency.Of("EUR")));

    [Theory]
    [InlineData(999_99, 24_90)]
    [InlineData(1_000_00, 0)]
    [InlineData(1_000_01, 0)]
    public void Shipping_is_free_from_its_amount_on(long lines, long cost) => Assert.Equal(cost, Cargo.CostOf(Dollars(lines)).Minor);

    [Fact]
    public void Without_such_an_amount_it_always_costs_the_same() => Assert.Equal(89_50, (Overseas with { FreeFrom = null }).CostOf(Dollars(1_000_000_00)).Minor);

    [Theory]
    [InlineData("DE", "", 0, 0, 24_90)]
    [InlineData("US", "", 0, 0, 10_00)]
    [InlineData("US", "", 5_000_000, 0, 15_00)]
    [InlineData("US", "", 4_999_999, 0, 10_00)]
    [InlineData("US", "", 5_000_000, 500_00, 12_00)]
    [InlineData("US", " alaska ", 9_000_000, 500_00, 49_00)]
    [InlineData("CA", "", 20_000_000, 0, 30_00)]
    public void The_nearest_zone_counts_then_the_weight_then_the_sum(string country, string region, long milligrams, long lines, long cost)
    {
        var method = Cargo with { Countries = "", FreeFrom = null, Rates = ShippingRateText.Read("US; 0; 0; 10\nUS;5;;15.00\nUS; 5; 500; 12\nUS/Alaska; 0; 0; 49\n*; 20; 0; 30", Usd).Value };
        Assert.Equal(cost, method.CostOf(new ShippingLoad(country, region, milligrams, Dollars(lines))).Minor);
    }

    [Fact]
    public void What_is_too_heavy_does_not_go_and_free_stays_free()
    {
        var method = Cargo with { MostMilligrams = 31_500_000, Rates = ShippingRateText.Read("*; 0; 0; 5", Usd).Value };
        Assert.Equal([true, false], new[] { 31_500_000L, 31_500_001 }.Select(weight => ShippingMethods.For([method], new ShippingLoad("US", null, weight, Dollars(1))).Count == 1));
        Assert.Equal((5_00, 0), (method.CostOf(new ShippingLoad("US", null, 0, Dollars(1))).Minor, method.CostOf(new ShippingLoad("US", null, 0, Dollars(1_000_00))).Minor));
    }

    [Theory]
    [InlineData("XX; 0; 0; 5")]
    [InlineData("DE AT/Tirol; 0; 0; 5")]
    [InlineData("DE; 0; 5")]
    [InlineData("DE; -1; 0; 5")]
    [InlineData("DE; 0; 0; 5.001")]
    [InlineData("DE; 1; 0; 5\nDE; 1.000; 0.00; 6")]
    public void A_line_that_says_nothing_clear_is_refused(string text) => Assert.Equal("pricing.shipping-rates", ShippingRateText.Read(text, Usd).Refusal?.Code);

    [Fact]
    public void What_is_written_is_read_again() =>
        Assert.Equal("*; 20; 0.00; 30.00\nAT DE; 0.5; 100.00; 4.90\nUS/New York; 0; 0.00; 49.00", ShippingRateText.Write(ShippingRateText.Read("us/New York;;;49\n* ; 20;0;30\nAT DE;0.5;100;4.9", Usd).Value, Usd));

    private static Money Dollars(long minor) => new(minor, Usd);
}
