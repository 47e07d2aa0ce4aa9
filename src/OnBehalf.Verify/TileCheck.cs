using System.Globalization;
using System.Runtime.InteropServices;
using OnBehalf.Transparency;

namespace OnBehalf.Verify;

/// <summary>Makes all tiles of hashes anew from the leaves and compares them with those that are stored.</summary>
internal sealed class TileCheck(TileFolder files, long size)
{
    private const int MostFindings = 100;

    private readonly List<Level> _levels = [];
    private readonly List<Finding> _findings = [];
    private readonly List<(TileCoordinate At, long Leaf, Guid? Event)> _leaves = [];
    private readonly HashSet<TileCoordinate> _reported = [];

    /// <summary>The stored tile of hashes beside a bundle of entries; empty when it cannot be had.</summary>
    public async ValueTask<byte[]> LeavesOf(TileCoordinate bundle, CancellationToken cancel)
    {
        var at = bundle with { Level = 0 };
        var bytes = await files.Read(at, cancel);
        if (bytes is null || !IsRightLength(at, bytes))
        {
            Report(at, bytes);
            return bytes is null ? [] : bytes[..(bytes.Length - (bytes.Length % Hash.Length))];
        }

        return bytes;
    }

    /// <summary>The leaf does not have the hash that its tile holds.</summary>
    public void Differ(long leaf, Guid? id)
    {
        var index = leaf / TileCoordinate.FullWidth;
        var at = new TileCoordinate(0, index, (int)Math.Min(TileCoordinate.FullWidth, size - (index * TileCoordinate.FullWidth)));
        if (_leaves.Count < MostFindings && !_reported.Contains(at))
        {
            _leaves.Add((at, leaf, id));
        }
    }

    public void Append(in Hash leaf) => Append(0, leaf);

    /// <summary>Everything that differs: leaves first, then tiles from the lowest level up.</summary>
    /// <param name="entriesAreRight">The entries give the root that was signed: where they differ from a tile, the tile is wrong.</param>
    public async Task<IReadOnlyList<Finding>> Finish(bool entriesAreRight, CancellationToken cancel)
    {
        // Level 0 was compared leaf by leaf.
        for (var level = 1; level < _levels.Count; level++)
        {
            foreach (var (index, made) in _levels[level].Made())
            {
                var at = new TileCoordinate(level, index, made.Length / Hash.Length);
                var stored = await files.Read(at, cancel);
                if (stored is null || !IsRightLength(at, stored))
                {
                    Report(at, stored);
                }
                else if (stored.AsSpan(0, made.Length).CommonPrefixLength(made) is var same && same < made.Length)
                {
                    var span = 1L << (TileCoordinate.Height * level);
                    var from = ((index * TileCoordinate.FullWidth) + (same / Hash.Length)) * span;
                    _findings.Add(new Finding($"its hash over leaves {from} to {from + span - 1} is not that of those leaves", at.Path));
                }
            }
        }

        return
        [
            .. _leaves.Select(found => entriesAreRight
                ? new Finding(string.Create(CultureInfo.InvariantCulture, $"its hash of leaf {found.Leaf} is not that of the entry, which is right"), found.At.Path)
                : new Finding($"the entry is not the one whose hash stands in {found.At.Path}", found.At.Path, found.Leaf, found.Event)),
            .. _findings,
        ];
    }

    private void Append(int level, in Hash hash)
    {
        if (level == _levels.Count)
        {
            _levels.Add(new Level());
        }

        if (_levels[level].Add(hash, keep: level > 0) is { } root)
        {
            Append(level + 1, root);
        }
    }

    private bool IsRightLength(TileCoordinate at, byte[] bytes) =>
        bytes.Length == at.Width * Hash.Length || (at.IsPartial && !File.Exists(files.PathOf(at)) && bytes.Length == TileCoordinate.FullWidth * Hash.Length);

    private void Report(TileCoordinate at, byte[]? bytes)
    {
        if (_reported.Add(at))
        {
            _findings.Add(new Finding(bytes is null ? "this tile is missing" : $"this tile has {bytes.Length} bytes instead of {at.Width * Hash.Length}", at.Path));
        }
    }

    private sealed class Level
    {
        private readonly List<byte[]> _full = [];
        private readonly byte[] _row = new byte[TileCoordinate.FullWidth * Hash.Length];
        private int _filled;

        /// <summary>Adds a hash; the root of the tile when that is full.</summary>
        public Hash? Add(in Hash hash, bool keep)
        {
            hash.CopyTo(_row.AsSpan(_filled));
            _filled += Hash.Length;
            if (_filled < _row.Length)
            {
                return null;
            }

            _filled = 0;
            if (keep)
            {
                _full.Add([.. _row]);
            }

            return Merkle.Root(MemoryMarshal.Cast<byte, Hash>(_row));
        }

        public IEnumerable<(long Index, byte[] Bytes)> Made()
        {
            var index = 0L;
            foreach (var tile in _full)
            {
                yield return (index++, tile);
            }

            if (_filled > 0)
            {
                yield return (index, _row[.._filled]);
            }
        }
    }
}
