using OnBehalf.Kernel;

namespace OnBehalf.Orders;

public enum PaymentMethod
{
    Invoice,

    /// <summary>On invoice too, under the number of the buyer's own purchase order.</summary>
    PurchaseOrder,
}

/// <summary>How an order is paid. A purchase-order number may stand on an invoice order as well; the other way it must be there.</summary>
public sealed record Payment(PaymentMethod Method, string? PurchaseOrderNumber)
{
    public const int LongestNumber = 50;

    public static Outcome<Payment> Read(PaymentMethod? method, string? purchaseOrderNumber)
    {
        var number = purchaseOrderNumber?.Trim() ?? "";
        return method is null ? OrderRefusals.PaymentMissing
            : number.Length > LongestNumber || number.Any(char.IsControl) ? OrderRefusals.PurchaseOrderNumberWrong
            : number.Length == 0 && method == PaymentMethod.PurchaseOrder ? OrderRefusals.PurchaseOrderNumberMissing
            : new Payment(method.Value, number.Length == 0 ? null : number);
    }
}

/// <summary>What the buyer wants to say with an order: several lines, at most 2,000 characters.</summary>
public static class OrderComment
{
    public const int Longest = 2_000;

    public static Outcome<string?> Read(string? text)
    {
        var comment = text?.ReplaceLineEndings("\n").Trim() ?? "";
        return comment.Length > Longest ? OrderRefusals.CommentTooLong
            : comment.Any(c => char.IsControl(c) && c is not ('\n' or '\t')) ? OrderRefusals.CommentUnreadable
            : comment.Length == 0 ? null : comment;
    }
}

/// <summary>Why an order is not approved, on one line of at most 500 characters: the buyer and the operator read it.</summary>
public static class DeclineReason
{
    public const int Longest = 500;

    public static Outcome<string> Read(string? text)
    {
        var reason = text?.Trim() ?? "";
        return reason.Length == 0 ? OrderRefusals.ReasonMissing
            : reason.Length > Longest || reason.Any(char.IsControl) ? OrderRefusals.ReasonTooLong
            : reason;
    }
}
