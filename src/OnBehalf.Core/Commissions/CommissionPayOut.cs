using OnBehalf.Kernel;

namespace OnBehalf.Commissions;

/// <summary>What is settled with somebody in a run: his claims, each with what moves.</summary>
public static class CommissionPayOut
{
    /// <summary>All that is earned of everybody to whom more is due than he owes, in each currency by itself. Who owes more is left as he is, until he has earned it.</summary>
    /// <param name="payer">Who makes the run; his own claims wait for somebody else.</param>
    public static IReadOnlyList<(T Of, CommissionMove Move)> Of<T>(IEnumerable<(T Of, StaffId Staff, CommissionClaim Claim)> claims, StaffId payer) =>
    [
        .. claims.Where(one => one.Staff != payer).GroupBy(one => (one.Staff, one.Claim.Earned.Currency))
            .Where(person => person.Sum(one => one.Claim.Earned.Minor) > 0)
            .SelectMany(person => person).Select(one => (one.Of, Move: one.Claim.PayOut())).Where(one => one.Move is not null).Select(one => (one.Of, one.Move!)),
    ];
}
