using OnBehalf.Companies;
using OnBehalf.Kernel;

namespace OnBehalf.Orders;

/// <summary>The words that page, print and mail share.</summary>
public static class OrderWords
{
    /// <summary>What becomes of an order that is placed, in its own order; imported ones come as they were.</summary>
    public static readonly IReadOnlyList<string> Statuses = [Placed, "confirmed", OrderProgress.PartlyShipped, "shipped", "invoiced", "paid", "cancelled", "returned"];

    /// <summary>The same with what was not placed.</summary>
    public static readonly IReadOnlyList<string> AllStatuses = [Waiting, .. Statuses, Declined];

    public const string Placed = "placed";

    /// <summary>Why an order waits: it is over the amount of the mandate.</summary>
    public const string OverAmount = "mandate-amount";

    /// <summary>It has a number, and nothing is ordered until an administrator of the company approves it.</summary>
    public const string Waiting = "waiting-for-approval";

    /// <summary>An administrator of the company did not approve it: it was never placed.</summary>
    public const string Declined = "declined";

    public static bool IsPlaced(string status) => status is not (Waiting or Declined);

    /// <summary>"placed by Karim Weiss for Ines Albrecht"; "placed by Ines Albrecht" when nobody acted for her; null when it is not known. "placed by Karim Weiss for
    /// Nordlicht GmbH" where the company has it as a whole, and no buyer.</summary>
    public static string? PlacedBy(string? operatorName, string? buyerName, string? companyName) => (operatorName, buyerName ?? companyName) switch
    {
        (null, _) => buyerName is null ? null : $"placed by {buyerName}",
        (_, null) => $"placed by {operatorName}",
        var (_, whom) => $"placed by {operatorName} for {whom}",
    };

    /// <summary>The same for an order in any state: what waits for approval, or was declined, was submitted and not placed.</summary>
    public static string? By(string status, string? operatorName, string? buyerName, string? companyName)
    {
        var placed = PlacedBy(operatorName, buyerName, companyName);
        return placed is null || IsPlaced(status) ? placed : "submitted" + placed["placed".Length..];
    }

    /// <summary>"version 3, accepted by Karim Weiss for Ines Albrecht".</summary>
    public static string Accepted(int version, string? operatorName, string? buyerName, string? companyName) =>
        PlacedBy(operatorName, buyerName, companyName) is { } by ? $"version {version}, accepted{by["placed".Length..]}" : $"version {version}, accepted";

    /// <summary>Why an order waits, in sentences.</summary>
    /// <param name="why">The codes of the fact and the row, with blanks between.</param>
    /// <param name="above">The amount that it exceeds.</param>
    public static string WhyWaiting(string why, Money? above) => string.Join(' ', why.Split(' ').Select(code => code switch
    {
        _ when BudgetState.IsCode(code) => BudgetState.Sentence(code),
        OverAmount => $"It is over {above}, the amount above which the mandate lets orders wait.",
        "new-address" => "It goes to an address that was not in your address book before.",
        "staff-address" => "It goes to an address of the seller’s staff.",
        _ => "It goes to the name of who submitted it.",
    }));

    public static string Status(string status) => status.Length == 0 ? "" : char.ToUpperInvariant(status[0]) + status[1..].Replace('-', ' ');

    /// <summary>On the checkout and in the Back Office.</summary>
    public static string Payment(PaymentMethod method) => method switch
    {
        PaymentMethod.Invoice => "On invoice",
        PaymentMethod.PurchaseOrder => "By purchase order",
        PaymentMethod.Prepayment => "Prepayment",
        _ => "Cash on delivery",
    };

    private static string Reference(string? number) => number is null ? "" : $", your reference {number}";

    public static string Payment(string? method, string? purchaseOrderNumber) => (method, purchaseOrderNumber) switch
    {
        (null, null) => "as agreed",
        ("prepayment", _) => "Prepayment" + Reference(purchaseOrderNumber),
        ("cash-on-delivery", _) => "Cash on delivery" + Reference(purchaseOrderNumber),
        (null, _) => $"Your purchase order {purchaseOrderNumber}",
        ("purchase-order", _) => $"On invoice, your purchase order {purchaseOrderNumber}",
        (_, null) => "On invoice",
        _ => $"On invoice, your reference {purchaseOrderNumber}",
    };
}
