using OnBehalf.Kernel;

namespace OnBehalf.Pricing;

/// <summary>A way in which goods get to the buyer.</summary>
/// <param name="Countries">ISO 3166 alpha-2 codes with a blank between; empty: everywhere.</param>
/// <param name="FreeFrom">From this sum of lines on it costs nothing; null: never.</param>
public sealed record ShippingMethod(string Code, string Name, string Countries, Money Price, Money? FreeFrom)
{
    /// <summary>True when it goes to this country; to an unknown country only what goes everywhere.</summary>
    public bool Serves(string? country) =>
        Countries.Length == 0 || (country is { Length: > 0 } && Countries.Split(' ').Contains(country, StringComparer.Ordinal));

    public Money CostOf(Money lines) => FreeFrom is { } free && lines >= free ? Money.Zero(Price.Currency) : Price;
}

public static class ShippingMethods
{
    /// <summary>Those that serve the country and have a price in the buyer's currency, cheapest first.</summary>
    public static IReadOnlyList<ShippingMethod> For(IEnumerable<ShippingMethod> methods, string? country, Currency currency) =>
        [.. methods.Where(method => method.Price.Currency == currency && method.Serves(country)).OrderBy(method => method.Price).ThenBy(method => method.Code, StringComparer.Ordinal)];
}
