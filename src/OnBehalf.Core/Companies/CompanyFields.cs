using OnBehalf.Kernel;

namespace OnBehalf.Companies;

/// <summary>The fields of a company, each read by one rule wherever it is typed; what is wrong is added with its field.</summary>
internal static class CompanyFields
{
    public static string Name(string? typed, List<Refusal> refusals)
    {
        var name = typed?.Trim() ?? "";
        if (name.Length is 0 or > NewCompany.LongestName || name.Any(char.IsControl) || SearchText.SortName(name).Length == 0)
        {
            refusals.Add(Refusal.Invalid("companies.name-missing", $"Name of the company: please type it, on one line of at most {NewCompany.LongestName} characters.", "Name"));
        }

        return name;
    }

    public static string? Number(string? typed, List<Refusal> refusals)
    {
        var number = Empty(typed);
        if (number is not null && !IsNumber(number))
        {
            refusals.Add(Refusal.Invalid("companies.number-invalid", $"Number: letters, digits and - . _ only, at most {NewCompany.LongestNumber}. Left empty, the shop gives one.", "Number"));
        }

        return number;
    }

    public static Currency Currency(string? typed, List<Refusal> refusals)
    {
        if (!Kernel.Currency.TryParse(typed, out var currency))
        {
            refusals.Add(Refusal.Invalid("companies.currency-missing", "Currency: please choose in which the company buys.", "Currency"));
        }

        return currency;
    }

    public static string? TaxId(string? typed, string? country, List<Refusal> refusals)
    {
        if (Empty(typed) is not { } text)
        {
            return null;
        }

        var (taxId, wrong) = VatNumber.Read(text, Kernel.Country.TryParse(country, out var known) ? known.Code : null);
        if (wrong is not null)
        {
            refusals.Add(Refusal.Invalid("companies.tax-id-invalid", $"Tax id: {wrong}", "TaxId"));
        }

        return taxId;
    }

    public static EmailAddress? OrderEmail(string? typed, List<Refusal> refusals)
    {
        if (Empty(typed) is not { } contact)
        {
            return null;
        }

        if (EmailAddress.TryParse(contact, out var address))
        {
            return address;
        }

        refusals.Add(Refusal.Invalid("companies.order-contact-invalid", "Order contact: this is no mail address, such as orders@example.com.", "OrderEmail"));
        return null;
    }

    public static string? Line(string? typed, string field, string what, int longest, List<Refusal> refusals)
    {
        var text = Empty(typed);
        if (text is not null && (text.Length > longest || text.Any(char.IsControl)))
        {
            refusals.Add(Refusal.Invalid("companies.text-too-long", $"{what}: one line of at most {longest} characters.", field));
        }

        return text;
    }

    internal static string? Empty(string? typed) => string.IsNullOrWhiteSpace(typed) ? null : typed.Trim();

    // "new" is the page on which it is typed.
    private static bool IsNumber(string number) =>
        number.Length <= NewCompany.LongestNumber && number.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_') && number.Any(char.IsAsciiLetterOrDigit)
        && !number.Equals("new", StringComparison.OrdinalIgnoreCase);
}
