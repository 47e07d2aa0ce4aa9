using OnBehalf.Kernel;

namespace OnBehalf.Pricing;

/// <summary>The rate of a tax class in a country or, with a region, in that part of it.</summary>
/// <param name="Country">ISO 3166 alpha-2.</param>
/// <param name="Region">Empty: the whole country.</param>
public sealed record TaxRate(string Country, string Region, string TaxClass, Percentage Rate);

/// <summary>Which tax is due where the goods go.</summary>
public static class Taxes
{
    /// <summary>The class of articles that name none, and of shipping.</summary>
    public const string Standard = "standard";

    /// <summary>The first class that has no rate in a country which has rates; null: all have. A country without any is one where no tax is due.</summary>
    public static string? Missing(IReadOnlyCollection<TaxRate> rates, string? country, string? region, IEnumerable<string> classes) =>
        rates.All(rate => rate.Country != country) ? null : classes.FirstOrDefault(taxClass => !rates.Any(rate => rate.Country == country && rate.TaxClass == taxClass
            && (rate.Region.Length == 0 || string.Equals(rate.Region, region?.Trim(), StringComparison.OrdinalIgnoreCase))));

    public static Refusal RateMissing(string taxClass, string country) => Refusal.Conflict(
        "orders.tax-unknown", $"We do not know the tax on articles of the class “{taxClass}” that go to {country}. Please call us: nothing was ordered.");

    /// <summary>The rate of the region, else of the whole country, else zero. Letter case of the region does not count.</summary>
    public static Percentage RateFor(IReadOnlyCollection<TaxRate> rates, string? country, string? region, string taxClass)
    {
        var found = Percentage.Zero;
        foreach (var rate in rates)
        {
            if (rate.Country != country || rate.TaxClass != taxClass)
            {
                continue;
            }

            if (rate.Region.Length == 0)
            {
                found = rate.Rate;
            }
            else if (string.Equals(rate.Region, region?.Trim(), StringComparison.OrdinalIgnoreCase))
            {
                return rate.Rate;
            }
        }

        return found;
    }
}
