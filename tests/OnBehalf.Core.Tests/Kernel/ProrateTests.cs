using FsCheck;
using FsCheck.Fluent;

namespace OnBehalf.Kernel.Tests;

public sealed class ProrateTests
{
    private static readonly Currency Eur = Currency.Of("EUR");

    /// <summary>Votes and seats: the example of the Hare quota in Wikipedia, "Largest remainders method".</summary>
    [Fact]
    public void The_largest_remainders_get_what_is_left() =>
        Assert.Equal([5, 2, 1, 1, 1, 0], Split(10, 47_000, 16_000, 15_900, 12_000, 6_000, 3_100));

    [Theory]
    [InlineData(100, new long[] { 1, 1, 1 }, new long[] { 34, 33, 33 })]
    [InlineData(-100, new long[] { 1, 1, 1 }, new long[] { -34, -33, -33 })]
    [InlineData(5, new long[] { 0, 0 }, new long[] { 3, 2 })]
    [InlineData(7, new long[] { 0, 5, 0 }, new long[] { 0, 7, 0 })]
    [InlineData(1, new long[] { 1, 2 }, new long[] { 0, 1 })]
    public void Ties_go_to_the_earlier_part_and_nothing_to_a_weight_of_zero(long amount, long[] weights, long[] parts) => Assert.Equal(parts, Split(amount, weights));

    [Fact]
    public void An_amount_needs_somebody_to_share_it()
    {
        Assert.Empty(Prorate.Split(Money.Zero(Eur), []));
        Assert.Throws<ArgumentException>(() => Prorate.Split(new Money(1, Eur), []));
        Assert.Throws<ArgumentOutOfRangeException>(() => Prorate.Split(new Money(1, Eur), [1, -1]));
    }

    [Fact]
    public void Parts_sum_to_the_whole_and_none_is_a_cent_away_from_its_share() => Prop.ForAll(
        Gen.Zip(Gen.Choose(-1_000_000_000, 1_000_000_000), Gen.Choose(0, 1_000_000).NonEmptyListOf()).ToArbitrary(),
        example =>
        {
            var (amount, weights) = (example.Item1, example.Item2.Select(weight => (long)weight).ToList());
            var parts = Prorate.Split(new Money(amount, Eur), weights);
            var sum = weights.Sum();
            return parts.Length == weights.Count
                && parts.Sum(part => part.Minor) == amount
                && parts.Zip(weights).All(pair =>
                    Int128.Abs((Int128)pair.First.Minor * (sum == 0 ? weights.Count : sum) - (Int128)amount * (sum == 0 ? 1 : pair.Second)) < (sum == 0 ? weights.Count : sum));
        }).QuickCheckThrowOnFailure();

    private static IEnumerable<long> Split(long amount, params long[] weights) => Prorate.Split(new Money(amount, Eur), weights).Select(part => part.Minor);
}
