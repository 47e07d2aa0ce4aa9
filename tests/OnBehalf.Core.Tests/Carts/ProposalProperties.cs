using FsCheck;
using FsCheck.Fluent;
using OnBehalf.Catalog;
using OnBehalf.Kernel;
using OnBehalf.Pricing;

namespace OnBehalf.Carts;

/// <summary>What holds for every proposal, whatever operator and buyer do at the same time.</summary>
public sealed class ProposalProperties
{
    private static readonly ProductId[] Articles = [.. Enumerable.Range(0, 5).Select(_ => IId<ProductId>.New())];
    private static readonly DateTimeOffset Now = new(2026, 7, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly Guid Id = Guid.CreateVersion7();
    private static readonly HashSet<ProductId> Nothing = [];

    private static readonly Gen<Try[]> Some = Gen.ArrayOf(
        from verb in Gen.Choose(0, 3) from article in Gen.Choose(0, Articles.Length - 1) from number in Gen.Choose(1, 4) select new Try(verb, article, number));

    private static readonly Arbitrary<Case> Cases = (
        from before in Some
        from operators in Some
        from buyers in Some
        from chosen in Gen.Choose(0, (1 << Articles.Length) - 1)
        select new Case(before, operators, buyers, chosen)).ToArbitrary();

    [Fact]
    public void Taking_all_where_nobody_changed_anything_gives_the_branch() => Prop.ForAll(Cases, one =>
    {
        var (own, branch, lines) = one.Made();
        return States(Take(own, CartProposal.Choose(lines, own, Now, Nothing, all: true))).SequenceEqual(States(branch));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Taking_nothing_leaves_the_cart_of_the_buyer() => Prop.ForAll(Cases, one =>
    {
        var (own, _, lines) = one.Made();
        var open = Do(own, one.Buyers);
        return CartProposal.Choose(lines, open, Now, Nothing, all: false).Count == 0 && States(Take(open, [])).SequenceEqual(States(open));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void What_the_buyer_changed_himself_stays_unless_he_chooses_otherwise_for_that_very_article() => Prop.ForAll(Cases, one =>
    {
        var (own, _, lines) = one.Made();
        var (open, chosen) = (Do(own, one.Buyers), one.Chosen);
        var after = Take(open, CartProposal.Choose(lines, open, Now, chosen, all: true));
        return Articles.Where(article => !chosen.Contains(article) && State(open, article) != State(own, article)).All(article => State(after, article) == State(open, article));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Each_article_is_afterwards_as_the_buyer_has_it_or_as_it_is_proposed() => Prop.ForAll(Cases, one =>
    {
        var (own, branch, lines) = one.Made();
        var (open, chosen) = (Do(own, one.Buyers), one.Chosen);
        var after = Take(open, CartProposal.Choose(lines, open, Now, chosen, all: false));
        return after.Rows.All(row => row.Quantity.IsPositive) && after.Rows.DistinctBy(row => row.Product).Count() == after.Rows.Count
            && Articles.All(article => State(after, article) == (chosen.Contains(article) && lines.Any(line => line.Product == article) ? State(branch, article) : State(open, article)));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Lines_can_be_taken_in_any_order() => Prop.ForAll(Cases, one =>
    {
        var (own, _, lines) = one.Made();
        var open = Do(own, one.Buyers);
        var taken = CartProposal.Choose(lines, open, Now, one.Chosen, all: false);
        return States(Take(open, taken)).SequenceEqual(States(taken.Reverse().Aggregate(open, (cart, line) => Take(cart, [line]))));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Only_what_differs_from_the_ancestor_is_proposed() => Prop.ForAll(Cases, one =>
    {
        var (own, branch, lines) = one.Made();
        return Articles.All(article => lines.Any(line => line.Product == article) == (State(own, article) != State(branch, article))) && lines.All(line => line.Against(line.Was) == MergeState.Free);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_price_counts_for_its_quantity_and_until_its_time()
    {
        var agreed = new PriceAdjustment(new UnitPrice(new Money(500, Currency.Of("EUR"))), Percentage.Zero, "loyalty") { Only = Quantity.Of(3), Until = Now.AddDays(1) };
        var line = new CartLine(IId<CartLineId>.New(), Articles[0], Quantity.Of(3)) { Agreed = agreed };
        Assert.Equal(agreed.Price, LineState.Of(line, Now).Price);
        Assert.Null(LineState.Of(line with { Quantity = Quantity.Of(4) }, Now).Price);
        Assert.Null(LineState.Of(line, Now.AddDays(1)).Price);
        Assert.Equal(default, LineState.Of(null, Now));
    }

    [Fact]
    public void A_cart_that_would_hold_too_much_takes_nothing()
    {
        var full = Cart.Empty(IId<CartId>.New()) with { Rows = [.. Enumerable.Range(0, Cart.MostLines).Select(_ => new CartLine(IId<CartLineId>.New(), IId<ProductId>.New(), Quantity.One))] };
        Assert.Equal("carts.too-many-lines", full.Take(Id, [new ProposedLine(Articles[0], default, LineState.Of(Quantity.One, null))]).Refusal!.Code);
    }

    private static Cart Take(Cart open, IReadOnlyList<ProposedLine> lines) => open.Take(Id, lines).Value.Cart;

    private static LineState State(Cart cart, ProductId article) => LineState.Of(cart.Rows.FirstOrDefault(row => row.Product == article), Now);

    private static IEnumerable<LineState> States(Cart cart) => Articles.Select(article => State(cart, article));

    // Verb 3 agrees a price for as much as there is, as one that was taken from an earlier proposal.
    private static Cart Do(Cart cart, Try[] tries)
    {
        foreach (var (verb, article, number) in tries)
        {
            var change = verb switch
            {
                0 => cart.Add(Articles[article], Quantity.Of(number), QuantityRule.Pieces),
                1 => cart.SetQuantity(Articles[article], Quantity.Of(number), QuantityRule.Pieces),
                2 => cart.Remove(Articles[article]),
                _ => new CartChange(cart with { Rows = [.. cart.Rows.Select(row => row.Product == Articles[article] && row.Quantity.IsPositive ? row with { Agreed = Price(number, row.Quantity) } : row)] }, []),
            };
            cart = change.IsRefused ? cart : change.Value.Cart;
        }

        return cart;
    }

    private static PriceAdjustment Price(int number, Quantity only) => new(new UnitPrice(new Money(number * 100, Currency.Of("EUR"))), Percentage.Zero, "loyalty") { Only = only };

    internal readonly record struct Try(int Verb, int Article, int Number);

    internal sealed record Case(Try[] Before, Try[] Operators, Try[] Buyers, int Bits)
    {
        public HashSet<ProductId> Chosen => [.. Articles.Where((_, i) => (Bits & (1 << i)) != 0)];

        public (Cart Own, Cart Branch, IReadOnlyList<ProposedLine> Lines) Made()
        {
            var own = Do(Cart.Empty(IId<CartId>.New()), Before);
            var branch = Do(own.Fork(IId<CartId>.New()).Cart, Operators);
            return (own, branch, CartProposal.Of(
                branch, product => State(own, product).Price, product => branch.Rows.First(row => row.Product == product) is { Agreed: { } agreed } row && agreed.CountsFor(row.Quantity) ? agreed : null));
        }
    }
}
