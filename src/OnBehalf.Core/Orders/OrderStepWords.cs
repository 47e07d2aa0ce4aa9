using OnBehalf.Kernel;

namespace OnBehalf.Orders;

/// <summary>The steps of an order in words.</summary>
public static class OrderStepWords
{
    /// <summary>On a button: "Ship".</summary>
    public static string Verb(OrderStep step) => step switch
    {
        OrderStep.Confirmed => Say("Confirm"),
        OrderStep.Shipped => Say("Ship"),
        OrderStep.Invoiced => Say("Invoice"),
        OrderStep.Paid => Say("Mark as paid"),
        OrderStep.Cancelled => Say("Cancel"),
        OrderStep.PaymentReceived => Say("Enter a payment"),
        OrderStep.ReturnAnnounced => Say("Announce a return"),
        OrderStep.ReturnDeclined => Say("Decline the return"),
        _ => Say("Take back"),
    };

    /// <summary>In the list of what happened: "Shipped".</summary>
    public static string Done(OrderStep step) => step switch
    {
        OrderStep.Returned => Say("Came back"),
        OrderStep.PaymentReceived => Say("Payment received"),
        OrderStep.ReturnAnnounced => Say("Return announced"),
        OrderStep.ReturnDeclined => Say("Return declined"),
        OrderStep.Confirmed => Say("Confirmed"),
        OrderStep.Shipped => Say("Shipped"),
        OrderStep.Invoiced => Say("Invoiced"),
        OrderStep.Paid => Say("Paid"),
        OrderStep.Cancelled => Say("Cancelled"),
        _ => step.ToString(),
    };

    /// <summary>How far a line is, where anything happened to it: "3 shipped, 2 cancelled".</summary>
    public static string? Of(LineProgress line)
    {
        var parts = new (Quantity Much, Phrase Words)[]
        {
            (line.Shipped, $"{line.Shipped} shipped"), (line.Cancelled, $"{line.Cancelled} cancelled"), (line.Returned, $"{line.Returned} came back"), (line.Announced, $"{line.Announced} announced to come back"),
        };
        return parts.Any(part => part.Much.IsPositive) ? string.Join(", ", parts.Where(part => part.Much.IsPositive).Select(part => part.Words)) : null;
    }
}
