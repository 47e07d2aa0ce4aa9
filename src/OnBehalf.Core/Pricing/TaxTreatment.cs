using OnBehalf.Companies;
using OnBehalf.Kernel;

namespace OnBehalf.Pricing;

/// <summary>A certificate by which a company buys without tax. <paramref name="Until"/> is the first moment at which it does not count any more.</summary>
public sealed record TaxExemption(string Number, DateTimeOffset? From, DateTimeOffset? Until)
{
    public const int LongestNumber = 64;

    /// <summary>Null without a number: there is none. <paramref name="from"/> and <paramref name="until"/> are days, that day included.</summary>
    public static Outcome<TaxExemption?> Read(string? number, string? from, string? until, TimeZoneInfo zone)
    {
        var (typed, first, last) = (number?.Trim() ?? "", Days.Read(from), Days.Read(until));
        return typed.Length == 0 ? (TaxExemption?)null
            : typed.Length > LongestNumber || typed.Any(char.IsControl) ? Refusal.Invalid("pricing.exemption", $"Certificate: at most {LongestNumber} characters.", "Exemption")
            : first is null ? Refusal.Invalid("pricing.day", "Counts from: a day, such as 2026-03-01, or nothing.", "From")
            : last is null ? Refusal.Invalid("pricing.day", "Counts until: a day, such as 2026-03-31, or nothing.", "Until")
            : first is [var begins] && last is [var ends] && ends < begins ? Refusal.Invalid("pricing.days", "Counts until: this is before it begins.", "Until")
            : new TaxExemption(typed, first is [var begin] ? Days.Midnight(begin, zone) : null, last is [var end] ? Days.Midnight(end.AddDays(1), zone) : null);
    }

    /// <summary>"C-77, from 2026-03-01 until 2026-12-31T23:00Z".</summary>
    public string InWords => Number + Word(", from ", From) + Word(", until ", Until);

    private static string Word(string word, DateTimeOffset? time) =>
        time is { } at ? word + at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm'Z'", System.Globalization.CultureInfo.InvariantCulture) : "";

    public bool Counts(DateTimeOffset now) => !(now < From) && !(now >= Until);
}

/// <summary>What decides whether tax is due at all.</summary>
/// <param name="ShopCountry">Where the shop has its VAT number; null: outside the European Union.</param>
/// <param name="Destination">Where the goods go; null while it is not known.</param>
/// <param name="TaxId">Of the company that buys.</param>
public sealed record TaxSituation(string? ShopCountry, string? Destination, string? TaxId, TaxExemption? Exemption, DateTimeOffset Now);

/// <summary>Whether tax is due, and what the paper has to say when it is not.</summary>
public static class TaxTreatment
{
    /// <summary>
    /// The words for an order without tax, or null: tax is due as the rates say. Without tax is what a company with a certificate that counts buys, and what goes to a company in
    /// another country of the Union that has a VAT number of another country than the shop: an intra-Community supply (Directive 2006/112/EC, Article 138; the words Article 226,
    /// points 4 and 11).
    /// </summary>
    public static string? NoteOf(TaxSituation situation) => situation switch
    {
        { Exemption: { } exemption } when exemption.Counts(situation.Now) => Say($"Without tax: certificate of exemption {exemption.Number}."),
        { ShopCountry: { } shop, Destination: { } destination, TaxId: { } id } when shop != destination && VatNumber.Countries.Contains(shop) && VatNumber.Countries.Contains(destination)
            && CountryOf(id) is { } buyer && buyer != shop =>
            $"Intra-Community supply, exempt from VAT (Article 138 of Directive 2006/112/EC). Reverse charge: the recipient owes the tax. VAT id of the recipient: {id}.",
        _ => null,
    };

    // The country whose VAT number this is, when it is well formed.
    private static string? CountryOf(string taxId)
    {
        var country = taxId.Length < 3 ? null : taxId[..2] == "EL" ? "GR" : taxId[..2];
        return country is not null && VatNumber.Countries.Contains(country) && VatNumber.Read(taxId, country).TaxId == taxId ? country : null;
    }
}
