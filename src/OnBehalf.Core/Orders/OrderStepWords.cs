namespace OnBehalf.Orders;

/// <summary>The steps of an order in words.</summary>
public static class OrderStepWords
{
    /// <summary>On a button: "Ship".</summary>
    public static string Verb(OrderStep step) => step switch
    {
        OrderStep.Confirmed => "Confirm",
        OrderStep.Shipped => "Ship",
        OrderStep.Invoiced => "Invoice",
        OrderStep.Paid => "Mark as paid",
        OrderStep.Cancelled => "Cancel",
        OrderStep.PaymentReceived => "Enter a payment",
        OrderStep.ReturnAnnounced => "Announce a return",
        OrderStep.ReturnDeclined => "Decline the return",
        _ => "Take back",
    };

    /// <summary>In the list of what happened: "Shipped".</summary>
    public static string Done(OrderStep step) => step switch
    {
        OrderStep.Returned => "Came back",
        OrderStep.PaymentReceived => "Payment received",
        OrderStep.ReturnAnnounced => "Return announced",
        OrderStep.ReturnDeclined => "Return declined",
        _ => step.ToString(),
    };

    /// <summary>How far a line is, where anything happened to it: "3 shipped, 2 cancelled".</summary>
    public static string? Of(LineProgress line)
    {
        var parts = new[] { (line.Shipped, "shipped"), (line.Cancelled, "cancelled"), (line.Returned, "came back"), (line.Announced, "announced to come back") }
            .Where(part => part.Item1.IsPositive).Select(part => $"{part.Item1} {part.Item2}").ToList();
        return parts.Count == 0 ? null : string.Join(", ", parts);
    }
}
