using OnBehalf.Kernel;

namespace OnBehalf.Companies;

/// <summary>An address as somebody typed it; the names of the properties are the names of the form's fields.</summary>
public sealed record AddressDraft(string? Recipient, string? Line1, string? Line2, string? PostalCode, string? City, string? Region, string? Country);

/// <summary>An address that a parcel or a letter can go to. Every text is trimmed, on one line and at most 100 characters long.</summary>
/// <param name="Region">State, province or county, as the country writes it.</param>
public sealed record PostalAddress(string? Recipient, string Line1, string? Line2, string? PostalCode, string City, string? Region, Country Country)
{
    public const int Longest = 100;
    public const int LongestPostalCode = 20;

    /// <summary>The address, or everything that is wrong with what was typed, each with its field.</summary>
    public static (PostalAddress? Address, IReadOnlyList<Refusal> Refusals) Read(AddressDraft draft)
    {
        var refusals = new List<Refusal>();
        var recipient = Text(draft.Recipient, nameof(Recipient), "The name", Longest);
        var line1 = Needed(draft.Line1, nameof(Line1), "The street and number", "Type the street and number.");
        var line2 = Text(draft.Line2, nameof(Line2), "The second line", Longest);
        var postalCode = Text(draft.PostalCode, nameof(PostalCode), "The postal code", LongestPostalCode);
        var city = Needed(draft.City, nameof(City), "The city", "Type the city.");
        var region = Text(draft.Region, nameof(Region), "The region", Longest);
        if (!Country.TryParse(draft.Country, out var country))
        {
            refusals.Add(Refusal.Invalid("addresses.country-missing", "Choose the country.", nameof(Country)));
        }

        return refusals.Count > 0 ? (null, refusals) : (new PostalAddress(recipient, line1!, line2, postalCode, city!, region, country), []);

        string? Needed(string? typed, string field, Phrase what, Phrase sentence)
        {
            if (!string.IsNullOrWhiteSpace(typed))
            {
                return Text(typed, field, what, Longest);
            }

            refusals.Add(Refusal.Invalid($"addresses.{field.ToLowerInvariant()}-missing", sentence, field));
            return null;
        }

        string? Text(string? typed, string field, Phrase what, int longest)
        {
            var text = typed?.Trim() ?? "";
            if (text.Length > longest)
            {
                refusals.Add(Refusal.Invalid("addresses.too-long", $"{what} may have at most {longest} characters.", field));
            }
            else if (text.Any(char.IsControl))
            {
                refusals.Add(Refusal.Invalid("addresses.not-one-line", $"{what} must be on one line, without tabs.", field));
            }

            return text.Length == 0 ? null : text;
        }
    }

    /// <summary>As it is written on a letter, with line feeds between the lines; the place in the order of its country.</summary>
    public override string ToString()
    {
        string?[] lines = Country.Code switch
        {
            "US" or "CA" or "AU" => [Recipient, Line1, Line2, $"{City}{(Region is null ? "" : ", " + Region)} {PostalCode}".TrimEnd(), Country.Name],
            "GB" or "IE" => [Recipient, Line1, Line2, City, Region, PostalCode, Country.Name],
            _ => [Recipient, Line1, Line2, $"{PostalCode} {City}".TrimStart(), Region, Country.Name],
        };
        return string.Join('\n', lines.Where(line => line is { Length: > 0 }));
    }
}
