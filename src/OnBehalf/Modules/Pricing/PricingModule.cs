namespace OnBehalf.Modules.Pricing;

/// <summary>What it costs.</summary>
public static class PricingModule
{
    public static void AddServices(IServiceCollection services) => services.AddSingleton<PricingQueries>().AddSingleton<CustomerGroups>();

    public static void Map(IEndpointRouteBuilder routes)
    {
    }
}
