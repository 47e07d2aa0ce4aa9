using System.Diagnostics;
using System.Globalization;
using System.Text;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Modules.Log;

namespace OnBehalf.Modules.BackOffice;

/// <summary>What a monitor reads: the state as JSON, and everything that is counted in the text form of Prometheus. No name and no number of anybody is in it.</summary>
public sealed class Metrics(HealthQueries health, LogWatch log, Jobs jobs, IServiceProvider services)
{
    /// <summary>Database, outbox, jobs and versions, for who shows the token.</summary>
    public async Task<IResult> Json(bool isWell, CancellationToken cancel)
    {
        if (!isWell)
        {
            return Results.Json(new { status = "not ok", version = Product.Version }, statusCode: StatusCodes.Status503ServiceUnavailable);
        }

        var (state, now, database) = (await log.State(cancel), await health.Health(cancel), await health.OfDatabase(cancel));
        return Results.Json(new
        {
            status = state.IsRed || jobs.All.Any(job => !jobs.IsWell(job)) ? "degraded" : "ok",
            version = Product.Version,
            runtime = Environment.Version.ToString(),
            database = new { kind = health.Database == DatabaseKind.Postgres ? "postgresql" : "sqlite", version = database.Version, schema = now.Schema, bytes = database.Bytes, milliseconds = Math.Round(database.Milliseconds, 3) },
            outbox = new { waiting = now.MailPending, givenUp = now.MailFailed, oldestSeconds = now.OldestPendingSeconds },
            log = new { isRed = state.IsRed, lagSeconds = state.LagSeconds, published = state.Published, trouble = state.Trouble },
            jobs = jobs.All.Select(job => new { name = job.Job.Code, isWell = jobs.IsWell(job), ranAt = job.RanAt, failedAt = job.FailedAt, error = job.Error, runs = job.Runs, failures = job.Failures }),
        });
    }

    /// <param name="isWell">The database answers; without it what needs none is still told.</param>
    public async Task<string> Text(bool isWell, CancellationToken cancel)
    {
        var text = new StringBuilder();
        One("onbehalf_database_up", "gauge", "1 when the database answers.", isWell ? 1 : 0);
        if (isWell)
        {
            await OfDatabase();
        }

        Each("onbehalf_job_runs_total", "counter", "How often a job came to its end in this process.", job => job.Runs);
        Each("onbehalf_job_failures_total", "counter", "How often a job failed in this process.", job => job.Failures);
        Each("onbehalf_job_is_well", "gauge", "0 when a job fails, or has not been done for too long.", job => jobs.IsWell(job) ? 1 : 0);
        using var process = Process.GetCurrentProcess();
        One("process_start_time_seconds", "gauge", "When this process began.", new DateTimeOffset(process.StartTime.ToUniversalTime()).ToUnixTimeSeconds());
        One("process_cpu_seconds_total", "counter", "CPU time of this process.", process.TotalProcessorTime.TotalSeconds);
        One("process_resident_memory_bytes", "gauge", "Memory of this process.", process.WorkingSet64);
        One("dotnet_gc_heap_bytes", "gauge", "Memory that the collector manages.", GC.GetTotalMemory(forceFullCollection: false));
        services.GetRequiredService<RequestTimes>().Write(text);
        return text.ToString();

        async Task OfDatabase()
        {
            var (state, now) = (await log.State(cancel), await health.Health(cancel));
            One("onbehalf_info", "gauge", "What runs here.", 1, $"version=\"{Product.Version}\",database=\"{(health.Database == DatabaseKind.Postgres ? "postgresql" : "sqlite")}\",schema=\"{RequestTimes.Escaped(now.Schema)}\"");
            One("onbehalf_mail_waiting", "gauge", "Mails that wait to be sent.", now.MailPending);
            One("onbehalf_mail_given_up", "gauge", "Mails that could not be sent.", now.MailFailed);
            One("onbehalf_mail_oldest_waiting_seconds", "gauge", "How long the oldest waiting mail waits.", now.OldestPendingSeconds);
            One("onbehalf_staff_signed_in", "gauge", "Staff who are signed in.", now.LiveStaff);
            One("onbehalf_assisted_sessions", "gauge", "Assisted sessions that run.", now.LiveSessions);
            One("onbehalf_log_lag_seconds", "gauge", "How long the oldest entry waits for its place in the audit log.", state.LagSeconds);
            One("onbehalf_log_published", "counter", "Entries under the newest checkpoint of the audit log.", state.Published);
            One("onbehalf_log_is_red", "gauge", "1 when the audit log is behind or stands still.", state.IsRed ? 1 : 0);
        }

        void Head(string name, string kind, string help) => text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {help}\n# TYPE {name} {kind}\n");

        void One(string name, string kind, string help, double value, string? labels = null)
        {
            Head(name, kind, help);
            text.Append(CultureInfo.InvariantCulture, $"{name}{(labels is null ? "" : $"{{{labels}}}")} {value}\n");
        }

        void Each(string name, string kind, string help, Func<JobState, long> value)
        {
            Head(name, kind, help);
            foreach (var job in jobs.All)
            {
                text.Append(CultureInfo.InvariantCulture, $"{name}{{job=\"{job.Job.Code}\"}} {value(job)}\n");
            }
        }
    }
}
