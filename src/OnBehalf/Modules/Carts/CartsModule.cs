namespace OnBehalf.Modules.Carts;

/// <summary>What somebody is about to order.</summary>
public static class CartsModule
{
    public static void AddServices(IServiceCollection services)
    {
    }

    public static void Map(IEndpointRouteBuilder routes)
    {
    }
}
