using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Modules.Assistance;
using OnBehalf.Modules.Settings;

namespace OnBehalf.Modules.Carts;

/// <summary>What somebody is about to order.</summary>
public static class CartsModule
{
    public static void AddServices(IServiceCollection services)
    {
        services.AddSingleton(CartsAging.Over).AddSingleton(CartsAging.Aside).AddSingleton<NamedCarts>().AddSingleton(CartsErasing.Buyers);
        services.AddSingleton<CartsQueries>().AddSingleton<StaffCartsQueries>().AddSingleton<CartChanges>().AddSingleton<FastOrders>().AddSingleton<PriceEdits>().AddSingleton<Proposals>().AddSingleton<ProposalQueries>().AddHostedService<ProposalSweep>().AddSingleton(ProposalSweep.Job);
        services.AddSingleton(provider => FactHandler.On<AssistedSessionEnded>(
            "carts", (tx, ended) => ExpiredBranches.Discard(tx, ended, provider.GetRequiredService<ShopSettings>())));
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/staff/carts.csv", CartsFile.Write).WithMetadata(new AccessAttribute(Audience.Staff, Delegation.Deny) { Right = Needs.StaffOrdersView });
}
