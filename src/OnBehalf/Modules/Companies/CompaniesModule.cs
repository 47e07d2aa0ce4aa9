using OnBehalf.Host;

namespace OnBehalf.Modules.Companies;

/// <summary>Companies, their addresses, and how staff find them.</summary>
public static class CompaniesModule
{
    public static void AddServices(IServiceCollection services)
    {
        services.AddSingleton(CompaniesErasing.Buyers);
        services.AddSingleton<CustomerSearchQueries>();
        services.AddSingleton<FoundByNameQueries>();
        services.AddSingleton<CustomerListQueries>();
        services.AddSingleton<CustomerQueries>();
        services.AddSingleton<OrganisationQueries>();
        services.AddSingleton<AddressBook>();
        services.AddSingleton<SeenCompanies>();
        services.AddSingleton<NewEmployees>();
        services.AddSingleton<NewCustomers>();
        services.AddSingleton<NewAddresses>();
        services.AddSingleton<CompanyKinds>();
        services.AddSingleton<CompanyMasters>();
        services.AddSingleton<CompanyChangeQueries>();
        services.AddSingleton<CompanyTreeQueries>();
        services.AddSingleton<CostCentres>();
        services.AddSingleton<CostCentreQueries>();
        services.AddSingleton<Reps>();
        services.AddSingleton<RepQueries>();
        services.AddSingleton<DuplicateQueries>();
        services.AddSingleton<OpenedCustomers>();
        services.AddSingleton(CompanyOrders.Count);
    }

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/admin/assignments.csv", RepFile.Write).WithMetadata(new AccessAttribute(Audience.Staff, Delegation.Deny) { Right = Needs.AccessGrant });
    }
}
