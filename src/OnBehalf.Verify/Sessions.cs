using System.Globalization;

namespace OnBehalf.Verify;

/// <summary>
/// Holds the numbers in the entries of assisted sessions against each other: each session counts its entries 1, 2, 3 …, its end says how many there are,
/// and nothing follows. Entries of one session may stand in the log in another order, within as many leaves as are sequenced at once.
/// </summary>
internal sealed class Sessions
{
    /// <summary>How many leaves an entry may stand behind a later one of its session: one batch of the sequencer.</summary>
    public const long Batch = 4096;

    /// <summary>How long a log goes on after a session had to be over, before its end is missing: the shop looks for such sessions once a minute, also after it stood still.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>No session lasts longer: one whose first entries are not kept any more shows the next ones within this time.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(24);

    private readonly Dictionary<Guid, Session> _sessions = [];
    private readonly PriorityQueue<Session, long> _running = new();
    private long? _oldest;
    private long _newest;

    public long Count => _sessions.Count;

    public long Open => _sessions.Values.Count(session => session.End is null);

    /// <summary>Sessions whose first entries are not kept any more.</summary>
    public long Cut { get; private set; }

    /// <summary>Takes an entry; what is wrong with its place in the session, in words, or null.</summary>
    public string? Take(long leaf, in Entry entry)
    {
        _oldest ??= entry.At;
        _newest = Math.Max(_newest, entry.At);
        while (_running.TryPeek(out var over, out var endsAt) && endsAt < _newest)
        {
            _running.Dequeue();
            over.OverSince = _newest;
        }

        if (entry.Session is not { } id)
        {
            return null;
        }

        if (!_sessions.TryGetValue(id, out var session))
        {
            _sessions.Add(id, session = new Session());
        }

        var fault = session.Judge(leaf, entry);
        session.Take(leaf, entry);
        if (entry.Number == 1)
        {
            (session.Leaf, session.Event) = (leaf, entry.Id);
            if (entry.SessionEndsAt == 0)
            {
                fault ??= "its first entry does not say when it ends at the latest";
            }
            else
            {
                _running.Enqueue(session, entry.SessionEndsAt);
            }
        }

        return fault is null ? null : $"session {id:D}: {fault}";
    }

    /// <summary>What is missing when all entries were taken.</summary>
    /// <param name="isCut">The first entries of the log are not kept any more, and those of sessions with them.</param>
    public IEnumerable<Finding> Gaps(bool isCut)
    {
        foreach (var (id, session) in _sessions)
        {
            if (session is { End: null, OverSince: > 0 } && _newest - session.OverSince > (long)Patience.TotalMicroseconds)
            {
                yield return new Finding($"session {id:D}: it had to be over, and no end of it is here", Leaf: session.Leaf, Event: session.Event);
            }

            if (isCut && session is { Next: 1, Ahead.Count: > 0 } && session.GapAt <= _oldest + (long)Longest.TotalMicroseconds)
            {
                Cut++;
                session.BeginAt(session.Ahead.Min);
            }

            if (session.Ahead.Count > 0)
            {
                yield return new Finding(
                    string.Create(CultureInfo.InvariantCulture, $"session {id:D}: entry {session.Next} of the session is missing before this one"),
                    Leaf: session.GapLeaf, Event: session.GapEvent);
            }
            else if (session.End is { } end && session.Next <= end)
            {
                yield return new Finding(
                    string.Create(CultureInfo.InvariantCulture, $"session {id:D}: its end counts {end} entries, and {session.Next} is missing"), Leaf: session.EndLeaf, Event: session.EndEvent);
            }
        }
    }

    private sealed class Session
    {
        private static readonly SortedSet<long> Nothing = [];

        private SortedSet<long>? _ahead;

        public long Next { get; private set; } = 1;

        public SortedSet<long> Ahead => _ahead ?? Nothing;

        public long? End { get; private set; }

        public long EndLeaf { get; private set; }

        public Guid EndEvent { get; private set; }

        public long GapLeaf { get; private set; }

        public Guid GapEvent { get; private set; }

        public long GapAt { get; private set; }

        public long Leaf { get; set; }

        public Guid Event { get; set; }

        /// <summary>The time of the first entry after it had to be over; 0 as long as it may run.</summary>
        public long OverSince { get; set; }

        /// <summary>What stood before this number cannot be seen any more.</summary>
        public void BeginAt(long number)
        {
            Next = number;
            while (_ahead?.Remove(Next) == true)
            {
                Next++;
            }
        }

        public string? Judge(long leaf, in Entry entry)
        {
            var number = entry.Number;
            return number < Next || Ahead.Contains(number) ? string.Create(CultureInfo.InvariantCulture, $"a second entry {number}")
                : End is { } end && number > end ? string.Create(CultureInfo.InvariantCulture, $"entry {number} comes after its end, which counted {end}")
                : entry.Entries != 0 && entry.Entries != number ? string.Create(CultureInfo.InvariantCulture, $"its end is entry {number} and counts {entry.Entries}")
                : entry.Entries != 0 && End is not null ? "it ends a second time"
                : entry.Entries != 0 && Ahead.Count > 0 && Ahead.Max > number ? string.Create(CultureInfo.InvariantCulture, $"entry {Ahead.Max} comes after its end, which counted {number}")
                : Ahead.Count > 0 && number == Next && leaf - GapLeaf > Batch ? string.Create(CultureInfo.InvariantCulture, $"entry {number} comes {leaf - GapLeaf} leaves too late")
                : null;
        }

        public void Take(long leaf, in Entry entry)
        {
            if (entry.Entries != 0 && End is null)
            {
                (End, EndLeaf, EndEvent) = (entry.Number, leaf, entry.Id);
            }

            if (entry.Number > Next)
            {
                if (Ahead.Count == 0)
                {
                    (GapLeaf, GapEvent, GapAt) = (leaf, entry.Id, entry.At);
                }

                (_ahead ??= []).Add(entry.Number);
            }
            else if (entry.Number == Next)
            {
                Next++;
                while (_ahead?.Remove(Next) == true)
                {
                    Next++;
                }
            }
        }
    }
}
