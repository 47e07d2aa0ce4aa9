namespace OnBehalf.Transparency;

/// <summary>
/// Reads a tile or a bundle from wherever it lies: at least the asked width, or null when it is not there. A partial tile may be answered with a wider one
/// of the same place.
/// </summary>
public delegate ValueTask<byte[]?> TileReader(TileCoordinate tile, CancellationToken cancel);

/// <summary>A tile that is needed is not there, or too short.</summary>
public sealed class MissingTileException(TileCoordinate tile, string what)
    : IOException($"{tile.Path} {what}.")
{
    public TileCoordinate Tile { get; } = tile;
}

/// <summary>The hashes of a log of one size, read from its tiles. Each tile is read once. Not for several threads.</summary>
public sealed class TileHashes(long size, TileReader read)
{
    private readonly Dictionary<(int Level, long Index), byte[]> _tiles = [];

    /// <summary>The root of the perfect subtree of 2^height leaves that begins with leaf <paramref name="start"/>.</summary>
    /// <exception cref="MissingTileException">A tile cannot be had.</exception>
    public async ValueTask<Hash> Perfect(long start, int height, CancellationToken cancel = default)
    {
        var level = height / TileCoordinate.Height;
        var first = start >> (level * TileCoordinate.Height);
        var count = 1 << (height % TileCoordinate.Height);
        var bytes = await Tile(TileCoordinate.Holding(level, first, size), cancel);
        return Merkle.RootOfPerfect(bytes.AsSpan((int)(first % TileCoordinate.FullWidth) * Hash.Length, count * Hash.Length));
    }

    /// <summary>The root over the leaves from <paramref name="start"/> up to, without, <paramref name="end"/>; the start must be where a tree may be split.</summary>
    /// <exception cref="MissingTileException">A tile cannot be had.</exception>
    public async ValueTask<Hash> Range(long start, long end, CancellationToken cancel = default)
    {
        var leaves = end - start;
        if (leaves == 0)
        {
            return Merkle.EmptyRoot;
        }

        if (System.Numerics.BitOperations.IsPow2(leaves))
        {
            return await Perfect(start, System.Numerics.BitOperations.Log2((ulong)leaves), cancel);
        }

        var split = Merkle.Split(leaves);
        var left = await Perfect(start, System.Numerics.BitOperations.Log2((ulong)split), cancel);
        return Merkle.NodeHash(left, await Range(start + split, end, cancel));
    }

    private async ValueTask<byte[]> Tile(TileCoordinate tile, CancellationToken cancel)
    {
        if (_tiles.TryGetValue((tile.Level, tile.Index), out var known))
        {
            return known;
        }

        var bytes = await read(tile, cancel);
        if (bytes is null && tile.IsPartial)
        {
            bytes = await read(tile.Full, cancel);
        }

        if (bytes is null)
        {
            throw new MissingTileException(tile, "is missing");
        }

        if (bytes.Length < tile.Width * Hash.Length || bytes.Length % Hash.Length != 0 || bytes.Length > TileCoordinate.FullWidth * Hash.Length)
        {
            throw new MissingTileException(tile, $"has {bytes.Length} bytes instead of {tile.Width * Hash.Length}");
        }

        return _tiles[(tile.Level, tile.Index)] = bytes;
    }
}
