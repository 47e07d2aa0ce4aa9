namespace OnBehalf.Modules.Identity;

/// <summary>People of both kinds and their sign-ins.</summary>
public static class IdentityModule
{
    public static void AddServices(IServiceCollection services)
    {
        services.AddSingleton<SignInQueries>();
    }

    public static void Map(IEndpointRouteBuilder routes)
    {
    }
}
