using Microsoft.AspNetCore.Mvc;
using OnBehalf.Companies;
using OnBehalf.Host;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Companies;

/// <summary>A new address in the book of a customer, by staff.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.PeopleCreate)]
public sealed class NewAddressPage(CustomerQueries customers, NewAddresses addresses) : ShopPage
{
    private const int LongestLabel = 50;

    [BindProperty]
    public NewAddressInput Input { get; set; } = new();

    public CompanyData Company { get; private set; } = null!;

    public string Back => CustomerPaths.Company(CustomerPaths.SalesPortal, Company.Number);

    public async Task<IActionResult> OnGet(string number)
    {
        if (!await Find(number))
        {
            return Missing();
        }

        (Input.Key, Input.Country, Input.Recipient) = (NewPersonInput.NewKey(), Company.Country, Company.Name);
        return Page();
    }

    public async Task<IActionResult> OnPost(string number)
    {
        if (!await Find(number))
        {
            return Missing();
        }

        var (address, refusals) = PostalAddress.Read(Input.For(Input.Recipient));
        var label = string.IsNullOrWhiteSpace(Input.Label) ? null : Input.Label.Trim();
        if (label is not null && (label.Length > LongestLabel || label.Any(char.IsControl)))
        {
            refusals = [.. refusals, Refusal.Invalid("addresses.label-invalid", $"Name of this address: at most {LongestLabel} characters on one line.", nameof(Input.Label))];
        }

        if (address is null || refusals.Count > 0)
        {
            return Refused(refusals);
        }

        var outcome = await addresses.Add(Caller, Company.Id, new AddressEntry(label, address, Input.IsBilling, Input.IsShipping), Input.Key ?? "", Cancel);
        return outcome.Refusal is { } refusal ? Refused(refusal) : SeeOther(Back + "#addresses-title");
    }

    private async Task<bool> Find(string number)
    {
        if (await customers.Find(Caller, number, Cancel) is not { } company)
        {
            return false;
        }

        Company = company;
        return true;
    }
}

public sealed class NewAddressInput : TypedAddress
{
    public string? Label { get; set; }

    public string? Recipient { get; set; }

    public bool IsBilling { get; set; }

    public bool IsShipping { get; set; } = true;

    /// <summary>Of this one form.</summary>
    public string? Key { get; set; }
}
