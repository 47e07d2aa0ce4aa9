namespace OnBehalf.Modules.Exports;

/// <summary>The audit log elsewhere: files, and streams to those who watch.</summary>
public static class ExportsModule
{
    public static void AddServices(IServiceCollection services)
    {
        services.AddSingleton<RecordQueries>();
        services.AddSingleton<AuditExport>();
    }
}
