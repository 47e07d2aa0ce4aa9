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
        Assert.Equal((Tampering.Size, 3, 140), (ours[0].Size, ours[0].EarlierCheckpoints, ours[0].Sessions));
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
