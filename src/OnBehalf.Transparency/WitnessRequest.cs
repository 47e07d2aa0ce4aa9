using System.Globalization;
using System.Text;

namespace OnBehalf.Transparency;

/// <summary>The body of `POST add-checkpoint` (c2sp.org/tlog-witness): the size the witness cosigned last, the proof from there, and the new checkpoint.</summary>
public sealed record WitnessRequest(long OldSize, IReadOnlyList<Hash> Proof, SignedNote Note)
{
    /// <summary>More bytes than any request needs that does not carry a hundred signatures of others.</summary>
    public const int Longest = 65_536;

    private const string OldWord = "old ";

    public static bool TryParse(ReadOnlySpan<byte> body, out WitnessRequest? request)
    {
        request = null;
        var text = body.Length <= Longest ? Base64.ReadUtf8(body) : null;
        var split = text?.IndexOf("\n\n", StringComparison.Ordinal) ?? -1;
        if (split < 0 || !SignedNote.TryParse(text![(split + 2)..], out var note))
        {
            return false;
        }

        var lines = text[..split].Split('\n');
        if (lines.Length > Proofs.MostHashes + 1 || !lines[0].StartsWith(OldWord, StringComparison.Ordinal) || !Base64.TryReadNumber(lines[0].AsSpan(OldWord.Length), out var old))
        {
            return false;
        }

        var proof = new List<Hash>();
        foreach (var line in lines.Skip(1))
        {
            if (!Hash.TryParse(line, out var hash))
            {
                return false;
            }

            proof.Add(hash);
        }

        request = new WitnessRequest(old, proof, note!);
        return true;
    }

    public override string ToString()
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{OldWord}{OldSize}\n");
        foreach (var hash in Proof)
        {
            text.Append(hash).Append('\n');
        }

        return text.Append('\n').Append(Note).ToString();
    }
}
