using System.Collections.Concurrent;
using System.Text;
using OnBehalf.Data;
using OnBehalf.Transparency;

namespace OnBehalf.Modules.Log;

/// <summary>
/// The tiles of the log as files. They are a pure function of the leaves: the leader writes them as the log grows, and any node makes from the database what is not
/// in its folder.
/// </summary>
public sealed class LogTiles(Database database, LogFiles files)
{
    private const string Hashes = "select leaf_hash as \"Value\" from audit_leaf where leaf_index >= {0} and leaf_index < {1} order by leaf_index";

    private const string Entries = """
        select e.entry as "Entry", l.leaf_hash as "Hash" from audit_leaf l join audit_event e on e.id = l.event_id
        where l.leaf_index >= {0} and l.leaf_index < {1} and e.entry <> '' order by l.leaf_index
        """;

    // What is asked for again and again while it is the newest: the right edge of the tree.
    private const int MostKept = 64;

    private readonly ConcurrentDictionary<(string Origin, TileCoordinate Tile), Lazy<Task<byte[]?>>> _served = new();
    private readonly SemaphoreSlim _making = new(2, 2);

    public TileFolder Folder(string origin) => new(files.Public(origin));

    /// <summary>
    /// The same for anybody who asks: of a tile that is no file, one is made however many ask for it at once, and never more than two at a time.
    /// </summary>
    public async ValueTask<byte[]?> Served(string origin, TileCoordinate tile, CancellationToken cancel)
    {
        if (Folder(origin).Has(tile))
        {
            return await Read(origin, tile, cancel);
        }

        if (_served.Count > MostKept)
        {
            _served.Clear();
        }

        var (key, made) = ((origin, tile), new Lazy<Task<byte[]?>>(() => Make(origin, tile)));
        made = _served.GetOrAdd(key, made);
        try
        {
            return await made.Value.WaitAsync(cancel) is { } bytes ? bytes : throw new MissingTileException(tile, "is not there");
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            // What could not be had is asked for anew.
            _served.TryRemove(new(key, made));
            if (error is MissingTileException)
            {
                return null;
            }

            throw;
        }
    }

    // Of several who wait for it nobody's cancellation counts.
    private async Task<byte[]?> Make(string origin, TileCoordinate tile)
    {
        await _making.WaitAsync();
        try
        {
            return await Read(origin, tile, CancellationToken.None);
        }
        finally
        {
            _making.Release();
        }
    }

    /// <summary>Exactly this tile, or null when the log is not that large.</summary>
    public async ValueTask<byte[]?> Read(string origin, TileCoordinate tile, CancellationToken cancel)
    {
        var folder = Folder(origin);
        if (await folder.Read(tile, cancel) is { } kept && Cut(tile, kept) is { } cut)
        {
            return cut;
        }

        var made = tile.IsEntries ? await MakeBundle(tile, cancel) : tile.Level == 0 ? await MakeLeaves(tile, cancel) : await MakeNodes(Reader(origin), tile, cancel);
        if (made is not null && !tile.IsPartial)
        {
            folder.Write(new Tile(tile, made));
        }

        return made;
    }

    /// <summary>
    /// Puts a checkpoint into the folder, where web servers find it, unless a larger one is there: who has lost the place of the leader may come late.
    /// </summary>
    public void Show(Checkpoint head, string note)
    {
        var folder = Folder(head.Origin);
        if (!File.Exists(folder.CheckpointPath) || !SignedNote.TryParse(File.ReadAllText(folder.CheckpointPath), out var there)
            || !Checkpoint.TryParse(there!.Text, out var shown) || shown!.Size <= head.Size)
        {
            folder.WriteCheckpoint(note);
        }
    }

    /// <summary>Puts the files of a log aside, because they do not give what was signed, and makes them anew from the database.</summary>
    public async Task MakeAnew(string origin, long size, CancellationToken cancel)
    {
        var tiles = Path.Combine(files.Public(origin), "tile");
        if (Directory.Exists(tiles))
        {
            Directory.Move(tiles, $"{tiles}.damaged-{Guid.CreateVersion7():N}");
        }

        var folder = Folder(origin);
        foreach (var tile in TileCoordinate.All(size))
        {
            if (await Read(origin, tile, cancel) is { } made)
            {
                folder.Write(new Tile(tile, made));
            }
        }
    }

    public TileReader Reader(string origin) => (tile, cancel) => Read(origin, tile, cancel);

    /// <summary>The same without any file: what the database holds now. Reads every leaf below the tile.</summary>
    public async ValueTask<byte[]?> FromDatabase(TileCoordinate tile, CancellationToken cancel) =>
        tile.IsEntries ? await MakeBundle(tile, cancel) : tile.Level == 0 ? await MakeLeaves(tile, cancel) : await MakeNodes(FromDatabase, tile, cancel);

    /// <summary>The beginning of a tile that may be wider; null when it is not whole: a crash can leave an empty file.</summary>
    private static byte[]? Cut(TileCoordinate tile, byte[] bytes)
    {
        if (!tile.IsEntries)
        {
            return bytes.Length < tile.Width * Hash.Length ? null : bytes.Length == tile.Width * Hash.Length ? bytes : bytes[..(tile.Width * Hash.Length)];
        }

        return EntryBundle.Read(bytes) is { } entries && entries.Count >= tile.Width
            ? entries.Count == tile.Width ? bytes : EntryBundle.Write([.. entries.Take(tile.Width).Select(entry => new ReadOnlyMemory<byte>(entry))])
            : null;
    }

    private async Task<byte[]?> MakeLeaves(TileCoordinate tile, CancellationToken cancel)
    {
        await using var db = database.Read();
        var hashes = await db.Rows<byte[]>(Hashes, tile.FirstLeaf, tile.FirstLeaf + tile.Width).ToListAsync(cancel);
        return hashes.Count < tile.Width ? null : [.. hashes.SelectMany(hash => hash)];
    }

    private static async Task<byte[]?> MakeNodes(TileReader read, TileCoordinate tile, CancellationToken cancel)
    {
        var bytes = new byte[tile.Width * Hash.Length];
        for (var i = 0; i < tile.Width; i++)
        {
            var below = new TileCoordinate(tile.Level - 1, (tile.Index * TileCoordinate.FullWidth) + i, TileCoordinate.FullWidth);
            if (await read(below, cancel) is not { } hashes)
            {
                return null;
            }

            Merkle.Root(System.Runtime.InteropServices.MemoryMarshal.Cast<byte, Hash>(hashes)).CopyTo(bytes.AsSpan(i * Hash.Length));
        }

        return bytes;
    }

    private async Task<byte[]?> MakeBundle(TileCoordinate tile, CancellationToken cancel)
    {
        await using var db = database.Read();
        var rows = await db.Rows<EntryRow>(Entries, tile.FirstLeaf, tile.FirstLeaf + tile.Width).ToListAsync(cancel);
        if (rows.Count < tile.Width)
        {
            return null;
        }

        var entries = rows.ConvertAll(row => new ReadOnlyMemory<byte>(Encoding.UTF8.GetBytes(row.Entry)));
        var changed = rows.FindIndex(row => Merkle.LeafHash(Encoding.UTF8.GetBytes(row.Entry)) != Hash.Of(row.Hash));
        return changed < 0 ? EntryBundle.Write(entries) : throw new InvalidDataException($"Entry {tile.FirstLeaf + changed} of the log is not what it was when it was given its place.");
    }

    private sealed record EntryRow(string Entry, byte[] Hash);
}
