namespace OnBehalf.Transparency;

/// <summary>A witness that the policy names, and where it is asked, if the policy says so.</summary>
public sealed record PolicyWitness(string Name, VerifierKey Key, string? Url);

/// <summary>A log that the policy trusts to be itself.</summary>
public sealed record PolicyLog(VerifierKey Key, string? Url);

/// <summary>
/// What one trusts, as a text (c2sp.org/tlog-policy): keys of logs, keys of witnesses, and how many of which witnesses must have cosigned. Whoever checks a
/// log gets it once, by another way than the log itself.
/// </summary>
public sealed class WitnessPolicy
{
    private const string None = "none";
    private const int MostLines = 10_000;

    private readonly Dictionary<string, PolicyWitness> _witnesses = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Group> _groups = new(StringComparer.Ordinal);
    private readonly HashSet<string> _members = new(StringComparer.Ordinal);
    private readonly List<PolicyLog> _logs = [];
    private string? _quorum;

    private WitnessPolicy()
    {
    }

    public IReadOnlyList<PolicyLog> Logs => _logs;

    public IReadOnlyCollection<PolicyWitness> Witnesses => _witnesses.Values;

    /// <summary>The name of the group or witness that must have cosigned, or `none`.</summary>
    public string Quorum => _quorum!;

    /// <summary>Reads a policy.</summary>
    /// <exception cref="FormatException">It is none; the message names the line.</exception>
    public static WitnessPolicy Parse(string text)
    {
        var policy = new WitnessPolicy();
        var lines = text.Split('\n');
        if (lines.Length > MostLines || text.Any(letter => letter is (< ' ' and not ('\n' or '\t')) or '\x7f'))
        {
            throw new FormatException("The policy is too long, or has control characters; a line ends with a line feed alone.");
        }

        for (var number = 0; number < lines.Length; number++)
        {
            var words = lines[number].Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
            if (words.Length > 0 && !words[0].StartsWith('#') && policy.Read(words) is { } fault)
            {
                throw new FormatException($"Line {number + 1} of the policy: {fault}");
            }
        }

        return policy._quorum is null ? throw new FormatException("The policy has no line \"quorum\".") : policy;
    }

    /// <summary>The checkpoint in this note, and why it may not be believed, in words; null when it may.</summary>
    public string? Judge(SignedNote note, out Checkpoint? checkpoint)
    {
        if (!Checkpoint.TryParse(note.Text, out checkpoint))
        {
            return "its text is no checkpoint";
        }

        var origin = checkpoint!.Origin;
        if (!_logs.Any(log => log.Key.Name == origin))
        {
            return $"the policy knows no log called {origin}";
        }

        if (!_logs.Any(log => log.Key.Name == origin && note.IsSignedBy(log.Key)))
        {
            return $"the signature of the log {origin} does not hold";
        }

        // The format lets a reader ignore what he does not know, not a known name under something that was never signed.
        if (_witnesses.Values.FirstOrDefault(witness => note.IsForged(witness.Key)) is { } forged)
        {
            return $"the cosignature in the name of witness {forged.Name} does not hold";
        }

        return _quorum == None || IsMet(_quorum!, note) ? null : $"the quorum {_quorum} of witnesses is not there; cosigned: {Words(Cosigned(note))}";
    }

    /// <summary>The witnesses of the policy that cosigned the note.</summary>
    public IEnumerable<PolicyWitness> Cosigned(SignedNote note) => _witnesses.Values.Where(witness => note.IsSignedBy(witness.Key));

    private static string Words(IEnumerable<PolicyWitness> witnesses) =>
        witnesses.Select(witness => witness.Name).ToList() is { Count: > 0 } names ? string.Join(", ", names) : "none";

    private bool IsMet(string name, SignedNote note) =>
        _witnesses.TryGetValue(name, out var witness)
            ? note.IsSignedBy(witness.Key)
            : _groups[name] is { } group && group.Members.Count(member => IsMet(member, note)) >= group.Threshold;

    private string? Read(string[] words) => words[0] switch
    {
        "log" when words.Length is 2 or 3 => Log(words[1], words.ElementAtOrDefault(2)),
        "witness" when words.Length is 3 or 4 => Witness(words[1], words[2], words.ElementAtOrDefault(3)),
        "group" when words.Length >= 4 => AddGroup(words[1], words[2], words[3..]),
        "quorum" when words.Length == 2 => SetQuorum(words[1]),
        "log" => "log <vkey> [<url>] is expected.",
        "witness" => "witness <name> <vkey> [<url>] is expected.",
        "group" => "group <name> all|any|<number> <member>... is expected.",
        "quorum" => "quorum <name> is expected.",
        _ => $"\"{words[0]}\" is not log, witness, group or quorum.",
    };

    private string? Log(string text, string? url)
    {
        if (!VerifierKey.TryParse(text, out var key) || key!.Type == SignatureType.Cosignature)
        {
            return "this is no key of a log (type 1 or 2).";
        }

        if (_logs.Any(log => log.Key.PublicKey.SequenceEqual(key.PublicKey)))
        {
            return "this key stands here twice.";
        }

        _logs.Add(new PolicyLog(key, url));
        return null;
    }

    private string? Witness(string name, string text, string? url)
    {
        if (!VerifierKey.TryParse(text, out var key) || key!.Type != SignatureType.Cosignature)
        {
            return "this is no key of a witness (type 4).";
        }

        if (_witnesses.Values.Any(witness => witness.Key.PublicKey.SequenceEqual(key.PublicKey)))
        {
            return "this key stands here twice.";
        }

        if (IsNew(name) is { } fault)
        {
            return fault;
        }

        _witnesses.Add(name, new PolicyWitness(name, key, url));
        return null;
    }

    private string? AddGroup(string name, string threshold, string[] members)
    {
        if (IsNew(name) is { } fault)
        {
            return fault;
        }

        var least = threshold switch
        {
            "all" => members.Length,
            "any" => 1,
            _ => Base64.TryReadNumber(threshold, out var number) && number >= 1 && number <= members.Length ? (int)number : 0,
        };
        if (least == 0)
        {
            return $"all, any or a number from 1 to {members.Length} is expected, not {threshold}.";
        }

        foreach (var member in members)
        {
            if (!_witnesses.ContainsKey(member) && !_groups.ContainsKey(member))
            {
                return $"{member} is not defined above.";
            }

            if (!_members.Add(member))
            {
                return $"{member} is a member of a group already.";
            }
        }

        _groups.Add(name, new Group(least, members));
        return null;
    }

    private string? SetQuorum(string name)
    {
        if (_quorum is not null)
        {
            return "there is a quorum already.";
        }

        if (name != None && !_witnesses.ContainsKey(name) && !_groups.ContainsKey(name))
        {
            return $"{name} is not defined above.";
        }

        _quorum = name;
        return null;
    }

    private string? IsNew(string name) =>
        name == None ? "none is no name of a witness or group." : _witnesses.ContainsKey(name) || _groups.ContainsKey(name) ? $"{name} is defined already." : null;

    private sealed record Group(int Threshold, string[] Members);
}
