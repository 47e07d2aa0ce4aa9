using System.Globalization;
using OnBehalf.Transparency;

namespace OnBehalf.Verify;

/// <summary>
/// Checks a log that lies in a folder, from the entries up: every leaf is hashed, every tile made anew and compared, and the root held against the
/// checkpoint and against every earlier one that was kept. Nothing but the policy is trusted.
/// </summary>
internal sealed class LogCheck(string folder, WitnessPolicy policy)
{
    /// <summary>How much older an entry may be than one that stands before it: a transaction takes its time from its beginning and may last that long.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(60);

    /// <summary>The same for what the shop does by itself: an import of many people with their invitations is one transaction.</summary>
    public static readonly TimeSpan MachineTolerance = TimeSpan.FromHours(1);

    private const int MostFaults = 1000;

    private readonly TileFolder _files = new(folder);
    private readonly Verdict _verdict = new();
    private readonly Sessions _sessions = new();
    private readonly HashSet<Guid> _events = [];
    private readonly Frontier _frontier = new();
    private readonly List<Finding> _inLeaves = [];
    private TileCheck _tiles = null!;
    private Checkpoint _checkpoint = null!;
    private LogStory _story = null!;
    private long _unseen;
    private EarlierCheckpoints _earlier = null!;
    private long _oldest = long.MaxValue;
    private long _newest;
    private long _moreFaults;

    /// <summary>Checkpoints that were saved elsewhere and must be continued too.</summary>
    public IReadOnlyList<string> Since { get; init; } = [];

    /// <summary>The event whose leaf is looked for.</summary>
    public Guid? Wanted { get; init; }

    /// <summary>Where the wanted event stands, and its leaf hash.</summary>
    public (long Leaf, Hash Hash)? Found { get; private set; }

    /// <summary>The checkpoint must have been cosigned, or without witnesses hold an entry, since then; null when that does not matter.</summary>
    public DateTime? NotBefore { get; init; }

    /// <summary>Keys of nodes that count no more, and since when in seconds since 1970.</summary>
    public IReadOnlyDictionary<string, long> RevokedKeys => _story.Revoked;

    /// <summary>The first entries of the log are not kept any more, and were not seen.</summary>
    public bool IsCut => _unseen > 0;

    /// <summary>The keys of nodes that the log certifies.</summary>
    public List<VerifierKey> NodeKeys { get; } = [];

    /// <summary>The time of the newest entry, in seconds since 1970.</summary>
    public long NewestSeconds => (_newest / 1_000_000) - (DateTime.UnixEpoch.Ticks / TimeSpan.TicksPerSecond);

    private static DateTime TimeOf(long microseconds) => new(microseconds * TimeSpan.TicksPerMicrosecond, DateTimeKind.Utc);

    public async Task<Verdict> Run(CancellationToken cancel = default)
    {
        if (!Directory.Exists(folder) || !File.Exists(_files.CheckpointPath))
        {
            return _verdict.CannotCheck($"{folder} holds no log: there is no file \"checkpoint\" in it.");
        }

        foreach (var file in Since.Where(file => !File.Exists(file)))
        {
            return _verdict.CannotCheck($"{file} is not there.");
        }

        if (!SignedNote.TryParse(await File.ReadAllBytesAsync(_files.CheckpointPath, cancel), out var note))
        {
            _verdict.Add(new Finding("this is no signed note", TileFolder.CheckpointName));
            return _verdict;
        }

        if (policy.Judge(note!, out var checkpoint) is { } why)
        {
            _verdict.Add(new Finding(why, TileFolder.CheckpointName));
        }

        if (checkpoint is null)
        {
            return _verdict;
        }

        (_checkpoint, _story) = (checkpoint, new LogStory(policy, checkpoint));
        (_verdict.Origin, _verdict.Size, _verdict.Root, _verdict.Quorum) = (checkpoint.Origin, checkpoint.Size, checkpoint.Root.ToString(), policy.Quorum);
        var witnesses = policy.Cosigned(note!).ToList();
        _verdict.CosignedBy.AddRange(witnesses.Select(witness => witness.Name));
        _verdict.CosignedAt = witnesses.Count == 0 ? null : DateTimeOffset.FromUnixTimeSeconds(witnesses.Max(witness => note!.TimeOf(witness.Key) ?? 0)).UtcDateTime;
        _earlier = await EarlierCheckpoints.Read(folder, Since, policy, checkpoint, _verdict, cancel);
        _earlier.Compare(_frontier, _verdict);
        _tiles = new TileCheck(_files, checkpoint.Size);
        await ReadLeaves(cancel);
        var gives = _frontier.Root() == checkpoint.Root;
        Judge(gives, await _tiles.Finish(gives, cancel));
        return _verdict;
    }

    private async Task ReadLeaves(CancellationToken cancel)
    {
        for (long first = 0; first < _checkpoint.Size; first += TileCoordinate.FullWidth)
        {
            var at = new TileCoordinate(TileCoordinate.Entries, first / TileCoordinate.FullWidth, (int)Math.Min(TileCoordinate.FullWidth, _checkpoint.Size - first));
            var bundle = await _files.Read(at, cancel);
            var tile = await _tiles.LeavesOf(at, cancel);
            if (bundle is null && _unseen == first && !at.IsPartial && tile.Length == at.Width * Hash.Length)
            {
                // The beginning of a log may be gone when the log says so, which is known at its end.
                _unseen += at.Width;
                for (var i = 0; i < at.Width; i++)
                {
                    Append(Hash.Of(tile.AsSpan(i * Hash.Length, Hash.Length)));
                }

                continue;
            }

            ReadBundle(at, bundle, tile);
            if (bundle is null && tile.Length == 0)
            {
                // Nothing can be said of what follows, and a log may claim to be as long as it likes.
                return;
            }
        }
    }

    private void ReadBundle(TileCoordinate at, ReadOnlySpan<byte> bundle, ReadOnlySpan<byte> tile)
    {
        var isWhole = true;
        for (var i = 0; i < at.Width; i++)
        {
            var leaf = at.FirstLeaf + i;
            var stored = tile.Length >= (i + 1) * Hash.Length ? Hash.Of(tile.Slice(i * Hash.Length, Hash.Length)) : (Hash?)null;
            if (isWhole && EntryBundle.TryTake(ref bundle, out var bytes))
            {
                ReadLeaf(leaf, bytes, stored);
                continue;
            }

            if (isWhole)
            {
                Note(new Finding($"{at.Path} is missing, or ends before this entry", at.Path, leaf));
                isWhole = false;
            }

            // The hash tile lets the rest be compared all the same.
            Append(stored ?? default);
        }

        // Of a wider bundle than this size needs, the rest belongs to a later checkpoint.
        if (isWhole && bundle.Length > 0 && (!at.IsPartial || File.Exists(_files.PathOf(at))))
        {
            Note(new Finding("something follows the last entry", at.Path));
        }
    }

    private void ReadLeaf(long leaf, ReadOnlySpan<byte> bytes, Hash? stored)
    {
        var hash = Merkle.LeafHash(bytes);
        var fault = Entry.Read(bytes, out var entry);
        var id = fault is null ? entry.Id : (Guid?)null;
        if (stored != hash)
        {
            _tiles.Differ(leaf, id);
        }

        Append(hash);
        if (fault is not null)
        {
            Note(new Finding($"the entry {fault}", Leaf: leaf));
            return;
        }

        if (entry.IsAboutLog && _story.Take(leaf, bytes, entry) is { } story)
        {
            Note(new Finding(story, Leaf: leaf, Event: id));
        }

        if (leaf == 0 && !(entry.IsAboutLog && bytes.IndexOf("\"name\":\"log.began\""u8) >= 0))
        {
            Note(new Finding("the first entry of a log is log.began", Leaf: leaf, Event: id));
        }

        if (entry.Id == Wanted)
        {
            Found = (leaf, hash);
        }

        if (entry.NodeKey is { } text && VerifierKey.TryParse(text, out var key))
        {
            NodeKeys.Add(key!);
        }

        if (!_events.Add(entry.Id))
        {
            Note(new Finding("this event is in the log twice", Leaf: leaf, Event: id));
        }

        var tolerance = entry.IsOfMachine ? MachineTolerance : Tolerance;
        if (entry.At + (long)tolerance.TotalMicroseconds < _newest)
        {
            Note(new Finding(string.Create(CultureInfo.InvariantCulture,
                $"it is {(_newest - entry.At) / 1_000_000} s older than an entry before it; {tolerance.TotalSeconds:0} s can happen"), Leaf: leaf, Event: id));
        }

        (_oldest, _newest) = (Math.Min(_oldest, entry.At), Math.Max(_newest, entry.At));
        if (_sessions.Take(leaf, entry) is { } wrong)
        {
            Note(new Finding(wrong, Leaf: leaf, Event: id));
        }
    }

    private void Note(Finding finding)
    {
        if (_inLeaves.Count < MostFaults)
        {
            _inLeaves.Add(finding);
        }
        else
        {
            _moreFaults++;
        }
    }

    private void Append(in Hash hash)
    {
        _frontier.Append(hash);
        _tiles.Append(hash);
        _earlier.Compare(_frontier, _verdict);
    }

    private void Judge(bool gives, IReadOnlyList<Finding> ofTiles)
    {
        if (_unseen > _story.KeptFrom)
        {
            // Nobody said that these may be gone.
            var missing = new TileCoordinate(TileCoordinate.Entries, _story.KeptFrom / TileCoordinate.FullWidth, TileCoordinate.FullWidth);
            _inLeaves.Insert(0, new Finding($"{missing.Path} is missing, and no entry says that it is not kept any more", missing.Path, missing.FirstLeaf));
        }

        if (_events.Count > 0 && _story.Judge() is { } name)
        {
            Note(name);
        }

        var gaps = _sessions.Gaps(IsCut).ToList();
        (_verdict.Sessions, _verdict.OpenSessions, _verdict.CutSessions) = (_sessions.Count, _sessions.Open, _sessions.Cut);
        (_verdict.Unseen, _verdict.UnseenWords) = (_unseen, _unseen > 0 ? _story.Words(_unseen) : null);
        _verdict.GivenUp = _earlier.JudgeOtherNames(_story, _verdict);
        if (_events.Count > 0)
        {
            (_verdict.From, _verdict.To) = (TimeOf(_oldest), TimeOf(_newest));
        }

        foreach (var finding in ofTiles.Concat(_inLeaves).Concat(gaps))
        {
            _verdict.Add(finding);
        }

        _verdict.Faults += _moreFaults;
        if (NotBefore is { } since && (_verdict.CosignedAt ?? _verdict.To ?? DateTime.MinValue) is var known && known < since)
        {
            _verdict.Add(new Finding(string.Create(CultureInfo.InvariantCulture, $"this is how the log was at {known:yyyy-MM-dd HH:mm:ss} UTC; of the time since nothing is known"), TileFolder.CheckpointName));
        }

        if (gives)
        {
            return;
        }

        // The first leaf that differs from its tile says the most; without one, entries and tiles were changed alike.
        var first = ofTiles.FirstOrDefault(finding => finding.Leaf is not null) ?? _inLeaves.FirstOrDefault();
        if (first is not null)
        {
            _verdict.Findings.Remove(first);
            _verdict.Findings.Insert(0, first);
        }

        var words = string.Create(CultureInfo.InvariantCulture, $"the {_checkpoint.Size} entries do not give the root that was signed");
        var whole = new Finding(
            first is not null ? words : words + string.Create(CultureInfo.InvariantCulture, $", though the tiles of hashes were made from them: something from leaf {_earlier.AgreeUpTo} on was changed, or another log was signed"),
            TileFolder.CheckpointName);
        if (first is not null)
        {
            _verdict.Add(whole);
        }
        else
        {
            _verdict.AddFirst(whole);
        }
    }
}
