using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Modules.Identity;

namespace OnBehalf.Modules.Companies;

/// <summary>The roles of the company, for who manages it.</summary>
[Access(Audience.Buyer, Delegation.Deny, Right = Needs.CompanyManage)]
public sealed class CompanyRolesPage(CompanyRoleQueries queries) : CompanyRoleList(queries)
{
    public const string Root = "/account/company/roles";

    public override string CompanyName => Caller.Company!.Name;

    public override string Path => Root;

    public override string Back => NewMemberPage.People;

    protected override Task<CompanyId?> FindCompany(string? number) => Task.FromResult(Caller.Company?.Id);
}

/// <summary>The same in the Back Office.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.CustomersChange)]
public sealed class OfficeCompanyRolesPage(CompanyRoleQueries queries, CustomerQueries customers) : CompanyRoleList(queries)
{
    private CompanyData? _company;

    public override string CompanyName => _company!.Name;

    public override string Path => $"{Back}/roles";

    public override string Back => CustomerPaths.Company("/admin", _company!.Number);

    protected override async Task<CompanyId?> FindCompany(string? number) => (_company = await customers.Find(Caller, number ?? "", Cancel))?.Id;
}
