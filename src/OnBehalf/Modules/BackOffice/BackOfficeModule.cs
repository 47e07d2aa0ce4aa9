using OnBehalf.Host;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.BackOffice;

/// <summary>The landing page of the Back Office, and what a monitor asks.</summary>
public static class BackOfficeModule
{
    public static void AddServices(IServiceCollection services) => services.AddSingleton<HealthQueries>();

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/health", Health).WithMetadata(new AccessAttribute(Audience.Everybody, Delegation.Deny));

    // Anonymous and without details: whoever wants more signs in and opens the Back Office.
    private static async Task<IResult> Health(HealthQueries health, CancellationToken cancel) =>
        await health.IsWell(cancel) ? Results.Text("ok") : Results.Text("not ok", statusCode: StatusCodes.Status503ServiceUnavailable);
}
