using OnBehalf.Kernel;
using OnBehalf.Pricing;

namespace OnBehalf.Carts;

/// <summary>What a cart has of an article: how much, and at which agreed price; nothing of it has no price either.</summary>
/// <param name="Price">Null: it costs what it costs.</param>
public readonly record struct LineState(Quantity Quantity, UnitPrice? Price)
{
    public static LineState Of(Quantity quantity, UnitPrice? price) => quantity.IsPositive ? new(quantity, price) : default;

    /// <summary>What lies in a cart now.</summary>
    /// <param name="line">Null: the article is not in it.</param>
    /// <param name="now">A price that counted until then is none.</param>
    public static LineState Of(CartLine? line, DateTimeOffset now) => line is null ? default
        : Of(line.Quantity, line.Agreed is { } agreed && agreed.CountsFor(line.Quantity) && !(agreed.Until <= now) ? agreed.Price : null);
}

/// <summary>What became of a line of a proposal since it was made.</summary>
public enum MergeState
{
    /// <summary>The buyer has not touched it: it can be taken as it is.</summary>
    Free,

    /// <summary>His cart has the same by now.</summary>
    Same,

    /// <summary>Both have changed it, each in another way: he decides.</summary>
    Conflict,
}

/// <summary>What an operator proposes for an article.</summary>
/// <param name="Was">What the buyer's cart had when the operator began: the common ancestor of both.</param>
/// <param name="Proposed">Nothing: it is taken out.</param>
/// <param name="Agreed">With <see cref="LineState.Price"/> of what is proposed.</param>
public sealed record ProposedLine(ProductId Product, LineState Was, LineState Proposed, PriceAdjustment? Agreed = null)
{
    public bool IsAdded => !Was.Quantity.IsPositive;

    public bool IsRemoved => !Proposed.Quantity.IsPositive;

    /// <param name="open">What the buyer's cart has now.</param>
    public MergeState Against(LineState open) => open == Proposed ? MergeState.Same : open == Was ? MergeState.Free : MergeState.Conflict;
}

/// <summary>Which of the coupons a proposal puts in and takes out.</summary>
public sealed record ProposedCoupons(IReadOnlyList<string> Added, IReadOnlyList<string> Removed)
{
    public bool IsNothing => Added.Count + Removed.Count == 0;

    public static ProposedCoupons Of(IReadOnlyList<string> before, IReadOnlyList<string> after) =>
        new([.. after.Except(before, StringComparer.Ordinal)], [.. before.Except(after, StringComparer.Ordinal)]);
}

/// <summary>
/// A branch that its operator hands over: what it would change in the cart from which it was made. It is merged with what that has become, article by article, from the common ancestor: what the buyer
/// changed meanwhile stays unless he takes what is proposed for that very article.
/// </summary>
public static class CartProposal
{
    public const int LongestWords = 500;

    /// <summary>So many wait for one buyer's answer at most.</summary>
    public const int MostOpen = 10;

    public const string Open = "open";
    public const string Taken = "taken";
    public const string Declined = "declined";
    public const string Withdrawn = "withdrawn";
    public const string Expired = "expired";

    /// <summary>What a branch would change.</summary>
    /// <param name="branch">Of which only lines that differ from their ancestor are proposed.</param>
    /// <param name="before">At which agreed price an article lay in the buyer's cart when the branch was made.</param>
    /// <param name="agreed">What is agreed for an article of the branch, as a price; null: nothing that counts.</param>
    public static IReadOnlyList<ProposedLine> Of(Cart branch, Func<ProductId, UnitPrice?> before, Func<ProductId, PriceAdjustment?> agreed) =>
    [
        .. from line in branch.Rows
           let price = line.Quantity.IsPositive ? agreed(line.Product) : null
           let proposed = new ProposedLine(
               line.Product, LineState.Of(line.Base?.Quantity ?? Quantity.Zero, line.Base is null ? null : before(line.Product)), LineState.Of(line.Quantity, price?.Price), price)
           where proposed.Was != proposed.Proposed
           select proposed,
    ];

    /// <summary>What of it is taken: all that nothing stands against, and what the buyer chose although he had changed it himself. What his cart has already is not taken again.</summary>
    /// <param name="lines">Of the proposal.</param>
    /// <param name="open">His cart.</param>
    /// <param name="now">Of the moment in which he takes it.</param>
    /// <param name="chosen">What he chose.</param>
    /// <param name="all">Also what he did not choose, unless he has changed it.</param>
    public static IReadOnlyList<ProposedLine> Choose(IReadOnlyList<ProposedLine> lines, Cart open, DateTimeOffset now, IReadOnlySet<ProductId> chosen, bool all)
    {
        var there = open.Rows.ToDictionary(row => row.Product);
        return
        [
            .. lines.Where(line => line.Against(LineState.Of(there.GetValueOrDefault(line.Product), now)) switch
            {
                MergeState.Free => all || chosen.Contains(line.Product),
                MergeState.Conflict => chosen.Contains(line.Product),
                _ => false,
            }),
        ];
    }
}
