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

    private static readonly long ToleranceMicroseconds = (long)Tolerance.TotalMicroseconds;

    private readonly TileFolder _files = new(folder);
    private readonly Verdict _verdict = new();
    private readonly Sessions _sessions = new();
    private readonly HashSet<Guid> _events = [];
    private readonly Frontier _frontier = new();
    private readonly List<Finding> _inLeaves = [];
    private readonly List<(string Name, Checkpoint Checkpoint)> _earlier = [];
    private TileCheck _tiles = null!;
    private Checkpoint _checkpoint = null!;
    private int _nextEarlier;
    private long _agreesUpTo;
    private long _newest;

    /// <summary>Checkpoints that were saved elsewhere and must be continued too.</summary>
    public IReadOnlyList<string> Since { get; init; } = [];

    /// <summary>The event whose leaf is looked for.</summary>
    public Guid? Wanted { get; init; }

    /// <summary>Where the wanted event stands, and its leaf hash.</summary>
    public (long Leaf, Hash Hash)? Found { get; private set; }

    /// <summary>The keys of nodes that the log certifies.</summary>
    public List<VerifierKey> NodeKeys { get; } = [];

    /// <summary>The time of the newest entry, in seconds since 1970.</summary>
    public long NewestSeconds => (_newest / 1_000_000) - (DateTime.UnixEpoch.Ticks / TimeSpan.TicksPerSecond);

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

        _checkpoint = checkpoint;
        (_verdict.Origin, _verdict.Size, _verdict.Root, _verdict.Quorum) = (checkpoint.Origin, checkpoint.Size, checkpoint.Root.ToString(), policy.Quorum);
        _verdict.CosignedBy.AddRange(policy.Cosigned(note!).Select(witness => witness.Name));
        await ReadEarlier(cancel);
        _tiles = new TileCheck(_files, checkpoint.Size);
        await ReadLeaves(cancel);
        var gives = _frontier.Root() == checkpoint.Root;
        Judge(gives, await _tiles.Finish(gives, cancel));
        return _verdict;
    }

    private async Task ReadEarlier(CancellationToken cancel)
    {
        var kept = Path.Combine(folder, Mirror.Kept);
        string[] files = Directory.Exists(kept) ? [.. Directory.EnumerateFiles(kept).Where(file => !Path.GetFileName(file).StartsWith('.')).Order(StringComparer.Ordinal)] : [];
        foreach (var file in files.Concat(Since))
        {
            string name = files.Contains(file) ? $"{Mirror.Kept}/{Path.GetFileName(file)}" : file;
            if (!SignedNote.TryParse(await File.ReadAllBytesAsync(file, cancel), out var note) || !Checkpoint.TryParse(note!.Text, out var earlier)
                || !policy.Logs.Any(log => log.Key.Name == earlier!.Origin && note.IsSignedBy(log.Key)))
            {
                _verdict.Add(new Finding("this is no checkpoint that a log of the policy signed", name));
            }
            else if (earlier!.Origin != _checkpoint.Origin)
            {
                _verdict.Add(new Finding($"this is of another log, {earlier.Origin}", name));
            }
            else if (earlier.Size > _checkpoint.Size)
            {
                _verdict.Add(new Finding(string.Create(CultureInfo.InvariantCulture,
                    $"the log was rolled back: it had {earlier.Size} entries then and has {_checkpoint.Size} now; leaf {_checkpoint.Size} and those after it are gone"), name));
            }
            else
            {
                _earlier.Add((name, earlier!));
            }
        }

        _earlier.Sort((left, right) => left.Checkpoint.Size.CompareTo(right.Checkpoint.Size));
        _verdict.EarlierCheckpoints = _earlier.Count;
        CompareEarlier();
    }

    private async Task ReadLeaves(CancellationToken cancel)
    {
        for (long first = 0; first < _checkpoint.Size; first += TileCoordinate.FullWidth)
        {
            var at = new TileCoordinate(TileCoordinate.Entries, first / TileCoordinate.FullWidth, (int)Math.Min(TileCoordinate.FullWidth, _checkpoint.Size - first));
            var bundle = await _files.Read(at, cancel);
            var tile = await _tiles.LeavesOf(at, cancel);
            ReadBundle(at, bundle, tile);
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
                _inLeaves.Add(new Finding($"{at.Path} is missing, or ends before this entry", at.Path, leaf));
                isWhole = false;
            }

            // The hash tile lets the rest be compared all the same.
            Append(leaf, stored ?? default);
        }

        // Of a wider bundle than this size needs, the rest belongs to a later checkpoint.
        if (isWhole && bundle.Length > 0 && (!at.IsPartial || File.Exists(_files.PathOf(at))))
        {
            _inLeaves.Add(new Finding("something follows the last entry", at.Path));
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

        Append(leaf, hash);
        if (fault is not null)
        {
            _inLeaves.Add(new Finding($"the entry {fault}", Leaf: leaf));
            return;
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
            _inLeaves.Add(new Finding("this event is in the log twice", Leaf: leaf, Event: id));
        }

        if (entry.At + ToleranceMicroseconds < _newest)
        {
            _inLeaves.Add(new Finding(string.Create(CultureInfo.InvariantCulture,
                $"it is {(_newest - entry.At) / 1_000_000} s older than an entry before it; {Tolerance.TotalSeconds:0} s can happen"), Leaf: leaf, Event: id));
        }

        _newest = Math.Max(_newest, entry.At);
        if (_sessions.Take(leaf, entry) is { } wrong)
        {
            _inLeaves.Add(new Finding(wrong, Leaf: leaf, Event: id));
        }
    }

    private void Append(long leaf, in Hash hash)
    {
        _frontier.Append(hash);
        _tiles.Append(hash);
        CompareEarlier();
    }

    /// <summary>At the size of each earlier checkpoint the entries must have given its root.</summary>
    private void CompareEarlier()
    {
        for (; _nextEarlier < _earlier.Count && _earlier[_nextEarlier].Checkpoint.Size == _frontier.Size; _nextEarlier++)
        {
            var (name, checkpoint) = _earlier[_nextEarlier];
            if (checkpoint.Root == _frontier.Root())
            {
                _agreesUpTo = checkpoint.Size;
            }
            else
            {
                _verdict.Add(new Finding(string.Create(CultureInfo.InvariantCulture,
                    $"this log does not continue it: something between leaf {_agreesUpTo} and leaf {checkpoint.Size - 1} is not what it was"), name));
            }
        }
    }

    private void Judge(bool gives, IReadOnlyList<Finding> ofTiles)
    {
        (_verdict.Sessions, _verdict.OpenSessions) = (_sessions.Count, _sessions.Open);
        foreach (var finding in ofTiles.Concat(_inLeaves).Concat(_sessions.Gaps()))
        {
            _verdict.Add(finding);
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
            first is not null ? words : words + string.Create(CultureInfo.InvariantCulture, $", though the tiles of hashes were made from them: something from leaf {_agreesUpTo} on was changed, or another log was signed"),
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
