using OnBehalf.Kernel;

namespace OnBehalf.Pricing;

/// <summary>The rate of a tax class as somebody typed it. An empty rate takes it away.</summary>
public sealed record TaxRateDraft(string? Country, string? Region, string? TaxClass, string? Percent)
{
    public const int LongestClass = 64;
    public const int LongestRegion = 200;

    /// <summary>The rate, or without one the place of which it is taken away.</summary>
    public Outcome<(TaxRate Place, Percentage? Rate)> Read()
    {
        if (!Kernel.Country.TryParse(Country?.Trim() ?? "", out var country))
        {
            return Refusal.Invalid("pricing.country", "Country: choose one of the list.", "Country");
        }

        var (region, taxClass) = (Region?.Trim() ?? "", TaxClass?.Trim() ?? "");
        if (region.Length > LongestRegion || region.Any(char.IsControl) || taxClass.Length is 0 or > LongestClass || taxClass.Any(char.IsControl))
        {
            return Refusal.Invalid("pricing.tax-class", $"Tax class: 1 to {LongestClass} characters, such as standard; a region at most {LongestRegion}.", "TaxClass");
        }

        var percent = PriceListDraft.ReadPercent(Percent, "Percent");
        if (percent.IsRefused)
        {
            return percent.Refusal;
        }

        Percentage? rate = string.IsNullOrWhiteSpace(Percent) ? null : percent.Value;

        // Nobody finds out that nothing is taxed any more from a rate that is not there.
        return rate is null && region.Length == 0
            ? Refusal.Invalid("pricing.rate-of-country", "Percent: a rate of a whole country stays. Type 0 where nothing is due; empty takes away the rate of a region.", "Percent")
            : (new TaxRate(country.Code, region, taxClass, Percentage.Zero), rate);
    }
}

/// <summary>A way of sending as somebody typed it.</summary>
/// <param name="Countries">Codes with blanks between; empty: everywhere.</param>
public sealed record ShippingDraft(string? Code, string? Name, string? Countries, string? Price, string? Currency, string? FreeFrom, string? Rates = null, string? MostKilograms = null)
{
    public Outcome<ShippingMethod> Read()
    {
        var head = CustomerGroup.Read(Code, Name);
        if (head.IsRefused)
        {
            return head.Refusal;
        }

        string[] countries = [.. (Countries ?? "").Split([' ', ',', ';'], StringSplitOptions.RemoveEmptyEntries).Select(code => code.ToUpperInvariant()).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        if (Array.Find(countries, code => !Country.TryParse(code, out _)) is { } stranger)
        {
            return Refusal.Invalid("pricing.countries", $"Countries: {stranger} is none. Two letters each with blanks between, such as DE AT; nothing is everywhere.", "Countries");
        }

        if (!Kernel.Currency.TryParse(Currency?.Trim() ?? "", out var currency))
        {
            return Refusal.Invalid("pricing.currency", "Currency: a code of three capital letters, such as EUR.", "Currency");
        }

        Phrase wrong = $"an amount in {currency.Code} with a dot and at most {currency.Decimals} decimals, such as 4.90.";
        var rates = ShippingRateText.Read(Rates, currency);
        if (rates.IsRefused)
        {
            return rates.Refusal;
        }

        if (!ShippingRateText.Kilograms(MostKilograms, out var most))
        {
            return Refusal.Invalid("pricing.shipping-weight", "Up to: kilograms with a dot, such as 31.5, or nothing.", "MostKilograms");
        }

        var freeTyped = !string.IsNullOrWhiteSpace(FreeFrom);
        Money free = default;
        return !Money.TryParse(Price?.Trim(), currency, out var price) || price.Minor > 1_000_000_000_000 ? Refusal.Invalid("pricing.shipping-price", $"Price: {wrong}", "Price")
            : freeTyped && (!Money.TryParse(FreeFrom!.Trim(), currency, out free) || free.Minor > 1_000_000_000_000) ? Refusal.Invalid("pricing.shipping-free", $"Free from: {wrong}", "FreeFrom")
            : new ShippingMethod(head.Value.Code, head.Value.Name, string.Join(' ', countries), price, freeTyped ? free : null) { Rates = rates.Value, MostMilligrams = most == 0 ? null : most };
    }
}

/// <summary>The rate of a tax class in a place; empty: none.</summary>
public sealed record TaxRateChanged(Code Country, Code Region, Code TaxClass, Code Before, Code After) : Fact
{
    public override string Name => "pricing.tax-rate-changed";
}

/// <summary>One thing about a way of sending, before and after; "method" of one that is new or was taken away.</summary>
public sealed record ShippingMethodChanged(Code Method, Code What, Code Before, Code After) : Fact
{
    public override string Name => "pricing.shipping-changed";
}
