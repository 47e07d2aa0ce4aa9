using System.Globalization;
using System.Text;
using OnBehalf.Transparency;

namespace OnBehalf.Verify;

/// <summary>Checks one receipt: a proof that stands by itself, or a node's promise against the log.</summary>
internal static class ReceiptCheck
{
    /// <param name="text">A `.tlog-proof`, or what a response had in its header `Audit-Receipt`.</param>
    /// <param name="entry">The entry, for a proof that does not bring it along.</param>
    /// <param name="folder">A mirror of the log, to look for the promised leaf in.</param>
    /// <param name="nodes">Keys of nodes that are trusted by other means.</param>
    public static async Task<(Answer Answer, string Words)> Run(
        string text, WitnessPolicy policy, byte[]? entry, string? folder, IReadOnlyList<VerifierKey> nodes, CancellationToken cancel = default, DateTimeOffset? at = null)
    {
        var now = at ?? TimeProvider.System.GetUtcNow();
        if (TlogProof.TryParse(text, out var proof))
        {
            return Judge(proof!, policy, entry ?? proof!.Extra);
        }

        var line = text.Trim();
        line = line.StartsWith(Receipt.HeaderName + ":", StringComparison.OrdinalIgnoreCase) ? line[(Receipt.HeaderName.Length + 1)..].Trim() : line;
        return Receipt.TryParse(line, out var receipt)
            ? await Judge(receipt!, policy, folder, nodes, now, cancel)
            : (Answer.NotChecked, "This is neither a proof (c2sp.org/tlog-proof@v1) nor a receipt (v1.…).");
    }

    private static (Answer Answer, string Words) Judge(TlogProof proof, WitnessPolicy policy, byte[]? entry)
    {
        if (entry is null)
        {
            return (Answer.NotChecked, "The proof does not bring its entry along: give it with --entry.");
        }

        if (proof.Judge(Merkle.LeafHash(entry), policy) is { } why)
        {
            return (Answer.NotProved, why);
        }

        var origin = Checkpoint.TryParse(proof.Note.Text, out var checkpoint) ? checkpoint!.Origin : "";
        var witnesses = policy.Cosigned(proof.Note).Select(witness => witness.Name).ToList();
        return (Answer.Proved, string.Create(CultureInfo.InvariantCulture,
            $"This stands at index {proof.Index} of {origin}, cosigned by {(witnesses.Count == 0 ? "nobody" : string.Join(", ", witnesses))}:\n{Encoding.UTF8.GetString(entry)}"));
    }

    private static async Task<(Answer Answer, string Words)> Judge(Receipt receipt, WitnessPolicy policy, string? folder, IReadOnlyList<VerifierKey> nodes, DateTimeOffset now, CancellationToken cancel)
    {
        if (receipt.Time > now.ToUnixTimeSeconds() + (long)LogCheck.Tolerance.TotalSeconds)
        {
            return (Answer.NotProved, "The receipt is of the future: a node whose clock is wrong, or who wants the log never to be late.");
        }

        if (folder is null)
        {
            return Signer(receipt, policy, nodes) is { } known
                ? (Answer.NotChecked, $"{known.Name} promised event {receipt.Event:D}. Whether the log holds it is seen with --dir.")
                : (Answer.NotChecked, "Whose promise this is can be seen with --dir and a mirror of the log, or with --node-key.");
        }

        var check = new LogCheck(folder, policy) { Wanted = receipt.Event };
        var verdict = await check.Run(cancel);
        if (verdict.Answer != Answer.Proved)
        {
            return (verdict.Answer, verdict.ToString());
        }

        var believed = check.NodeKeys.Where(key => !check.RevokedKeys.TryGetValue(key.ToString(), out var since) || receipt.Time < since);
        if (Signer(receipt, policy, [.. nodes, .. believed]) is not { } node)
        {
            return (Answer.NotProved, string.Create(CultureInfo.InvariantCulture, $"No node that the log certifies signed this receipt (key {receipt.KeyId:x8})."));
        }

        if (check.Found is { } found)
        {
            return found.Hash == receipt.Leaf
                ? (Answer.Proved, $"The log holds event {receipt.Event:D} at index {found.Leaf}, as {node.Name} promised.")
                : (Answer.NotProved, $"leaf {found.Leaf} (event {receipt.Event:D}): the log holds another entry than {node.Name} promised.");
        }

        if (check.IsCut)
        {
            return (Answer.NotChecked, "The log does not keep its first entries any more, and does not hold this one among the others: whether it held it cannot be seen.");
        }

        return check.NewestSeconds <= receipt.Time + (long)LogCheck.Tolerance.TotalSeconds
            ? (Answer.NotChecked, "The mirror may be older than the receipt: mirror the log again.")
            : (Answer.NotProved, $"{node.Name} promised event {receipt.Event:D}, and the log does not hold it though it holds later ones.");
    }

    private static VerifierKey? Signer(Receipt receipt, WitnessPolicy policy, IEnumerable<VerifierKey> nodes) =>
        nodes.FirstOrDefault(node => policy.Logs.Any(log => receipt.IsBy(node, log.Key.Name)));
}
