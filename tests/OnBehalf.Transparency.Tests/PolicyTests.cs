namespace OnBehalf.Transparency.Tests;

/// <summary>Policies as c2sp.org/tlog-policy writes them.</summary>
public sealed class PolicyTests
{
    private static readonly SignerKey Log = WrittenLog.Log;

    private static readonly SignerKey[] Witnesses = [.. Enumerable.Range(1, 6).Select(i => SignerKey.Generate($"w{i}.example", SignatureType.Cosignature))];

    // The example of the specification: two of X1 to X3, and any of Y1 to Y3.
    private static readonly string Example = $"""
        # An example.
        log {Log.Verifier} https://shop.example/log

        witness X1 {Witnesses[0].Verifier}
        witness X2 {Witnesses[1].Verifier}  https://x2.example
        {'\t'}witness X3 {Witnesses[2].Verifier}
        group X-witnesses 2 X1 X2 X3
        witness Y1 {Witnesses[3].Verifier}
        witness Y2 {Witnesses[4].Verifier}
        witness Y3 {Witnesses[5].Verifier}
        group Y-witnesses any Y1 Y2 Y3
        group X-and-Y all X-witnesses Y-witnesses
        quorum X-and-Y

        """;

    [Theory]
    [InlineData("", false)]
    [InlineData("0 1", false)]
    [InlineData("0 3", false)]
    [InlineData("3 4 5", false)]
    [InlineData("0 2 4", true)]
    [InlineData("0 1 2 3 4 5", true)]
    public void A_quorum_of_groups_is_met_by_enough_of_each(string signed, bool isMet)
    {
        var policy = WitnessPolicy.Parse(Example);
        var keys = signed.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(number => Witnesses[int.Parse(number)]);
        var note = SignedNote.Sign(new Checkpoint(WrittenLog.Origin, 1, Merkle.EmptyRoot).ToString(), DateTimeOffset.UnixEpoch, [Log, .. keys]);
        Assert.Equal(isMet, policy.Judge(note, out _) is null);
        Assert.Equal("https://x2.example", policy.Witnesses.Single(witness => witness.Name == "X2").Url);
        Assert.Equal("https://shop.example/log", policy.Logs[0].Url);
    }

    [Fact]
    public void A_log_counts_under_its_own_name_only_and_a_witness_is_no_log()
    {
        var policy = WitnessPolicy.Parse(Example);
        var other = SignedNote.Sign(new Checkpoint("other.example/log", 1, Merkle.EmptyRoot).ToString(), DateTimeOffset.UnixEpoch, [Log, .. Witnesses]);
        Assert.Contains("knows no log", policy.Judge(other, out _));
        var unsigned = SignedNote.Sign(new Checkpoint(WrittenLog.Origin, 1, Merkle.EmptyRoot).ToString(), DateTimeOffset.UnixEpoch, Witnesses);
        Assert.Contains("signature of the log", policy.Judge(unsigned, out _));
    }

    [Theory]
    [InlineData("", "no line")]
    [InlineData("quorum nobody\n", "Line 1")]
    [InlineData("quorum none\nquorum none\n", "Line 2")]
    [InlineData("group g any a\nquorum none\n", "not defined")]
    [InlineData("log x\nquorum none\n", "no key of a log")]
    [InlineData("witness a x\nquorum none\n", "no key of a witness")]
    [InlineData("hello\n", "not log, witness")]
    [InlineData("quorum none\r\n", "control characters")]
    public void What_is_no_policy_is_refused_with_its_line(string text, string words) => Assert.Contains(words, Assert.Throws<FormatException>(() => WitnessPolicy.Parse(text)).Message);

    [Fact]
    public void A_key_or_a_member_stands_in_a_policy_once()
    {
        var (log, first, second) = (Log.Verifier, Witnesses[0].Verifier, Witnesses[1].Verifier);
        Refused($"log {log}\nlog {log}\nquorum none\n");
        Refused($"witness a {first}\nwitness b {first}\nquorum none\n");
        Refused($"witness a {first}\nwitness a {second}\nquorum none\n");
        Refused($"witness none {first}\nquorum none\n");
        Refused($"witness a {first}\nwitness b {second}\ngroup g any a b\ngroup h any a\nquorum h\n");
        Refused($"witness a {first}\ngroup g 2 a\nquorum g\n");
        Refused($"witness a {first}\ngroup g 0 a\nquorum g\n");
        Refused($"log {first}\nquorum none\n");
        Refused($"witness a {log}\nquorum none\n");

        static void Refused(string text) => Assert.Throws<FormatException>(() => WitnessPolicy.Parse(text));
    }
}
