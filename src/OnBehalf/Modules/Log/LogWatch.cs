using OnBehalf.Kernel;

namespace OnBehalf.Modules.Log;

/// <summary>What this node knows of the log's state: asked of the database at most every five seconds, and only when somebody wants to know.</summary>
public class LogWatch(LogQueries queries, TimeProvider clock)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);

    private (LogState State, long At)? _known;

    /// <summary>The state, at most five seconds old.</summary>
    public virtual async Task<LogState> State(CancellationToken cancel)
    {
        if (_known is { } known && clock.GetElapsedTime(known.At) < Fresh)
        {
            return known.State;
        }

        var state = await queries.State(cancel);
        _known = (state, clock.GetTimestamp());
        return state;
    }

    /// <summary>Why nobody may begin to act for a customer because of the log; null when all is well. What runs goes on, and so does the shop.</summary>
    public async Task<Refusal?> ForbidsStarts(CancellationToken cancel) => (await State(cancel)).IsRed ? LogRefusals.Behind : null;

    /// <summary>Asks the database again at the next question.</summary>
    internal void Forget() => _known = null;
}
