using System.Text;
using OnBehalf.Verify;

namespace OnBehalf.Transparency.Tests;

/// <summary>One way to tamper with a log of 700 entries that an auditor mirrored at 300, 600 and 700, and the place that must be named.</summary>
internal sealed record Tampering(string Name, string Place, Action<WrittenLog, string> Do)
{
    public const int Size = 700;
    public static readonly int[] Seen = [300, 600];

    public static IReadOnlyList<Tampering> All { get; } =
    [
        // Somebody changes files; the checkpoint stays.
        new("a flipped bit in an entry", "leaf 400", (_, folder) => Flip(folder, "tile/entries/001", At(folder, 400) + 40)),
        new("a flipped bit in the length of an entry", "leaf 400", (_, folder) => Flip(folder, "tile/entries/001", At(folder, 400) + 1)),
        new("a flipped bit in the very first byte", "leaf 0", (_, folder) => Flip(folder, "tile/entries/000", 0)),
        new("a flipped bit in the very last byte", "leaf 699", (_, folder) => Flip(folder, "tile/entries/002.p/188", -1)),
        new("a deleted entry", "leaf 299", (_, folder) => Entries(folder, 1, entries => entries.RemoveAt(299 - 256))),
        new("an inserted entry", "leaf 300", (_, folder) => Entries(folder, 1, entries => entries.Insert(300 - 256, Encoding.UTF8.GetBytes("{}")))),
        new("two entries in another order", "leaf 10", (_, folder) => Entries(folder, 0, entries => (entries[10], entries[11]) = (entries[11], entries[10]))),
        new("a duplicated entry", "leaf 20", (_, folder) => Entries(folder, 0, entries => entries[20] = entries[19])),
        new("an entry added at the end", "tile/entries/002.p/188", (_, folder) => Entries(folder, 2, entries => entries.Add(WrittenLog.Entry(700)))),
        new("a deleted bundle", "tile/entries/001", (_, folder) => File.Delete(Path.Combine(folder, "tile/entries/001"))),
        new("a bundle cut off", "leaf 511", (_, folder) => File.WriteAllBytes(Path.Combine(folder, "tile/entries/001"), File.ReadAllBytes(Path.Combine(folder, "tile/entries/001"))[..^3])),
        new("a flipped bit in a tile of leaves", "leaf 261", (_, folder) => Flip(folder, "tile/0/001", (5 * Hash.Length) + 7)),
        new("a flipped bit in a tile above", "tile/1/000.p/2", (_, folder) => Flip(folder, "tile/1/000.p/2", 40)),
        new("a deleted tile", "tile/0/000", (_, folder) => File.Delete(Path.Combine(folder, "tile/0/000"))),
        new("a deleted tile above", "tile/1/000.p/2", (_, folder) => File.Delete(Path.Combine(folder, "tile/1/000.p/2"))),
        new("a longer tile", "tile/0/000", (_, folder) => File.AppendAllText(Path.Combine(folder, "tile/0/000"), "x")),
        new("a flipped bit in the checkpoint's root", "checkpoint", (_, folder) => Flip(folder, "checkpoint", 30)),
        new("a flipped bit in a signature", "checkpoint", (_, folder) => Flip(folder, "checkpoint", -30)),
        new("a cosignature taken away", "checkpoint", (_, folder) => File.WriteAllLines(Path.Combine(folder, "checkpoint"), File.ReadAllLines(Path.Combine(folder, "checkpoint"))[..^1])),
        new("a flipped bit in a checkpoint seen before", "checkpoints/000000000300", (_, folder) => Flip(folder, Kept(folder, 300), 30)),
        new("the checkpoint of somebody else", "checkpoint", (_, folder) => Signed(folder, "other.example/log", WrittenLog.Node)),

        // The shop itself changes its past: it has its key and makes everything anew. Its witnesses collude, or there are none.
        new("an entry of the past changed and all made anew", "leaf 299", (log, folder) => Anew(log, folder, Size, index => index == 10 ? Changed(10) : WrittenLog.Entry(index))),
        new("an entry between two checkpoints changed and all made anew", "leaf 300", (log, folder) => Anew(log, folder, Size, index => index == 450 ? Changed(450) : WrittenLog.Entry(index))),
        new("an entry taken out and all made anew", "leaf 300", (log, folder) => Anew(log, folder, Size - 1, index => WrittenLog.Entry(index < 450 ? index : index + 1))),
        new("the log rolled back", "leaf 650", (log, folder) => Anew(log, folder, 650, index => WrittenLog.Entry(index))),
        new("a fork of the same size", "leaf 600", (log, folder) => Anew(log, folder, Size, index => index == 699 ? Changed(699) : WrittenLog.Entry(index))),

        // The shop lied from the beginning: the tree is right, and what it says is not.
        Lie("another beginning", "leaf 0", index => index == 0 ? WrittenLog.Entry(0, text => text.Replace("log.began", "log.begun")) : null),
        Lie("a beginning with another key", "leaf 0", index => index == 0 ? WrittenLog.Entry(0, text => text.Replace(WrittenLog.Log.Verifier.ToString(), WrittenLog.Node.Verifier.ToString())) : null),
        Lie("a second beginning", "leaf 1", index => index == 1 ? WrittenLog.Entry(0, text => text.Replace($"{WrittenLog.EventOf(0):D}", $"{WrittenLog.EventOf(1):D}")) : null),
        Lie("a session that does not say when it ends", "leaf 10", index => index == 10 ? WrittenLog.Entry(10, text => text.Replace($"\"session-ends-at\":\"{WrittenLog.At(70)}\",", "")) : null),
        Lie("a number of a session missing", "leaf 12", index => index == 12 ? WrittenLog.Entry(12, text => text.Replace("\"n\":3", "\"n\":9")) : null),
        Lie("an entry of a session left out", "leaf 12", index => index >= 12 ? WrittenLog.Entry(index + 1) : null),
        Lie("a number of a session twice", "leaf 12", index => index == 12 ? WrittenLog.Entry(12, text => text.Replace("\"n\":3", "\"n\":2")) : null),
        Lie("an end that counts wrong", "leaf 14", index => index == 14 ? WrittenLog.Entry(14, text => text.Replace("\"entries\":5", "\"entries\":4")) : null),
        Lie("an entry after the end", "leaf 15", index => index == 15 ? WrittenLog.Entry(15, text => text.Replace($"{WrittenLog.SessionOf(15):D}", $"{WrittenLog.SessionOf(14):D}").Replace("\"n\":1", "\"n\":6")) : null),
        Lie("the same event twice", "leaf 30", index => index == 30 ? WrittenLog.Entry(30, text => text.Replace($"{WrittenLog.EventOf(30):D}", $"{WrittenLog.EventOf(3):D}")) : null),
        Lie("a time that goes back", "leaf 500", index => index == 500 ? WrittenLog.Entry(500, text => text.Replace(WrittenLog.At(500), WrittenLog.At(400))) : null),
        Lie("an entry with blanks", "leaf 40", index => index == 40 ? WrittenLog.Entry(40, text => text.Replace(",\"id\"", ", \"id\"")) : null),
        Lie("an entry in another order of names", "leaf 41", index => index == 41 ? WrittenLog.Entry(41, text => text.Replace("\"outcome\":\"done\",\"v\":1", "\"v\":1,\"outcome\":\"done\"")) : null),
        Lie("an entry with a name twice", "leaf 42", index => index == 42 ? WrittenLog.Entry(42, text => text.Replace("\"v\":1", "\"v\":1,\"v\":1")) : null),
        Lie("an entry without an outcome", "leaf 43", index => index == 43 ? WrittenLog.Entry(43, text => text.Replace("\"outcome\":\"done\",", "")) : null),
        Lie("an entry that is no JSON", "leaf 44", index => index == 44 ? [0xff, 0xfe] : null),
        Lie("a number written otherwise", "leaf 45", index => index == 45 ? WrittenLog.Entry(45, text => text.Replace("\"v\":1", "\"v\":1.0")) : null),
        Lie("an escape that is none", "leaf 46", index => index == 46 ? WrittenLog.Entry(46, text => text.Replace("carts.line", "carts\\u002eline")) : null),
    ];

    private static Tampering Lie(string name, string place, Func<int, byte[]?> entry) =>
        new(name, place, (log, folder) =>
        {
            Directory.Delete(Path.Combine(folder, Mirror.Kept), recursive: true);
            Anew(log, folder, Size, index => entry((int)index) ?? WrittenLog.Entry(index));
        });

    private static byte[] Changed(long index) => WrittenLog.Entry(index, text => text.Replace("line-added", "line-taken"));

    private static string Kept(string folder, int size) => $"{Mirror.Kept}/" + Path.GetFileName(Directory.GetFiles(Path.Combine(folder, Mirror.Kept), $"{size:D12}-*").Single());

    private static int At(string folder, int leaf)
    {
        ReadOnlySpan<byte> rest = File.ReadAllBytes(Path.Combine(folder, $"tile/entries/{leaf / 256:D3}"));
        var length = rest.Length;
        for (var i = 0; i < leaf % 256; i++)
        {
            Assert.True(EntryBundle.TryTake(ref rest, out _));
        }

        return length - rest.Length;
    }

    private static void Flip(string folder, string file, int at)
    {
        var path = Path.Combine(folder, file);
        var bytes = File.ReadAllBytes(path);
        bytes[at < 0 ? bytes.Length + at : at] ^= 1;
        File.WriteAllBytes(path, bytes);
    }

    private static void Entries(string folder, int bundle, Action<List<byte[]>> change)
    {
        var path = Directory.GetFiles(Path.Combine(folder, "tile", "entries"), $"{bundle:D3}").Concat(
            Directory.Exists(Path.Combine(folder, "tile", "entries", $"{bundle:D3}.p")) ? [Path.Combine(folder, "tile", "entries", "002.p", "188")] : []).First();
        var entries = EntryBundle.Read(File.ReadAllBytes(path))!.ToList();
        change(entries);
        using var file = File.Create(path);
        foreach (var entry in entries)
        {
            file.Write(EntryBundle.Write([entry]));
        }
    }

    private static void Signed(string folder, string origin, SignerKey key) =>
        File.WriteAllText(Path.Combine(folder, "checkpoint"), SignedNote.Sign(new Checkpoint(origin, 1, Merkle.EmptyRoot).ToString(), DateTimeOffset.UnixEpoch, key).ToString());

    /// <summary>Makes the whole log again from other entries, signed by all who must sign.</summary>
    private static void Anew(WrittenLog log, string folder, int size, Func<long, byte[]> entry)
    {
        Directory.Delete(Path.Combine(folder, "tile"), recursive: true);
        var (grown, files) = (new GrownLog(Enumerable.Range(0, size).Select(index => entry(index))), new TileFolder(folder));
        foreach (var at in TileCoordinate.All(size))
        {
            files.Write(new Tile(at, grown.Tiles[at.Path]));
        }

        files.WriteCheckpoint(SignedNote.Sign(
            new Checkpoint(WrittenLog.Origin, size, grown.Frontier.Root()).ToString(), DateTimeOffset.UnixEpoch, WrittenLog.Log, WrittenLog.Anna, WrittenLog.Bert).ToString());
    }
}
