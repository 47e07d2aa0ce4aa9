using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace OnBehalf.Transparency;

/// <summary>The tree hash of RFC 6962, section 2.1: leaves and nodes are told apart by their first byte, so that none can pass for the other.</summary>
public static class Merkle
{
    private const int MostOnStack = 2048;

    /// <summary>The root of a tree without leaves: the hash of nothing.</summary>
    public static Hash EmptyRoot { get; } = Hash.Of(SHA256.HashData([]));

    /// <summary>SHA-256 of 0x00 and the entry.</summary>
    [SkipLocalsInit]
    public static Hash LeafHash(ReadOnlySpan<byte> entry)
    {
        var rented = entry.Length < MostOnStack ? null : ArrayPool<byte>.Shared.Rent(entry.Length + 1);
        var bytes = rented is null ? stackalloc byte[MostOnStack] : rented;
        bytes[0] = 0;
        entry.CopyTo(bytes[1..]);
        var hash = Digest(bytes[..(entry.Length + 1)]);
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }

        return hash;
    }

    /// <summary>SHA-256 of 0x01, the left and the right child.</summary>
    [SkipLocalsInit]
    public static Hash NodeHash(in Hash left, in Hash right)
    {
        Span<byte> bytes = stackalloc byte[1 + (2 * Hash.Length)];
        bytes[0] = 1;
        left.CopyTo(bytes[1..]);
        right.CopyTo(bytes[(1 + Hash.Length)..]);
        return Digest(bytes);
    }

    /// <summary>The root over these hashes of leaves, or of subtrees of equal size.</summary>
    public static Hash Root(ReadOnlySpan<Hash> hashes)
    {
        var frontier = new Frontier();
        foreach (ref readonly var hash in hashes)
        {
            frontier.Append(hash);
        }

        return frontier.Root();
    }

    /// <summary>The largest power of two that is smaller than the size of a tree of at least two leaves: where the RFC splits it.</summary>
    internal static long Split(long size) => 1L << BitOperations.Log2((ulong)(size - 1));

    /// <summary>The root over 2^n hashes that lie one after the other in <paramref name="bytes"/>.</summary>
    internal static Hash RootOfPerfect(ReadOnlySpan<byte> bytes)
    {
        var count = bytes.Length / Hash.Length;
        var hashes = ArrayPool<Hash>.Shared.Rent(count);
        bytes.CopyTo(MemoryMarshal.AsBytes(hashes.AsSpan()));
        for (; count > 1; count /= 2)
        {
            for (var i = 0; i < count / 2; i++)
            {
                hashes[i] = NodeHash(hashes[2 * i], hashes[(2 * i) + 1]);
            }
        }

        var root = hashes[0];
        ArrayPool<Hash>.Shared.Return(hashes);
        return root;
    }

    private static Hash Digest(ReadOnlySpan<byte> bytes)
    {
        Unsafe.SkipInit(out Hash hash);
        SHA256.HashData(bytes, MemoryMarshal.AsBytes(new Span<Hash>(ref hash)));
        return hash;
    }
}
