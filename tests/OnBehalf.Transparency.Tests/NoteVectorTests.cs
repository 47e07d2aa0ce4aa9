namespace OnBehalf.Transparency.Tests;

/// <summary>Signatures that others made. Each says where it is published.</summary>
public sealed class NoteVectorTests
{
    // golang.org/x/mod/sumdb/note/note_test.go
    private const string PeterSecret = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
    private const string Peter = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
    private const string Enoch = "EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop";
    private const string Text = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
    private const string PeterLine = "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
    private const string EnochLine = "— EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=\n";

    public static TheoryData<string, string, string> Notes => new()
    {
        {
            "c2sp.org/signed-note, verifier keys", "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
            "This is an example message.\n\n— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n"
        },
        { "golang.org/x/mod/sumdb/note", Peter, $"{Text}\n{PeterLine}{EnochLine}" },
        {
            "the Go checksum database at 63,096,908 modules", "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8",
            "go.sum database tree\n63096908\n8lHrQPRYe4KT4WQ9/Qk8/taKnD6IRHbFgfN7vQE2Y54=\n\n— sum.golang.org Az3gri/oVBN1jAhNZ/iS+W31psFAWRT20/GyrhpU6taFwulQGetBkH5S7wpGXdS935jiIGiUUAXBVHzT/P6fYhqAmAk=\n"
        },
        {
            "Rekor's ECDSA key in github.com/transparency-dev/formats/note/note_verifier_test.go",
            "rekor.sigstore.dev+c0d23d6a+AjBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABNhtmPtrWm3U1eQXBogSMdGvXwBcK5AW5i0hrZLOC96l+smGNM7nwZ4QvFK/4sueRoVj//QP22Ni4Qt9DPfkWLc=",
            "Rekor\n798034\nf+7CoKgXKE/tNys9TTXcr/ad6U/K3xvznmzew9y6SP0=\n\n— rekor.sigstore.dev wNI9ajBEAiARInWIWyCdyG27CO6LPnPekyw20qO0YJfoaPaowGp/XgIgc+qEHS3+GKVClgqq20uDLet7MCoTURUCRdxwWBHHufk=\n"
        },
        {
            "Pixel's ECDSA key, in the same file",
            "pixel6_transparency_log+91c16e30+AjBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABN+4x0Jk1yTwvLFI9A4NDdGZcX0aiWVdWM5XJVy0M4VWD3AvyW5Q6Hs9A0mcDkpUoYgn+KKPNzFC0H3nN3q6JQ8=",
            "DEFAULT\n10\nbsWRucJU5xJPHb5eBdOm6+DM+VelCZBuvtI3sHERJ9Y=\n\n— pixel6_transparency_log kcFuMDBFAiEAhqMAP8P6qf6QxtUJhzMhbN+MbZ9dwfUHzGQJmffJHtoCIGD0cNe47dHWBoPwYdgBCepB06/+g5O1FmYjXl06owL4\n"
        },
    };

    [Theory]
    [MemberData(nameof(Notes))]
    public void A_note_that_somebody_else_signed_is_accepted_and_one_letter_more_is_not(string source, string vkey, string text)
    {
        Assert.NotEmpty(source);
        var key = VerifierKey.Parse(vkey);
        Assert.Equal(vkey, key.ToString());
        Assert.True(SignedNote.TryParse(text, out var note));
        Assert.Equal(text, note!.ToString());
        Assert.True(note.IsSignedBy(key));
        Assert.False(new SignedNote("x" + note.Text, note.Signatures).IsSignedBy(key));
    }

    [Fact]
    public void Signing_gives_the_very_bytes_that_Go_gives()
    {
        using var key = SignerKey.Parse(PeterSecret);
        Assert.Equal(PeterSecret, key.ToString());
        Assert.Equal(Peter, key.Verifier.ToString());
        Assert.Equal($"{Text}\n{PeterLine}", SignedNote.Sign(Text, default, key).ToString());
    }

    [Fact]
    public void A_mangled_key_is_no_key()
    {
        for (var i = 0; i < Peter.Length; i++)
        {
            Assert.False(VerifierKey.TryParse(Peter[..i], out _));
            Assert.False(VerifierKey.TryParse(Peter[(i + 1)..], out _));
            Assert.False(VerifierKey.TryParse(Peter[..i] + (char)(Peter[i] + 1) + Peter[(i + 1)..], out _));
        }

        for (var i = 0; i < PeterSecret.Length; i++)
        {
            Assert.Throws<FormatException>(() => SignerKey.Parse(PeterSecret[..i]));
            Assert.Throws<FormatException>(() => SignerKey.Parse(PeterSecret[..i] + (char)(PeterSecret[i] + 1) + PeterSecret[(i + 1)..]));
        }

        Assert.False(VerifierKey.TryParse("PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==", out _));
        Assert.False(VerifierKey.TryParse("PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW", out _));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("without a blank line\n" + EnochLine)]
    [InlineData(Text)]
    [InlineData(Text + "\n")]
    [InlineData("\x01" + Text + "\n" + PeterLine)]
    [InlineData(Text + "\n— Bad Name x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n")]
    [InlineData(Text + "\n" + PeterLine + "Unexpected line.\n")]
    [InlineData(Text + "\n— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAN=\n")]
    public void What_is_no_note_is_refused(string text) => Assert.False(SignedNote.TryParse(text, out _));

    [Fact]
    public void A_known_key_beside_one_that_does_not_hold_is_told_from_an_unknown_one()
    {
        var (peter, enoch) = (VerifierKey.Parse(Peter), VerifierKey.Parse(Enoch));
        Assert.True(SignedNote.TryParse($"{Text}\n{PeterLine}{EnochLine.Replace("5n2t", "5n2u")}", out var note));
        Assert.True(note!.IsSignedBy(peter));
        Assert.False(note.IsSignedBy(enoch));
        Assert.True(note.IsForged(enoch));
        Assert.False(note.IsForged(peter));
    }

    [Fact]
    public void The_example_of_a_cosignature_has_the_time_that_its_specification_says()
    {
        // c2sp.org/tlog-cosignature publishes no key for it, so only its form can be checked.
        Assert.True(NoteSignature.TryParse("— witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==", out var signature));
        Assert.Equal(0x8d66cf3f, signature!.KeyId);
        var witness = VerifierKey.Parse("remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2");
        Assert.Equal(SignatureType.Cosignature, witness.Type);
        Assert.Equal(1679315147, witness.TimeOf(signature.Bytes));
    }

    [Fact]
    public void The_checkpoints_that_the_witness_of_torchwood_is_tested_with_are_signed_and_consistent()
    {
        // github.com/FiloSottile/torchwood/internal/witness/witness_test.go, made by sigsum's tools.
        const string Origin = "sigsum.org/v1/tree/4d6d8825a6bb689d459628312889dfbb0bcd41b5211d9e1ce768b0ff0309e562";
        var key = VerifierKey.Of(Origin, SignatureType.Ed25519, Convert.FromHexString("ffdc2d4d98e4124d3feaf788c0c2f9abfd796083d1f0495437f302ec79cf100f"));
        (string Body, long Size)[] requests =
        [
            ($"old 0\n\n{Origin}\n1\nKgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n\n— {Origin} UgIom7fPZTqpxWWhyjWduBvTvGVqsokMbqTArsQilegKoFBJQjUFAmQ0+YeSPM3wfUQMFSzVnnNuWRTYrajXpNUbIQY=\n", 1),
            ($"old 1\nKgEAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\nKgIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n\n{Origin}\n3\nRcCI1Nk56ZcSmIEfIn0SleqtV7uvrlXNccFx595Iwl0=\n\n— {Origin} UgIom2VbtIcdFbwFAy1n7s6IkAxIY6J/GQOTuZF2ORV39d75cbAj2aQYwyJre36kezNobZs4SUUdrcawfAB8WVrx6go=\n", 3),
            ($"old 1\nKgEAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n+fUDV+k970B4I3uKrqJM4aP1lloPZP8mvr2Z4wRw2LI=\nKgQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n\n{Origin}\n5\nQrtXrQZCCvpIgsSmOsah7HdICzMLLyDfxToMql9WTjY=\n\n— {Origin} UgIomw/EOJmWi0i1FQsOj+etB7F8IccFam/jgd6wzRns4QPVmyEZtdvl1U2KEmLOZ/ASRcWJi0tW90dJWAShei7sDww=\n", 5),
        ];
        var first = new Hash();
        foreach (var (body, size) in requests)
        {
            Assert.True(WitnessRequest.TryParse(System.Text.Encoding.UTF8.GetBytes(body), out var request));
            Assert.Equal(body, request!.ToString());
            Assert.True(request.Note.IsSignedBy(key));
            Assert.True(Checkpoint.TryParse(request.Note.Text, out var checkpoint));
            Assert.Equal(size, checkpoint!.Size);
            first = size == 1 ? checkpoint.Root : first;
            Assert.True(size == 1 || Proofs.VerifyConsistency(1, size, first, checkpoint.Root, request.Proof));
        }
    }
}
