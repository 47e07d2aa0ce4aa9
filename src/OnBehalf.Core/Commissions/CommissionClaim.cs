using OnBehalf.Kernel;
using OnBehalf.Orders;

namespace OnBehalf.Commissions;

/// <summary>Where the money of a commission stands. Whatever enters one account leaves another, so all of them together are always nothing.</summary>
public enum CommissionAccount
{
    /// <summary>The shop's own: what commissions cost it, as a negative sum.</summary>
    Shop,

    /// <summary>His when it is paid or shipped.</summary>
    Accrued,

    /// <summary>His, and not paid out; negative: paid out, and reversed since.</summary>
    Earned,

    PaidOut,
}

/// <summary>An entry of the ledger: an amount above zero goes from one account to another.</summary>
public sealed record CommissionMove(CommissionAccount From, CommissionAccount To, Money Amount);

/// <summary>What one line of an order earns one person, as far as it has come: a value that its moves lead to, one after the other.</summary>
/// <param name="First">What was accrued at first.</param>
public sealed record CommissionClaim(Money First, Money Shop, Money Accrued, Money Earned, Money PaidOut)
{
    /// <summary>Not reversed.</summary>
    public Money Kept => Accrued + Earned + PaidOut;

    /// <summary>The claim that is accrued with an order.</summary>
    public static (CommissionClaim Claim, CommissionMove Move) Accrue(Money amount)
    {
        var move = new CommissionMove(CommissionAccount.Shop, CommissionAccount.Accrued, amount);
        return (Of(amount.Currency, [move]), move);
    }

    public static CommissionClaim Of(Currency currency, IEnumerable<CommissionMove> moves)
    {
        var none = Money.Zero(currency);
        return moves.Aggregate(new CommissionClaim(none, none, none, none, none), (claim, move) => claim.With(move));
    }

    public CommissionClaim With(CommissionMove move)
    {
        var next = Add(Add(this, move.From, -move.Amount), move.To, move.Amount);
        return First.IsZero && move is { From: CommissionAccount.Shop, To: CommissionAccount.Accrued } ? next with { First = move.Amount } : next;
    }

    /// <summary>What has to be moved for how far the line is now. What is cancelled or comes back takes its share of what was accrued at first, off what is not earned before what is.</summary>
    public IReadOnlyList<CommissionMove> Follow(LineProgress line, bool isPaid, CommissionEarned when)
    {
        var kept = Least(Share(line, line.Ordered - line.Cancelled - line.Returned), Kept);
        var due = when == CommissionEarned.Shipped ? Share(line, line.Shipped - line.Returned) : isPaid ? Share(line, line.Invoiced - line.Credited) : Money.Zero(First.Currency);

        // What was earned stays earned unless it is reversed: an invoice that follows takes nothing back.
        var settled = Earned + PaidOut;
        var after = Least(kept, settled > due ? settled : due);
        var moves = new List<CommissionMove>();
        Put(moves, CommissionAccount.Accrued, CommissionAccount.Earned, after - settled);
        Put(moves, CommissionAccount.Earned, CommissionAccount.Shop, settled - after);
        Put(moves, CommissionAccount.Accrued, CommissionAccount.Shop, Kept - kept - (settled > after ? settled - after : Money.Zero(First.Currency)));
        return moves;
    }

    /// <summary>All of it back, also what was paid out: that he owes, and the next pay-out takes it.</summary>
    public IReadOnlyList<CommissionMove> Undo()
    {
        var moves = new List<CommissionMove>();
        Put(moves, CommissionAccount.Accrued, CommissionAccount.Shop, Accrued);
        Put(moves, CommissionAccount.Earned, CommissionAccount.Shop, Earned + PaidOut);
        return moves;
    }

    /// <summary>Settles what is earned; back, where more was paid out than is earned by now.</summary>
    public CommissionMove? PayOut() => Earned.IsZero ? null
        : Earned.IsNegative ? new CommissionMove(CommissionAccount.PaidOut, CommissionAccount.Earned, -Earned)
        : new CommissionMove(CommissionAccount.Earned, CommissionAccount.PaidOut, Earned);

    // Always of the whole, so that parts that go one after the other sum to it to the cent.
    private Money Share(LineProgress line, Quantity of) => line.Ordered.Thousandths <= 0 ? Money.Zero(First.Currency)
        : new Money(Round.Divide((Int128)First.Minor * Math.Max(0, of.Thousandths), line.Ordered.Thousandths, Rounding.HalfUp), First.Currency);

    private static Money Least(Money one, Money other) => one < other ? one : other;

    private static void Put(List<CommissionMove> moves, CommissionAccount from, CommissionAccount to, Money amount)
    {
        if (amount.Minor > 0)
        {
            moves.Add(new CommissionMove(from, to, amount));
        }
    }

    private static CommissionClaim Add(CommissionClaim claim, CommissionAccount account, Money amount) => account switch
    {
        CommissionAccount.Shop => claim with { Shop = claim.Shop + amount },
        CommissionAccount.Accrued => claim with { Accrued = claim.Accrued + amount },
        CommissionAccount.Earned => claim with { Earned = claim.Earned + amount },
        _ => claim with { PaidOut = claim.PaidOut + amount },
    };
}
