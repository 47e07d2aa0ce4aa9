using OnBehalf.Kernel;
using OnBehalf.Modules.Companies;

namespace OnBehalf.Modules.Orders;

/// <summary>One of the two address choices of the checkout, for its part of the page.</summary>
/// <param name="Name">`Billing` or `Shipping`: the field.</param>
/// <param name="MayBeSame">Offers "to the billing address".</param>
/// <param name="Hint">What to say about the country when it is not known.</param>
/// <param name="ErrorOf">What to say at a field.</param>
public sealed record CheckoutAddress(
    string Name, string Title, string? Choice, AddressInput Typed, IReadOnlyList<BookAddress> Book, bool MayBeSame, bool MayKeep, string? Hint, Func<string, string?> ErrorOf)
{
    /// <summary>Field, label, purpose for the browser, whether it must be filled.</summary>
    public static readonly IReadOnlyList<(string Field, Phrase Label, string Purpose, bool IsNeeded)> Lines =
    [
        ("Recipient", "Name", "name", false),
        ("Line1", "Street and number", "address-line1", true),
        ("Line2", "Second line", "address-line2", false),
        ("PostalCode", "Postal code", "postal-code", false),
        ("City", "City", "address-level2", true),
        ("Region", "State or region", "address-level1", false),
    ];

    public string? ValueOf(string field) => field switch
    {
        "Recipient" => Typed.Recipient,
        "Line1" => Typed.Line1,
        "Line2" => Typed.Line2,
        "PostalCode" => Typed.PostalCode,
        "City" => Typed.City,
        _ => Typed.Region,
    };
}
