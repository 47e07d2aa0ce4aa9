namespace OnBehalf.Transparency;

/// <summary>
/// Proofs of RFC 6962, section 2.1: that a leaf is in a tree, and that one tree is the beginning of another. Making them reads tiles; checking them needs
/// nothing but the proof.
/// </summary>
public static class Proofs
{
    /// <summary>More hashes than any proof can have.</summary>
    public const int MostHashes = 63;

    /// <summary>The siblings from leaf <paramref name="index"/> up to the root of the tree of this size.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such leaf.</exception>
    /// <exception cref="MissingTileException">A tile cannot be had.</exception>
    public static async Task<IReadOnlyList<Hash>> Inclusion(long index, long size, TileReader read, CancellationToken cancel = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, size);
        var (hashes, siblings) = (new TileHashes(size, read), new List<Hash>());
        var (start, end) = (0L, size);
        while (end - start > 1)
        {
            var middle = start + Merkle.Split(end - start);
            siblings.Add(index < middle ? await hashes.Range(middle, end, cancel) : await hashes.Range(start, middle, cancel));
            (start, end) = index < middle ? (start, middle) : (middle, end);
        }

        siblings.Reverse();
        return siblings;
    }

    /// <summary>Whether this leaf stands at this index of the tree with this root.</summary>
    public static bool VerifyInclusion(long index, long size, in Hash leaf, IReadOnlyList<Hash> proof, in Hash root)
    {
        if (index < 0 || index >= size)
        {
            return false;
        }

        var (node, last, hash) = (index, size - 1, leaf);
        foreach (var sibling in proof)
        {
            if (last == 0)
            {
                return false;
            }

            if ((node & 1) == 1 || node == last)
            {
                hash = Merkle.NodeHash(sibling, hash);
                // A last node without a sibling rises until it is a right child.
                while ((node & 1) == 0 && node != 0)
                {
                    (node, last) = (node >> 1, last >> 1);
                }
            }
            else
            {
                hash = Merkle.NodeHash(hash, sibling);
            }

            (node, last) = (node >> 1, last >> 1);
        }

        return last == 0 && hash == root;
    }

    /// <summary>That the tree of size <paramref name="from"/> is the beginning of the one of size <paramref name="to"/>. Empty for equal sizes and from zero.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The sizes are in the wrong order.</exception>
    /// <exception cref="MissingTileException">A tile cannot be had.</exception>
    public static async Task<IReadOnlyList<Hash>> Consistency(long from, long to, TileReader read, CancellationToken cancel = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(from);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(from, to);
        var proof = new List<Hash>();
        if (from == 0 || from == to)
        {
            return proof;
        }

        var hashes = new TileHashes(to, read);
        var (start, end, isWhole) = (0L, to, true);
        while (from != end)
        {
            var middle = start + Merkle.Split(end - start);
            if (from <= middle)
            {
                proof.Add(await hashes.Range(middle, end, cancel));
                end = middle;
            }
            else
            {
                proof.Add(await hashes.Range(start, middle, cancel));
                (start, isWhole) = (middle, false);
            }
        }

        // Who checks knows the root of the old tree, so it is only told where it is not the whole of it.
        if (!isWhole)
        {
            proof.Add(await hashes.Range(start, end, cancel));
        }

        proof.Reverse();
        return proof;
    }

    /// <summary>Whether the tree of size <paramref name="from"/> is the beginning of the one of size <paramref name="to"/>.</summary>
    public static bool VerifyConsistency(long from, long to, in Hash fromRoot, in Hash toRoot, IReadOnlyList<Hash> proof)
    {
        if (from < 0 || from > to)
        {
            return false;
        }

        if (from == to)
        {
            return proof.Count == 0 && fromRoot == toRoot;
        }

        if (from == 0)
        {
            return proof.Count == 0 && fromRoot == Merkle.EmptyRoot;
        }

        var (node, last) = (from - 1, to - 1);
        while ((node & 1) == 1)
        {
            (node, last) = (node >> 1, last >> 1);
        }

        var isPerfect = node == 0;
        if (proof.Count == 0 && !isPerfect)
        {
            return false;
        }

        var (oldHash, next) = isPerfect ? (fromRoot, 0) : (proof[0], 1);
        var newHash = oldHash;
        for (; next < proof.Count; next++)
        {
            if (last == 0)
            {
                return false;
            }

            if ((node & 1) == 1 || node == last)
            {
                (oldHash, newHash) = (Merkle.NodeHash(proof[next], oldHash), Merkle.NodeHash(proof[next], newHash));
                while ((node & 1) == 0 && node != 0)
                {
                    (node, last) = (node >> 1, last >> 1);
                }
            }
            else
            {
                newHash = Merkle.NodeHash(newHash, proof[next]);
            }

            (node, last) = (node >> 1, last >> 1);
        }

        return last == 0 && oldHash == fromRoot && newHash == toRoot;
    }
}
