using Microsoft.AspNetCore.Mvc;
using OnBehalf.Companies;
using OnBehalf.Host;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Companies;

/// <summary>What the seller keeps about a company, and everything that was changed of it.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.CustomersChange)]
public sealed class CompanyDataPage(CustomerQueries customers, CompanyMasters masters, CompanyChangeQueries changes, NewCustomers created) : CompanyPage(customers)
{
    public static IReadOnlyList<(string Value, string Words)> Countries =>
        [("", Say("Unknown, asked at the checkout")), .. Country.InOrder.Select(country => (country.Code, country.Name))];

    public static IReadOnlyList<(string Value, string Words)> Languages => [("", Say("That of the shop")), .. CompanyMaster.Languages];

    [BindProperty]
    public CompanyDataInput Input { get; set; } = new();

    public IReadOnlyList<CompanyChange> Changes { get; private set; } = [];

    public IReadOnlyList<(string Value, string Words)> Currencies { get; private set; } = [];

    public bool IsStored { get; private set; }

    public async Task<IActionResult> OnGet(string number, string? done)
    {
        if (!await Show(number))
        {
            return Missing();
        }

        Input = CompanyDataInput.Of(Company);
        IsStored = done is not null;
        return Page();
    }

    public async Task<IActionResult> OnPost(string number)
    {
        if (!await Show(number))
        {
            return Missing();
        }

        var (master, refusals) = CompanyMaster.Read(Input.Draft);
        if (master is null)
        {
            return Refused(refusals);
        }

        return (await masters.Change(Caller, Company.Id, Input.Version, master, Cancel)).Refusal is { } refusal
            ? Refused(refusal) : SeeOther($"{CustomerPaths.Company("/admin", master.Number)}/data?done=1");
    }

    private async Task<bool> Show(string number)
    {
        if (!await Load(number))
        {
            return false;
        }

        Changes = await changes.Of(Company.Id, null, Cancel);
        Currencies = [.. (await created.Currencies(Cancel)).Append(Company.Currency.Code).Distinct().Order(StringComparer.Ordinal).Select(code => (code, code))];
        return true;
    }
}

public sealed class CompanyDataInput
{
    public string? Name { get; set; }

    public string? Number { get; set; }

    public string? ExternalId { get; set; }

    public string? Contracts { get; set; }

    public string? Country { get; set; }

    public string? Language { get; set; }

    public string? Currency { get; set; }

    public string? Segment { get; set; }

    public string? TaxId { get; set; }

    public string? OrderEmail { get; set; }

    /// <summary>Of the company as it was shown.</summary>
    public int Version { get; set; }

    internal CompanyMasterDraft Draft => new(Name, Number, ExternalId, Contracts, Country, Language, Currency, Segment, TaxId, OrderEmail);

    internal static CompanyDataInput Of(CompanyData company) => new()
    {
        Name = company.Name, Number = company.Number, ExternalId = company.ExternalId, Contracts = company.ContractNumber, Country = company.Country, Language = company.Language,
        Currency = company.Currency.Code, Segment = company.Segment, TaxId = company.TaxId, OrderEmail = company.OrderEmail, Version = company.Version,
    };
}
