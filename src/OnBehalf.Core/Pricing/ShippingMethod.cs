using OnBehalf.Kernel;

namespace OnBehalf.Pricing;

/// <summary>What is to be sent.</summary>
/// <param name="Country">Where it goes; null while it is not known.</param>
/// <param name="Region">State or province there.</param>
/// <param name="Milligrams">Of all articles whose weight is known.</param>
/// <param name="Lines">What the articles cost, without tax.</param>
public readonly record struct ShippingLoad(string? Country, string? Region, long Milligrams, Money Lines);

/// <summary>Another price of a way of sending: in a zone, from a weight and a sum of lines on.</summary>
/// <param name="Countries">ISO 3166 alpha-2 codes with a blank between; empty: wherever the method goes.</param>
/// <param name="Region">Of the one country; empty: all of it.</param>
public sealed record ShippingRate(string Countries, string Region, long FromMilligrams, long FromMinor, Money Price)
{
    public bool Fits(ShippingLoad load) => load.Milligrams >= FromMilligrams && load.Lines.Minor >= FromMinor
        && (Countries.Length == 0 || (load.Country is { Length: > 0 } country && Countries.Split(' ').Contains(country, StringComparer.Ordinal)))
        && (Region.Length == 0 || string.Equals(Region, load.Region?.Trim(), StringComparison.OrdinalIgnoreCase));

    // A region is nearer than a country, and a country nearer than everywhere.
    internal int Nearness => Region.Length > 0 ? 2 : Countries.Length > 0 ? 1 : 0;
}

/// <summary>A way in which goods get to the buyer.</summary>
/// <param name="Countries">ISO 3166 alpha-2 codes with a blank between; empty: everywhere.</param>
/// <param name="FreeFrom">From this sum of lines on it costs nothing; null: never.</param>
public sealed record ShippingMethod(string Code, string Name, string Countries, Money Price, Money? FreeFrom)
{
    /// <summary>True when it goes to this country; to an unknown country only what goes everywhere.</summary>
    public bool Serves(string? country) =>
        Countries.Length == 0 || (country is { Length: > 0 } && Countries.Split(' ').Contains(country, StringComparer.Ordinal));

    /// <summary>Other prices by zone, weight and sum.</summary>
    public IReadOnlyList<ShippingRate> Rates { get; init; } = [];

    /// <summary>What is heavier does not go this way; null: any weight does.</summary>
    public long? MostMilligrams { get; init; }

    public bool Carries(ShippingLoad load) => Serves(load.Country) && !(load.Milligrams > MostMilligrams);

    /// <summary>The price of the nearest zone, in it of the highest weight and then the highest sum reached; where none fits, that of the method. Never does it depend on the order in which they are kept.</summary>
    public Money PriceOf(ShippingLoad load) => Rates.Where(rate => rate.Fits(load))
        .OrderByDescending(rate => rate.Nearness).ThenByDescending(rate => rate.FromMilligrams).ThenByDescending(rate => rate.FromMinor)
        .ThenBy(rate => rate.Countries, StringComparer.Ordinal).ThenBy(rate => rate.Region, StringComparer.Ordinal).ThenBy(rate => rate.Price).FirstOrDefault()?.Price ?? Price;

    public Money CostOf(ShippingLoad load) => FreeFrom is { } free && load.Lines >= free ? Money.Zero(Price.Currency) : PriceOf(load);

    public Money CostOf(Money lines) => CostOf(new ShippingLoad(null, null, 0, lines));
}

public static class ShippingMethods
{
    /// <summary>Those that can take it and have a price in the buyer's currency, cheapest first.</summary>
    public static IReadOnlyList<ShippingMethod> For(IEnumerable<ShippingMethod> methods, ShippingLoad load) =>
        [.. methods.Where(method => method.Price.Currency == load.Lines.Currency && method.Carries(load)).OrderBy(method => method.PriceOf(load)).ThenBy(method => method.Code, StringComparer.Ordinal)];

    /// <summary>Those that serve the country and have a price in the buyer's currency, cheapest first.</summary>
    public static IReadOnlyList<ShippingMethod> For(IEnumerable<ShippingMethod> methods, string? country, Currency currency) =>
        [.. methods.Where(method => method.Price.Currency == currency && method.Serves(country)).OrderBy(method => method.Price).ThenBy(method => method.Code, StringComparer.Ordinal)];
}
