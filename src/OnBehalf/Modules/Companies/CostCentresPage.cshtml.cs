using OnBehalf.Host;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Companies;

/// <summary>The cost centres of the company, for its administrators.</summary>
[Access(Audience.Buyer, Delegation.Deny, Right = Needs.CompanyManage)]
public sealed class CostCentresPage(CostCentres centres, CostCentreQueries queries) : CostCentreList(centres, queries)
{
    public const string Root = "/account/company/cost-centres";

    public override string CompanyName => Caller.Company!.Name;

    public override string Path => Root;

    public override string Back => NewMemberPage.People;

    protected override Task<CompanyId?> FindCompany(string? number) => Task.FromResult(Caller.Company?.Id);
}

/// <summary>The same in the Back Office.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.CustomersChange)]
public sealed class OfficeCostCentresPage(CostCentres centres, CostCentreQueries queries, CustomerQueries customers) : CostCentreList(centres, queries)
{
    private CompanyData? _company;

    public override string CompanyName => _company!.Name;

    public override string Path => $"{Back}/cost-centres";

    public override string Back => CustomerPaths.Company("/admin", _company!.Number);

    protected override async Task<CompanyId?> FindCompany(string? number) => (_company = await customers.Find(Caller, number ?? "", Cancel))?.Id;
}
