using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Modules.Log;

namespace OnBehalf.Modules.BackOffice;

/// <summary>The landing page of the Back Office, and what a monitor asks.</summary>
public static class BackOfficeModule
{
    public static void AddServices(IServiceCollection services) => services.AddSingleton<HealthQueries>();

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/health", Health).WithMetadata(new AccessAttribute(Audience.Everybody, Delegation.Deny));

    // Anonymous and without details: whoever wants more signs in and opens the Back Office.
    private static async Task<IResult> Health(HealthQueries health, LogWatch log, CancellationToken cancel)
    {
        if (!await health.IsWell(cancel))
        {
            return Results.Text("not ok", statusCode: StatusCodes.Status503ServiceUnavailable);
        }

        // The shop goes on with a log that is behind, so that nobody should be led away from it: it is for who reads the words.
        var state = await log.State(cancel);
        return Results.Text(state.IsRed ? $"degraded: the audit log {(state.Trouble is null ? "is behind" : "stands still")}, lag {state.LagSeconds} s" : "ok");
    }
}
