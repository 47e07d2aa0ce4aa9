namespace OnBehalf.Modules.Audit;

/// <summary>Reading the audit log; it is written by the doors of the database.</summary>
public static class AuditModule
{
    public static void AddServices(IServiceCollection services) => services.AddSingleton(AuditErasing.Staff).AddSingleton<SavedSearches>().AddSingleton<AuditQueries>().AddSingleton<AuditLookupQueries>().AddSingleton<AuditReading>().AddSingleton<AuditSentenceQueries>().AddSingleton<AuditTimelineQueries>();
}
