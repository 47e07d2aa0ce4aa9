using OnBehalf.Kernel;

namespace OnBehalf.Commissions;

/// <summary>Commissions in words.</summary>
public static class CommissionWords
{
    public static Phrase Of(CommissionBasis basis) => basis switch
    {
        CommissionBasis.TotalWithoutTax => Phrase.Of("total without tax"),
        CommissionBasis.TotalWithTax => Phrase.Of("total with tax, before shipping"),
        CommissionBasis.Commission => Phrase.Of("what the representative earns"),
        _ => Phrase.Of("discount on the articles"),
    };

    public static Phrase Of(CommissionPart part) => part switch
    {
        CommissionPart.Representative => Phrase.Of("who represents the order"),
        CommissionPart.Assistant => Phrase.Of("who assisted with it"),
        _ => Phrase.Of("who leads the representative"),
    };

    public static Phrase Of(CommissionChannel channel) => channel == CommissionChannel.Assisted ? Phrase.Of("on behalf of the customer") : Phrase.Of("by the customer himself");

    public static Phrase Of(CommissionEarned earned) => earned == CommissionEarned.Paid ? Phrase.Of("when it is paid") : Phrase.Of("when it is shipped");

    public static Phrase Of(DisputeWish wish) => wish == DisputeWish.Representative ? Phrase.Of("I represent this order") : Phrase.Of("The amount is wrong");

    public static Phrase Of(DisputeStatus status) => status switch
    {
        DisputeStatus.Open => Phrase.Of("Open"),
        DisputeStatus.Accepted => Phrase.Of("Accepted"),
        _ => Phrase.Of("Declined"),
    };

    /// <summary>What an entry is.</summary>
    public static Phrase Of(CommissionAccount from, CommissionAccount to) => (from, to) switch
    {
        (CommissionAccount.Shop, _) => Phrase.Of("Accrued"),
        (CommissionAccount.Accrued, CommissionAccount.Earned) => Phrase.Of("Earned"),
        (CommissionAccount.Earned, CommissionAccount.PaidOut) => Phrase.Of("Paid out"),
        (CommissionAccount.PaidOut, _) => Phrase.Of("Taken back"),
        _ => Phrase.Of("Reversed"),
    };

    /// <summary>What brought it about.</summary>
    public static Phrase Cause(string cause) => cause switch
    {
        "placed" => Phrase.Of("order placed"),
        "shipped" => Phrase.Of("shipped"),
        "paid" => Phrase.Of("paid"),
        "cancelled" => Phrase.Of("cancelled"),
        "returned" => Phrase.Of("returned"),
        "representative" => Phrase.Of("another representative"),
        "dispute" => Phrase.Of("counted anew after a dispute"),
        _ => Phrase.Of("pay-out"),
    };
}
