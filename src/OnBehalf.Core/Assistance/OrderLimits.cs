using OnBehalf.Kernel;

namespace OnBehalf.Assistance;

/// <summary>Holds an order that is placed in a session against the amounts that the policy and the mandate allow.</summary>
public static class OrderLimits
{
    /// <summary>Null when the order may be placed. A limit in other currencies only lets no order of this one through: nothing is converted.</summary>
    /// <param name="monthWithIt">The sum of the month with this order in it, in its currency.</param>
    public static Refusal? Check(SessionLimits limits, Money total, Money monthWithIt)
    {
        foreach (var amounts in limits.PerOrder)
        {
            if (Limit(amounts, total) is var (most, isKnown) && (!isKnown || total > most))
            {
                return isKnown
                    ? Refusal.Conflict("assistance.order-too-large", $"You may place orders of at most {most} for this customer; this one is {total}. Let the buyer place it, or ask your supervisor.")
                    : OtherCurrency(total);
            }
        }

        foreach (var amounts in limits.PerMonth)
        {
            if (Limit(amounts, monthWithIt) is var (most, isKnown) && (!isKnown || monthWithIt > most))
            {
                return isKnown
                    ? Refusal.Conflict("assistance.month-too-large", $"You may order at most {most} a month for this customer; with this order it would be {monthWithIt}. Let the buyer place it, or ask your supervisor.")
                    : OtherCurrency(total);
            }
        }

        return null;
    }

    /// <summary>
    /// The amount above which this order waits for the company's approval; null when it does not wait. Where the amounts are in other currencies only nothing
    /// can be compared, and every order waits.
    /// </summary>
    public static Money? WaitsAbove(IReadOnlyList<Money> amounts, Money total)
    {
        if (amounts.Count == 0)
        {
            return null;
        }

        var (above, isKnown) = Limit(amounts, total);
        return !isKnown ? amounts[0] : total > above ? above : null;
    }

    /// <summary>What an operator reads before and in a session; null where no order waits.</summary>
    public static string? ApprovalInWords(IReadOnlyList<Money> amounts) =>
        amounts.Count == 0 ? null : Say($"Orders over {Either(amounts)} wait for approval by an administrator of the company.");

    /// <summary>"500.00 EUR an order, 2,000.00 EUR a month"; null without a limit.</summary>
    public static string? InWords(SessionLimits limits) => limits is { PerOrder: [], PerMonth: [] } ? null : string.Join(
        ", ",
        limits.PerOrder.Select(amounts => Say($"{Either(amounts)} an order")).Concat(limits.PerMonth.Select(amounts => Say($"{Either(amounts)} a month"))));

    private static string Either(IEnumerable<Money> amounts) => string.Join(Say(" or "), amounts);

    private static (Money Most, bool IsKnown) Limit(IReadOnlyList<Money> amounts, Money total)
    {
        foreach (var amount in amounts)
        {
            if (amount.Currency == total.Currency)
            {
                return (amount, true);
            }
        }

        return (default, false);
    }

    private static Refusal OtherCurrency(Money total) => Refusal.Conflict(
        "assistance.currency-not-covered", $"You may not place orders in {total.Currency} for this customer. Let the buyer place it, or ask your supervisor.");
}
