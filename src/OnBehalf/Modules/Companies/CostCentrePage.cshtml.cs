using OnBehalf.Host;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Companies;

/// <summary>A cost centre of the company, for its administrators.</summary>
[Access(Audience.Buyer, Delegation.Deny, Right = Needs.CompanyManage)]
public sealed class CostCentrePage(CostCentres centres, CostCentreQueries queries) : CostCentreForm(centres, queries)
{
    public override string Back => CostCentresPage.Root;

    protected override Task<CompanyId?> FindCompany(string? number) => Task.FromResult(Caller.Company?.Id);
}

/// <summary>The same in the Back Office.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.CustomersChange)]
public sealed class OfficeCostCentrePage(CostCentres centres, CostCentreQueries queries, CustomerQueries customers) : CostCentreForm(centres, queries)
{
    private CompanyData? _company;

    public override string Back => CustomerPaths.Company("/admin", _company!.Number) + "/cost-centres";

    protected override async Task<CompanyId?> FindCompany(string? number) => (_company = await customers.Find(Caller, number ?? "", Cancel))?.Id;
}
