namespace OnBehalf.Transparency.Tests;

/// <summary>A log in memory that grows as the sequencer lets one grow: tiles of new leaves on top of the tiles that are there.</summary>
internal sealed class GrownLog
{
    private readonly List<byte[]> _entries = [];

    public GrownLog()
    {
    }

    public GrownLog(IEnumerable<byte[]> entries) => Grow(entries);

    public Dictionary<string, byte[]> Tiles { get; } = [];

    public Frontier Frontier { get; } = new();

    public IReadOnlyList<byte[]> Entries => _entries;

    public ValueTask<byte[]?> Read(TileCoordinate tile, CancellationToken cancel) => new(Tiles.GetValueOrDefault(tile.Path));

    public void Grow(IEnumerable<byte[]> entries)
    {
        var added = entries.ToList();
        var leaves = added.Select(entry => Merkle.LeafHash(entry)).ToArray();
        var before = Frontier.Size;
        // What it reads lies in memory: nothing is waited for.
        var grown = TileGrowth.Grow(Frontier, leaves, Read);
        Assert.True(grown.IsCompleted);
        foreach (var tile in grown.GetAwaiter().GetResult())
        {
            Tiles.Add(tile.At.Path, tile.Bytes);
        }

        _entries.AddRange(added);
        foreach (var leaf in leaves)
        {
            Frontier.Append(leaf);
        }

        foreach (var bundle in TileCoordinate.Grown(before, Frontier.Size).Where(tile => tile.IsEntries))
        {
            Tiles.Add(bundle.Path, EntryBundle.Write([.. _entries.Skip((int)bundle.FirstLeaf).Take(bundle.Width).Select(entry => new ReadOnlyMemory<byte>(entry))]));
        }
    }
}
