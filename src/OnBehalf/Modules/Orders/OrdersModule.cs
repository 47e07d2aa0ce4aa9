namespace OnBehalf.Modules.Orders;

/// <summary>What was ordered.</summary>
public static class OrdersModule
{
    public static void AddServices(IServiceCollection services)
    {
    }

    public static void Map(IEndpointRouteBuilder routes)
    {
    }
}
