using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace OnBehalf.Transparency;

/// <summary>An HTTP answer of a witness.</summary>
public sealed record WitnessReply(int Status, string Body, string ContentType = "text/plain; charset=utf-8")
{
    /// <summary>The log signed what contradicts what it signed before, or cannot show that it does not: worth to be kept.</summary>
    public bool IsEvidence { get; init; }
}

/// <summary>
/// The witness itself (c2sp.org/tlog-witness): cosigns a checkpoint when it continues the one it cosigned last, which it keeps in one file for each log.
/// The file is on the disk before the answer is given, so that neither a crash nor a restart lets it cosign two histories of a log.
/// </summary>
public sealed class Witness : IDisposable
{
    private const string Marker = "witness";

    private readonly SignerKey _key;
    private readonly WitnessPolicy _logs;
    private readonly string _folder;
    private readonly TimeProvider _clock;
    private readonly Lock _one = new();
    private readonly FileStream _mine;

    /// <param name="key">A key of type <see cref="SignatureType.Cosignature"/>.</param>
    /// <param name="logs">The logs that it watches are those of the policy.</param>
    /// <param name="folder">What it remembers. Without it, the witness would believe any log anew.</param>
    /// <param name="isNew">Begins with an empty memory; otherwise the folder must hold that of this key.</param>
    /// <exception cref="IOException">The folder is in use, or not that of this witness.</exception>
    public Witness(SignerKey key, WitnessPolicy logs, string folder, TimeProvider clock, bool isNew)
    {
        if (key.Verifier.Type != SignatureType.Cosignature)
        {
            throw new IOException("The key of a witness is of type 4; make one with: key new --for witness.");
        }

        (_key, _logs, _folder, _clock) = (key, logs, folder, clock);
        var marker = Path.Combine(folder, Marker);
        if (isNew && !File.Exists(marker))
        {
            DurableFile.Replace(marker, Encoding.UTF8.GetBytes(key.Verifier + "\n"));
        }

        if (!File.Exists(marker) || File.ReadAllText(marker).TrimEnd('\n') != key.Verifier.ToString())
        {
            throw new IOException($"{folder} is not the memory of this witness. A lost memory lets a log rewrite its past; begin a new one on purpose only, with --new.");
        }

        _mine = new FileStream(Path.Combine(folder, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
    }

    /// <summary>Answers `add-checkpoint`.</summary>
    public WitnessReply AddCheckpoint(ReadOnlySpan<byte> body)
    {
        if (!WitnessRequest.TryParse(body, out var request) || !Checkpoint.TryParse(request!.Note.Text, out var checkpoint))
        {
            return new WitnessReply(400, "This is no request to add a checkpoint.\n");
        }

        var keys = _logs.Logs.Where(log => log.Key.Name == checkpoint!.Origin).Select(log => log.Key).ToList();
        if (keys.Count == 0)
        {
            return new WitnessReply(404, "This witness does not know the log.\n");
        }

        if (!keys.Any(request.Note.IsSignedBy))
        {
            return new WitnessReply(403, "No signature of the log holds.\n");
        }

        lock (_one)
        {
            return Add(request, checkpoint!);
        }
    }

    /// <summary>The checkpoint of this log that was cosigned last; null when there was none.</summary>
    /// <exception cref="IOException">What was remembered cannot be read: nothing of this log may be cosigned.</exception>
    public Checkpoint? Last(string origin)
    {
        var path = PathOf(origin);
        if (!File.Exists(path))
        {
            return null;
        }

        return SignedNote.TryParse(File.ReadAllBytes(path), out var note) && note!.IsSignedBy(_key.Verifier)
            && Checkpoint.TryParse(note.Text, out var checkpoint) && checkpoint!.Origin == origin
            ? checkpoint
            : throw new IOException($"{path} is damaged; nothing of {origin} is cosigned until it is put back.");
    }

    public void Dispose() => _mine.Dispose();

    private WitnessReply Add(WitnessRequest request, Checkpoint checkpoint)
    {
        var last = Last(checkpoint.Origin);
        if (request.OldSize > checkpoint.Size)
        {
            return new WitnessReply(400, "The old size is larger than the new one.\n");
        }

        var (size, root) = (last?.Size ?? 0, last?.Root ?? Merkle.EmptyRoot);
        if (request.OldSize != size || (size == checkpoint.Size && root != checkpoint.Root))
        {
            return new WitnessReply(409, string.Create(CultureInfo.InvariantCulture, $"{size}\n"), "text/x.tlog.size") { IsEvidence = size == checkpoint.Size && root != checkpoint.Root };
        }

        if (!Proofs.VerifyConsistency(size, checkpoint.Size, root, checkpoint.Root, request.Proof))
        {
            return new WitnessReply(422, "The log does not continue the one that was cosigned last.\n") { IsEvidence = true };
        }

        var signature = _key.Sign(request.Note.Text, _clock.GetUtcNow());
        DurableFile.Replace(PathOf(checkpoint.Origin), Encoding.UTF8.GetBytes(new SignedNote(request.Note.Text, [.. Own(request.Note), signature]).ToString()));
        return new WitnessReply(200, signature + "\n");
    }

    // Others may have signed too, and anybody may have added lines: the log's own are kept.
    private IEnumerable<NoteSignature> Own(SignedNote note) => note.Signatures.Where(signature => _logs.Logs.Any(log => signature.IsBy(log.Key)));

    private string PathOf(string origin) => Path.Combine(_folder, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(origin))) + ".checkpoint");
}
