using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using OnBehalf.Transparency;
using OnBehalf.Verify;

namespace OnBehalf.Bench;

/// <summary>
/// `bin/bench log`: how fast entries become a log, and how fast a log is checked. Entries of 600 bytes in batches of a sequencer; the tiles are files, on
/// whatever disk the temporary folder has. No database is in it.
/// </summary>
internal static class LogBench
{
    private const int Batch = 4096;
    private const int PerSession = 32;
    private const string Origin = "bench.example/log";

    public static Command Command()
    {
        var leaves = new Option<int>("--leaves") { DefaultValueFactory = _ => 500_000 };
        var command = new Command("log", "Grows an audit log from entries and checks it again.") { leaves };
        command.SetAction(async (parsed, cancel) => await Measure(parsed.GetValue(leaves), cancel) ? 0 : 1);
        return command;
    }

    private static async Task<bool> Measure(int leaves, CancellationToken cancel)
    {
        var folder = Directory.CreateTempSubdirectory("onbehalf-bench-log-").FullName;
        try
        {
            using var key = SignerKey.Generate(Origin);
            Console.WriteLine($"{leaves:N0} leaves, {Machine.Describe()}. Load of the machine before: {Machine.Load():F1}.");
            var entries = Enumerable.Range(0, leaves - 1).Select(index => (ReadOnlyMemory<byte>)Entry(index)).Prepend(Began(key)).ToArray();
            var (clock, cpu) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
            await Integrate(entries, new TileFolder(folder), key, cancel);
            Say("integrate: hash, append, tiles and bundles as files, a checkpoint for each batch", leaves, clock, cpu);

            var policy = WitnessPolicy.Parse($"log {key.Verifier}\nquorum none\n");
            (clock, cpu) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
            var verdict = await new LogCheck(folder, policy).Run(cancel);
            Say("verify: every entry, tile, session and time", leaves, clock, cpu);
            Console.Write(verdict);
            Signatures(key);
            return verdict.Answer == Answer.Proved;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task Integrate(ReadOnlyMemory<byte>[] entries, TileFolder files, SignerKey key, CancellationToken cancel)
    {
        var (frontier, hashes) = (new Frontier(), new Hash[Batch]);
        for (var first = 0; first < entries.Length; first += Batch)
        {
            var count = Math.Min(Batch, entries.Length - first);
            for (var i = 0; i < count; i++)
            {
                hashes[i] = Merkle.LeafHash(entries[first + i].Span);
            }

            var tiles = await TileGrowth.Grow(frontier, hashes.AsMemory(0, count), files.Read, cancel);
            for (var i = 0; i < count; i++)
            {
                frontier.Append(hashes[i]);
            }

            foreach (var tile in tiles)
            {
                files.Write(tile);
            }

            foreach (var bundle in TileCoordinate.Grown(first, frontier.Size).Where(tile => tile.IsEntries))
            {
                files.Write(new Tile(bundle, EntryBundle.Write(new ArraySegment<ReadOnlyMemory<byte>>(entries, (int)bundle.FirstLeaf, bundle.Width))));
            }

            files.WriteCheckpoint(SignedNote.Sign(new Checkpoint(Origin, frontier.Size, frontier.Root()).ToString(), TimeProvider.System.GetUtcNow(), key).ToString());
        }
    }

    private static void Signatures(SignerKey key)
    {
        var (clock, count) = (Stopwatch.StartNew(), 0);
        for (; clock.ElapsedMilliseconds < 1000; count++)
        {
            Receipt.Sign(key, Origin, Guid.Empty, Merkle.EmptyRoot, DateTimeOffset.UnixEpoch);
        }

        Console.WriteLine($"receipts: {count / clock.Elapsed.TotalSeconds:N0} signed a second, one thread");
    }

    private static ReadOnlyMemory<byte> Began(SignerKey key) => Encoding.UTF8.GetBytes(
        $"{{\"at\":\"1970-01-01T00:00:00.000000Z\",\"id\":\"{Guid.NewGuid()}\",\"key\":\"{key.Verifier}\",\"name\":\"log.began\",\"origin\":\"{Origin}\",\"outcome\":\"done\",\"v\":1}}");

    private static byte[] Entry(int index)
    {
        var number = (index % PerSession) + 1;
        var text = string.Create(CultureInfo.InvariantCulture,
            $"{{\"at\":\"{DateTime.UnixEpoch.AddMilliseconds(index):yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'}\",{(number == PerSession ? $"\"entries\":{number}," : "")}\"for-buyer\":\"{Id(3, index / PerSession)}\",\"for-company\":\"{Id(4, index / 999)}\",\"for-membership\":\"{Id(5, index / PerSession)}\",\"id\":\"{Id(1, index)}\",\"in-session\":\"{Id(2, index / PerSession)}\",\"mode\":\"order\",\"n\":{number},\"name\":\"carts.line-added\",\"operator-role\":\"sales-rep\",\"operator-staff\":\"{Id(6, index % 50)}\",\"outcome\":\"done\",\"product\":\"{Id(7, index % 5000)}\",\"quantity\":\"12\",{(number == 1 ? "\"session-ends-at\":\"2000-01-01T00:00:00.000000Z\"," : "")}\"session-reason\":\"phone-order\",\"unit-price\":\"12.50 EUR\",\"v\":1}}");
        return Encoding.UTF8.GetBytes(text);
    }

    private static Guid Id(int kind, int index) => new(kind, 0, 0x7000, BitConverter.GetBytes((long)index));

    private static void Say(string what, int leaves, Stopwatch clock, TimeSpan cpu) =>
        Console.WriteLine($"{what}: {leaves / clock.Elapsed.TotalSeconds:N0} leaves/s, {(Environment.CpuUsage.TotalTime - cpu).TotalMicroseconds / leaves:F1} µs of CPU a leaf");
}
