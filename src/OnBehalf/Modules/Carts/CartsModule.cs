namespace OnBehalf.Modules.Carts;

/// <summary>What somebody is about to order.</summary>
public static class CartsModule
{
    public static void AddServices(IServiceCollection services) => services.AddSingleton<CartsQueries>().AddSingleton<CartChanges>();

    public static void Map(IEndpointRouteBuilder routes)
    {
    }
}
