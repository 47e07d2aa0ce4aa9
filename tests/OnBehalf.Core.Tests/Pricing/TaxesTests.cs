using OnBehalf.Kernel;
using OnBehalf.Pricing;

namespace OnBehalf.Pricing.Tests;

/// <summary>Rates: the tax table that comes with the AdventureWorks sample shop.</summary>
public sealed class TaxesTests
{
    private static readonly TaxRate[] Rates =
    [
        new("US", "", "standard", new(80_000)), new("US", "Washington", "standard", new(95_000)), new("US", "Oregon", "standard", Percentage.Zero),
        new("GB", "", "standard", new(200_000)), new("GB", "", "reduced", new(50_000)),
    ];

    [Theory]
    [InlineData("US", "Washington", "standard", 95_000)]
    [InlineData("US", " washington ", "standard", 95_000)]
    [InlineData("US", "Oregon", "standard", 0)]
    [InlineData("US", "Texas", "standard", 80_000)]
    [InlineData("US", null, "standard", 80_000)]
    [InlineData("GB", "Kent", "reduced", 50_000)]
    [InlineData("US", "Washington", "reduced", 0)]
    [InlineData("DE", "", "standard", 0)]
    [InlineData(null, null, "standard", 0)]
    public void The_region_counts_before_the_country_and_the_country_before_nothing(string? country, string? region, string taxClass, int millionths) =>
        Assert.Equal(millionths, Taxes.RateFor(Rates, country, region, taxClass).Millionths);

    [Theory]
    [InlineData("US", "Washington", "reduced", "reduced")]
    [InlineData("GB", null, "reduced", null)]
    [InlineData("DE", null, "reduced", null)]
    [InlineData(null, null, "reduced", null)]
    public void A_class_without_a_rate_in_a_country_that_has_rates_is_missing(string? country, string? region, string taxClass, string? missing) =>
        Assert.Equal(missing, Taxes.Missing(Rates, country, region, ["standard", taxClass]));

    [Fact]
    public void The_order_of_the_table_does_not_count() =>
        Assert.Equal(95_000, Taxes.RateFor([.. Rates.Reverse()], "US", "Washington", "standard").Millionths);
}
