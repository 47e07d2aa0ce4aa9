using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace OnBehalf.Transparency.Tests;

/// <summary>What is written reads back as it was, and nothing else is read.</summary>
public sealed class FormatTests
{
    private static readonly WitnessPolicy Policy = PolicyOfAnAuditor();

    private static Gen<Hash> Hashes => Gen.Choose(0, 255).ArrayOf(32).Select(bytes => Hash.Of([.. bytes.Select(b => (byte)b)]));

    private static Gen<long> Sizes => Gen.Choose(1, int.MaxValue).Select(size => (long)size * size);

    [Fact]
    public void Checkpoints_proofs_requests_receipts_and_frontiers_read_back() => Prop.ForAll(
        Gen.Zip(Hashes.ListOf().Where(hashes => hashes.Count is > 0 and < 60), Sizes).ToArbitrary(),
        pair =>
        {
            var (hashes, size) = pair;
            var checkpoint = new Checkpoint("log.example/ä", size, hashes[0]) { Extensions = size % 2 == 0 ? [] : ["more", "lines"] };
            Assert.True(Checkpoint.TryParse(checkpoint.ToString(), out var same));
            Assert.Equal(checkpoint, same);

            var note = new SignedNote(checkpoint.ToString(), [new NoteSignature("a", (uint)size, hashes[0].ToArray()), new NoteSignature("b", 7, [1])]);
            Assert.True(SignedNote.TryParse(note.ToString(), out var sameNote));
            Assert.Equal(note.ToString(), sameNote!.ToString());

            var proof = new TlogProof(size, [.. hashes], note) { Extra = size % 3 == 0 ? null : hashes[0].ToArray() };
            Assert.True(TlogProof.TryParse(proof.ToString(), out var sameProof));
            Assert.Equal(proof.ToString(), sameProof!.ToString());
            Assert.Equal(proof.Path, sameProof.Path);

            var request = new WitnessRequest(size, [.. hashes], note);
            Assert.True(WitnessRequest.TryParse(Encoding.UTF8.GetBytes(request.ToString()), out var sameRequest));
            Assert.Equal(request.ToString(), sameRequest!.ToString());

            var receipt = new Receipt(WrittenLog.EventOf(size), size, hashes[0], (uint)size, hashes[0].ToArray());
            Assert.True(Receipt.TryParse(receipt.ToString(), out var sameReceipt));
            Assert.Equal(receipt.ToString(), sameReceipt!.ToString());
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(50));

    [Fact]
    public void Whatever_is_read_nothing_throws_but_what_says_so() => Prop.ForAll(
        Gen.Zip(Gen.Choose(0, 5), Gen.Zip(Gen.Choose(0, 2000), Gen.Choose(0, 255))).ListOf().ToArbitrary(),
        mutations =>
        {
            foreach (var good in Texts)
            {
                var bytes = Encoding.UTF8.GetBytes(good).ToList();
                foreach (var (kind, (at, value)) in mutations.Take(4))
                {
                    Mutate(bytes, kind, at, (byte)value);
                }

                var text = Encoding.UTF8.GetString([.. bytes]);
                SignedNote.TryParse([.. bytes], out _);
                WitnessRequest.TryParse([.. bytes], out _);
                TlogProof.TryParse(text, out _);
                Receipt.TryParse(text, out _);
                Checkpoint.TryParse(text, out _);
                VerifierKey.TryParse(text, out _);
                TileCoordinate.TryParse(text, out _);
                Verify.Entry.Read([.. bytes], out _);
                EntryBundle.Read([.. bytes]);
                Tolerated(() => WitnessPolicy.Parse(text));
                Tolerated(() => SignerKey.Parse(text).Dispose());
                Tolerated(() => Frontier.FromBytes([.. bytes]));
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Fact]
    public void Bundles_read_back_and_broken_ones_are_none() => Prop.ForAll(
        Gen.Choose(0, 255).Select(b => (byte)b).ArrayOf().ListOf().Where(entries => entries.Count is > 0 and <= 256).ToArbitrary(),
        entries =>
        {
            var bundle = EntryBundle.Write([.. entries.Select(entry => new ReadOnlyMemory<byte>(entry))]);
            Assert.Equal(entries, EntryBundle.Read(bundle)!);
            Assert.NotEqual(entries.Count, EntryBundle.Read(bundle.AsSpan(..^1))?.Count ?? 0);
            Assert.Null(EntryBundle.Read([.. bundle, 0]));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Of_a_checkpoint_no_bit_can_change_without_being_noticed()
    {
        using var log = WrittenLog.Of(3);
        var bytes = File.ReadAllBytes(log.Files.CheckpointPath);
        for (var bit = 0; bit < bytes.Length * 8; bit++)
        {
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.True(!SignedNote.TryParse(bytes, out var note) || Policy.Judge(note!, out _) is not null, $"bit {bit}");
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        }

        Assert.True(SignedNote.TryParse(bytes, out var good));
        Assert.Null(Policy.Judge(good!, out _));
    }

    [Fact]
    public async Task Of_a_proof_no_bit_can_change_without_being_noticed()
    {
        using var log = WrittenLog.Of(20, isPlain: true);
        var policy = WitnessPolicy.Parse(log.Policy);
        var leaf = Merkle.LeafHash(log.Grown.Entries[4]);
        Assert.True(SignedNote.TryParse(await log.Files.ReadCheckpoint(), out var note));
        var text = new TlogProof(4, await Proofs.Inclusion(4, 20, log.Files.Read), note!).ToString();
        Assert.True(TlogProof.TryParse(text, out var good));
        Assert.Null(good!.Judge(leaf, policy));
        var bytes = Encoding.UTF8.GetBytes(text);
        for (var bit = 0; bit < bytes.Length * 8; bit++)
        {
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.True(!TlogProof.TryParse(Encoding.UTF8.GetString(bytes), out var proof) || proof!.Judge(leaf, policy) is not null, $"bit {bit}");
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    [Fact]
    public void A_receipt_is_bound_to_its_node_its_log_and_all_that_it_says()
    {
        var (node, at) = (WrittenLog.Node, DateTimeOffset.FromUnixTimeSeconds(1_800_000_000));
        var receipt = Receipt.Sign(node, WrittenLog.Origin, WrittenLog.EventOf(1), Merkle.LeafHash([1]), at);
        Assert.True(receipt.IsBy(node.Verifier, WrittenLog.Origin));
        Assert.False(receipt.IsBy(node.Verifier, "other.example/log"));
        Assert.False(receipt.IsBy(WrittenLog.Log.Verifier, WrittenLog.Origin));
        Assert.False((receipt with { Time = receipt.Time + 1 }).IsBy(node.Verifier, WrittenLog.Origin));
        Assert.False((receipt with { Event = WrittenLog.EventOf(2) }).IsBy(node.Verifier, WrittenLog.Origin));
        Assert.False((receipt with { Leaf = Merkle.LeafHash([2]) }).IsBy(node.Verifier, WrittenLog.Origin));
        Assert.False(Receipt.TryParse(receipt + "=", out _));
        Assert.InRange(receipt.ToString().Length, 100, 250);
    }

    [Fact]
    public void A_private_key_is_a_file_for_its_owner_that_is_never_overwritten()
    {
        using var home = new WrittenLog();
        foreach (var type in new[] { SignatureType.Ed25519, SignatureType.Ecdsa, SignatureType.Cosignature })
        {
            var path = Path.Combine(home.Home, $"{type}.key");
            using var key = SignerKey.Generate("log.example/1", type);
            key.Save(path);
            Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(path) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
            Assert.Throws<IOException>(() => key.Save(path));
            using var back = SignerKey.Load(path);
            Assert.True(SignedNote.Sign("text\n", DateTimeOffset.UnixEpoch, back).IsSignedBy(VerifierKey.Parse(key.Verifier.ToString())));
        }
    }

    private static WitnessPolicy PolicyOfAnAuditor()
    {
        using var log = new WrittenLog();
        return WitnessPolicy.Parse(log.Policy);
    }

    private static string[] Texts { get; } = MakeTexts();

    private static string[] MakeTexts()
    {
        using var log = WrittenLog.Of(2);
        using var ecdsa = SignerKey.Generate("ecdsa.example", SignatureType.Ecdsa);
        var note = File.ReadAllText(log.Files.CheckpointPath);
        return
        [
            note, "old 3\n" + Merkle.EmptyRoot + "\n\n" + note, "c2sp.org/tlog-proof@v1\nindex 1\n" + Merkle.EmptyRoot + "\n\n" + note, log.Policy, ecdsa.Verifier.ToString(), ecdsa.ToString(),
            WrittenLog.Log.ToString(), Receipt.Sign(WrittenLog.Node, WrittenLog.Origin, WrittenLog.EventOf(1), Merkle.EmptyRoot, DateTimeOffset.UnixEpoch).ToString(),
            Encoding.UTF8.GetString(WrittenLog.Entry(4)), "tile/0/x001/234.p/5",
        ];
    }

    private static void Mutate(List<byte> bytes, int kind, int at, byte value)
    {
        at %= bytes.Count + 1;
        if (kind == 0 || at == bytes.Count)
        {
            bytes.Insert(at, value);
        }
        else if (kind == 1)
        {
            bytes.RemoveAt(at);
        }
        else if (kind == 2)
        {
            bytes.RemoveRange(at, bytes.Count - at);
        }
        else
        {
            bytes[at] = kind == 3 ? (byte)'\n' : value;
        }
    }

    // The identifier of the curve P-256 with one bit wrong; the platform has another exception for what it has never heard of.
    [Fact]
    public void A_key_of_a_curve_that_nobody_knows_is_none()
    {
        using var key = SignerKey.Generate("curve.example", SignatureType.Ecdsa);
        foreach (var (parts, read) in new (string[], Action<string>)[] { (key.ToString().Split('+', 5), text => SignerKey.Parse(text).Dispose()), (key.Verifier.ToString().Split('+', 3), text => _ = VerifierKey.Parse(text)) })
        {
            var bytes = Convert.FromBase64String(parts[^1]);
            var curve = bytes.AsSpan().IndexOf(Convert.FromHexString("06082A8648CE3D030107"));
            Assert.True(curve > 0);
            bytes[curve + 5] = 0xDB;
            Assert.Throws<FormatException>(() => read(string.Join('+', [.. parts[..^1], Convert.ToBase64String(bytes)])));
        }
    }

    private static void Tolerated(Action read)
    {
        try
        {
            read();
        }
        catch (FormatException)
        {
            // This is how it says so.
        }
    }
}
