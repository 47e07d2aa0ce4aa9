using OnBehalf.Kernel;

namespace OnBehalf.Companies;

/// <summary>What the seller keeps about a company, as it was typed; the names of the properties are the names of the form's fields.</summary>
public sealed record CompanyMasterDraft(
    string? Name, string? Number, string? ExternalId, string? Contracts, string? Country, string? Language, string? Currency, string? Segment, string? TaxId, string? OrderEmail);

/// <summary>What the seller keeps about a company.</summary>
/// <param name="Contracts">Numbers of contracts, with commas between.</param>
/// <param name="Country">Null: unknown, and asked at the checkout.</param>
/// <param name="Language">One of <see cref="Languages"/>; null: that of the shop.</param>
public sealed record CompanyMaster(
    string Name, string Number, string? ExternalId, string? Contracts, string? Country, string? Language, Currency Currency, string? Segment, string? TaxId, string? OrderEmail)
{
    public const int LongestCode = 64;
    public const int LongestContracts = 200;

    /// <summary>In which people of a company can be written to.</summary>
    public static IReadOnlyList<(string Code, string Name)> Languages => [("en", Say("English")), ("de", Say("German")), ("fr", Say("French"))];

    /// <summary>The data, or everything that is wrong with what was typed, each with its field.</summary>
    public static (CompanyMaster? Company, IReadOnlyList<Refusal> Refusals) Read(CompanyMasterDraft draft)
    {
        var refusals = new List<Refusal>();
        var name = CompanyFields.Name(draft.Name, refusals);
        var number = CompanyFields.Number(draft.Number, refusals);
        if (CompanyFields.Empty(draft.Number) is null)
        {
            refusals.Add(Refusal.Invalid("companies.number-missing", "Number: a customer needs one.", "Number"));
        }

        var externalId = CompanyFields.Line(draft.ExternalId, nameof(ExternalId), "External id", LongestCode, refusals);
        var contracts = CompanyFields.Line(string.Join(", ", Parts(draft.Contracts)), nameof(Contracts), "Contract numbers", LongestContracts, refusals);
        var country = CompanyFields.Empty(draft.Country);
        if (country is not null && !Kernel.Country.TryParse(country, out _))
        {
            refusals.Add(Refusal.Invalid("companies.country-unknown", "Country: choose one of the list.", nameof(Country)));
        }

        var language = CompanyFields.Empty(draft.Language);
        if (language is not null && Languages.All(known => known.Code != language))
        {
            refusals.Add(Refusal.Invalid("companies.language-unknown", "Language: choose one of the list.", nameof(Language)));
        }

        var currency = CompanyFields.Currency(draft.Currency, refusals);
        var segment = CompanyFields.Line(draft.Segment, nameof(Segment), "Segment", LongestCode, refusals);
        var taxId = CompanyFields.TaxId(draft.TaxId, country, refusals);
        var orderEmail = CompanyFields.OrderEmail(draft.OrderEmail, refusals);
        return refusals.Count > 0 ? (null, refusals)
            : (new CompanyMaster(name, number!, externalId, contracts, country, language, currency, segment, taxId, orderEmail?.Text), []);
    }

    /// <summary>What is different in <paramref name="after"/>, field by field, in words.</summary>
    public IReadOnlyList<(string Field, string? Before, string? After)> ChangesTo(CompanyMaster after) =>
    [
        .. new (string Field, string? Before, string? After)[]
        {
            ("name", Name, after.Name), ("number", Number, after.Number), ("external-id", ExternalId, after.ExternalId), ("contracts", Contracts, after.Contracts),
            ("country", Country, after.Country), ("language", Language, after.Language), ("currency", Currency.Code, after.Currency.Code), ("segment", Segment, after.Segment),
            ("tax-id", TaxId, after.TaxId), ("order-contact", OrderEmail, after.OrderEmail),
        }.Where(change => change.Before != change.After),
    ];

    private static string[] Parts(string? contracts) =>
        [.. (contracts ?? "").Split([',', ';', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct(StringComparer.Ordinal)];
}
