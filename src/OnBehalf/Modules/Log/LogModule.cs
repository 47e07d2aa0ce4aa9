namespace OnBehalf.Modules.Log;

/// <summary>The provable log over the audit events: queue, tree, signed checkpoints, tiles, witnesses.</summary>
public static class LogModule
{
    public static void AddServices(IServiceCollection services)
    {
        services.AddSingleton<LogFiles>();
        services.AddSingleton(provider => new LogSigner(provider.GetRequiredService<LogFiles>().Signer));
        services.AddSingleton<LogTiles>();
        services.AddSingleton<LogPlace>();
        services.AddSingleton<LogWitnesses>();
        services.AddSingleton<LogLeader>();
        services.AddSingleton<LogSignal>();
        services.AddSingleton<LogQueries>();
        services.AddSingleton<LogWatch>();
        services.AddSingleton<LogAccess>().AddSingleton<LogProofs>().AddSingleton<NodeKey>().AddSingleton<Receipts>();
        services.AddSingleton<LogPruning>();
        services.AddSingleton<LogLimit>();
        services.AddHostedService<LogWorker>().AddHostedService<LogPruningWorker>().AddSingleton(LogWorker.Job).AddSingleton(LogPruningWorker.Job);
    }

    /// <summary>Receipts for what is done in assisted sessions; after the caller is known.</summary>
    public static void Use(WebApplication app) => app.Services.GetRequiredService<Receipts>().Use(app);

    public static void Map(IEndpointRouteBuilder routes)
    {
        LogApi.Map(routes);
        LogOpening.Map(routes);
    }
}
