using FsCheck;
using FsCheck.Fluent;

namespace OnBehalf.Kernel.Tests;

public sealed class RightsTests
{
    [Fact]
    public void Every_right_has_a_bit_and_a_name_of_its_own()
    {
        Assert.Equal(Right.All.Count, Right.All.Select(right => right.Bit).Distinct().Count());
        Assert.Equal(Right.All.Count, Right.All.Select(right => right.Name).Distinct().Count());
        Assert.All(Right.All, right => Assert.InRange(right.Bit, 0, 62));
        var fields = typeof(Right).GetFields().Where(field => field.IsStatic && field.FieldType == typeof(Right)).Select(field => (Right)field.GetValue(null)!);
        Assert.Equal(fields.OrderBy(right => right.Bit), Right.All.OrderBy(right => right.Bit));
    }

    [Fact]
    public void Nothing_is_allowed_by_default()
    {
        Assert.All(Right.All, right => Assert.False(default(Rights).Has(right)));
        Assert.All(Right.All, right => Assert.False(Caller.Anonymous.May(right)));
    }

    [Fact]
    public void An_intersection_allows_what_both_allow_and_a_union_what_either_does() => Prop.ForAll(
        Gen.Zip(Gen.Elements(Right.All.AsEnumerable()).ListOf(), Gen.Elements(Right.All.AsEnumerable()).ListOf()).ToArbitrary(),
        pair =>
        {
            var (left, right) = (Rights.Of([.. pair.Item1]), Rights.Of([.. pair.Item2]));
            return Right.All.All(one =>
                (left & right).Has(one) == (pair.Item1.Contains(one) && pair.Item2.Contains(one))
                && (left | right).Has(one) == (pair.Item1.Contains(one) || pair.Item2.Contains(one)))
                && left.Names().SequenceEqual(Right.All.Where(pair.Item1.Contains));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Rights_are_written_as_their_names() => Assert.Equal("carts.change orders.place", Rights.Of(Right.OrdersPlace, Right.CartsChange).ToString());
}
