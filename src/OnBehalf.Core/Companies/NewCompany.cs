using OnBehalf.Kernel;

namespace OnBehalf.Companies;

/// <summary>A company as it was typed; the names of the properties are the names of the form's fields.</summary>
public sealed record NewCompanyDraft(
    string? Name, string? Number, string? Country, string? Currency, string? TaxId, string? OrderEmail, string? Line1, string? Line2, string? PostalCode, string? City,
    string? Region);

/// <summary>A company that is to become a customer.</summary>
/// <param name="Number">Null: the shop gives one.</param>
/// <param name="TaxId">Capital letters and digits, without blanks and dots: `DE123456789`.</param>
public sealed record NewCompany(string Name, string? Number, Currency Currency, string? TaxId, EmailAddress? OrderEmail, PostalAddress Address)
{
    public const int LongestName = 200;
    public const int LongestNumber = 40;
    public const int LongestTaxId = 20;

    /// <summary>The company, or everything that is wrong with what was typed, each with its field.</summary>
    public static (NewCompany? Company, IReadOnlyList<Refusal> Refusals) Read(NewCompanyDraft draft)
    {
        var (address, wrong) = PostalAddress.Read(new AddressDraft(null, draft.Line1, draft.Line2, draft.PostalCode, draft.City, draft.Region, draft.Country));
        var refusals = new List<Refusal>();
        var name = draft.Name?.Trim() ?? "";
        if (name.Length is 0 or > LongestName || name.Any(char.IsControl) || SearchText.SortName(name).Length == 0)
        {
            refusals.Add(Refusal.Invalid("companies.name-missing", $"Name of the company: please type it, on one line of at most {LongestName} characters.", nameof(Name)));
        }

        var number = Empty(draft.Number);
        if (number is not null && !IsNumber(number))
        {
            refusals.Add(Refusal.Invalid("companies.number-invalid", $"Number: letters, digits and - . _ only, at most {LongestNumber}. Left empty, the shop gives one.", nameof(Number)));
        }

        if (!Kernel.Currency.TryParse(draft.Currency, out var currency))
        {
            refusals.Add(Refusal.Invalid("companies.currency-missing", "Currency: please choose in which the company buys.", nameof(Currency)));
        }

        var taxId = Empty(draft.TaxId) is { } typed ? Compact(typed) : null;
        if (taxId is not null && (taxId.Length is < 4 or > LongestTaxId || !taxId.All(char.IsAsciiLetterOrDigit)))
        {
            refusals.Add(Refusal.Invalid("companies.tax-id-invalid", "Tax id: letters and digits, such as DE123456789.", nameof(TaxId)));
        }

        EmailAddress? orderEmail = null;
        if (Empty(draft.OrderEmail) is { } contact)
        {
            orderEmail = EmailAddress.TryParse(contact, out var address1) ? address1 : null;
            if (orderEmail is null)
            {
                refusals.Add(Refusal.Invalid("companies.order-contact-invalid", "Order contact: this is no mail address, such as orders@example.com.", nameof(OrderEmail)));
            }
        }

        refusals.AddRange(wrong);
        return refusals.Count > 0 ? (null, refusals) : (new NewCompany(name, number, currency, taxId, orderEmail, address! with { Recipient = name.Length <= PostalAddress.Longest ? name : null }), []);
    }

    private static string Compact(string taxId) => string.Concat(taxId.Where(c => c is not (' ' or '.' or '-' or '/'))).ToUpperInvariant();

    private static string? Empty(string? typed) => string.IsNullOrWhiteSpace(typed) ? null : typed.Trim();

    // "new" is the page on which it is typed.
    private static bool IsNumber(string number) =>
        number.Length <= LongestNumber && number.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_') && number.Any(char.IsAsciiLetterOrDigit)
        && !number.Equals("new", StringComparison.OrdinalIgnoreCase);
}
