using Microsoft.AspNetCore.Mvc;
using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Modules.Companies;

namespace OnBehalf.Modules.Pricing;

/// <summary>What a customer has agreed with the seller.</summary>
public abstract class TermsPage(CustomerGroups groups) : ShopPage
{
    [BindProperty]
    public TermsInput Input { get; set; } = new();

    public IReadOnlyList<(string Value, string Words)> Groups { get; private set; } = [];

    public string Name { get; protected set; } = "";

    /// <summary>The customer's page.</summary>
    public string Back { get; protected set; } = "";

    protected async Task<IActionResult> Show(CustomerKey customer)
    {
        Input = new TermsInput { Group = await groups.Of(customer, Cancel) };
        await Load();
        return Page();
    }

    protected async Task<IActionResult> Store(CustomerKey customer)
    {
        if ((await groups.Put(Caller, customer, Input.Group, Cancel)).Refusal is not { } refusal)
        {
            return SeeOther(Back);
        }

        await Load();
        return Refused(refusal);
    }

    private async Task Load() => Groups = [("", "None"), .. (await groups.All(Cancel)).Select(group => (group.Code, group.Name))];
}

public sealed class TermsInput
{
    /// <summary>The code of the customer group; empty: none.</summary>
    public string? Group { get; set; }
}

/// <summary>The terms of a company.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.PricesChange)]
public sealed class CompanyTermsPage(CustomerQueries customers, CustomerGroups groups) : TermsPage(groups)
{
    public async Task<IActionResult> OnGet(string number) => await Find(number) is { } key ? await Show(key) : Missing();

    public async Task<IActionResult> OnPost(string number) => await Find(number) is { } key ? await Store(key) : Missing();

    private async Task<CustomerKey?> Find(string number)
    {
        if (await customers.Find(Caller, number, Cancel) is not { } company)
        {
            return null;
        }

        (Name, Back) = (company.Name, CustomerPaths.Company(CustomerPaths.BackOffice, company.Number));
        return new CustomerKey(company.Id, null, null);
    }
}

/// <summary>The terms of a private customer.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.PricesChange)]
public sealed class ConsumerTermsPage(CustomerQueries customers, CustomerGroups groups) : TermsPage(groups)
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
