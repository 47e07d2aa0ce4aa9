namespace OnBehalf.Modules.Alerts;

/// <summary>Rules that look at the audit log and tell of what they find.</summary>
public static class AlertsModule
{
    public static void AddServices(IServiceCollection services)
    {
        services.AddSingleton<AlertQueries>().AddSingleton<AlertRules>().AddSingleton<AlertWatch>();
        services.AddHostedService<AlertWorker>().AddSingleton(AlertWorker.Job);
    }
}
