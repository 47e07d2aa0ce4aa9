using FsCheck;
using FsCheck.Fluent;
using OnBehalf.Catalog;
using OnBehalf.Kernel;

namespace OnBehalf.Carts;

/// <summary>What holds for every cart, whatever two people do to it at the same time.</summary>
public sealed class CartProperties
{
    private static readonly ProductId[] Articles = [.. Enumerable.Range(0, 6).Select(_ => IId<ProductId>.New())];

    /// <summary>A change that somebody tries: what, to which article, how much (also what is refused).</summary>
    private static readonly Arbitrary<(int Verb, int Article, int Pieces)[]> Tries = Gen.ArrayOf(
        from verb in Gen.Choose(0, 2) from article in Gen.Choose(0, Articles.Length - 1) from pieces in Gen.Choose(-2, 9) select (verb, article, pieces)).ToArbitrary();

    [Fact]
    public void No_line_is_ever_negative_empty_or_double() => Prop.ForAll(Tries, Tries, (first, second) =>
    {
        var own = Do(Cart.Empty(IId<CartId>.New()), first);
        var branch = Do(own.Fork(IId<CartId>.New()).Cart, second);
        return IsSound(own) && IsSound(branch) && own.Rows.All(line => line.Quantity.IsPositive);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_branch_that_nobody_changed_empties_the_buyers_cart_exactly() => Prop.ForAll(Tries, tries =>
    {
        var own = Do(Cart.Empty(IId<CartId>.New()), tries);
        var branch = own.Fork(IId<CartId>.New()).Cart;
        return own.Take(branch.Lines, IId<OrderId>.New()).Cart.Rows.Count == 0 && Contents(branch).SequenceEqual(Contents(own));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Ordering_a_branch_takes_what_was_ordered_and_never_more_than_is_there() => Prop.ForAll(Tries, Tries, Tries, (before, operators, buyers) =>
    {
        var (own, branch) = AtTheSameTime(before, operators, buyers);
        var left = own.Take(branch.Lines, IId<OrderId>.New()).Cart;
        return IsSound(left) && own.Rows.All(line =>
        {
            var rest = left.Rows.FirstOrDefault(row => row.Id == line.Id)?.Quantity ?? Quantity.Zero;
            var ordered = branch.Lines.FirstOrDefault(row => row.Base?.Id == line.Id)?.Quantity ?? Quantity.Zero;
            return line.Quantity - rest == Quantity.Min(ordered, line.Quantity);
        });
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Nothing_that_the_buyer_put_in_meanwhile_is_lost() => Prop.ForAll(Tries, Tries, Tries, (before, operators, buyers) =>
    {
        var (own, branch) = AtTheSameTime(before, operators, buyers);
        var left = own.Take(branch.Lines, IId<OrderId>.New()).Cart;
        var copied = branch.Rows.Where(line => line.Base is not null).Select(line => line.Base!.Id).ToHashSet();
        return own.Rows.Where(line => !copied.Contains(line.Id)).All(left.Rows.Contains);
    }).QuickCheckThrowOnFailure();

    private static (Cart Own, Cart Branch) AtTheSameTime(
        (int Verb, int Article, int Pieces)[] before, (int Verb, int Article, int Pieces)[] operators, (int Verb, int Article, int Pieces)[] buyers)
    {
        var own = Do(Cart.Empty(IId<CartId>.New()), before);
        return (Do(own, buyers), Do(own.Fork(IId<CartId>.New()).Cart, operators));
    }

    private static Cart Do(Cart cart, (int Verb, int Article, int Pieces)[] tries)
    {
        foreach (var (verb, article, pieces) in tries)
        {
            var change = verb switch
            {
                0 => cart.Add(Articles[article], Quantity.Of(pieces), QuantityRule.Pieces),
                1 => cart.SetQuantity(Articles[article], Quantity.Of(pieces), QuantityRule.Pieces),
                _ => cart.Remove(Articles[article]),
            };
            cart = change.IsRefused ? cart : change.Value.Cart;
        }

        return cart;
    }

    private static bool IsSound(Cart cart) =>
        cart.Rows.All(line => line.Quantity.IsPositive || (line.Quantity == Quantity.Zero && line.Base is not null))
        && cart.Rows.DistinctBy(line => line.Product).Count() == cart.Rows.Count;

    private static IEnumerable<(ProductId, Quantity)> Contents(Cart cart) => cart.Lines.Select(line => (line.Product, line.Quantity));
}
