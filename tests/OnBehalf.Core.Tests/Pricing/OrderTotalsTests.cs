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

    [Fact]
    public void By_line_every_line_is_rounded_and_a_rate_is_the_sum_of_its_lines()
    {
        TaxedAmount[] lines = [new(Cents(99), Reduced), new(Cents(99), Reduced), new(Cents(99), Reduced)];
        Assert.Equal((16, 15), (OrderTotals.Of(Eur, lines, null).Tax.Minor, OrderTotals.Of(Eur, lines, null, basis: TaxBasis.Line).Tax.Minor));
        Assert.Equal(3_12, OrderTotals.Of(Eur, lines, null, basis: TaxBasis.Line).Total.Minor);
    }

    /// <summary>Lines with what is taken off them, shipping, and where tax is rounded.</summary>
    private static readonly Arbitrary<((int Net, int Off, int Rate)[] Lines, int Shipping, bool ByLine)> Documents = (
        from lines in Gen.ArrayOf(from net in Gen.Choose(0, 1_000_000) from off in Gen.Choose(0, 100) from rate in Gen.Elements(0, 50_000, 55_000, 95_000, 190_000) select (net, off, rate))
        from shipping in Gen.Choose(0, 5_000)
        from byLine in Gen.Elements(true, false)
        select (lines, shipping, byLine)).ToArbitrary();

    [Fact]
    public void With_tax_the_lines_less_the_discount_and_with_shipping_are_the_total_to_the_cent() => Prop.ForAll(Documents, document =>
    {
        var lines = document.Lines.Select(line => new TaxedAmount(Cents(line.Net), new Percentage(line.Rate))).ToList();
        var off = document.Lines.Select(line => Cents(line.Net * (long)line.Off / 100)).ToList();
        var shipping = new TaxedAmount(Cents(document.Shipping), Full);
        var totals = OrderTotals.Of(Eur, lines, shipping, off, document.ByLine ? TaxBasis.Line : TaxBasis.Document);
        var gross = GrossAmounts.Of(totals, lines, shipping, off);
        Assert.Equal(totals.Total, totals.Lines - totals.Discount + totals.Shipping + totals.Tax);
        Assert.Equal(totals.Tax.Minor, totals.TaxSums.Sum(sum => sum.Tax.Minor));
        Assert.Equal(totals.Total, gross.Articles - gross.Discount + gross.Shipping);
        Assert.Equal((gross.Articles.Minor, gross.Discount.Minor), (gross.Lines.Sum(line => line.Minor), gross.Discounts.Sum(one => one.Minor)));
        Assert.True(!document.ByLine || totals.Tax.Minor == lines.Zip(off, (line, less) => (line.Net - less).Percent(line.Rate).Minor).Sum() + shipping.Net.Percent(Full).Minor);
        Assert.All(gross.Lines.Zip(lines), pair => Assert.True(pair.First >= pair.Second.Net));
    }).QuickCheckThrowOnFailure();

    private static Money Cents(long minor) => new(minor, Eur);
}
