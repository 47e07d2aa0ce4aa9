using OnBehalf.Kernel;

namespace OnBehalf.Modules.Companies;

/// <summary>
/// The address of the page that asks before a session: whom to act for, the page to come back to (`from`), and the page of the Buyer Portal on which the
/// session is to begin (`to`), which is carried along from wherever somebody started to look for the customer.
/// </summary>
public static class ActForLink
{
    /// <param name="customer">The path of the customer's page.</param>
    /// <param name="way">What <see cref="Return(string, HttpRequest)"/> made.</param>
    public static string Of(string customer, MembershipId person, string way) =>
        customer.StartsWith("/admin/", StringComparison.Ordinal) ? $"/admin/act/{person}?from={way}"
        : customer.StartsWith("/staff/consumers/", StringComparison.Ordinal) ? $"{customer}/act?from={way}"
        : $"{customer}/act/{person}?from={way}";

    /// <summary>The page to come back to and the wanted page of the request, escaped for a query.</summary>
    public static string Return(string here, HttpRequest request) => Destination(request) is { } page ? Return(here, page) : Uri.EscapeDataString(here);

    public static string Return(string here, string destination) => $"{Uri.EscapeDataString(here)}&to={Uri.EscapeDataString(destination)}";

    public static string? Destination(HttpRequest request) => request.Query["to"] is [{ Length: > 0 and < 1_000 } page] ? page : null;
}
