using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Modules.Log;
using OnBehalf.Modules.Mail;

namespace OnBehalf.Modules.BackOffice;

/// <summary>How the installation is, for those who run it: database, mail, audit log, jobs of this node, versions, room on the disk.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.SettingsChange)]
public sealed class HealthPage(HealthQueries health, LogWatch log, Jobs jobs, MailRoute route, IConfiguration configuration) : ShopPage
{
    public Health Health { get; private set; } = null!;

    public DatabaseState Database { get; private set; } = null!;

    public LogState Log { get; private set; } = null!;

    public IReadOnlyList<JobState> Jobs => jobs.All;

    public DateTimeOffset StartedAt => jobs.StartedAt;

    public string MailWords => route.Words;

    /// <summary>Bytes that are free where the data folder lies; null where that cannot be told.</summary>
    public long? Free { get; private set; }

    public long Memory { get; } = Environment.WorkingSet;

    public bool IsWell => !Log.IsRed && jobs.All.All(jobs.IsWell) && Health.MailFailed == 0 && Health.OldestPendingSeconds <= 300;

    public async Task OnGet()
    {
        Health = await health.Health(Cancel);
        Database = await health.OfDatabase(Cancel);
        Log = await log.State(Cancel);
        Free = FreeIn(ShopHost.DataFolder(configuration));
    }

    public (string Word, string Color) Pill(JobState job) =>
        job.IsFailing ? (Say("Fails"), "red") : !jobs.IsWell(job) ? (Say("Late"), "orange") : job.RanAt is null ? (Say("Not yet"), "azure") : (Say("Well"), "green");

    public static string Size(long bytes) => bytes switch
    {
        < 1 << 20 => $"{bytes / 1024.0:N0} KB",
        < 1 << 30 => $"{bytes / 1048576.0:N1} MB",
        _ => $"{bytes / 1073741824.0:N1} GB",
    };

    public static string Span(TimeSpan every) =>
        every >= TimeSpan.FromHours(1) ? $"{every.TotalHours:N0} h" : every >= TimeSpan.FromMinutes(1) ? $"{every.TotalMinutes:N0} min" : $"{every.TotalSeconds:N0} s";

    private static long? FreeIn(string folder)
    {
        try
        {
            return new DriveInfo(Path.GetFullPath(folder)).AvailableFreeSpace;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }
}
