using OnBehalf.Host;

namespace OnBehalf.Modules.Pricing;

/// <summary>What it costs.</summary>
public static class PricingModule
{
    public static void AddServices(IServiceCollection services) => services
        .AddSingleton<PricingQueries>().AddSingleton<CustomerGroups>().AddSingleton<PriceLists>().AddSingleton<PriceListQueries>().AddSingleton<CouponQueries>()
        .AddSingleton<CouponBook>().AddSingleton<TaxesAndShipping>().AddSingleton(PricingErasing.Buyers);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/admin/prices/{code}/prices.csv", PriceListFile.Write).WithMetadata(new AccessAttribute(Audience.Staff, Delegation.Deny) { Right = Needs.PricesChange });
}
