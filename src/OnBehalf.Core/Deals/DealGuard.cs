using OnBehalf.Carts;
using OnBehalf.Kernel;

namespace OnBehalf.Deals;

/// <summary>A line of a cart, as far as what is given away in it is judged.</summary>
/// <param name="Regular">What a unit costs the customer anyway.</param>
/// <param name="Left">What the line costs after all that staff agreed, its share of a discount on the whole cart too; without tax.</param>
public sealed record DealLine(ProductId Product, string Sku, Quantity Quantity, UnitPrice Regular, Money Left)
{
    /// <summary>Of one unit, in the same currency; null: not known.</summary>
    public Money? Cost { get; init; }

    /// <summary>Of the article, with those above.</summary>
    public IReadOnlyCollection<CategoryId> Categories { get; init; } = [];

    /// <summary>The lowest price that somebody else has approved for this customer; null: none.</summary>
    public UnitPrice? Approved { get; init; }

    /// <summary>Negative: more than it would cost.</summary>
    public Money Given => Regular.Times(Quantity) - Left;
}

/// <summary>What was judged: the first "no", or the lines that hold only because somebody approved them.</summary>
public sealed record DealVerdict(Refusal? Refusal, IReadOnlySet<ProductId> OnApproval);

/// <summary>Judges how far somebody goes below the prices of the shop. Pure: the same limits and the same cart give the same answer.</summary>
/// <param name="limits">In their order. Where there is none at all, nothing is limited; where none fits, nothing is given away without approval.</param>
/// <param name="circumstances">Who, for whom, in a cart of which value.</param>
public sealed class DealGuard(IReadOnlyList<DealLimit> limits, DealCircumstances circumstances)
{
    public bool IsOn => limits.Count > 0;

    /// <summary>The limit that counts for an article of these categories; null: none fits.</summary>
    public DealLimit? LimitFor(IReadOnlyCollection<CategoryId> categories) => limits.FirstOrDefault(limit => limit.Fits(circumstances, categories));

    /// <summary>How low the price of a line may be, without anybody's approval.</summary>
    public UnitPrice Floor(DealLine line) =>
        !IsOn ? line.Regular with { Amount = Money.Zero(line.Regular.Amount.Currency) }
        : LimitFor(line.Categories) is { } limit ? limit.Floor(line.Regular, line.Cost) : line.Regular;

    /// <summary>All of a cart.</summary>
    /// <param name="lines">Its lines.</param>
    /// <param name="shipping">How much more sending it would cost without what was agreed.</param>
    /// <param name="before">What the same person has given away this month in other orders, without what others approved; in the currency of the cart.</param>
    public DealVerdict Judge(IReadOnlyList<DealLine> lines, Money shipping, Money before)
    {
        var onApproval = new HashSet<ProductId>();
        if (!IsOn)
        {
            return new DealVerdict(null, onApproval);
        }

        var now = shipping;
        var months = new List<Money>();
        foreach (var line in lines.Where(line => line.Given.Minor > 0))
        {
            var floor = Floor(line);
            if (line.Left >= floor.Times(line.Quantity))
            {
                now += line.Given;
                Count(LimitFor(line.Categories));
            }
            else if (line.Approved is { } approved && line.Left >= approved.Times(line.Quantity))
            {
                onApproval.Add(line.Product);
            }
            else
            {
                return new DealVerdict(DealRefusals.TooLow(line, floor), onApproval);
            }
        }

        if (shipping.Minor > 0)
        {
            if (LimitFor([]) is not { } limit)
            {
                return new DealVerdict(DealRefusals.Shipping, onApproval);
            }

            Count(limit);
        }

        foreach (var month in months)
        {
            if (now.Minor > 0 && before + now > month)
            {
                return new DealVerdict(DealRefusals.MonthSpent(month, before, now), onApproval);
            }
        }

        return new DealVerdict(null, onApproval);

        void Count(DealLimit? limit)
        {
            if (limit?.Month is { } month)
            {
                months.Add(month);
            }
        }
    }
}

/// <summary>Every "no" of the guard, and of asking it for more.</summary>
public static class DealRefusals
{
    public static readonly Refusal Shipping = Refusal.Invalid("deals.shipping", "By yourself you agree no lower shipping costs here: no limit of the shop lets you.", "Shipping");

    public static readonly Refusal Unknown = Refusal.Missing("deals.no-such-request", "There is no such price that somebody asked for.");

    public static readonly Refusal DecidedAlready = Refusal.Conflict("deals.decided", "Somebody has decided this meanwhile, or it was taken back. Look at where it stands now.");

    public static readonly Refusal Own = Refusal.Forbidden("deals.own", "You asked for this price yourself: somebody else has to decide.");

    public static readonly Refusal AskedAlready = Refusal.Conflict("deals.asked-already", "A price for this article waits already. Take it back before you ask for another one.");

    public static readonly Refusal NotNeeded = Refusal.Invalid("deals.not-needed", "This price you may agree yourself: nobody has to approve it.", "Price");

    public static readonly Refusal Gone = Refusal.Conflict("deals.approval-gone", "This approval does not count any more, or for fewer than are in the cart. Look at the line again; nothing was changed.");

    public static readonly Refusal NoteTooLong = Refusal.Invalid("deals.note-too-long", $"Note: at most {DealRequest.LongestNote} characters.", "Note");

    public static readonly Refusal NoteMissing = Refusal.Invalid("deals.note-missing", "Note: say why not; who asked reads it.", "Note");

    public static Refusal TooLow(DealLine line, UnitPrice floor) => Refusal.Invalid(
        "deals.too-low",
        floor == line.Regular ? Phrase.Of($"{line.Sku}: by yourself you agree no lower price for this article. Ask for approval, or leave {line.Regular}.")
            : Phrase.Of($"{line.Sku}: by yourself you may go down to {floor}, with all discounts. Ask for approval, or agree a higher price."),
        Cart.PriceFieldOf(line.Product));

    public static Refusal MonthSpent(Money month, Money before, Money now) => Refusal.Invalid(
        "deals.month-spent", $"You may give away {month} a month. You have given {before}, and this cart would add {now}. Ask for the approval of its lines, or give less.");

    public static Refusal Waits(string sku, UnitPrice asked) => Refusal.Conflict(
        "deals.waits", $"{sku}: {asked} waits for approval. Wait for the answer, or take the request back; then place the order.");

    public static Refusal BeyondYours(UnitPrice floor) => Refusal.Forbidden("deals.beyond-yours", $"You approve prices down to {floor} here. Somebody who may go further has to decide, or offer another price.");

    public static Refusal NotBetween(UnitPrice asked, UnitPrice regular) => Refusal.Invalid("deals.not-between", $"Price: above {asked}, which was asked for, and below {regular}.", "Price");
}
