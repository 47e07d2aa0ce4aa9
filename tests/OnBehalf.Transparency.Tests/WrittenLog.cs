using System.Globalization;
using System.Text;
using OnBehalf.Verify;

namespace OnBehalf.Transparency.Tests;

/// <summary>
/// A log in a folder, as a shop publishes one: entries of assisted sessions, signed by the log and cosigned by two witnesses, with the policy of an auditor
/// and the checkpoints that he saw.
/// </summary>
internal sealed class WrittenLog : IDisposable
{
    public const string Origin = "shop.example/log";
    public const int PerSession = 5;

    private static readonly DateTimeOffset Start = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);

    public WrittenLog(bool isPlain = false)
    {
        Directory.CreateDirectory(Folder);
        Files = new TileFolder(Folder);
        Policy = isPlain
            ? $"log {Log.Verifier}\nquorum none\n"
            : $"log {Log.Verifier}\nwitness anna {Anna.Verifier}\nwitness bert {Bert.Verifier}\ngroup both all anna bert\nquorum both\n";
        File.WriteAllText(PolicyPath, Policy);
        IsPlain = isPlain;
    }

    public static SignerKey Log { get; } = SignerKey.Generate(Origin);

    public static SignerKey Anna { get; } = SignerKey.Generate("anna.example/witness", SignatureType.Cosignature);

    public static SignerKey Bert { get; } = SignerKey.Generate("bert.example/witness", SignatureType.Cosignature);

    public static SignerKey Node { get; } = SignerKey.Generate(Origin + "/node-1");

    public string Home { get; } = Directory.CreateTempSubdirectory("onbehalf-log-").FullName;

    public string Folder => Path.Combine(Home, "log");

    public string PolicyPath => Path.Combine(Home, "policy");

    public bool IsPlain { get; }

    public string Policy { get; }

    public TileFolder Files { get; }

    public GrownLog Grown { get; } = new();

    public Checkpoint Checkpoint => new(Origin, Grown.Frontier.Size, Grown.Frontier.Root());

    public static Guid EventOf(long index) => new(0x0192e4a0, 0x77b0, 0x7000, BitConverter.GetBytes(index));

    public static Guid SessionOf(long index) => new(0x0192e4a0, 0x77b0, 0x7001, BitConverter.GetBytes(index / PerSession));

    /// <summary>The entry at an index of a log without a fault: first where it begins, then five entries a session, the fifth its end.</summary>
    public static byte[] Entry(long index, Func<string, string>? change = null)
    {
        var number = (index % PerSession) + 1;
        var text = index == 0 ? $"{{\"at\":\"{At(0)}\",\"id\":\"{EventOf(0):D}\",\"key\":\"{Log.Verifier}\",\"name\":\"log.began\",\"origin\":\"{Origin}\",\"outcome\":\"done\",\"v\":1}}"
            : index < PerSession ? $"{{\"at\":\"{At(index)}\",\"id\":\"{EventOf(index):D}\",\"name\":\"import.file-imported\",\"outcome\":\"done\",\"v\":1}}"
            : string.Create(CultureInfo.InvariantCulture,
            $"{{\"at\":\"{At(index)}\",{(number == PerSession ? $"\"entries\":{number}," : "")}\"id\":\"{EventOf(index):D}\",\"in-session\":\"{SessionOf(index):D}\",\"n\":{number},\"name\":\"carts.line-added\",\"outcome\":\"done\",{(number == 1 ? $"\"session-ends-at\":\"{At(index + 60)}\"," : "")}\"v\":1}}");
        return Encoding.UTF8.GetBytes(change?.Invoke(text) ?? text);
    }

    public static string At(long index) => Start.AddSeconds(index).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

    /// <summary>The entry that says that those before an index are not kept any more.</summary>
    public static byte[] Pruned(long index, long first) => Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture,
        $"{{\"at\":\"{At(index)}\",\"first\":{first},\"id\":\"{EventOf(index):D}\",\"key\":\"{Log.Verifier}\",\"name\":\"log.pruned\",\"origin\":\"{Origin}\",\"outcome\":\"done\",\"v\":1}}"));

    public static WrittenLog Of(long size, bool isPlain = false)
    {
        var log = new WrittenLog(isPlain);
        log.Grow(size);
        return log;
    }

    /// <summary>Grows to this size with entries as they should be, and publishes.</summary>
    public void Grow(long size)
    {
        var from = Grown.Frontier.Size;
        Grow(Enumerable.Range(0, (int)(size - from)).Select(i => Entry(from + i)));
    }

    public void Grow(IEnumerable<byte[]> entries)
    {
        Grown.Grow(entries);
        Write();
        Publish();
    }

    /// <summary>Writes all tiles and bundles that the log has now.</summary>
    public void Write()
    {
        foreach (var at in TileCoordinate.All(Grown.Frontier.Size))
        {
            Files.Write(new Tile(at, Grown.Tiles[at.Path]));
        }
    }

    /// <summary>Signs the head, lets the witnesses cosign, and keeps the checkpoint as a mirror does.</summary>
    public SignedNote Publish(Checkpoint? checkpoint = null)
    {
        var note = SignedNote.Sign((checkpoint ?? Checkpoint).ToString(), Start, IsPlain ? [Log] : [Log, Anna, Bert]);
        Files.WriteCheckpoint(note.ToString());
        Keep(checkpoint ?? Checkpoint, note);
        return note;
    }

    public void Keep(Checkpoint checkpoint, SignedNote note)
    {
        var kept = Directory.CreateDirectory(Path.Combine(Folder, Mirror.Kept)).FullName;
        File.WriteAllText(Path.Combine(kept, string.Create(CultureInfo.InvariantCulture, $"{checkpoint.Size:D12}-{checkpoint.Root.ToHex()[..16]}")), note.ToString());
    }

    /// <summary>The same log in another folder, to be tampered with.</summary>
    public string Copy(string name)
    {
        var copy = Path.Combine(Home, name);
        foreach (var file in Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(copy, Path.GetRelativePath(Folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        return copy;
    }

    public Task<Verdict> Check(string? folder = null) => new LogCheck(folder ?? Folder, WitnessPolicy.Parse(Policy)).Run();

    public void Dispose() => Directory.Delete(Home, recursive: true);
}
