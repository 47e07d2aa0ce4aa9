using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Modules.Identity;

namespace OnBehalf.Modules.Companies;

/// <summary>A role of the company, for who manages it; never in a session, because it gives and takes rights.</summary>
[Access(Audience.Buyer, Delegation.Deny, Right = Needs.CompanyManage)]
public sealed class CompanyRolePage(CompanyRoles roles, CompanyRoleQueries queries) : CompanyRoleForm(roles, queries)
{
    public override string CompanyName => Caller.Company!.Name;

    public override string Back => CompanyRolesPage.Root;

    public override string PathOf(Guid membership) => $"{NewMemberPage.People}/{membership}";

    protected override Task<CompanyId?> FindCompany(string? number) => Task.FromResult(Caller.Company?.Id);
}

/// <summary>The same in the Back Office.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.CustomersChange)]
public sealed class OfficeCompanyRolePage(CompanyRoles roles, CompanyRoleQueries queries, CustomerQueries customers) : CompanyRoleForm(roles, queries)
{
    private CompanyData? _company;

    public override string CompanyName => _company!.Name;

    public override string Back => CustomerPaths.Company("/admin", _company!.Number) + "/roles";

    public override string PathOf(Guid membership) => CustomerPaths.Buyer("/admin", new MembershipId(membership)) + "/place";

    protected override async Task<CompanyId?> FindCompany(string? number) => (_company = await customers.Find(Caller, number ?? "", Cancel))?.Id;
}
