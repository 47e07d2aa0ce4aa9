using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using OnBehalf.Transparency;

namespace OnBehalf.Verify;

/// <summary>
/// Copies a log into a folder: from its address, or from another folder. What is there already is not fetched again; a new checkpoint is taken over only
/// when all that it needs is here and it continues the last one. Every checkpoint that was ever seen is kept, also one that contradicts the others.
/// </summary>
internal sealed class Mirror(LogSource source, string folder)
{
    /// <summary>The folder of all checkpoints that were seen.</summary>
    public const string Kept = "checkpoints";

    private const int AtOnce = 8;

    private readonly TileFolder _files = new(folder);

    /// <summary>Fetches what is new; why that cannot be, in words, or null.</summary>
    public async Task<(Answer Answer, string Words)> Run(CancellationToken cancel = default)
    {
        if (await source.Get(TileFolder.CheckpointName, SignedNote.Longest, cancel) is not { } bytes)
        {
            return (Answer.NotChecked, $"{source.Name} has no checkpoint.");
        }

        if (!SignedNote.TryParse(bytes, out var note) || !Checkpoint.TryParse(note!.Text, out var now))
        {
            return (Answer.NotProved, $"{source.Name} has a checkpoint that is none.");
        }

        Directory.CreateDirectory(folder);
        Keep(note, now!);
        var before = await Before(cancel);
        if (before is not null && (before.Origin != now!.Origin || before.Size > now.Size))
        {
            return (Answer.NotProved, string.Create(CultureInfo.InvariantCulture,
                $"{source.Name} is not the log that was mirrored before: {before.Origin} with {before.Size} entries then, {now.Origin} with {now.Size} now. The folder is as it was; the checkpoint is kept in {Kept}."));
        }

        var fetched = 0;
        var gone = new ConcurrentBag<TileCoordinate>();
        var isKept = TileCoordinate.All(now!.Size).Where(tile => tile.IsEntries).Select(tile => (long?)tile.Index).FirstOrDefault(index => _files.Has(new TileCoordinate(TileCoordinate.Entries, index!.Value, TileCoordinate.FullWidth)));
        await Parallel.ForEachAsync(
            TileCoordinate.All(now.Size).Where(tile => !_files.Has(tile) && !(tile.IsEntries && tile.Index < isKept)),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel },
            async (tile, stop) =>
            {
                if (await Fetch(tile, stop))
                {
                    Interlocked.Increment(ref fetched);
                }
                else
                {
                    gone.Add(tile);
                }
            });

        // A log may not keep its first entries for ever; `verify` wants it to say so. What is missing after one that is there is missing.
        var first = TileCoordinate.All(now.Size).FirstOrDefault(tile => tile.IsEntries && (_files.Has(tile) || _files.Has(tile.Full)));
        if (gone.Where(tile => !first.IsEntries || tile.Index > first.Index).Select(tile => (TileCoordinate?)tile).FirstOrDefault() is { } missing)
        {
            throw new MissingTileException(missing, $"is missing at {source.Name}");
        }

        if (await Contradiction(before, now, cancel) is { } why)
        {
            return (Answer.NotProved, $"{source.Name} {why}. The old checkpoint stays; the new one is kept in {Kept}.");
        }

        _files.WriteCheckpoint(note.ToString());
        foreach (var tile in TileCoordinate.Grown(before?.Size ?? 0, now.Size).Where(tile => !tile.IsPartial))
        {
            _files.RemovePartial(tile);
        }

        return (Answer.Proved, string.Create(CultureInfo.InvariantCulture, $"{now.Origin}: {now.Size} entries, {now.Size - (before?.Size ?? 0)} of them new; fetched {fetched} files."));
    }

    private async Task<Checkpoint?> Before(CancellationToken cancel) =>
        SignedNote.TryParse(await _files.ReadCheckpoint(cancel), out var note) && Checkpoint.TryParse(note!.Text, out var checkpoint) ? checkpoint : null;

    private void Keep(SignedNote note, Checkpoint checkpoint)
    {
        var path = Path.Combine(folder, Kept, string.Create(CultureInfo.InvariantCulture, $"{checkpoint.Size:D12}-{checkpoint.Root.ToHex()[..16]}"));
        if (!File.Exists(path) || !SignedNote.TryParse(File.ReadAllBytes(path), out var kept) || kept!.Signatures.Count < note.Signatures.Count)
        {
            DurableFile.Replace(path, Encoding.UTF8.GetBytes(note.ToString()));
        }
    }

    private async Task<bool> Fetch(TileCoordinate tile, CancellationToken cancel)
    {
        var longest = tile.IsEntries ? EntryBundle.LongestBundle : TileCoordinate.FullWidth * Hash.Length;
        var bytes = await source.Get(tile.Path, longest, cancel);
        if (bytes is null && tile.IsPartial)
        {
            (tile, bytes) = (tile.Full, await source.Get(tile.Full.Path, longest, cancel));
        }

        if (bytes is null && tile is { IsEntries: true, IsPartial: false })
        {
            return false;
        }

        if (bytes is null)
        {
            throw new MissingTileException(tile, $"is missing at {source.Name}");
        }

        if (!tile.IsEntries && bytes.Length != tile.Width * Hash.Length)
        {
            throw new MissingTileException(tile, $"has {bytes.Length} bytes at {source.Name} instead of {tile.Width * Hash.Length}");
        }

        _files.Write(new Tile(tile, bytes));
        return true;
    }

    // Every entry is the business of `verify`; here it is enough that the tiles give this root, and gave the last one.
    private async Task<string?> Contradiction(Checkpoint? before, Checkpoint now, CancellationToken cancel)
    {
        try
        {
            if ((await Frontier.FromTiles(now.Size, _files.Read, cancel)).Root() != now.Root)
            {
                return "has tiles that do not give the root of its checkpoint";
            }

            return before is null || Proofs.VerifyConsistency(before.Size, now.Size, before.Root, now.Root, await Proofs.Consistency(before.Size, now.Size, _files.Read, cancel))
                ? null
                : string.Create(CultureInfo.InvariantCulture, $"does not continue the log that was mirrored before: its first {before.Size} entries are others now");
        }
        catch (MissingTileException missing)
        {
            return $"is not whole: {missing.Message}";
        }
    }
}
