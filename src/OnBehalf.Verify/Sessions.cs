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

    private readonly Dictionary<Guid, Session> _sessions = [];

    public long Count => _sessions.Count;

    public long Open => _sessions.Values.Count(session => session.End is null);

    /// <summary>Takes an entry; what is wrong with its place in the session, in words, or null.</summary>
    public string? Take(long leaf, in Entry entry)
    {
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
        return fault is null ? null : $"session {id:D}: {fault}";
    }

    /// <summary>What is missing when all entries were taken.</summary>
    public IEnumerable<Finding> Gaps()
    {
        foreach (var (id, session) in _sessions)
        {
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
                    (GapLeaf, GapEvent) = (leaf, entry.Id);
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
