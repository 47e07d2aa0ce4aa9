using OnBehalf.Data;

namespace OnBehalf.Modules.Exports;

/// <summary>The audit log elsewhere: files, and streams to those who watch.</summary>
public static class ExportsModule
{
    public static void AddServices(IServiceCollection services)
    {
        services.AddSingleton<RecordQueries>();
        services.AddSingleton<AuditExport>();
        services.AddSingleton<StreamTarget>();
        services.AddSingleton<StreamDelivery>();
        services.AddSingleton(provider => new Streams(
            provider.GetRequiredService<Database>(), provider.GetRequiredService<MasterKey>(), provider.GetRequiredService<StreamTarget>(), provider.GetRequiredService<StreamDelivery>(),
            provider.GetRequiredService<RecordQueries>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<StreamQueries>();
        services.AddSingleton<StreamSender>();
        services.AddSingleton<StreamWorker>();
        services.AddHostedService(provider => provider.GetRequiredService<StreamWorker>()).AddSingleton(StreamWorker.Job);
    }
}
