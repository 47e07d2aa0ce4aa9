namespace OnBehalf.Modules.Assistance;

/// <summary>Assisted sessions: who may act for whom, their start and end.</summary>
public static class AssistanceModule
{
    public static void AddServices(IServiceCollection services)
    {
        services.AddSingleton<AssistedSessions>();
        services.AddSingleton<AssistedSessionQueries>();
        services.AddHostedService<SessionSweep>();
    }

    public static void Map(IEndpointRouteBuilder routes)
    {
    }
}
