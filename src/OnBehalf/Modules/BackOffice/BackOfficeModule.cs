using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Modules.Log;

namespace OnBehalf.Modules.BackOffice;

/// <summary>The landing page of the Back Office, and what a monitor asks.</summary>
public static class BackOfficeModule
{
    public static void AddServices(IServiceCollection services) => services.AddSingleton<HealthQueries>().AddSingleton<Metrics>();

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health", Health).WithMetadata(new AccessAttribute(Audience.Everybody, Delegation.Deny));
        routes.MapGet("/metrics", Metrics).WithMetadata(new AccessAttribute(Audience.Everybody, Delegation.Deny));
    }

    // Without the token anonymous and without details: whoever wants more shows it, or opens the Back Office.
    private static async Task<IResult> Health(HttpRequest request, MetricsToken token, Metrics metrics, HealthQueries health, LogWatch log, CancellationToken cancel)
    {
        var isWell = await health.IsWell(cancel);
        if (token.IsShown(request))
        {
            return await metrics.Json(isWell, cancel);
        }

        if (!isWell)
        {
            return Results.Text("not ok", statusCode: StatusCodes.Status503ServiceUnavailable);
        }

        // The shop goes on with a log that is behind, so that nobody should be led away from it: it is for who reads the words.
        var state = await log.State(cancel);
        return Results.Text(state.IsRed ? $"degraded: the audit log {(state.Trouble is null ? "is behind" : "stands still")}, lag {state.LagSeconds} s" : "ok");
    }

    private static async Task<IResult> Metrics(HttpRequest request, MetricsToken token, Metrics metrics, HealthQueries health, CancellationToken cancel) =>
        token.IsShown(request) ? Results.Text(await metrics.Text(await health.IsWell(cancel), cancel), "text/plain; version=0.0.4") : Results.NotFound();
}
