namespace OnBehalf.Transparency;

/// <summary>A tile with what is in it.</summary>
public sealed record Tile(TileCoordinate At, byte[] Bytes);

/// <summary>Makes the tiles that come with new leaves. A pure function of the leaves: the same leaves give the same bytes, however they came in batches.</summary>
public static class TileGrowth
{
    /// <summary>
    /// The hash tiles that a log has after these leaves and had not before. <paramref name="before"/> is the frontier without them, <paramref name="read"/>
    /// reads the tiles of then: of each level at most the partial one, which is compared with the frontier before anything is built on it. Empty tiles and
    /// tiles that did not change are not among them.
    /// </summary>
    /// <exception cref="MissingTileException">A partial tile of the log before cannot be had.</exception>
    /// <exception cref="ForeignTileException">A stored tile is of another log than the frontier.</exception>
    public static async Task<IReadOnlyList<Tile>> Grow(Frontier before, ReadOnlyMemory<Hash> leaves, TileReader read, CancellationToken cancel = default)
    {
        var tiles = new List<Tile>();
        for (var (level, had) = (0, before.Size); leaves.Length > 0; level++, had >>= TileCoordinate.Height)
        {
            var row = await Row(before, level, had, read, cancel);
            leaves = Level(tiles, level, had / TileCoordinate.FullWidth, row, leaves.Span);
        }

        return tiles;
    }

    private static async ValueTask<byte[]> Row(Frontier before, int level, long had, TileReader read, CancellationToken cancel)
    {
        var width = (int)(had % TileCoordinate.FullWidth);
        if (width == 0)
        {
            return [];
        }

        var at = new TileCoordinate(level, had / TileCoordinate.FullWidth, width);
        var bytes = await read(at, cancel) ?? await read(at.Full, cancel) ?? throw new MissingTileException(at, "is missing");
        if (bytes.Length < width * Hash.Length)
        {
            throw new MissingTileException(at, $"has {bytes.Length} bytes instead of {width * Hash.Length}");
        }

        return before.Agrees(level, bytes.AsSpan(0, width * Hash.Length)) ? bytes[..(width * Hash.Length)] : throw new ForeignTileException(at);
    }

    /// <summary>Fills the tiles of one level and returns the roots of those that became full: the new hashes of the level above.</summary>
    private static Hash[] Level(List<Tile> tiles, int level, long index, byte[] row, ReadOnlySpan<Hash> hashes)
    {
        var full = new List<Hash>();
        var (bytes, filled) = (new byte[TileCoordinate.FullWidth * Hash.Length], row.Length);
        row.CopyTo(bytes, 0);
        foreach (ref readonly var hash in hashes)
        {
            hash.CopyTo(bytes.AsSpan(filled));
            filled += Hash.Length;
            if (filled == bytes.Length)
            {
                tiles.Add(new Tile(new TileCoordinate(level, index++, TileCoordinate.FullWidth), bytes));
                full.Add(Merkle.RootOfPerfect(bytes));
                (bytes, filled) = (new byte[bytes.Length], 0);
            }
        }

        if (filled > 0)
        {
            tiles.Add(new Tile(new TileCoordinate(level, index, filled / Hash.Length), bytes[..filled]));
        }

        return [.. full];
    }
}

/// <summary>A stored tile does not belong to the tree that it is said to be of.</summary>
public sealed class ForeignTileException(TileCoordinate tile)
    : IOException($"{tile.Path} is not of this log: its hashes do not give the frontier.")
{
    public TileCoordinate Tile { get; } = tile;
}
