using FsCheck;
using FsCheck.Fluent;
using OnBehalf.Carts;
using OnBehalf.Kernel;

namespace OnBehalf.Catalog;

public sealed class QuantityRuleTests
{
    private static readonly QuantityRule Cable = new(new Quantity(2_500), Quantity.Of(4), Quantity.Of(20), "m");

    [Theory]
    [InlineData(2_500, "carts.quantity-too-small", "from 5 m on")]
    [InlineData(5_000, null, "")]
    [InlineData(6_000, "carts.quantity-not-packed", "packages of 2.5 m: order 5 or 7.5 m")]
    [InlineData(1_000, "carts.quantity-not-packed", "order 5 m")]
    [InlineData(20_000, null, "")]
    [InlineData(22_500, "carts.quantity-over-most", "At most 20 m")]
    public void A_quantity_has_to_be_whole_packages_between_the_least_and_the_most(long thousandths, string? code, string says)
    {
        var refusal = Cart.Check(new Quantity(thousandths), Cable);
        Assert.Equal(code, refusal?.Code);
        Assert.Contains(says, refusal?.Sentence ?? "");
    }

    [Fact]
    public void What_counts_is_what_lies_in_the_cart_in_the_end()
    {
        var product = IId<ProductId>.New();
        var cart = Cart.Empty(IId<CartId>.New()).Add(product, Quantity.Of(5), Cable).Value.Cart;
        Assert.Equal("carts.quantity-over-most", cart.Add(product, new Quantity(17_500), Cable).Refusal?.Code);
        Assert.False(cart.Add(product, new Quantity(2_500), Cable).IsRefused);
        Assert.Equal("carts.quantity-not-packed", cart.Update([(product, Quantity.Of(6))], null, _ => Cable).Refusal?.Code);
        Assert.Equal(Cart.FieldOf(product), cart.Update([(product, Quantity.Of(6))], null, _ => Cable).Refusal?.Field);

        // The rule became stricter meanwhile: what was not touched does not keep somebody from changing the rest.
        Assert.False(cart.Update([(product, Quantity.Of(5))], null, _ => Cable with { Least = Quantity.Of(10) }).IsRefused);
    }

    [Fact]
    public void It_is_told_in_words_and_not_where_nothing_is_to_be_said()
    {
        Assert.Equal("In packages of 2.5 m, from 5 m on, at most 20 m in one order.", Cable.InWords);
        Assert.Equal("From 3 pieces on.", (QuantityRule.Pieces with { Least = Quantity.Of(3) }).InWords);
        Assert.Null(QuantityRule.Pieces.InWords);
    }

    [Fact]
    public void What_is_offered_instead_can_be_ordered() => Prop.ForAll(
        (from pack in Gen.Choose(1, 40_000) from least in Gen.Choose(0, 90_000) from wanted in Gen.Choose(1, 500_000) select (pack, least, wanted)).ToArbitrary(),
        asked =>
        {
            var (pack, least, wanted) = asked;
            var rule = new QuantityRule(new Quantity(pack), new Quantity(least), null, "m");
            var (below, above) = (rule.Below(new Quantity(wanted)), rule.Above(new Quantity(wanted)));
            return Cart.Check(rule.First, rule) is null && Cart.Check(above, rule) is null && Cart.Check(below, rule) is null && below <= above && above >= new Quantity(wanted);
        }).QuickCheckThrowOnFailure();
}
