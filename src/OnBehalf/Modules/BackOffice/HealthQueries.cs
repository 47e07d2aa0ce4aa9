using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using OnBehalf.Data;

namespace OnBehalf.Modules.BackOffice;

/// <summary>How the installation is, for those who run it.</summary>
/// <param name="OldestPendingSeconds">How long the oldest mail that should have gone waits; 0 without one.</param>
public sealed record Health(int MailPending, int MailFailed, int OldestPendingSeconds, string Schema, int LiveStaff, int LiveSessions);

/// <summary>What the database says of itself.</summary>
/// <param name="Version">`PostgreSQL 15.14`, `SQLite 3.50.4`.</param>
/// <param name="Bytes">How large it is.</param>
/// <param name="Milliseconds">How long the smallest question took.</param>
public sealed record DatabaseState(string Version, long Bytes, double Milliseconds);

/// <summary>Whether the shop can work, and what needs a look.</summary>
public sealed class HealthQueries(Database database)
{
    private readonly string _health = $"""
        select (select cast(count(*) as integer) from (select 1 from mail where status = 'pending' limit 10001) p) as "MailPending",
            (select cast(count(*) as integer) from (select 1 from mail where status = 'failed' limit 10001) f) as "MailFailed",
            coalesce((select max({database.SecondsSince("m.created_at")}) from (select created_at from mail where status = 'pending' order by next_attempt_at limit 100) m), 0)
                as "OldestPendingSeconds",
            (select name from schema_migration order by number desc limit 1) as "Schema",
            (select cast(count(distinct i.staff_id) as integer) from sign_in i where i.staff_id is not null and i.ended_at is null and i.hard_ends_at > {database.Now}
                and {database.SecondsSince("i.last_seen_at")} < i.idle_seconds) as "LiveStaff",
            (select cast(count(*) as integer) from assisted_session s where s.status = 'active') as "LiveSessions"
        """;

    public DatabaseKind Database => database.Kind;

    public async Task<Health> Health(CancellationToken cancel)
    {
        await using var db = database.Read();
        return (await db.Rows<Health>(_health).ToListAsync(cancel))[0];
    }

    public async Task<DatabaseState> OfDatabase(CancellationToken cancel)
    {
        await using var db = database.Read();
        await db.Rows<int>("select 1 as \"Value\"").ToListAsync(cancel);
        var clock = Stopwatch.StartNew();
        await db.Rows<int>("select 1 as \"Value\"").ToListAsync(cancel);
        var time = clock.Elapsed.TotalMilliseconds;
        var (version, bytes) = database.Kind == DatabaseKind.Postgres
            ? ("select 'PostgreSQL ' || current_setting('server_version') as \"Value\"", "select pg_database_size(current_database()) as \"Value\"")
            : ("select 'SQLite ' || sqlite_version() as \"Value\"", "select page_count * page_size as \"Value\" from pragma_page_count(), pragma_page_size()");
        return new DatabaseState((await db.Rows<string>(version).ToListAsync(cancel))[0], (await db.Rows<long>(bytes).ToListAsync(cancel))[0], time);
    }

    /// <summary>The database answers within three seconds.</summary>
    public async Task<bool> IsWell(CancellationToken cancel)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(TimeSpan.FromSeconds(3));
        try
        {
            await using var db = database.Read();
            return await db.Rows<int>("select 1 as \"Value\" from schema_migration limit 1").ToListAsync(patience.Token) is [1];
        }
        catch (Exception) when (!cancel.IsCancellationRequested)
        {
            return false;
        }
    }
}
