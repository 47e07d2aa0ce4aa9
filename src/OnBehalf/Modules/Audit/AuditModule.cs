namespace OnBehalf.Modules.Audit;

/// <summary>Reading the audit log.</summary>
public static class AuditModule
{
    public static void AddServices(IServiceCollection services)
    {
    }

    public static void Map(IEndpointRouteBuilder routes)
    {
    }
}
