using Microsoft.AspNetCore.Mvc;
using OnBehalf.Companies;
using OnBehalf.Host;
using OnBehalf.Identity;
using OnBehalf.Kernel;
using OnBehalf.Modules.Identity;
using OnBehalf.Modules.Settings;

namespace OnBehalf.Modules.Companies;

/// <summary>A company that becomes a customer, with its first employee and address, and straight on to acting for him.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.CustomersCreate)]
public sealed class NewCustomerPage(NewCustomers customers, DuplicateQueries duplicates, ShopSettings settings, KnownPersonQueries people, ShopAddress address) : CustomerForm(people, address)
{
    private NewCompany? _company;
    private MadeCustomer _made;

    /// <summary>Those in which there are prices; the shop's own first.</summary>
    public IReadOnlyList<(string Value, string Words)> Currencies { get; private set; } = [];

    public bool MayCreateConsumers => Acting.Scope(Caller).Consumers;

    public async Task OnGet()
    {
        await Begin();
        await LoadCurrencies();
    }

    public async Task<IActionResult> OnPost()
    {
        await LoadCurrencies();
        return (await Create()).Answer ?? SeeOther(Onward(_made));
    }

    // The first one decides for the company.
    protected override Task<IReadOnlyList<RoleChoice>> FindRoles() => Task.FromResult<IReadOnlyList<RoleChoice>>(
        [.. BuyerRoles.GivenByStaff(Caller.Rights, isNewCompany: true).OrderBy(role => role != BuyerRole.Administrator).Select(RoleChoice.Of)]);

    protected override IActionResult? CheckRest()
    {
        (_company, var refusals) = NewCompany.Read(Customer.Draft);
        return refusals.Count > 0 ? Refused(refusals, nameof(Customer)) : null;
    }

    protected override async Task<Outcome<MembershipId>> Store(NewEmployee employee, string? shopAddress)
    {
        var outcome = await customers.Create(
            Caller, _company!, employee, async () => PassOver(await duplicates.OfCompany(Caller, _company!, employee.Person.Profile.Phone, Cancel)), shopAddress, Cancel);
        if (outcome.Refusal is { } refusal)
        {
            return refusal;
        }

        _made = outcome.Value;
        return _made.Person;
    }

    private async Task LoadCurrencies()
    {
        var ofShop = await settings.Get(ShopSettings.ShopCurrency, Cancel);
        Currencies = [.. (await customers.Currencies(Cancel)).Prepend(ofShop).Distinct(StringComparer.Ordinal).Select(code => (code, code))];
    }
}
