using System.Buffers.Binary;
using System.Numerics;

namespace OnBehalf.Transparency;

/// <summary>
/// The right edge of a growing tree: the roots of the perfect subtrees of which it consists, the largest first, one for each bit of its size. That is all
/// one needs to append leaves and to know the root; it fits into two kilobytes for any log.
/// </summary>
public sealed class Frontier
{
    private const int MostNodes = 63;

    private readonly Hash[] _nodes = new Hash[MostNodes];
    private int _count;

    /// <summary>How many leaves the tree has.</summary>
    public long Size { get; private set; }

    /// <summary>The roots of the perfect subtrees, the largest first.</summary>
    public ReadOnlySpan<Hash> Nodes => _nodes.AsSpan(0, _count);

    /// <summary>Reads what <see cref="ToBytes"/> wrote.</summary>
    /// <exception cref="FormatException">The bytes are none of it.</exception>
    public static Frontier FromBytes(ReadOnlySpan<byte> bytes)
    {
        var size = bytes.Length < sizeof(long) ? -1 : BinaryPrimitives.ReadInt64BigEndian(bytes);
        if (size < 0 || bytes.Length != sizeof(long) + (BitOperations.PopCount((ulong)size) * Hash.Length))
        {
            throw new FormatException("These bytes are no frontier: eight of the size, then one hash for each of its bits.");
        }

        var frontier = new Frontier { Size = size };
        for (var rest = bytes[sizeof(long)..]; rest.Length > 0; rest = rest[Hash.Length..])
        {
            frontier._nodes[frontier._count++] = Hash.Of(rest[..Hash.Length]);
        }

        return frontier;
    }

    /// <summary>The frontier of a tree of which the tiles are there. Reads at most one tile for each level.</summary>
    /// <exception cref="MissingTileException">A tile cannot be had.</exception>
    public static async Task<Frontier> FromTiles(long size, TileReader read, CancellationToken cancel = default)
    {
        var hashes = new TileHashes(size, read);
        var frontier = new Frontier { Size = size };
        var start = 0L;
        for (var height = MostNodes - 1; height >= 0; height--)
        {
            if ((size >> height & 1) == 1)
            {
                frontier._nodes[frontier._count++] = await hashes.Perfect(start, height, cancel);
                start += 1L << height;
            }
        }

        return frontier;
    }

    /// <summary>Adds a leaf by its hash.</summary>
    public void Append(in Hash leaf)
    {
        var node = leaf;
        for (var ones = BitOperations.TrailingZeroCount(~Size); ones > 0; ones--)
        {
            node = Merkle.NodeHash(_nodes[--_count], node);
        }

        _nodes[_count++] = node;
        Size++;
    }

    /// <summary>The root of the tree as it is now.</summary>
    public Hash Root()
    {
        if (_count == 0)
        {
            return Merkle.EmptyRoot;
        }

        var root = _nodes[_count - 1];
        for (var i = _count - 2; i >= 0; i--)
        {
            root = Merkle.NodeHash(_nodes[i], root);
        }

        return root;
    }

    public Frontier Copy()
    {
        var copy = new Frontier { Size = Size, _count = _count };
        Nodes.CopyTo(copy._nodes);
        return copy;
    }

    /// <summary>The size as eight bytes, big-endian, then the nodes.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[sizeof(long) + (_count * Hash.Length)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, Size);
        for (var i = 0; i < _count; i++)
        {
            _nodes[i].CopyTo(bytes.AsSpan(sizeof(long) + (i * Hash.Length)));
        }

        return bytes;
    }

    /// <summary>Whether the hashes of the rightmost, partial tile of this level are those of which this tree consists there.</summary>
    internal bool Agrees(int level, ReadOnlySpan<byte> tile)
    {
        var width = tile.Length / Hash.Length;
        var ofTile = new Frontier();
        for (var i = 0; i < width; i++)
        {
            ofTile.Append(Hash.Of(tile.Slice(i * Hash.Length, Hash.Length)));
        }

        // The nodes of this tree below the height of the level come last.
        var below = BitOperations.PopCount((ulong)Size & ((1UL << (TileCoordinate.Height * level)) - 1));
        return (Size >> (TileCoordinate.Height * level) & (TileCoordinate.FullWidth - 1)) == width
            && ofTile.Nodes.SequenceEqual(Nodes[(_count - below - ofTile._count)..(_count - below)]);
    }
}
