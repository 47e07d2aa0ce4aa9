namespace OnBehalf.Transparency.Tests;

/// <summary>
/// Known answers: the hashes that follow from RFC 6962, section 2.1, and the trees, roots and proofs that the Go library github.com/transparency-dev/merkle
/// (proof/verify_test.go, rfc6962/rfc6962_test.go) publishes for eight leaves.
/// </summary>
public sealed class MerkleVectorTests
{
    private static readonly byte[][] Leaves =
        [.. new[] { "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f" }.Select(Convert.FromHexString)];

    private static readonly string[] Roots =
    [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d", "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77", "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4", "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c", "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ];

    public static TheoryData<int, int, string[]> Inclusions => new()
    {
        { 0, 8, ["96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7", "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e", "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"] },
        { 5, 8, ["bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b", "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0", "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"] },
        { 2, 3, ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"] },
        { 1, 5, ["6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d", "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e", "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"] },
        { 0, 1, [] },
    };

    public static TheoryData<int, int, string[]> Consistencies => new()
    {
        { 1, 8, ["96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7", "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e", "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"] },
        { 6, 8, ["0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a", "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0", "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"] },
        { 2, 5, ["5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e", "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"] },
        { 6, 7, ["0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a", "b08693ec2e721597130641e8211e7eedccb4c26413963eee6c1e2ed16ffb1a5f", "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"] },
        { 1, 1, [] },
    };

    [Fact]
    public void Leaves_nodes_and_the_empty_tree_hash_as_the_RFC_says()
    {
        Assert.Equal("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", Merkle.EmptyRoot.ToHex());
        Assert.Equal("6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d", Merkle.LeafHash([]).ToHex());
        Assert.Equal("395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56", Merkle.LeafHash("L123456"u8).ToHex());
        Assert.Equal(Roots[1], Merkle.NodeHash(Merkle.LeafHash([]), Merkle.LeafHash([0])).ToHex());
    }

    [Fact]
    public void Trees_of_one_to_eight_leaves_have_the_published_roots()
    {
        var frontier = new Frontier();
        for (var size = 1; size <= Leaves.Length; size++)
        {
            frontier.Append(Merkle.LeafHash(Leaves[size - 1]));
            Assert.Equal(Roots[size - 1], frontier.Root().ToHex());
        }
    }

    [Theory]
    [MemberData(nameof(Inclusions))]
    public async Task A_proof_of_inclusion_is_the_published_one_and_no_other_passes(int index, int size, string[] expected)
    {
        var proof = await Proofs.Inclusion(index, size, new GrownLog(Leaves.Take(size)).Read);
        var (leaf, root) = (Merkle.LeafHash(Leaves[index]), Hash.Of(Convert.FromHexString(Roots[size - 1])));
        Assert.Equal(expected, proof.Select(hash => hash.ToHex()));
        Assert.True(Proofs.VerifyInclusion(index, size, leaf, proof, root));

        Assert.False(Proofs.VerifyInclusion(index - 1, size, leaf, proof, root));
        Assert.False(Proofs.VerifyInclusion(index + 1, size, leaf, proof, root));
        Assert.False(Proofs.VerifyInclusion(index ^ 2, size, leaf, proof, root));
        Assert.False(Proofs.VerifyInclusion(index, size * 2, leaf, proof, root));
        Assert.False(Proofs.VerifyInclusion(index, size / 2, leaf, proof, root));
        Assert.False(Proofs.VerifyInclusion(index, size, Merkle.EmptyRoot, proof, root));
        Assert.False(Proofs.VerifyInclusion(index, size, leaf, proof, Merkle.EmptyRoot));
        Assert.False(Proofs.VerifyInclusion(index, size, leaf, [.. proof, root], root));
        Assert.False(Proofs.VerifyInclusion(index, size, leaf, [root, .. proof], root));
        Assert.False(proof.Count > 0 && Proofs.VerifyInclusion(index, size, leaf, [.. proof.SkipLast(1)], root));
    }

    [Theory]
    [MemberData(nameof(Consistencies))]
    public async Task A_proof_of_consistency_is_the_published_one_and_no_other_passes(int from, int to, string[] expected)
    {
        var proof = await Proofs.Consistency(from, to, new GrownLog(Leaves.Take(to)).Read);
        var (old, root) = (Hash.Of(Convert.FromHexString(Roots[from - 1])), Hash.Of(Convert.FromHexString(Roots[to - 1])));
        Assert.Equal(expected, proof.Select(hash => hash.ToHex()));
        Assert.True(Proofs.VerifyConsistency(from, to, old, root, proof));

        Assert.False(Proofs.VerifyConsistency(from - 1, to, old, root, proof));
        Assert.False(Proofs.VerifyConsistency(from + 1, to, old, root, proof));
        Assert.False(Proofs.VerifyConsistency(from, to * 2, old, root, proof));
        Assert.False(Proofs.VerifyConsistency(from, to / 2, old, root, proof));
        Assert.False(Proofs.VerifyConsistency(from, to, Merkle.EmptyRoot, root, proof));
        Assert.False(Proofs.VerifyConsistency(from, to, old, Merkle.EmptyRoot, proof));
        Assert.False(Proofs.VerifyConsistency(from, to, old, root, [.. proof, root]));
        Assert.False(Proofs.VerifyConsistency(from, to, old, root, [old, .. proof]));
        Assert.False(from != to && Proofs.VerifyConsistency(from, to, root, old, proof));
        Assert.False(proof.Count > 0 && Proofs.VerifyConsistency(from, to, old, root, [.. proof.SkipLast(1)]));
    }
}
