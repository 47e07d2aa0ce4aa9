using FsCheck;
using FsCheck.Fluent;
using OnBehalf.Kernel;
using OnBehalf.Pricing;

namespace OnBehalf.Pricing.Tests;

public sealed class OrderTotalsTests
{
    private static readonly Currency Eur = Currency.Of("EUR");
    private static readonly Percentage Full = new(200_000);
    private static readonly Percentage Reduced = new(55_000);

    [Fact]
    public void Tax_is_rounded_once_per_rate_and_not_per_line()
    {
        // Three lines of 0.99 at 5.5 %: by line 3 × 0.05 = 0.15, by rate 2.97 × 5.5 % = 0.16335.
        var totals = OrderTotals.Of(Eur, [new(Cents(99), Reduced), new(Cents(99), Reduced), new(Cents(99), Reduced)], null);

        Assert.Equal((297, 16, 313), (totals.Lines.Minor, totals.Tax.Minor, totals.Total.Minor));
    }

    /// <summary>The formula of EN 16931, BR-CO-17: tax of a category = its taxable amount × rate / 100, rounded to two decimals.</summary>
    [Fact]
    public void Each_rate_is_charged_on_its_own_sum_and_shipping_is_taxed_too()
    {
        var totals = OrderTotals.Of(Eur, [new(Cents(10_00), Full), new(Cents(4_33), Reduced), new(Cents(2_50), Percentage.Zero)], new(Cents(4_90), Full));

        Assert.Equal([new TaxSum(Reduced, Cents(4_33), Cents(24)), new TaxSum(Full, Cents(14_90), Cents(2_98))], totals.TaxSums);
        Assert.Equal((16_83, 4_90, 3_22, 24_95), (totals.Lines.Minor, totals.Shipping.Minor, totals.Tax.Minor, totals.Total.Minor));
    }

    [Fact]
    public void Half_a_cent_of_tax_is_rounded_up()
    {
        Assert.Equal(1, OrderTotals.Of(Eur, [new(Cents(10), new(50_000))], null).Tax.Minor);
        Assert.Equal(0, OrderTotals.Of(Eur, [new(Cents(9), new(50_000))], null).Tax.Minor);
    }

    [Fact]
    public void Nothing_costs_nothing() =>
        Assert.Equal((0, 0, 0), (OrderTotals.Of(Eur, [], null).Lines.Minor, OrderTotals.Of(Eur, [], null).Tax.Minor, OrderTotals.Of(Eur, [], null).Total.Minor));

    [Fact]
    public void The_parts_are_the_whole_whatever_the_order_of_the_lines()
    {
        var amounts = Gen.Zip(Gen.Choose(0, 10_000_000), Gen.Elements(0, 50_000, 55_000, 95_000, 130_000, 200_000))
            .Select(pair => new TaxedAmount(Cents(pair.Item1), new Percentage(pair.Item2)));
        Prop.ForAll(
            Gen.Zip(amounts.ListOf(), amounts).ToArbitrary(),
            example =>
            {
                var (lines, shipping) = example;
                var totals = OrderTotals.Of(Eur, lines, shipping);
                var reversed = OrderTotals.Of(Eur, Enumerable.Reverse(lines), shipping);
                return totals.Total == totals.Lines + totals.Shipping + totals.Tax
                    && totals.Tax.Minor == totals.TaxSums.Sum(part => part.Tax.Minor)
                    && totals.Lines.Minor == lines.Sum(line => line.Net.Minor)
                    && totals.TaxSums.Sum(part => part.Net.Minor) == lines.Append(shipping).Where(line => line.Rate.Millionths > 0).Sum(line => line.Net.Minor)
                    && totals.Total == reversed.Total && totals.TaxSums.SequenceEqual(reversed.TaxSums);
            }).QuickCheckThrowOnFailure();
    }

    private static Money Cents(long minor) => new(minor, Eur);
}
