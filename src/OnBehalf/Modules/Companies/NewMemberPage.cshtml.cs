using Microsoft.AspNetCore.Mvc;
using OnBehalf.Host;
using OnBehalf.Identity;
using OnBehalf.Kernel;
using OnBehalf.Modules.Identity;
using OnBehalf.Modules.Settings;

namespace OnBehalf.Modules.Companies;

/// <summary>A new employee, by an administrator of the company himself; never in a session, because it gives rights.</summary>
[Access(Audience.Buyer, Delegation.Deny, Right = Needs.CompanyManage)]
public sealed class NewMemberPage(NewEmployees employees, CompanyRoleQueries roles, KnownPersonQueries people, ShopAddress address) : PersonForm(people, address)
{
    public const string People = "/account/company/people";

    public override string PlaceName => Caller.Company!.Name;

    protected override CompanyId? Place => Caller.Company!.Id;

    public Task OnGet() => Begin();

    public async Task<IActionResult> OnPost() => (await Create()).Answer ?? SeeOther(People);

    protected override Task<IReadOnlyList<RoleChoice>> FindRoles() => roles.Choices(Caller, Caller.Company!.Id, Cancel);

    protected override Task<Outcome<MembershipId>> Store(NewEmployee employee, string? shopAddress) =>
        employees.Create(Caller, Caller.Company!.Id, employee, shopAddress, Cancel);
}
