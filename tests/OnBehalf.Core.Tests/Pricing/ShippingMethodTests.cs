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

    private static Money Dollars(long minor) => new(minor, Usd);
}
