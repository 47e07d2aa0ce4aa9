using FsCheck;
using FsCheck.Fluent;
using OnBehalf.Kernel;
using OnBehalf.Pricing;

namespace OnBehalf.Pricing.Tests;

public sealed class CouponsTests
{
    private static readonly Currency Eur = Currency.Of("EUR");

    /// <summary>As Fowler has it, "Patterns of Enterprise Application Architecture", Money: an amount over equal parts, the first of which get the odd cents.</summary>
    [Fact]
    public void A_sum_is_shared_out_over_the_lines_to_the_cent()
    {
        var result = Coupons.Apply(Eur, [Line(50_00, "TEN"), Line(50_00, "TEN"), Line(50_00, "TEN")], [Sum("TEN", 10_00)]);

        Assert.Equal([3_34, 3_33, 3_33], result.OfLines.Select(off => off.Minor));
        Assert.Equal(10_00, result.Off.Minor);
    }

    [Fact]
    public void A_percentage_is_rounded_once_and_a_sum_takes_from_what_it_left()
    {
        // 12.5 % of 33.33 is 4.16625: 4.17. Of the 29.16 that remain a sum of 50.00 takes all.
        var result = Coupons.Apply(Eur, [Line(33_33, "A", "B"), Line(5_00)], [Sum("B", 50_00), Share("A", 125_000)]);

        Assert.Equal([("A", 4_17), ("B", 29_16)], result.OfCoupons.Select(one => (one.Coupon.Code, one.Off.Minor)));
        Assert.Equal([33_33, 0], result.OfLines.Select(off => off.Minor));
        Assert.False(result.ShipsFree);
        Assert.True(Coupons.Apply(Eur, [Line(1)], [new("FREE", "Free", CouponKind.FreeShipping, Percentage.Zero, null, null, true)]).ShipsFree);
    }

    [Fact]
    public void Coupons_that_stand_alone_or_need_a_larger_order_are_refused()
    {
        var alone = Sum("ALONE", 5_00) with { IsCombinable = false };
        Assert.Null(Coupons.Judge([alone], Cents(10_00)));
        Assert.Equal("coupons.alone", Coupons.Judge([alone, Share("A", 10_000)], Cents(10_00))!.Code);
        Assert.Equal("coupons.least", Coupons.Judge([Share("A", 10_000) with { Least = Cents(10_01) }], Cents(10_00))!.Code);
        Assert.Equal("coupons.currency", Coupons.Judge([Sum("A", 1)], new Money(10_00, Currency.Of("CHF")))!.Code);
        Assert.Equal(["A", "B2"], Coupons.ReadCodes(" a, b2;A").Value);
        Assert.True(Coupons.ReadCodes("a b c d").IsRefused);
    }

    [Fact]
    public void Whatever_the_order_of_lines_and_coupons_the_parts_are_the_whole_and_nobody_is_paid_for_buying()
    {
        string[] codes = ["A", "B", "C"];
        var lines = Gen.Zip(Gen.Choose(0, 1_000_000), Gen.Choose(0, 7)).Select(pair => Line(pair.Item1, [.. codes.Where((_, i) => (pair.Item2 & (1 << i)) != 0)])).ListOf();
        var coupons = Gen.Zip(Gen.Choose(0, 1_000_000), Gen.Zip(Gen.Choose(0, 500_000), Gen.Elements(true, false))).ListOf(3)
            .Select(some => some.Select((one, i) => one.Item2.Item2 ? Share(codes[i], one.Item1) : Sum(codes[i], one.Item2.Item1)).ToList());
        Prop.ForAll(
            Gen.Zip(lines, coupons).ToArbitrary(),
            example =>
            {
                var (cart, given) = example;
                var result = Coupons.Apply(Eur, [.. cart], given);
                var typedOtherwise = Coupons.Apply(Eur, [.. cart], Enumerable.Reverse(given));
                return result.Off.Minor == result.OfLines.Sum(off => off.Minor) && result.Off.Minor == result.OfCoupons.Sum(one => one.Off.Minor)
                    && result.OfLines.Zip(cart).All(pair => !pair.First.IsNegative && pair.First <= pair.Second.Total && (pair.Second.AppliesTo.Count > 0 || pair.First.IsZero))
                    && result.OfLines.SequenceEqual(typedOtherwise.OfLines);
            }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Totals_with_a_discount_are_taxed_on_what_is_left()
    {
        var totals = OrderTotals.Of(Eur, [new(Cents(100_00), new(190_000)), new(Cents(50_00), new(70_000))], new TaxedAmount(Cents(5_00), new(190_000)), [Cents(10_00), Cents(5_00)]);

        // 19 % of 90 + 5, 7 % of 45.
        Assert.Equal((150_00, 15_00, 5_00, 21_20), (totals.Lines.Minor, totals.Discount.Minor, totals.Shipping.Minor, totals.Tax.Minor));
        Assert.Equal(161_20, totals.Total.Minor);
    }

    private static CouponLine Line(long minor, params string[] appliesTo) => new(Cents(minor), appliesTo.ToHashSet(StringComparer.Ordinal));

    private static Coupon Share(string code, int millionths) => new(code, code, CouponKind.Percent, new Percentage(millionths), null, null, true);

    private static Coupon Sum(string code, long minor) => new(code, code, CouponKind.Amount, Percentage.Zero, Cents(minor), null, true);

    private static Money Cents(long minor) => new(minor, Eur);
}
