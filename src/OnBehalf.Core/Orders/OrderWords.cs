using OnBehalf.Companies;
using OnBehalf.Kernel;
using OnBehalf.Pricing;

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
        (null, _) => buyerName is null ? null : Say($"placed by {buyerName}"),
        (_, null) => Say($"placed by {operatorName}"),
        var (_, whom) => Say($"placed by {operatorName} for {whom}"),
    };

    /// <summary>The same for an order in any state: what waits for approval, or was declined, was submitted and not placed.</summary>
    public static string? By(string status, string? operatorName, string? buyerName, string? companyName)
    {
        return IsPlaced(status) ? PlacedBy(operatorName, buyerName, companyName) : (operatorName, buyerName ?? companyName) switch
        {
            (null, _) => buyerName is null ? null : Say($"submitted by {buyerName}"),
            (_, null) => Say($"submitted by {operatorName}"),
            var (_, whom) => Say($"submitted by {operatorName} for {whom}"),
        };
    }

    /// <summary>"version 3, accepted by Karim Weiss for Ines Albrecht".</summary>
    public static string Accepted(int version, string? operatorName, string? buyerName, string? companyName) =>
        (operatorName, buyerName ?? companyName) switch
        {
            (null, _) => buyerName is null ? Say($"version {version}, accepted") : Say($"version {version}, accepted by {buyerName}"),
            (_, null) => Say($"version {version}, accepted by {operatorName}"),
            var (_, whom) => Say($"version {version}, accepted by {operatorName} for {whom}"),
        };

    /// <summary>Why an order waits, in sentences.</summary>
    /// <param name="why">The codes of the fact and the row, with blanks between.</param>
    /// <param name="above">The amount that it exceeds.</param>
    public static string WhyWaiting(string why, Money? above) => string.Join(' ', why.Split(' ').Select(code => code switch
    {
        _ when BudgetState.IsCode(code) => BudgetState.Sentence(code),
        OverAmount => Say($"It is over {above}, the amount above which the mandate lets orders wait."),
        "new-address" => Say("It goes to an address that was not in your address book before."),
        "staff-address" => Say("It goes to an address of the seller’s staff."),
        _ => Say("It goes to the name of who submitted it."),
    }));

    public static string Status(string status) => status switch
    {
        Placed => Say("Placed"),
        Waiting => Say("Waiting for approval"),
        Declined => Say("Declined"),
        "confirmed" => Say("Confirmed"),
        OrderProgress.PartlyShipped => Say("Partly shipped"),
        "shipped" => Say("Shipped"),
        "invoiced" => Say("Invoiced"),
        "paid" => Say("Paid"),
        "cancelled" => Say("Cancelled"),
        "returned" => Say("Returned"),
        "approved" => Say("Approved"),
        _ => status.Length == 0 ? "" : char.ToUpperInvariant(status[0]) + status[1..].Replace('-', ' '),
    };

    /// <summary>What took something off an order: codes of coupons, and what staff agreed; null: nothing did.</summary>
    public static string? Discount(string? couponCodes, long agreedMinor, string? agreedReason)
    {
        var agreed = agreedMinor == 0 ? null : agreedReason is { } code ? Say($"agreed: {PriceReasons.Inside(code)}") : Say("agreed");
        return agreed is null ? couponCodes : couponCodes is null ? agreed : $"{agreed}, {couponCodes}";
    }

    /// <summary>On the checkout and in the Back Office.</summary>
    public static string Payment(PaymentMethod method) => method switch
    {
        PaymentMethod.Invoice => Say("On invoice"),
        PaymentMethod.PurchaseOrder => Say("By purchase order"),
        PaymentMethod.Prepayment => Say("Prepayment"),
        PaymentMethod.Online => Say("Online"),
        _ => Say("Cash on delivery"),
    };

    private static string Reference(string? number) => number is null ? "" : Say($", your reference {number}");

    public static string Payment(string? method, string? purchaseOrderNumber) => (method, purchaseOrderNumber) switch
    {
        (null, null) => Say("as agreed"),
        ("online", _) => Say("Online") + Reference(purchaseOrderNumber),
        ("prepayment", _) => Say("Prepayment") + Reference(purchaseOrderNumber),
        ("cash-on-delivery", _) => Say("Cash on delivery") + Reference(purchaseOrderNumber),
        (null, _) => Say($"Your purchase order {purchaseOrderNumber}"),
        ("purchase-order", _) => Say($"On invoice, your purchase order {purchaseOrderNumber}"),
        (_, null) => Say("On invoice"),
        _ => Say($"On invoice, your reference {purchaseOrderNumber}"),
    };
}
