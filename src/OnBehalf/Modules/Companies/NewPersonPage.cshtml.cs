using Microsoft.AspNetCore.Mvc;
using OnBehalf.Host;
using OnBehalf.Identity;
using OnBehalf.Kernel;
using OnBehalf.Modules.Identity;
using OnBehalf.Modules.Settings;

namespace OnBehalf.Modules.Companies;

/// <summary>A new employee of a customer, and straight on to acting for him.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.PeopleCreate)]
public sealed class NewPersonPage(CustomerQueries customers, NewEmployees employees, CompanyRoleQueries roles, KnownPersonQueries people, ShopAddress address) : PersonForm(people, address)
{
    private CompanyData _company = null!;

    public override string PlaceName => _company.Name;

    public string Back => CustomerPaths.Company(CustomerPaths.SalesPortal, _company.Number);

    protected override CompanyId? Place => _company.Id;

    public override string PathOf(MembershipId member) => ActForLink.Of(Back, member, ActForLink.Return(Back, Request));

    public async Task<IActionResult> OnGet(string number)
    {
        if (!await Find(number))
        {
            return Missing();
        }

        await Begin();
        return Page();
    }

    public async Task<IActionResult> OnPost(string number)
    {
        if (!await Find(number))
        {
            return Missing();
        }

        var (made, answer) = await Create();
        return answer ?? SeeOther(Input.Then == "act" ? PathOf(made) : Back + "#people");
    }

    protected override Task<IReadOnlyList<RoleChoice>> FindRoles() => roles.Choices(Caller, _company.Id, Cancel);

    protected override Task<Outcome<MembershipId>> Store(NewEmployee employee, string? shopAddress) =>
        employees.Create(Caller, _company.Id, employee, shopAddress, Cancel);

    private async Task<bool> Find(string number)
    {
        if (await customers.Find(Caller, number, Cancel) is not { } company)
        {
            return false;
        }

        _company = company;
        return true;
    }
}
