using System.Buffers.Binary;
using System.Text;

namespace OnBehalf.Transparency;

/// <summary>One signature line of a note: the key's name and id, and what it signed with.</summary>
public sealed record NoteSignature(string Name, uint KeyId, byte[] Bytes)
{
    private const string Dash = "— ";

    /// <summary>`— name base64`, without the line break.</summary>
    public override string ToString()
    {
        var bytes = new byte[sizeof(uint) + Bytes.Length];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, KeyId);
        Bytes.CopyTo(bytes, sizeof(uint));
        return $"{Dash}{Name} {Convert.ToBase64String(bytes)}";
    }

    public static bool TryParse(string line, out NoteSignature? signature)
    {
        signature = null;
        var parts = line.StartsWith(Dash, StringComparison.Ordinal) ? line[Dash.Length..].Split(' ') : [];
        if (parts.Length != 2 || !VerifierKey.IsName(parts[0]) || Base64.Decode(parts[1]) is not { Length: > sizeof(uint) } bytes)
        {
            return false;
        }

        signature = new NoteSignature(parts[0], BinaryPrimitives.ReadUInt32BigEndian(bytes), bytes[sizeof(uint)..]);
        return true;
    }

    public bool IsBy(VerifierKey key) => key.Name == Name && key.Id == KeyId;
}

/// <summary>A text with signatures (c2sp.org/signed-note). Nothing of the text may be believed before a trusted key has been found among them.</summary>
public sealed record SignedNote
{
    /// <summary>The longest note that is read, in bytes.</summary>
    public const int Longest = 1_000_000;

    /// <summary>The most signatures that are read.</summary>
    public const int MostSignatures = 100;

    /// <exception cref="FormatException">The text does not end with a line break, or has other control characters.</exception>
    public SignedNote(string text, IReadOnlyList<NoteSignature> signatures)
    {
        if (!text.EndsWith('\n') || text.Any(letter => letter < ' ' && letter != '\n'))
        {
            throw new FormatException("The text of a note ends with a line break and has no other control characters.");
        }

        (Text, Signatures) = (text, signatures);
    }

    /// <summary>What is signed, with its last line break.</summary>
    public string Text { get; }

    public IReadOnlyList<NoteSignature> Signatures { get; }

    /// <summary>Signs a text with each of these keys.</summary>
    public static SignedNote Sign(string text, DateTimeOffset time, params ReadOnlySpan<SignerKey> keys)
    {
        var signatures = new List<NoteSignature>();
        foreach (var key in keys)
        {
            signatures.Add(key.Sign(text, time));
        }

        return new SignedNote(text, signatures);
    }

    /// <summary>Reads bytes as they come from a file or over the network.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out SignedNote? note)
    {
        note = null;
        return bytes.Length <= Longest && Base64.ReadUtf8(bytes) is { } text && TryParse(text, out note);
    }

    public static bool TryParse(string? text, out SignedNote? note)
    {
        note = null;
        var split = text?.LastIndexOf("\n\n", StringComparison.Ordinal) ?? -1;
        if (text is null || text.Length > Longest || split < 0 || !text.EndsWith('\n') || text.Any(letter => letter < ' ' && letter != '\n'))
        {
            return false;
        }

        var signatures = new List<NoteSignature>();
        var lines = text[(split + 2)..];
        foreach (var line in lines.Length == 0 ? [] : lines[..^1].Split('\n'))
        {
            if (signatures.Count == MostSignatures || !NoteSignature.TryParse(line, out var signature))
            {
                return false;
            }

            signatures.Add(signature!);
        }

        note = signatures.Count == 0 ? null : new SignedNote(text[..(split + 1)], signatures);
        return note is not null;
    }

    /// <summary>The note with one more signature; what the same key had signed before is replaced.</summary>
    public SignedNote With(NoteSignature signature) =>
        new(Text, [.. Signatures.Where(other => other.Name != signature.Name || other.KeyId != signature.KeyId), signature]);

    /// <summary>Whether the key signed it. False also if any line in its name does not hold.</summary>
    public bool IsSignedBy(VerifierKey key)
    {
        var lines = Signatures.Where(signature => signature.IsBy(key)).ToList();
        return lines.Count > 0 && lines.All(signature => key.Verify(Text, signature.Bytes));
    }

    /// <summary>Whether a line in the name of this key does not hold.</summary>
    public bool IsForged(VerifierKey key) => Signatures.Any(signature => signature.IsBy(key) && !key.Verify(Text, signature.Bytes));

    /// <summary>When this witness says that it cosigned, in seconds since 1970, or null.</summary>
    public long? TimeOf(VerifierKey witness) => Signatures.FirstOrDefault(signature => signature.IsBy(witness)) is { } signature ? witness.TimeOf(signature.Bytes) : null;

    public override string ToString()
    {
        var text = new StringBuilder(Text).Append('\n');
        foreach (var signature in Signatures)
        {
            text.Append(signature).Append('\n');
        }

        return text.ToString();
    }
}
