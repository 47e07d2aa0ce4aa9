using System.Globalization;
using OnBehalf.Kernel;

namespace OnBehalf.Pricing;

/// <summary>
/// Prices of a way of sending as staff type them, one a line: zone; kilograms; sum; price. A zone is countries with blanks between, a country and a region of it ("US/Alaska"), or * for
/// wherever the method goes.
/// </summary>
public static class ShippingRateText
{
    public const int MostLines = 200;

    public static Outcome<ShippingRate[]> Read(string? text, Currency currency)
    {
        var rates = new List<ShippingRate>();
        var lines = (text ?? "").ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (lines.Length > MostLines)
        {
            return Refusal.Invalid("pricing.shipping-rates", $"Prices: at most {MostLines} lines.", "Rates");
        }

        for (var i = 0; i < lines.Length; i++)
        {
            var parts = lines[i].Split(';', StringSplitOptions.TrimEntries);
            if (parts.Length != 4 || Zone(parts[0]) is not var (countries, region) || !Kilograms(parts[1], out var weight)
                || !Money.TryParse(parts[2].Length == 0 ? "0" : parts[2], currency, out var from) || !Money.TryParse(parts[3], currency, out var price)
                || price.Minor > 1_000_000_000_000 || from.Minor > 1_000_000_000_000)
            {
                return Refusal.Invalid("pricing.shipping-rates", $"Prices, line {i + 1}: zone; kilograms; sum; price, such as “DE AT; 5; 0; 12.90”. “*” is wherever it goes, “US/Alaska” a region.", "Rates");
            }

            if (rates.Exists(rate => rate.Countries == countries && rate.Region == region && rate.FromMilligrams == weight && rate.FromMinor == from.Minor))
            {
                return Refusal.Invalid("pricing.shipping-rates", $"Prices, line {i + 1}: the same zone, weight and sum as on a line before.", "Rates");
            }

            rates.Add(new ShippingRate(countries, region, weight, from.Minor, price));
        }

        return rates.ToArray();
    }

    /// <summary>As it is typed: "DE AT; 5; 0.00; 12.90".</summary>
    public static string Write(IEnumerable<ShippingRate> rates, Currency currency) => string.Join('\n', rates
        .OrderBy(rate => rate.Countries, StringComparer.Ordinal).ThenBy(rate => rate.Region, StringComparer.Ordinal).ThenBy(rate => rate.FromMilligrams).ThenBy(rate => rate.FromMinor)
        .Select(rate => $"{(rate.Countries.Length == 0 ? "*" : rate.Countries)}{(rate.Region.Length == 0 ? "" : "/" + rate.Region)}; {Weight(rate.FromMilligrams)}; {new Money(rate.FromMinor, currency).ToPlainString()}; {rate.Price.ToPlainString()}"));

    /// <summary>Milligrams in kilograms: "2.5".</summary>
    public static string Weight(long milligrams) => (milligrams / 1_000_000m).ToString("0.######", CultureInfo.InvariantCulture);

    /// <summary>Kilograms with at most six decimals in milligrams; nothing is none.</summary>
    public static bool Kilograms(string? text, out long milligrams)
    {
        milligrams = 0;
        if (string.IsNullOrWhiteSpace(text))
        {
            return true;
        }

        if (text.Trim().Length > 15 || !decimal.TryParse(text.Trim(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var kilograms) || kilograms > 1_000_000m
            || decimal.Truncate(kilograms * 1_000_000m) != kilograms * 1_000_000m)
        {
            return false;
        }

        milligrams = (long)(kilograms * 1_000_000m);
        return true;
    }

    private static (string Countries, string Region)? Zone(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var region = slash < 0 ? "" : text[(slash + 1)..].Trim();
        var countries = (slash < 0 ? text : text[..slash]).Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(code => code.ToUpperInvariant()).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        return text == "*" ? ("", "")
            : countries.Count == 0 || countries.Exists(code => !Country.TryParse(code, out _)) || (slash >= 0 && (countries.Count > 1 || region.Length is 0 or > TaxRateDraft.LongestRegion)) ? null
            : (string.Join(' ', countries), region);
    }
}
