using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Modules.Companies;
using OnBehalf.Modules.Settings;
using OnBehalf.Pricing;

namespace OnBehalf.Modules.Pricing;

/// <summary>What a customer has agreed with the seller.</summary>
public abstract class TermsPage(CustomerGroups groups, ShopSettings settings) : ShopPage
{
    [BindProperty]
    public TermsInput Input { get; set; } = new();

    public IReadOnlyList<(string Value, string Words)> Groups { get; private set; } = [];

    public string Name { get; protected set; } = "";

    /// <summary>Only a company buys without tax.</summary>
    public bool IsCompany { get; protected set; }

    /// <summary>The customer's page.</summary>
    public string Back { get; protected set; } = "";

    protected async Task<IActionResult> Show(CustomerKey customer)
    {
        var (group, exemption, showsGross, credit, version) = await groups.Of(customer, Cancel);
        var zone = await settings.TimeZone(Cancel);
        Input = new TermsInput { Group = group, Exemption = exemption?.Number, From = Day(exemption?.From), Until = Day(exemption?.Until?.AddSeconds(-1)), ShowsGross = showsGross, Credit = credit, Version = version };
        await Load(group);
        return Page();

        string? Day(DateTimeOffset? time) => time is { } at ? TimeZoneInfo.ConvertTime(at, zone).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : null;
    }

    protected async Task<IActionResult> Store(CustomerKey customer)
    {
        var exemption = TaxExemption.Read(Input.Exemption, Input.From, Input.Until, await settings.TimeZone(Cancel));
        if ((exemption.IsRefused ? exemption.Refusal : (await groups.Put(Caller, customer, Input.Version, Input.Group, exemption.Value, Input.ShowsGross, Input.Credit, Cancel)).Refusal) is not { } refusal)
        {
            return SeeOther(Back);
        }

        await Load((await groups.Of(customer, Cancel)).Group);
        return Refused(refusal);
    }

    private async Task Load(string? present) => Groups = [("", "None"), .. (await groups.All(present, Input.Group, Cancel)).Select(group => (group.Code, group.Name))];
}

public sealed class TermsInput
{
    /// <summary>The code of the customer group; empty: none.</summary>
    public string? Group { get; set; }

    /// <summary>The number of the certificate by which a company buys without tax.</summary>
    public string? Exemption { get; set; }

    public string? From { get; set; }

    public string? Until { get; set; }

    /// <summary>He may order and pay later, where a way of paying asks for that.</summary>
    public bool Credit { get; set; }

    /// <summary>A company sees amounts with tax.</summary>
    public bool ShowsGross { get; set; }

    /// <summary>Of the terms as they were shown.</summary>
    public int Version { get; set; }
}

/// <summary>The terms of a company.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.PricesChange)]
public sealed class CompanyTermsPage(CustomerQueries customers, CustomerGroups groups, ShopSettings settings) : TermsPage(groups, settings)
{
    public async Task<IActionResult> OnGet(string number) => await Find(number) is { } key ? await Show(key) : Missing();

    public async Task<IActionResult> OnPost(string number) => await Find(number) is { } key ? await Store(key) : Missing();

    private async Task<CustomerKey?> Find(string number)
    {
        if (await customers.Find(Caller, number, Cancel) is not { } company)
        {
            return null;
        }

        (Name, IsCompany, Back) = (company.Name, true, CustomerPaths.Company(CustomerPaths.BackOffice, company.Number));
        return new CustomerKey(company.Id, null, null);
    }
}

/// <summary>The terms of a private customer.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.PricesChange)]
public sealed class ConsumerTermsPage(CustomerQueries customers, CustomerGroups groups, ShopSettings settings) : TermsPage(groups, settings)
{
    public async Task<IActionResult> OnGet(Guid membershipId) => await Find(membershipId) is { } key ? await Show(key) : Missing();

    public async Task<IActionResult> OnPost(Guid membershipId) => await Find(membershipId) is { } key ? await Store(key) : Missing();

    private async Task<CustomerKey?> Find(Guid membership)
    {
        if (await customers.FindPerson(Caller, new MembershipId(membership), Cancel) is not { Company: null } customer)
        {
            return null;
        }

        (Name, Back) = (customer.Person.Name, CustomerPaths.Buyer(CustomerPaths.BackOffice, customer.Person.Membership));
        return new CustomerKey(null, customer.Person.Membership, customer.Person.Buyer);
    }
}
