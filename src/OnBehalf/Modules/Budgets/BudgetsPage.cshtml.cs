using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Modules.Companies;

namespace OnBehalf.Modules.Budgets;

/// <summary>The budgets of the company, for its administrators.</summary>
[Access(Audience.Buyer, Delegation.Deny, Right = Needs.CompanyManage)]
public sealed class BudgetsPage(CompanyBudgets budgets, BudgetQueries queries, Database database, TimeProvider clock) : BudgetList(budgets, queries, database, clock)
{
    public const string Root = "/account/company/budgets";

    public override string Path => Root;

    public override string Back => "/account/company/people";

    protected override Task<BudgetCompany?> Find(string? number) =>
        Task.FromResult(Caller.Company is { } company ? new BudgetCompany(company.Id, company.Name, company.Currency) : null);
}

/// <summary>The same in the Back Office.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.CustomersChange)]
public sealed class OfficeBudgetsPage(CompanyBudgets budgets, BudgetQueries queries, Database database, TimeProvider clock, CustomerQueries customers) : BudgetList(budgets, queries, database, clock)
{
    private string _number = "";

    public override string Path => $"{Back}/budgets";

    public override string Back => CustomerPaths.Company("/admin", _number);

    protected override async Task<BudgetCompany?> Find(string? number)
    {
        var company = await customers.Find(Caller, number ?? "", Cancel);
        _number = company?.Number ?? "";
        return company is null ? null : new BudgetCompany(company.Id, company.Name, company.Currency);
    }
}

/// <summary>A budget of the company, for its administrators.</summary>
[Access(Audience.Buyer, Delegation.Deny, Right = Needs.CompanyManage)]
public sealed class BudgetPage(CompanyBudgets budgets, BudgetQueries queries, Database database, TimeProvider clock) : BudgetForm(budgets, queries, database, clock)
{
    public override string Back => BudgetsPage.Root;

    protected override Task<BudgetCompany?> Find(string? number) =>
        Task.FromResult(Caller.Company is { } company ? new BudgetCompany(company.Id, company.Name, company.Currency) : null);
}

/// <summary>The same in the Back Office.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.CustomersChange)]
public sealed class OfficeBudgetPage(CompanyBudgets budgets, BudgetQueries queries, Database database, TimeProvider clock, CustomerQueries customers) : BudgetForm(budgets, queries, database, clock)
{
    private string _number = "";

    public override string Back => CustomerPaths.Company("/admin", _number) + "/budgets";

    protected override async Task<BudgetCompany?> Find(string? number)
    {
        var company = await customers.Find(Caller, number ?? "", Cancel);
        _number = company?.Number ?? "";
        return company is null ? null : new BudgetCompany(company.Id, company.Name, company.Currency);
    }
}
