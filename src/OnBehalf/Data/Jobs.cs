using System.Collections.Concurrent;

namespace OnBehalf.Data;

/// <summary>Work that a process does by itself.</summary>
/// <param name="Code">In metrics: `outbox`.</param>
/// <param name="Title">In words: `Sending mail`.</param>
/// <param name="Every">How often at the latest, when all is well.</param>
public sealed record Job(string Code, string Title, TimeSpan Every)
{
    /// <summary>Done only on nodes that may lead the audit log (`Log:Run`).</summary>
    public bool IsOfTheLog { get; init; }
}

/// <summary>How a job went in this process since it started.</summary>
/// <param name="RanAt">When it last came to its end without a fault.</param>
/// <param name="FailedAt">When it last failed.</param>
/// <param name="Error">What kind of fault that was; nothing of what it worked on.</param>
public sealed record JobState(Job Job, DateTimeOffset? RanAt, DateTimeOffset? FailedAt, string? Error, long Runs, long Failures)
{
    public bool IsFailing => FailedAt is { } failed && (RanAt is not { } ran || failed > ran);

    /// <summary>It has neither ended nor failed for three times as long as it should take, and a minute.</summary>
    public bool IsLate(DateTimeOffset now, DateTimeOffset startedAt) => now - Later(RanAt, FailedAt, startedAt) > (Job.Every * 3) + TimeSpan.FromMinutes(1);

    private static DateTimeOffset Later(params DateTimeOffset?[] times) => times.Max()!.Value;
}

/// <summary>
/// What this process does by itself, and how that went: for the health page and for metrics. In memory, as other processes have their own; a job is known as soon
/// as its module registers it, also when it has not run yet.
/// </summary>
public sealed class Jobs(IEnumerable<Job> jobs, TimeProvider clock)
{
    private readonly ConcurrentDictionary<Job, JobState> _states = new(jobs.Select(job => KeyValuePair.Create(job, new JobState(job, null, null, null, 0, 0))));

    public DateTimeOffset StartedAt { get; } = clock.GetUtcNow();

    public IReadOnlyList<JobState> All => [.. _states.Values.OrderBy(state => state.Job.Title, StringComparer.Ordinal)];

    public bool IsWell(JobState state) => !state.IsFailing && !state.IsLate(clock.GetUtcNow(), StartedAt);

    /// <summary>Does it, and remembers how it went; a fault goes on to whoever called.</summary>
    public async Task<T> Run<T>(Job job, Func<Task<T>> work, CancellationToken cancel)
    {
        try
        {
            var result = await work();
            Note(job, state => state with { RanAt = clock.GetUtcNow(), Runs = state.Runs + 1 });
            return result;
        }
        catch (Exception error) when (!cancel.IsCancellationRequested)
        {
            Note(job, state => state with { FailedAt = clock.GetUtcNow(), Error = error.GetType().Name, Failures = state.Failures + 1 });
            throw;
        }
    }

    /// <inheritdoc cref="Run{T}"/>
    public Task Run(Job job, Func<Task> work, CancellationToken cancel) => Run(
        job,
        async () =>
        {
            await work();
            return true;
        },
        cancel);

    private void Note(Job job, Func<JobState, JobState> change) =>
        _states.AddOrUpdate(job, _ => change(new JobState(job, null, null, null, 0, 0)), (_, state) => change(state));
}
