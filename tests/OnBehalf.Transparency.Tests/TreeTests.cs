using FsCheck;
using FsCheck.Fluent;

namespace OnBehalf.Transparency.Tests;

/// <summary>The tree against its recursive definition in RFC 6962, section 2.1, written down here once more.</summary>
public sealed class TreeTests
{
    private static readonly Hash[] Leaves = [.. Enumerable.Range(0, 700).Select(i => Merkle.LeafHash(BitConverter.GetBytes(i)))];

    private static Hash Definition(ReadOnlySpan<Hash> leaves)
    {
        if (leaves.Length < 2)
        {
            return leaves.Length == 0 ? Merkle.EmptyRoot : leaves[0];
        }

        var split = 1;
        while (split * 2 < leaves.Length)
        {
            split *= 2;
        }

        return Merkle.NodeHash(Definition(leaves[..split]), Definition(leaves[split..]));
    }

    private static GrownLog LogOf(int size) => new(Enumerable.Range(0, size).Select(BitConverter.GetBytes));

    [Fact]
    public void The_frontier_gives_the_root_of_the_definition_at_every_size_and_reads_back()
    {
        var frontier = new Frontier();
        for (var size = 0; size <= 300; size++)
        {
            Assert.Equal(Definition(Leaves.AsSpan(0, size)), frontier.Root());
            var back = Frontier.FromBytes(frontier.ToBytes());
            Assert.Equal((frontier.Size, frontier.Root()), (back.Size, back.Root()));
            frontier.Append(Leaves[size]);
        }
    }

    [Fact]
    public async Task Every_proof_of_every_tree_up_to_seventy_leaves_holds_and_none_of_another_leaf_or_size()
    {
        var log = LogOf(70);
        var roots = Enumerable.Range(0, 71).Select(size => Definition(Leaves.AsSpan(0, size))).ToList();
        for (var size = 1; size <= 70; size++)
        {
            var read = LogOf(size);
            for (var index = 0; index < size; index++)
            {
                var proof = await Proofs.Inclusion(index, size, read.Read);
                Assert.True(Proofs.VerifyInclusion(index, size, Leaves[index], proof, roots[size]));
                Assert.False(Proofs.VerifyInclusion(index, size, Leaves[index + 1], proof, roots[size]));
            }

            for (var from = 0; from <= size; from++)
            {
                var proof = await Proofs.Consistency(from, size, read.Read);
                Assert.True(Proofs.VerifyConsistency(from, size, roots[from], roots[size], proof));
                Assert.False(Proofs.VerifyConsistency(from, size, roots[(from + 1) % 71], roots[size], proof));
            }
        }
    }

    [Fact]
    public void Proofs_over_several_tiles_hold_and_break_with_any_bit() => Prop.ForAll(
        Gen.Choose(257, 699).SelectMany(size => Gen.Choose(1, size).Select(from => (Size: size, From: from))).ToArbitrary(),
        async sizes =>
        {
            var (size, from) = sizes;
            var log = LogOf(size);
            var (old, root) = (Definition(Leaves.AsSpan(0, from)), Definition(Leaves.AsSpan(0, size)));
            Assert.Equal(root, (await Frontier.FromTiles(size, log.Read)).Root());
            var inclusion = await Proofs.Inclusion(from - 1, size, log.Read);
            var consistency = await Proofs.Consistency(from, size, log.Read);
            Assert.True(Proofs.VerifyInclusion(from - 1, size, Leaves[from - 1], inclusion, root));
            Assert.True(Proofs.VerifyConsistency(from, size, old, root, consistency));
            for (var i = 0; i < inclusion.Count; i++)
            {
                Assert.False(Proofs.VerifyInclusion(from - 1, size, Leaves[from - 1], Flipped(inclusion, i, (size * 7) + i), root));
            }

            for (var i = 0; i < consistency.Count; i++)
            {
                Assert.False(Proofs.VerifyConsistency(from, size, old, root, Flipped(consistency, i, (size * 7) + i)));
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(30));

    [Fact]
    public void However_leaves_come_in_batches_the_tiles_are_the_same() => Prop.ForAll(
        Gen.Choose(1, 200).NonEmptyListOf().Where(batches => batches.Sum() <= 2000).ToArbitrary(),
        batches =>
        {
            var (grown, at) = (new GrownLog(), 0);
            foreach (var batch in batches)
            {
                grown.Grow(Enumerable.Range(at, batch).Select(BitConverter.GetBytes));
                at += batch;
            }

            var atOnce = LogOf(at);
            foreach (var tile in TileCoordinate.All(at))
            {
                Assert.Equal(atOnce.Tiles[tile.Path], grown.Tiles[tile.Path]);
            }

            Assert.Equal(TileCoordinate.All(at).Count(), atOnce.Tiles.Count);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(25));

    [Fact]
    public async Task New_tiles_are_never_built_on_a_stored_one_of_another_log()
    {
        var log = LogOf(300);
        var leaves = Leaves[300..310];
        foreach (var path in new[] { "tile/0/001.p/44", "tile/1/000.p/1" })
        {
            var good = log.Tiles[path];
            log.Tiles[path] = [.. good];
            log.Tiles[path][^1] ^= 1;
            await Assert.ThrowsAsync<ForeignTileException>(() => TileGrowth.Grow(log.Frontier, Enumerable.Repeat(leaves, 22).SelectMany(leaf => leaf).ToArray(), log.Read));
            log.Tiles[path] = good;
        }

        log.Tiles.Remove("tile/0/001.p/44");
        await Assert.ThrowsAsync<MissingTileException>(() => TileGrowth.Grow(log.Frontier, leaves, log.Read));
    }

    [Fact]
    public void A_log_of_seventy_thousand_has_the_tiles_of_the_example_in_the_specification()
    {
        // c2sp.org/tlog-tiles: 273 full and one partial tile of width 112, one full and one partial of 17, one partial of 1.
        var tiles = TileCoordinate.All(70_000).Where(tile => !tile.IsEntries).ToLookup(tile => (tile.Level, tile.Width));
        Assert.Equal([273, 1, 1, 1, 1], new[] { (0, 256), (0, 112), (1, 256), (1, 17), (2, 1) }.Select(kind => tiles[kind].Count()));
        Assert.Equal(5, tiles.Count);
        Assert.Equal(["tile/0/000", "tile/1/000.p/1"], TileCoordinate.All(256).Where(tile => !tile.IsEntries).Select(tile => tile.Path));
    }

    [Theory]
    [InlineData("tile/0/x001/x234/067", 0, 1_234_067, 256)]
    [InlineData("tile/entries/000.p/17", TileCoordinate.Entries, 0, 17)]
    [InlineData("tile/7/999", 7, 999, 256)]
    [InlineData("tile/1/x001/000.p/255", 1, 1000, 255)]
    public void A_path_of_a_tile_reads_back(string path, int level, long index, int width)
    {
        Assert.True(TileCoordinate.TryParse(path, out var tile));
        Assert.Equal(new TileCoordinate(level, index, width), tile);
        Assert.Equal(path, tile.Path);
    }

    [Theory]
    [InlineData("")]
    [InlineData("tile/0/67")]
    [InlineData("tile/00/067")]
    [InlineData("tile/8/067")]
    [InlineData("tile/0/x000/067")]
    [InlineData("tile/0/001/067")]
    [InlineData("tile/0/067.p/0")]
    [InlineData("tile/0/067.p/256")]
    [InlineData("tile/0/067.p/257")]
    [InlineData("tile/0/067.p/01")]
    [InlineData("tile/0/067.p")]
    [InlineData("tile/-1/067")]
    [InlineData("tile/0/../../secret")]
    [InlineData("/tile/0/067")]
    [InlineData("tile/0/067/")]
    [InlineData("tile/data/067")]
    public void What_is_no_path_of_a_tile_is_refused(string path) => Assert.False(TileCoordinate.TryParse(path, out _));

    private static List<Hash> Flipped(IReadOnlyList<Hash> proof, int index, int bit)
    {
        var bytes = proof[index].ToArray();
        bytes[bit / 8 % bytes.Length] ^= (byte)(1 << (bit % 8));
        var copy = proof.ToList();
        copy[index] = Hash.Of(bytes);
        return copy;
    }
}
