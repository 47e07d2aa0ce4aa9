namespace OnBehalf.Modules.Deals;

/// <summary>How far staff go below the prices of the shop by themselves, and what they ask for beyond it.</summary>
public static class DealsModule
{
    public static void AddServices(IServiceCollection services) =>
        services.AddSingleton(DealsErasing.Buyers).AddSingleton<DealQueries>().AddSingleton<DealJudge>().AddSingleton<DealListQueries>().AddSingleton<Deals>().AddSingleton<DealLimits>();
}
