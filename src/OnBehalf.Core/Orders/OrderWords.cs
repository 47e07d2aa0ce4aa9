namespace OnBehalf.Orders;

/// <summary>The words that page, print and mail share.</summary>
public static class OrderWords
{
    /// <summary>What becomes of an order, in its own order; imported ones come as they were.</summary>
    public static readonly IReadOnlyList<string> Statuses = ["placed", "confirmed", "shipped", "cancelled"];

    /// <summary>"placed by Karim Weiss for Ines Albrecht"; "placed by Ines Albrecht" when nobody acted for her; null when it is not known. "placed by Karim Weiss for
    /// Nordlicht GmbH" where the company has it as a whole, and no buyer.</summary>
    public static string? PlacedBy(string? operatorName, string? buyerName, string? companyName) => (operatorName, buyerName ?? companyName) switch
    {
        (null, _) => buyerName is null ? null : $"placed by {buyerName}",
        (_, null) => $"placed by {operatorName}",
        var (_, whom) => $"placed by {operatorName} for {whom}",
    };

    public static string Status(string status) => status.Length == 0 ? "" : char.ToUpperInvariant(status[0]) + status[1..].Replace('-', ' ');

    public static string Payment(string? method, string? purchaseOrderNumber) => (method, purchaseOrderNumber) switch
    {
        (null, null) => "as agreed",
        (null, _) => $"Your purchase order {purchaseOrderNumber}",
        ("purchase-order", _) => $"On invoice, your purchase order {purchaseOrderNumber}",
        (_, null) => "On invoice",
        _ => $"On invoice, your reference {purchaseOrderNumber}",
    };
}
