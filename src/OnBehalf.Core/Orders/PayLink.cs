using OnBehalf.Kernel;

namespace OnBehalf.Orders;

/// <summary>What a link with which somebody pays an order is worth.</summary>
public enum PayLinkState
{
    Good,
    Paid,

    /// <summary>A newer one was made.</summary>
    Replaced,
    Expired,

    /// <summary>The order was changed or cancelled, or paid in another way: it does not cost any more what the link says.</summary>
    OtherAmount,
}

/// <summary>A link to pay one order is for one amount in one currency, until a moment, and once.</summary>
public static class PayLink
{
    /// <param name="due">What the order still costs.</param>
    public static PayLinkState StateOf(bool isPaid, bool isReplaced, bool isExpired, Money amount, Money due) =>
        isPaid ? PayLinkState.Paid
        : isReplaced ? PayLinkState.Replaced
        : isExpired ? PayLinkState.Expired
        : due != amount ? PayLinkState.OtherAmount
        : PayLinkState.Good;

    /// <summary>Why it does not work, as whoever has it reads it.</summary>
    public static string Words(PayLinkState state) => state switch
    {
        PayLinkState.Paid => Say("This order is paid. Thank you."),
        PayLinkState.Replaced => Say("A newer link was sent. Please use that one."),
        PayLinkState.Expired => Say("This link is too old. Please ask for a new one."),
        PayLinkState.OtherAmount => Say("The order was changed or cancelled after this link was sent, so nothing can be paid with it. Please ask us."),
        _ => Say("This link is good."),
    };
}
