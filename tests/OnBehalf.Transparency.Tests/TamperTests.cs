using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using OnBehalf.Verify;

namespace OnBehalf.Transparency.Tests;

/// <summary>Whatever is done to a log, both verifiers say so and name the place; of an untouched one both say that it is proved.</summary>
public sealed class TamperTests
{
    [Fact]
    public async Task Every_way_to_tamper_is_found_and_named_by_both_verifiers()
    {
        using var log = new WrittenLog();
        foreach (var size in Tampering.Seen.Append(Tampering.Size))
        {
            log.Grow(size);
        }

        var folders = new List<string> { log.Folder };
        var ours = new List<Verdict> { await log.Check() };
        Assert.True(ours[0].Answer == Answer.Proved, ours[0].ToString());
        Assert.Equal((Tampering.Size, 3, 139), (ours[0].Size, ours[0].EarlierCheckpoints, ours[0].Sessions));
        Assert.Equal(["anna", "bert"], ours[0].CosignedBy);
        foreach (var tampering in Tampering.All)
        {
            var folder = log.Copy(tampering.Name.Replace(' ', '-'));
            tampering.Do(log, folder);
            folders.Add(folder);
            ours.Add(await log.Check(folder));
        }

        var theirs = Python(log.PolicyPath, folders);
        var wrong = new List<string>();
        for (var i = 1; i < folders.Count; i++)
        {
            var tampering = Tampering.All[i - 1];
            Judge(tampering, "our verifier", ours[i].Answer == Answer.NotProved, ours[i].ToString(), wrong);
            Judge(tampering, "the Python verifier", theirs[i].Exit == 1, theirs[i].Words, wrong);
        }

        Assert.True(theirs[0].Exit == 0, theirs[0].Words);
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Theory]
    [InlineData("pruned", 0)]
    [InlineData("pruned further than it says", 1)]
    [InlineData("pruned without a word", 1)]
    [InlineData("pruned in the middle", 1)]
    [InlineData("changed before it was pruned", 1)]
    [InlineData("a session begins long after", 1)]
    public async Task Of_a_log_that_is_pruned_both_verifiers_prove_what_is_kept_and_say_what_they_could_not_see(string what, int exit)
    {
        using var log = new WrittenLog();
        log.Grow(600);
        log.Grow(Enumerable.Range(600, 100).Select(index =>
            index == 640 && what != "pruned without a word" ? WrittenLog.Pruned(640, 512)
            : index is > 640 and < 645 ? WrittenLog.Entry(index, text => text.Replace("\"n\":", "\"n\":1")
                .Replace($"\"in-session\":\"{WrittenLog.SessionOf(index):D}\",\"n\":1{(index % 5) + 1},", "").Replace("\"entries\":5,", ""))
            : index == 699 && what == "a session begins long after" ? Late() : WrittenLog.Entry(index)));
        foreach (var bundle in what == "pruned in the middle" ? ["001"] : what == "pruned further than it says" ? ["000", "001", "002.p"] : new[] { "000", "001" })
        {
            var path = Path.Combine(log.Folder, "tile", "entries", bundle);
            if (bundle.EndsWith(".p", StringComparison.Ordinal))
            {
                Directory.Delete(path, recursive: true);
            }
            else
            {
                File.Delete(path);
            }
        }

        if (what == "changed before it was pruned")
        {
            var tile = Path.Combine(log.Folder, "tile", "0", "000");
            var bytes = await File.ReadAllBytesAsync(tile);
            bytes[300] ^= 1;
            await File.WriteAllBytesAsync(tile, bytes);
        }

        var ours = await log.Check();
        var theirs = Python(log.PolicyPath, [log.Folder])[0];
        Assert.True(exit == (int)ours.Answer, ours.ToString());
        Assert.True(exit == theirs.Exit, theirs.Words);
        if (exit == 0)
        {
            Assert.Equal((512, 2, 1), (ours.Unseen, ours.EarlierCheckpoints, ours.CutSessions));
            Assert.Contains("entries 0 to 511 are not kept any more, as leaf 640 says", ours.ToString());
            Assert.Contains("entries 0 to 511 are not kept any more, as leaf 640 says", theirs.Words);
            var copy = Path.Combine(log.Home, "copy");
            using var source = new LogSource(log.Folder, null);
            Assert.Equal(Answer.Proved, (await new Mirror(source, copy).Run()).Answer);
            Assert.Equal(Answer.Proved, (await log.Check(copy)).Answer);
        }

        // Number 3 of a session that nobody saw begin, two days later.
        static byte[] Late() => WrittenLog.Entry(699, text => text.Replace("\"entries\":5,", "").Replace("\"n\":5", "\"n\":3").Replace(WrittenLog.SessionOf(699).ToString(), Guid.NewGuid().ToString()).Replace(WrittenLog.At(699), WrittenLog.At(200_000)));
    }

    [Fact]
    public async Task A_session_that_had_to_be_over_long_ago_and_has_no_end_is_found()
    {
        foreach (var (later, expected) in new[] { (500L, Answer.Proved), (700L, Answer.NotProved) })
        {
            using var log = new WrittenLog(isPlain: true);
            log.Grow([.. Enumerable.Range(0, 9).Select(index => WrittenLog.Entry(index)), .. new[] { 70, 70 + later }.Select((at, i) => WrittenLog.Entry(1, text =>
                text.Replace(WrittenLog.At(1), WrittenLog.At(at)).Replace(WrittenLog.EventOf(1).ToString(), WrittenLog.EventOf(100 + i).ToString())))]);
            var ours = await log.Check();
            Assert.True(expected == ours.Answer, ours.ToString());
            Assert.Equal((int)expected, Python(log.PolicyPath, [log.Folder])[0].Exit);
        }
    }

    [Fact]
    public async Task Checkpoints_of_an_earlier_name_are_continued_as_far_as_the_log_says_that_it_went_on_from_them()
    {
        using var second = SignerKey.Generate(WrittenLog.Origin + "/v2");
        foreach (var (agrees, seen, expected) in new[] { (20, 20, Answer.Proved), (20, 25, Answer.Proved), (30, 25, Answer.NotProved), (0, 0, Answer.NotProved) })
        {
            using var log = WrittenLog.Of(25, isPlain: true);
            Directory.Delete(Path.Combine(log.Folder, Mirror.Kept), recursive: true);
            var old = new GrownLog(Enumerable.Range(0, seen).Select(index => WrittenLog.Entry(index < 20 ? index : index + 100)));
            if (seen > 0)
            {
                var signed = new Checkpoint(WrittenLog.Origin, seen, old.Frontier.Root());
                log.Keep(signed, SignedNote.Sign(signed.ToString(), DateTimeOffset.UnixEpoch, WrittenLog.Log));
            }

            log.Grown.Grow([seen == 0 ? WrittenLog.Entry(25) : System.Text.Encoding.UTF8.GetBytes(
                $"{{\"agrees\":{agrees},\"at\":\"{WrittenLog.At(25)}\",\"before\":\"{WrittenLog.Origin}\",\"id\":\"{WrittenLog.EventOf(25)}\",\"key\":\"{second.Verifier}\",\"name\":\"log.resumed\",\"origin\":\"{second.Name}\",\"outcome\":\"done\",\"v\":1}}")]);
            log.Write();
            var head = new Checkpoint(second.Name, 26, log.Grown.Frontier.Root());
            log.Files.WriteCheckpoint(SignedNote.Sign(head.ToString(), DateTimeOffset.UnixEpoch, second).ToString());
            await File.WriteAllTextAsync(log.PolicyPath, $"log {WrittenLog.Log.Verifier}\nlog {second.Verifier}\nquorum none\n");
            var ours = await new LogCheck(log.Folder, WitnessPolicy.Parse(await File.ReadAllTextAsync(log.PolicyPath))).Run();
            Assert.True(expected == ours.Answer, ours.ToString());
            Assert.Equal((int)expected, Python(log.PolicyPath, [log.Folder])[0].Exit);
            Assert.Equal(seen == 25 && agrees == 20 ? 1 : 0, ours.GivenUp);
        }
    }

    [Fact]
    public async Task Of_tiles_and_bundles_no_bit_can_change_without_being_noticed()
    {
        using var log = WrittenLog.Of(3, isPlain: true);
        Assert.Equal(Answer.Proved, (await log.Check()).Answer);
        foreach (var (path, step) in new[] { ("tile/0/000.p/3", 1), ("tile/entries/000.p/3", 7) })
        {
            var file = Path.Combine(log.Folder, path);
            var bytes = await File.ReadAllBytesAsync(file);
            for (var bit = 0; bit < bytes.Length * 8; bit += step)
            {
                bytes[bit / 8] ^= (byte)(1 << (bit % 8));
                await File.WriteAllBytesAsync(file, bytes);
                var verdict = await log.Check();
                Assert.True(verdict.Answer == Answer.NotProved && verdict.ToString().Contains("leaf "), $"bit {bit} of {path}: {verdict}");
                bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            }

            await File.WriteAllBytesAsync(file, bytes);
        }
    }

    [Fact]
    public async Task What_an_import_wrote_at_its_beginning_may_stand_behind_what_happened_meanwhile_for_an_hour()
    {
        var verdicts = new List<Answer>();
        foreach (var (part, at) in new[] { ("import", 3500), ("import", 3700), (null, 3500) })
        {
            using var other = new WrittenLog(isPlain: true);
            other.Grow(
            [
                .. Enumerable.Range(0, 5).Select(index => WrittenLog.Entry(index, text => text.Replace(WrittenLog.At(index), WrittenLog.At(index + 4000)))),
                System.Text.Encoding.UTF8.GetBytes($"{{{(part is null ? "" : $"\"actor-part\":\"{part}\",")}\"at\":\"{WrittenLog.At(4004 - at)}\",\"id\":\"{WrittenLog.EventOf(5)}\",\"name\":\"import.file-imported\",\"outcome\":\"done\",\"v\":1}}"),
            ]);
            var ours = (await other.Check()).Answer;
            Assert.Equal((int)ours, Python(other.PolicyPath, [other.Folder])[0].Exit);
            verdicts.Add(ours);
        }

        Assert.Equal([Answer.Proved, Answer.NotProved, Answer.NotProved], verdicts);
    }

    [Fact]
    public async Task A_log_that_claims_to_be_longer_than_any_is_not_followed()
    {
        using var log = WrittenLog.Of(3, isPlain: true);
        log.Publish(new Checkpoint(WrittenLog.Origin, 1L << 60, Merkle.EmptyRoot));
        var verdict = await log.Check();
        Assert.Equal(Answer.NotProved, verdict.Answer);
        Assert.Contains("leaf 0: tile/entries/000 is missing", verdict.ToString());
    }

    private static void Judge(Tampering tampering, string who, bool isFound, string words, List<string> wrong)
    {
        if (!isFound || !Regex.IsMatch(words, Regex.Escape(tampering.Place) + @"(?!\d)"))
        {
            wrong.Add($"{tampering.Name}: {who} should name {tampering.Place} and says: {words}");
        }
    }

    private static List<(int Exit, string Words)> Python(string policy, List<string> folders)
    {
        var start = new ProcessStartInfo("python3", [VerifyProgram.RepositoryFile("tests/verify_log.py"), "--policy", policy, "--json", .. folders]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var lines = process.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        process.WaitForExit();
        Assert.True(lines.Length == folders.Count, errors.GetAwaiter().GetResult());
        return [.. lines.Select(line => JsonDocument.Parse(line).RootElement).Select(line => (line.GetProperty("exit").GetInt32(), line.GetProperty("words").GetString()!))];
    }
}
