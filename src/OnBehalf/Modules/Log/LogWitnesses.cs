using OnBehalf.Data;
using OnBehalf.Kernel;
using OnBehalf.Transparency;

namespace OnBehalf.Modules.Log;

/// <summary>
/// Shows each checkpoint to the witnesses of the policy, and publishes it with what they add. Always the newest one, all witnesses at once, each with five seconds:
/// who does not answer keeps nobody waiting but whoever wants his signature.
/// </summary>
internal sealed partial class LogWitnesses(Database database, LogPlace place, LogTiles tiles, LogFiles files, TimeProvider clock, ILogger<LogWitnesses> log) : IDisposable
{
    // Who cosigns and doubts in turn is told of so often.
    private static readonly TimeSpan UntilToldAgain = TimeSpan.FromHours(1);

    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(5), MaxResponseContentBufferSize = 65_536 };
    private readonly Lazy<WitnessPolicy?> _policy = new(() => files.Policy is { } file ? WitnessPolicy.Parse(File.ReadAllText(file)) : null);
    private readonly Dictionary<string, long> _known = new(StringComparer.Ordinal);
    private readonly WitnessDoubts _doubts = new();
    private readonly Dictionary<string, long> _told = new(StringComparer.Ordinal);
    private readonly Lock _one = new();
    private volatile Fork? _fork;
    private Published? _newest;
    private Task _work = Task.CompletedTask;

    public WitnessPolicy? Policy => _policy.Value;

    /// <summary>A witness has seen another log than this one; null when none says so. Nothing more is signed under that name until it is cleared up.</summary>
    public Refusal? ForkOf(Func<string> origin) => _fork is { } fork && fork.Origin == origin() ? fork.Why : null;

    /// <summary>Another leader was told so by a witness; it counts until that one cosigns again.</summary>
    public void Suspect(string origin, string sentence) => _fork ??= new Fork(origin, null, Refusal.Conflict(LogRefusals.WitnessAheadCode, Phrase.Made(sentence)));

    /// <summary>Comes back at once; <see cref="Settle"/> waits.</summary>
    public void Offer(Published published)
    {
        if (Policy is not { Witnesses.Count: > 0 })
        {
            tiles.Show(published.Head, published.Note.ToString());
            return;
        }

        lock (_one)
        {
            _newest = published;
            if (_work.IsCompleted)
            {
                _work = Task.Run(Work);
            }
        }
    }

    /// <summary>Comes back when all that was offered was shown.</summary>
    public Task Settle()
    {
        lock (_one)
        {
            return _work;
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task Work()
    {
        while (Next() is { } published)
        {
            try
            {
                await Show(published);
            }
            catch (Exception error)
            {
                // The next checkpoint is shown again.
                LogTrouble(log, error.Message);
            }
        }
    }

    private Published? Next()
    {
        lock (_one)
        {
            var next = _newest;
            _newest = null;
            return next;
        }
    }

    private async Task Show(Published published)
    {
        var (head, note) = (published.Head, published.Note);
        var client = new WitnessClient(_http);
        var answers = await Task.WhenAll(Policy!.Witnesses.Where(witness => witness.Url is not null).Select(async witness => (Witness: witness, Answer: await client.Cosign(
            witness.Key, witness.Url!, note, head.Size, _known.GetValueOrDefault(witness.Name),
            (from, cancel) => Proofs.Consistency(Math.Min(from, head.Size), head.Size, tiles.Reader(head.Origin), cancel)))));
        var doubts = new List<(Fork Fork, long Theirs)>();
        var cosigned = new Dictionary<string, NoteSignature>(StringComparer.Ordinal);
        foreach (var (witness, answer) in answers)
        {
            switch (answer)
            {
                case WitnessAnswer.Cosigned added:
                    note = note.With(added.Signature);
                    _known[witness.Name] = head.Size;
                    cosigned.Add(witness.Name, added.Signature);
                    break;
                case WitnessAnswer.KnowsOtherSize other when other.Size > head.Size && other.Size > await PublishedSize(head.Origin):
                    doubts.Add((new Fork(head.Origin, witness.Name, LogRefusals.WitnessAhead(witness.Name, other.Size, head.Size)), other.Size));
                    LogAhead(log, witness.Name, other.Size, head.Size);
                    break;
                case WitnessAnswer.Refused { Status: 422 }:
                    doubts.Add((new Fork(head.Origin, witness.Name, LogRefusals.WitnessDisagrees(witness.Name)), 0));
                    LogDisagrees(log, witness.Name, head.Size);
                    break;
                case WitnessAnswer.KnowsOtherSize other:
                    _known[witness.Name] = other.Size;
                    break;
                case WitnessAnswer.Refused refused:
                    LogRefused(log, witness.Name, refused.Status, refused.Why);
                    break;
            }
        }

        var isWitnessed = Policy.Judge(note, out _) is null;
        _doubts.Heard(head, doubts.Select(doubt => doubt.Fork.Witness!), cosigned.Keys);
        Settle(doubts.Select(doubt => doubt.Fork).LastOrDefault(fork => !IsOutweighed(fork.Witness!, published.Note, cosigned)), published.Note, cosigned);
        await Store(head, note, isWitnessed);
        if (_fork is null)
        {
            await Tell(doubts, head);
        }
    }

    // By enough of those who had cosigned all that was shown before the doubt arose: who was away may have missed what is gone.
    private bool IsOutweighed(string doubter, SignedNote note, IReadOnlyDictionary<string, NoteSignature> cosigned)
    {
        var steady = cosigned.Where(one => _doubts.HadSeenAll(one.Key, doubter)).ToList();
        return steady.Count > 0 && Policy!.Judge(steady.Aggregate(note, (signed, one) => signed.With(one.Value)), out _) is null;
    }

    // What a witness says is not signed, and its cosignature is: where enough others have cosigned who saw all before, the word of one who says otherwise does not stop
    // the log. It is said in the log itself, and to those who get alerts, once until that witness cosigns again, and once an hour when it wavers.
    private async Task Tell(IEnumerable<(Fork Fork, long Theirs)> doubts, Checkpoint head)
    {
        foreach (var (fork, theirs) in doubts)
        {
            var witness = fork.Witness!;
            if (_doubts.IsTold(witness) || (_told.TryGetValue(witness, out var at) && clock.GetElapsedTime(at) < UntilToldAgain))
            {
                continue;
            }

            await database.Record(Caller.Machine("log"), new WitnessDiffers(head.Origin, witness, theirs, head.Size));
            _doubts.Told(witness);
            _told[witness] = clock.GetTimestamp();
        }
    }

    // Another node may lead by now, and have shown more than this one knows.
    private async Task<long> PublishedSize(string origin)
    {
        await using var work = await place.Open(CancellationToken.None);
        return await work.Count("select coalesce(max(published), 0) from audit_tree where origin = @origin", CancellationToken.None, ("origin", origin));
    }

    // What a witness said stands until the same one cosigns, or it is outweighed, or the policy does not name it any more; of which one another leader does not tell, so
    // all have to.
    private void Settle(Fork? found, SignedNote note, IReadOnlyDictionary<string, NoteSignature> cosigned)
    {
        var named = Policy!.Witnesses.Where(witness => witness.Url is not null).Select(witness => witness.Name).ToList();
        if (found is not null)
        {
            _fork = found;
        }
        else if (_fork is { } before && (before.Witness is { } one
            ? cosigned.ContainsKey(one) || !named.Contains(one) || IsOutweighed(one, note, cosigned) : named.TrueForAll(cosigned.ContainsKey)))
        {
            _fork = null;
        }
    }

    private async Task Store(Checkpoint head, SignedNote note, bool isWitnessed)
    {
        await using var work = await place.Open(CancellationToken.None);
        using (await work.Database.WriterGate())
        {
            await work.Run(
                "update audit_checkpoint set note = @note, is_witnessed = @witnessed where origin = @origin and size = @size", CancellationToken.None,
                ("note", note.ToString()), ("witnessed", isWitnessed), ("origin", head.Origin), ("size", head.Size));
            if (isWitnessed)
            {
                await work.Run("update audit_tree set shown = @size where origin = @origin and shown < @size", CancellationToken.None, ("origin", head.Origin), ("size", head.Size));
            }
        }

        if ((await work.Rows(LogQueries.Shown, reader => (Size: reader.GetInt64(1), Note: reader.GetString(2)), CancellationToken.None)).FirstOrDefault() is { Note: { } shown } row && row.Size >= head.Size)
        {
            tiles.Show(head with { Size = row.Size }, shown);
        }
    }

    [LoggerMessage(LogLevel.Warning, "A checkpoint of the audit log could not be shown to witnesses: {Why}")]
    private static partial void LogTrouble(ILogger log, string why);

    [LoggerMessage(LogLevel.Warning, "Witness {Name} of the audit log did not cosign: {Status} {Why}")]
    private static partial void LogRefused(ILogger log, string name, int status, string why);

    private sealed record Fork(string Origin, string? Witness, Refusal Why);

    [LoggerMessage(LogLevel.Critical, "WITNESS {Name} OF THE AUDIT LOG HAS COSIGNED ANOTHER LOG, which the {Ours} entries here do not continue.")]
    private static partial void LogDisagrees(ILogger log, string name, long ours);

    [LoggerMessage(LogLevel.Critical, "WITNESS {Name} OF THE AUDIT LOG KNOWS {Theirs} ENTRIES, AND HERE ARE {Ours}: entries are gone, or another shop signs with this key.")]
    private static partial void LogAhead(ILogger log, string name, long theirs, long ours);
}
