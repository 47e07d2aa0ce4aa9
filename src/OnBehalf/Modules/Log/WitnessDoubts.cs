using OnBehalf.Transparency;

namespace OnBehalf.Modules.Log;

/// <summary>
/// Who doubts the log, and who can say against it: the witnesses that had cosigned all that this process ever showed them when the doubt arose. After a start nobody has,
/// because a database that was rolled back is started too.
/// </summary>
internal sealed class WitnessDoubts
{
    private readonly Dictionary<string, Doubt> _open = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _cosigned = new(StringComparer.Ordinal);
    private string _origin = "";
    private long _shown;

    /// <summary>What came back when this checkpoint was shown.</summary>
    public void Heard(Checkpoint head, IEnumerable<string> doubters, IEnumerable<string> cosigned)
    {
        if (head.Origin != _origin)
        {
            (_origin, _shown) = (head.Origin, 0);
            _open.Clear();
            _cosigned.Clear();
        }

        foreach (var doubter in doubters)
        {
            _open.TryAdd(doubter, new Doubt(_cosigned.Where(one => one.Value == _shown).Select(one => one.Key).ToHashSet(StringComparer.Ordinal)));
        }

        foreach (var name in cosigned)
        {
            _open.Remove(name);
            _cosigned[name] = head.Size;
        }

        _shown = head.Size;
    }

    public bool HadSeenAll(string witness, string doubter) => _open.TryGetValue(doubter, out var doubt) && doubt.Steady.Contains(witness);

    public bool IsTold(string doubter) => _open.TryGetValue(doubter, out var doubt) && doubt.IsTold;

    public void Told(string doubter) => _open[doubter].IsTold = true;

    private sealed class Doubt(IReadOnlySet<string> steady)
    {
        public IReadOnlySet<string> Steady => steady;

        public bool IsTold { get; set; }
    }
}
