using FsCheck;
using FsCheck.Fluent;

namespace OnBehalf.Kernel.Tests;

/// <summary>The halves follow IEEE 754-2019, section 4.3: ties away from zero, ties to even, towards zero.</summary>
public sealed class RoundingTests
{
    [Theory]
    [InlineData(5, 10, 1, 0, 0)]
    [InlineData(15, 10, 2, 2, 1)]
    [InlineData(25, 10, 3, 2, 2)]
    [InlineData(-5, 10, -1, 0, 0)]
    [InlineData(-15, 10, -2, -2, -1)]
    [InlineData(14, 10, 1, 1, 1)]
    [InlineData(16, 10, 2, 2, 1)]
    [InlineData(1, 3, 0, 0, 0)]
    [InlineData(2, 3, 1, 1, 0)]
    [InlineData(-2, 3, -1, -1, 0)]
    [InlineData(0, 7, 0, 0, 0)]
    public void Each_way_of_rounding_treats_halves_as_it_says(long numerator, long denominator, long halfUp, long halfEven, long down)
    {
        Assert.Equal(halfUp, Round.Divide(numerator, denominator, Rounding.HalfUp));
        Assert.Equal(halfEven, Round.Divide(numerator, denominator, Rounding.HalfEven));
        Assert.Equal(down, Round.Divide(numerator, denominator, Rounding.Down));
    }

    [Fact]
    public void The_result_is_never_further_than_half_a_unit_away_and_mirrors_at_zero() => Prop.ForAll(
        Gen.Zip(Gen.Choose(-1_000_000_000, 1_000_000_000), Gen.Choose(1, 1_000_000)).ToArbitrary(),
        pair =>
        {
            var (numerator, denominator) = ((long)pair.Item1, (long)pair.Item2);
            var halfUp = Round.Divide(numerator, denominator, Rounding.HalfUp);
            var halfEven = Round.Divide(numerator, denominator, Rounding.HalfEven);
            return Math.Abs(halfUp * denominator - numerator) * 2 <= denominator
                && Math.Abs(halfEven * denominator - numerator) * 2 <= denominator
                && Round.Divide(-numerator, denominator, Rounding.HalfUp) == -halfUp
                && Round.Divide(numerator, denominator, Rounding.Down) == numerator / denominator;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void What_does_not_fit_is_an_error()
    {
        Assert.Throws<OverflowException>(() => Round.Divide((Int128)long.MaxValue + 1, 1, Rounding.Down));
        Assert.Throws<ArgumentOutOfRangeException>(() => Round.Divide(1, 0, Rounding.Down));
        Assert.Throws<ArgumentOutOfRangeException>(() => Round.Divide(1, -1, Rounding.Down));
    }
}
