using OnBehalf.Kernel;

namespace OnBehalf.Companies;

/// <summary>
/// Numbers under which companies of the European Union (and of Northern Ireland) are known to its tax offices: prefix, form, and the check digits where
/// they are public. That a number is well formed does not say that it was given to somebody.
/// </summary>
public static class VatNumber
{
    public const int Longest = 20;

    private static readonly Dictionary<string, VatForm> Forms = new(StringComparer.Ordinal)
    {
        ["AT"] = new("U99999999", VatChecks.At), ["BE"] = new("9999999999", VatChecks.Be), ["BG"] = new("999999999 9999999999", VatChecks.Bg),
        ["CY"] = new("99999999A", VatChecks.Cy), ["CZ"] = new("99999999 999999999 9999999999", VatChecks.Cz), ["DE"] = new("999999999", VatChecks.Mod11And10),
        ["DK"] = new("99999999", VatChecks.Dk), ["EE"] = new("999999999", VatChecks.Ee), ["EL"] = new("999999999", VatChecks.El), ["ES"] = new("X9999999X", VatChecks.Es),
        ["FI"] = new("99999999", VatChecks.Fi), ["FR"] = new("XX999999999", VatChecks.Fr), ["HR"] = new("99999999999", VatChecks.Mod11And10),
        ["HU"] = new("99999999", VatChecks.Hu), ["IE"] = new("9999999A 9999999AA 9X99999A", VatChecks.Ie), ["IT"] = new("99999999999", VatChecks.Luhn),
        ["LT"] = new("999999999 999999999999", VatChecks.Lt), ["LU"] = new("99999999", VatChecks.Lu), ["LV"] = new("99999999999", VatChecks.Lv),
        ["MT"] = new("99999999", VatChecks.Mt), ["NL"] = new("999999999B99", VatChecks.Nl), ["PL"] = new("9999999999", VatChecks.Pl), ["PT"] = new("999999999", VatChecks.Pt),
        ["RO"] = new("99 999 9999 99999 999999 9999999 99999999 999999999 9999999999", VatChecks.Ro), ["SE"] = new("999999999999", VatChecks.Se),
        ["SI"] = new("99999999", VatChecks.Si), ["SK"] = new("9999999999", VatChecks.Sk), ["XI"] = new("999999999 999999999999", VatChecks.Xi),
    };

    /// <summary>The countries whose companies have such a number, by their own codes: Greece is GR here and writes EL.</summary>
    public static IReadOnlyList<string> Countries { get; } = [.. Forms.Keys.Where(prefix => prefix != "XI").Select(prefix => prefix == "EL" ? "GR" : prefix).Order(StringComparer.Ordinal)];

    /// <summary>The prefixes with which such numbers begin.</summary>
    public static IReadOnlyList<string> Prefixes { get; } = [.. Forms.Keys.Order(StringComparer.Ordinal)];

    /// <summary>
    /// A tax id as it is kept: capital letters and digits. Of a company in the Union, or of one whose country is not known, a number with a prefix of the Union must be well
    /// formed; one in the Union that is typed without its prefix gets it. Elsewhere any letters and digits will do.
    /// </summary>
    /// <returns>The tax id, or what is wrong with it in words.</returns>
    public static (string? TaxId, string? Wrong) Read(string typed, string? country)
    {
        var text = string.Concat(typed.Where(c => c is not (' ' or '.' or '-' or '/'))).ToUpperInvariant();
        if (text.Length is < 4 or > Longest || !text.All(char.IsAsciiLetterOrDigit))
        {
            return (null, "letters and digits, such as DE123456788.");
        }

        var own = country is null || !Countries.Contains(country) ? null : PrefixOf(country);
        if (own is null && country is not null and not "GB")
        {
            return (text, null);
        }

        var prefix = text.StartsWith("GR", StringComparison.Ordinal) ? "EL" : text[..2];
        if (!Forms.TryGetValue(prefix, out var form))
        {
            return own is null ? (text, null) : Judge(own, text);
        }

        // A number without its prefix may itself begin like one: Spain's and Ireland's have letters.
        var rest = text[2..];
        return own is not null && own != prefix && Forms[own].Fits(text) && !form.Fits(rest) ? Judge(own, text) : Judge(prefix, rest);
    }

    private static (string? TaxId, Phrase? Wrong) Judge(string prefix, string rest) =>
        !Forms[prefix].Fits(rest) ? (null, Phrase.Of($"one of {Name(prefix)} is {Forms[prefix].In(prefix)}."))
        : !Forms[prefix].Check(rest) ? (null, Phrase.Of($"this cannot be a number of {Name(prefix)}: its check digits do not fit. Is one digit mistyped?"))
        : (prefix + rest, null);

    private static string PrefixOf(string country) => country == "GR" ? "EL" : country;

    private static string Name(string prefix) => prefix == "XI" ? Say("Northern Ireland") : Country.TryParse(prefix == "EL" ? "GR" : prefix, out var country) ? country.Name : prefix;

    /// <summary>`9` is a digit, `A` a letter, `X` either; anything else is itself. Several forms with blanks between.</summary>
    private sealed record VatForm(string Pattern, Func<string, bool> Check)
    {
        public bool Fits(string rest) => Pattern.Split(' ').Any(form => form.Length == rest.Length && form.Zip(rest).All(pair => pair.First switch
        {
            '9' => char.IsAsciiDigit(pair.Second),
            'A' => char.IsAsciiLetterUpper(pair.Second),
            'X' => char.IsAsciiLetterOrDigit(pair.Second),
            _ => pair.First == pair.Second,
        }));

        public string In(string prefix)
        {
            var lengths = Pattern.Split(' ');
            return Pattern.All(c => c is '9' or ' ')
                ? lengths.Length == 1 ? Say($"{prefix} and {lengths[0].Length} digits") : Say($"{prefix} and {lengths[0].Length} to {lengths[^1].Length} digits")
                : Say($"{prefix} and what looks like {string.Join(Say(" or "), lengths)} (9 is a digit, A a letter, X either)");
        }
    }
}
