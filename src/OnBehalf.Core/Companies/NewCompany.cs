using OnBehalf.Kernel;

namespace OnBehalf.Companies;

/// <summary>A company as it was typed; the names of the properties are the names of the form's fields.</summary>
public sealed record NewCompanyDraft(
    string? Name, string? Number, string? Country, string? Currency, string? TaxId, string? OrderEmail, string? Line1, string? Line2, string? PostalCode, string? City,
    string? Region);

/// <summary>A company that is to become a customer.</summary>
/// <param name="Number">Null: the shop gives one.</param>
/// <param name="TaxId">Capital letters and digits, without blanks and dots: `DE123456788`.</param>
public sealed record NewCompany(string Name, string? Number, Currency Currency, string? TaxId, EmailAddress? OrderEmail, PostalAddress Address)
{
    public const int LongestName = 200;
    public const int LongestNumber = 40;

    /// <summary>The company, or everything that is wrong with what was typed, each with its field.</summary>
    public static (NewCompany? Company, IReadOnlyList<Refusal> Refusals) Read(NewCompanyDraft draft)
    {
        var (address, wrong) = PostalAddress.Read(new AddressDraft(null, draft.Line1, draft.Line2, draft.PostalCode, draft.City, draft.Region, draft.Country));
        var refusals = new List<Refusal>();
        var name = CompanyFields.Name(draft.Name, refusals);
        var number = CompanyFields.Number(draft.Number, refusals);
        var currency = CompanyFields.Currency(draft.Currency, refusals);
        var taxId = CompanyFields.TaxId(draft.TaxId, draft.Country, refusals);
        var orderEmail = CompanyFields.OrderEmail(draft.OrderEmail, refusals);
        refusals.AddRange(wrong);
        return refusals.Count > 0 ? (null, refusals) : (new NewCompany(name, number, currency, taxId, orderEmail, address! with { Recipient = name.Length <= PostalAddress.Longest ? name : null }), []);
    }
}
