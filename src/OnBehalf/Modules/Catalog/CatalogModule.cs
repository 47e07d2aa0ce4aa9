namespace OnBehalf.Modules.Catalog;

/// <summary>What there is to buy.</summary>
public static class CatalogModule
{
    public static void AddServices(IServiceCollection services)
    {
    }

    public static void Map(IEndpointRouteBuilder routes)
    {
    }
}
