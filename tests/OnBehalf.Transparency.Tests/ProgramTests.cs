using System.Text.Json;

namespace OnBehalf.Transparency.Tests;

/// <summary>The commands an auditor types: what they say and which exit code they leave.</summary>
public sealed class ProgramTests
{
    [Fact]
    public async Task Verify_says_proved_or_names_the_first_bad_leaf_and_leaves_its_exit_code()
    {
        using var log = WrittenLog.Of(20);
        var (proved, words) = await VerifyProgram.Run("verify", log.Folder, "--policy", log.PolicyPath);
        Assert.True(proved == 0, words);
        Assert.StartsWith("PROVED. shop.example/log has 20 entries", words);
        var saved = log.Copy("saved");

        var entries = Path.Combine(log.Folder, "tile/entries/000.p/20");
        var bytes = await File.ReadAllBytesAsync(entries);
        bytes[^30] ^= 1;
        await File.WriteAllBytesAsync(entries, bytes);
        (var exit, words) = await VerifyProgram.Run("verify", log.Folder, "--policy", log.PolicyPath, "--json", "--since", Path.Combine(saved, "checkpoint"));
        Assert.Equal(1, exit);
        var verdict = JsonDocument.Parse(words).RootElement;
        Assert.Equal("NotProved", verdict.GetProperty("answer").GetString());
        Assert.Equal(19, verdict.GetProperty("findings")[0].GetProperty("leaf").GetInt64());
        Assert.Equal(WrittenLog.EventOf(19).ToString(), verdict.GetProperty("findings")[0].GetProperty("event").GetString());

        Assert.Equal(2, (await VerifyProgram.Run("verify", log.Home, "--policy", log.PolicyPath)).Exit);
        Assert.Equal(2, (await VerifyProgram.Run("verify", log.Folder)).Exit);
        Assert.Equal(2, (await VerifyProgram.Run("verify", log.Folder, "--policy", entries)).Exit);
    }

    [Fact]
    public async Task The_commands_by_which_an_auditor_checks_March_do_what_the_page_says()
    {
        using var log = new WrittenLog();
        byte[] certified = [.. WrittenLog.Entry(1, text => text.Replace("\"outcome\"", $"\"node-key\":\"{WrittenLog.Node.Verifier}\",\"outcome\""))];
        log.Grow([WrittenLog.Entry(0), certified, .. Enumerable.Range(2, 18).Select(index => WrittenLog.Entry(index))]);
        File.Copy(log.Files.CheckpointPath, Path.Combine(log.Home, "march.checkpoint"));
        log.Grow(30);
        Assert.True(SignedNote.TryParse(await log.Files.ReadCheckpoint(), out var note));
        var proof = new TlogProof(4, await Proofs.Inclusion(4, 30, log.Files.Read), note!) { Extra = log.Grown.Entries[4] };
        var receipt = Receipt.Sign(WrittenLog.Node, WrittenLog.Origin, WrittenLog.EventOf(4), Merkle.LeafHash(log.Grown.Entries[4]), DateTimeOffset.Parse(WrittenLog.At(4)));
        await File.WriteAllTextAsync(Path.Combine(log.Home, "order.tlog-proof"), proof.ToString());
        await File.WriteAllTextAsync(Path.Combine(log.Home, "receipt.txt"), receipt.ToString());
        await File.WriteAllTextAsync(Path.Combine(log.Home, "token"), "a token");

        var page = await File.ReadAllTextAsync(VerifyProgram.RepositoryFile("docs/operate/audit.md"));
        var march = page[page.IndexOf("<!-- march -->", StringComparison.Ordinal)..page.IndexOf("<!-- /march -->", StringComparison.Ordinal)];
        var commands = march.Split('\n').Where(line => line.StartsWith("onbehalf-verify ", StringComparison.Ordinal)).ToList();
        Assert.Equal(6, commands.Count);
        foreach (var command in commands)
        {
            string[] files = ["mirror", "policy", "token", "march.checkpoint", "order.tlog-proof", "receipt.txt", "march.jsonl"];
            var words = command.Split(' ')[1..].Select((word, at) => word == "https://shop.example/log" ? new Uri(log.Folder).ToString() : at > 0 && files.Contains(word) ? Path.Combine(log.Home, word) : word);
            var (exit, said) = await VerifyProgram.Run([.. words]);
            Assert.True(exit == 0, $"{command}: {said}");
        }

        var lines = await File.ReadAllLinesAsync(Path.Combine(log.Home, "march.jsonl"));
        Assert.Equal(Enumerable.Range(0, 30).Select(leaf => $"{{\"leaf\":{leaf},\"entry\":{System.Text.Encoding.UTF8.GetString(log.Grown.Entries[leaf])}}}"), lines);
    }

    [Fact]
    public async Task Entries_of_some_days_are_written_out_of_a_proved_log_and_of_no_other()
    {
        using var log = new WrittenLog();
        log.Grow([WrittenLog.Entry(0), .. Enumerable.Range(1, 9).Select(index => WrittenLog.Entry(index, text => text.Replace("2026-03-01T", index < 5 ? "2026-03-31T" : "2026-04-01T")))]);
        string[] command = ["entries", log.Folder, "--policy", log.PolicyPath];
        var march = await VerifyProgram.Run([.. command, "--from", "2026-03-02", "--to", "2026-03-31"]);
        Assert.True(march.Exit == 0, march.Words);
        Assert.Equal([1, 2, 3, 4], march.Words.Split('\n').Where(line => line.StartsWith("{\"leaf\":", StringComparison.Ordinal)).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("leaf").GetInt32()));
        Assert.Contains("4 of its entries", march.Words);
        Assert.Equal(2, (await VerifyProgram.Run([.. command, "--from", "yesterday"])).Exit);

        var bundle = Directory.GetFiles(Path.Combine(log.Folder, "tile", "entries"), "*", SearchOption.AllDirectories).Single();
        var bytes = await File.ReadAllBytesAsync(bundle);
        bytes[^10] ^= 1;
        await File.WriteAllBytesAsync(bundle, bytes);
        var touched = await VerifyProgram.Run(command);
        Assert.Equal(1, touched.Exit);
        Assert.DoesNotContain("{\"leaf\":", touched.Words);
    }

    [Fact]
    public async Task A_proof_is_checked_by_itself_and_a_promise_against_the_log()
    {
        using var log = new WrittenLog();
        byte[] certified = [.. WrittenLog.Entry(19, text => text.Replace("\"outcome\"", $"\"node-key\":\"{WrittenLog.Node.Verifier}\",\"outcome\""))];
        log.Grow([.. Enumerable.Range(0, 19).Select(index => WrittenLog.Entry(index)), certified]);
        Assert.True(SignedNote.TryParse(await log.Files.ReadCheckpoint(), out var note));
        var proof = new TlogProof(4, await Proofs.Inclusion(4, 20, log.Files.Read), note!) { Extra = log.Grown.Entries[4] };
        var policy = WitnessPolicy.Parse(log.Policy);

        var (answer, words) = await Verify.ReceiptCheck.Run(proof.ToString(), policy, null, null, []);
        Assert.Equal(Verify.Answer.Proved, answer);
        Assert.Contains($"index 4 of {WrittenLog.Origin}, cosigned by anna, bert", words);
        Assert.Equal(Verify.Answer.NotProved, (await Verify.ReceiptCheck.Run((proof with { Extra = [1] }).ToString(), policy, null, null, [])).Answer);
        Assert.Equal(Verify.Answer.NotChecked, (await Verify.ReceiptCheck.Run((proof with { Extra = null }).ToString(), policy, null, null, [])).Answer);

        var at = DateTimeOffset.Parse(WrittenLog.At(4));
        Assert.Equal(Verify.Answer.Proved, (await Promise(WrittenLog.EventOf(4), log.Grown.Entries[4], at, WrittenLog.Node)).Answer);
        Assert.Contains("index 4", (await Promise(WrittenLog.EventOf(4), log.Grown.Entries[4], at, WrittenLog.Node)).Words);
        Assert.Contains("holds another entry", (await Promise(WrittenLog.EventOf(4), [1], at, WrittenLog.Node)).Words);
        Assert.Contains("certifies", (await Promise(WrittenLog.EventOf(4), log.Grown.Entries[4], at, WrittenLog.Log)).Words);
        Assert.Contains("does not hold it", (await Promise(WrittenLog.EventOf(99), [1], at.AddHours(-1), WrittenLog.Node)).Words);
        Assert.Equal(Verify.Answer.NotChecked, (await Promise(WrittenLog.EventOf(99), [1], at.AddHours(1), WrittenLog.Node)).Answer);
        Assert.Equal(Verify.Answer.NotChecked, (await Verify.ReceiptCheck.Run("what is this", policy, null, null, [])).Answer);

        Assert.Contains("of the future", (await Promise(WrittenLog.EventOf(4), log.Grown.Entries[4], TimeProvider.System.GetUtcNow().AddDays(1), WrittenLog.Node)).Words);
        var alone = Receipt.Sign(WrittenLog.Node, WrittenLog.Origin, WrittenLog.EventOf(4), Merkle.LeafHash(log.Grown.Entries[4]), at).ToString();
        Assert.Equal(Verify.Answer.NotChecked, (await Verify.ReceiptCheck.Run(alone, policy, null, null, [WrittenLog.Node.Verifier])).Answer);

        // From the time on at which a key was given up, its receipts are nobody's.
        log.Grow([System.Text.Encoding.UTF8.GetBytes($"{{\"at\":\"{WrittenLog.At(20)}\",\"id\":\"{WrittenLog.EventOf(20)}\",\"name\":\"log.node-key-revoked\",\"outcome\":\"done\",\"revoked-key\":\"{WrittenLog.Node.Verifier}\",\"v\":1}}")]);
        Assert.Equal(Verify.Answer.Proved, (await Promise(WrittenLog.EventOf(4), log.Grown.Entries[4], at, WrittenLog.Node)).Answer);
        Assert.Contains("certifies", (await Promise(WrittenLog.EventOf(4), log.Grown.Entries[4], at.AddHours(1), WrittenLog.Node)).Words);

        Task<(Verify.Answer Answer, string Words)> Promise(Guid id, byte[] entry, DateTimeOffset time, SignerKey node) =>
            Verify.ReceiptCheck.Run($"Audit-Receipt: {Receipt.Sign(node, WrittenLog.Origin, id, Merkle.LeafHash(entry), time)}\n", policy, null, log.Folder, []);
    }

    [Fact]
    public async Task Disclosed_values_are_held_against_the_entry_by_both_verifiers()
    {
        using var log = new WrittenLog();
        byte[] salt = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];
        byte[] committed = [.. System.Text.Encoding.UTF8.GetBytes("reason"), 0, .. System.Text.Encoding.UTF8.GetBytes("Wegen der Kälte")];
        var commitment = Convert.ToBase64String(System.Security.Cryptography.HMACSHA256.HashData(salt, committed));
        log.Grow([.. Enumerable.Range(0, 9).Select(index => index == 4 ? WrittenLog.Entry(4, text => text.Replace("\"v\":1", $"\"reason#\":\"{commitment}\",\"ticket#\":\"{commitment}\",\"v\":1")) : WrittenLog.Entry(index))]);
        Assert.True(SignedNote.TryParse(await log.Files.ReadCheckpoint(), out var note));
        var proof = new TlogProof(4, await Proofs.Inclusion(4, 9, log.Files.Read), note!) { Extra = log.Grown.Entries[4] };
        var file = Path.Combine(log.Home, "opening");
        foreach (var (value, field, exit) in new[] { ("Wegen der Kälte", "reason", 0), ("Wegen der Hitze", "reason", 1), ("Wegen der Kälte", "ticket", 1), ("Wegen der Kälte", "other", 1) })
        {
            await File.WriteAllTextAsync(file, JsonSerializer.Serialize(new
            {
                proof = proof.ToString(), values = new object[] { new { field, salt = Convert.ToBase64String(salt), value }, new { field = "ticket", gone = true } },
            }));
            var (ours, words) = await VerifyProgram.Run("open", file, "--policy", log.PolicyPath);
            Assert.True(exit == ours, words);
            using var python = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("python3", [VerifyProgram.RepositoryFile("tests/verify_log.py"), "--policy", log.PolicyPath, "--open", file]) { RedirectStandardOutput = true })!;
            var said = await python.StandardOutput.ReadToEndAsync();
            await python.WaitForExitAsync();
            Assert.True(exit == python.ExitCode, said);
            Assert.True(exit == 1 || (words.Contains("ticket: erased") && words.Contains("reason: Wegen der Kälte") && said.Contains("ticket: erased")), words + said);
        }
    }
}
