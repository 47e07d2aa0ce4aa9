using System.Globalization;
using System.Text;

namespace OnBehalf.Transparency;

/// <summary>
/// A file that proves by itself that an entry is in a log (c2sp.org/tlog-proof@v1): the index, the way to the root, and the signed checkpoint with what
/// witnesses said. Here the extra data are the entry itself, so that the file can be read; they count only because they hash to the leaf.
/// </summary>
public sealed record TlogProof(long Index, IReadOnlyList<Hash> Path, SignedNote Note)
{
    /// <summary>The ending of such files.</summary>
    public const string FileExtension = ".tlog-proof";

    private const string Header = "c2sp.org/tlog-proof@v1";
    private const string ExtraWord = "extra ";
    private const string IndexWord = "index ";

    /// <summary>The entry, where the file brings it along. Not to be believed before <see cref="Judge"/> said yes to its leaf hash.</summary>
    public byte[]? Extra { get; init; }

    public static bool TryParse(string? text, out TlogProof? proof)
    {
        proof = null;
        var split = text?.IndexOf("\n\n", StringComparison.Ordinal) ?? -1;
        if (text is null || split < 0 || text.Length > 2 * SignedNote.Longest || !SignedNote.TryParse(text[(split + 2)..], out var note))
        {
            return false;
        }

        var lines = text[..split].Split('\n').AsSpan();
        if (lines[0] != Header || lines.Length < 2)
        {
            return false;
        }

        byte[]? extra = null;
        lines = lines[1..];
        if (lines[0].StartsWith(ExtraWord, StringComparison.Ordinal))
        {
            extra = Base64.Decode(lines[0][ExtraWord.Length..]);
            lines = lines[1..];
            if (extra is null)
            {
                return false;
            }
        }

        if (lines.Length is 0 or > Proofs.MostHashes + 1 || !lines[0].StartsWith(IndexWord, StringComparison.Ordinal)
            || !Base64.TryReadNumber(lines[0].AsSpan(IndexWord.Length), out var index))
        {
            return false;
        }

        var path = new List<Hash>();
        foreach (var line in lines[1..])
        {
            if (!Hash.TryParse(line, out var hash))
            {
                return false;
            }

            path.Add(hash);
        }

        proof = new TlogProof(index, path, note!) { Extra = extra };
        return true;
    }

    /// <summary>Why it is not proved that this leaf is in a log of the policy, in words; null when it is.</summary>
    public string? Judge(in Hash leaf, WitnessPolicy policy)
    {
        if (policy.Judge(Note, out var checkpoint) is { } why)
        {
            return why;
        }

        return Proofs.VerifyInclusion(Index, checkpoint!.Size, leaf, Path, checkpoint.Root)
            ? null
            : $"this entry does not stand at index {Index} of the log with {checkpoint.Size} entries that was signed";
    }

    public override string ToString()
    {
        var text = new StringBuilder(Header).Append('\n');
        if (Extra is not null)
        {
            text.Append(ExtraWord).Append(Convert.ToBase64String(Extra)).Append('\n');
        }

        text.Append(CultureInfo.InvariantCulture, $"{IndexWord}{Index}\n");
        foreach (var hash in Path)
        {
            text.Append(hash).Append('\n');
        }

        return text.Append('\n').Append(Note).ToString();
    }
}
