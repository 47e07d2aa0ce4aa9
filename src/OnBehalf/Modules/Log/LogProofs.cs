using System.Globalization;
using System.Text;
using OnBehalf.Kernel;
using OnBehalf.Transparency;

namespace OnBehalf.Modules.Log;

/// <summary>The proof that an event stands in the log: a file that can be checked without asking the shop.</summary>
public sealed record LogProof(string Text, long Index, string Origin);

/// <summary>Makes proofs of single events, for those whom they concern.</summary>
public sealed class LogProofs(LogQueries log, LogTiles tiles)
{
    public static readonly Refusal Pending = Refusal.Conflict(
        "log.proof-pending", "The proof is not ready yet: what happens here is signed within a few seconds. Try again in a moment.");

    public static readonly Refusal NotKept = Refusal.Conflict(
        "log.not-kept", "There is no proof any more: this is older than the audit log of the shop is kept. Whoever kept the proof that came with the mail can still check it.");

    public static readonly Refusal OlderThanLog = Refusal.Conflict(
        "log.older-than-log", "There is no proof: this was brought along from an older shop, or is older than the audit log that proves itself. The first entry of the log holds one hash over all such events, not each by itself.");

    /// <summary>Why there is no proof of this event, and never will be; null when there is one, or will be soon.</summary>
    public async Task<Refusal?> WhyNone(Guid? id, CancellationToken cancel) =>
        id is null ? OlderThanLog : await log.Leaf(id.Value, cancel) is { } leaf ? leaf.Entry.Length == 0 ? NotKept : null : await log.IsPending(id.Value, cancel) ? null : OlderThanLog;

    /// <summary>The proof of this event against the newest checkpoint that covers it, with its witnesses if there is one; null while none does.</summary>
    public async Task<LogProof?> Of(Guid id, CancellationToken cancel)
    {
        if (await log.Leaf(id, cancel) is not { Entry.Length: > 0 } leaf || await log.CheckpointOver(leaf.Index, cancel) is not { } head || !SignedNote.TryParse(head.Note, out var note))
        {
            return null;
        }

        var path = await Proofs.Inclusion(leaf.Index, head.Size, tiles.Reader(head.Origin), cancel);
        return new LogProof(new TlogProof(leaf.Index, path, note!) { Extra = Encoding.UTF8.GetBytes(leaf.Entry) }.ToString(), leaf.Index, head.Origin);
    }

    /// <summary>"Entry 1,234 of the log shop.example.com/log, 8f3a61c0…" for paper, or that it is pending.</summary>
    public async Task<string> ShortForm(Guid id, CancellationToken cancel) =>
        await log.Leaf(id, cancel) is { } leaf && await log.Extent(cancel) is { } extent && leaf.Index < extent.Published
            ? Say($"Entry {leaf.Index:N0} of the log {extent.Origin}, {Convert.ToHexStringLower(leaf.Hash)[..16]}…")
            : Say("pending");
}
