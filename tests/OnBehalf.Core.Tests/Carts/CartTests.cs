using OnBehalf.Catalog;
using OnBehalf.Kernel;

namespace OnBehalf.Carts;

public sealed class CartTests
{
    private static readonly ProductId Drill = IId<ProductId>.New();
    private static readonly ProductId Saw = IId<ProductId>.New();

    private static Cart New => Cart.Empty(IId<CartId>.New());

    [Fact]
    public void Adding_the_same_article_again_makes_one_line_of_both()
    {
        var change = New.Add(Drill, Quantity.Of(2), QuantityRule.Pieces).Value.Cart.Add(Drill, Quantity.Of(3), QuantityRule.Pieces).Value;

        Assert.Equal(Quantity.Of(5), Assert.Single(change.Cart.Lines).Quantity);
        var fact = Assert.IsType<LineQuantityChanged>(Assert.Single(change.Facts));
        Assert.Equal((Quantity.Of(2), Quantity.Of(5)), (fact.Before, fact.After));
    }

    [Theory]
    [InlineData(0, "carts.quantity-not-positive")]
    [InlineData(-1_000, "carts.quantity-not-positive")]
    [InlineData(1_500, "carts.quantity-not-whole")]
    [InlineData(1_000_001_000, "carts.quantity-too-large")]
    public void A_quantity_that_makes_no_sense_is_refused(long thousandths, string code)
    {
        var cart = New.Add(Drill, Quantity.One, QuantityRule.Pieces).Value.Cart;

        Assert.Equal(code, cart.Add(Saw, new Quantity(thousandths), QuantityRule.Pieces).Refusal?.Code);
        Assert.Equal(code, cart.SetQuantity(Drill, new Quantity(thousandths), QuantityRule.Pieces).Refusal?.Code);
    }

    [Fact]
    public void Two_quantities_that_fit_alone_are_refused_when_their_sum_does_not()
    {
        var cart = New.Add(Drill, Quantity.Most, QuantityRule.Pieces).Value.Cart;

        Assert.Equal("carts.quantity-too-large", cart.Add(Drill, Quantity.One, QuantityRule.Pieces).Refusal?.Code);
    }

    [Fact]
    public void The_line_after_the_last_one_is_refused()
    {
        var cart = New;
        for (var i = 0; i < Cart.MostLines; i++)
        {
            cart = cart.Add(IId<ProductId>.New(), Quantity.One, QuantityRule.Pieces).Value.Cart;
        }

        Assert.Equal("carts.too-many-lines", cart.Add(Drill, Quantity.One, QuantityRule.Pieces).Refusal?.Code);
        Assert.False(cart.Add(cart.Lines.First().Product, Quantity.One, QuantityRule.Pieces).IsRefused);
    }

    [Fact]
    public void The_same_quantity_again_leaves_no_fact()
    {
        var cart = New.Add(Drill, Quantity.Of(2), QuantityRule.Pieces).Value.Cart;

        Assert.Empty(cart.SetQuantity(Drill, Quantity.Of(2), QuantityRule.Pieces).Value.Facts);
    }

    [Fact]
    public void A_line_that_is_gone_cannot_be_changed_or_removed()
    {
        Assert.Equal("carts.line-gone", New.SetQuantity(Drill, Quantity.One, QuantityRule.Pieces).Refusal?.Code);
        Assert.Equal("carts.line-gone", New.Remove(Drill).Refusal?.Code);
    }

    [Fact]
    public void An_article_taken_out_of_a_branch_and_put_back_still_knows_the_buyers_line()
    {
        var own = New.Add(Drill, Quantity.Of(5), QuantityRule.Pieces).Value.Cart;
        var branch = own.Fork(IId<CartId>.New()).Cart.Remove(Drill).Value.Cart;
        Assert.True(branch.IsEmpty);
        Assert.Equal("carts.line-gone", branch.SetQuantity(Drill, Quantity.One, QuantityRule.Pieces).Refusal?.Code);

        var back = branch.Add(Drill, Quantity.Of(2), QuantityRule.Pieces).Value;

        Assert.IsType<LineAdded>(Assert.Single(back.Facts));
        var left = own.Take(back.Cart.Lines, IId<OrderId>.New()).Cart;
        Assert.Equal(Quantity.Of(3), Assert.Single(left.Lines).Quantity);
    }

    [Fact]
    public void What_the_operator_took_out_of_the_branch_stays_in_the_buyers_cart()
    {
        var own = New.Add(Drill, Quantity.Of(5), QuantityRule.Pieces).Value.Cart.Add(Saw, Quantity.One, QuantityRule.Pieces).Value.Cart;
        var branch = own.Fork(IId<CartId>.New()).Cart.Remove(Saw).Value.Cart;

        var left = own.Take(branch.Lines, IId<OrderId>.New()).Cart;

        Assert.Equal(Saw, Assert.Single(left.Lines).Product);
    }
}
