using OnBehalf.Data;
using OnBehalf.Kernel;
using OnBehalf.Modules.Settings;
using OnBehalf.Transparency;

namespace OnBehalf.Modules.Log;

/// <summary>
/// Keeps the log on the node that has the place: gives events their leaves, and publishes signed checkpoints with their tiles. One round at a time. What fails is
/// tried again from what the database says: nothing of a round counts before its transaction.
/// </summary>
internal sealed partial class LogLeader(
    Database database, LogPlace place, LogSigner signer, LogTiles tiles, LogWitnesses witnesses, LogFiles files, ShopSettings settings, TimeProvider clock, ILogger<LogLeader> log) : IAsyncDisposable
{
    private static readonly Caller Self = Caller.Machine("log");
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan UntilAskedAgain = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _one = new(1, 1);
    private WorkConnection? _work;
    private Sequencer? _sequencer;
    private Publisher? _publisher;
    private long _publishedAt;
    private long _askedAt;
    private string? _trouble;
    private Code? _stoppedBy;
    private bool _saysNoKey;
    private bool _isJudged;

    /// <summary>Takes what waits, and publishes where it has grown.</summary>
    /// <param name="atOnce">Without waiting until a second has passed since the last checkpoint.</param>
    /// <returns>Whether this node leads.</returns>
    public async Task<bool> Round(bool atOnce, CancellationToken cancel)
    {
        await _one.WaitAsync(cancel);
        try
        {
            if (!await Lead(cancel))
            {
                return false;
            }

            for (var taken = Sequencer.Most; taken == Sequencer.Most || (taken > 0 && atOnce);)
            {
                var leaves = await _sequencer!.Next(cancel);
                _publisher!.Add(leaves);
                taken = leaves.Count;
                await PublishIfDue(atOnce && taken < Sequencer.Most, cancel);
            }

            return true;
        }
        catch
        {
            await StepDown();
            throw;
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Gives the place to another node.</summary>
    public async Task Leave()
    {
        await _one.WaitAsync();
        try
        {
            await StepDown();
        }
        finally
        {
            _one.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Leave();
        _one.Dispose();
    }

    private async Task<bool> Lead(CancellationToken cancel)
    {
        if (_work is not null)
        {
            return true;
        }

        if ((_work = await place.Take(cancel)) is null)
        {
            return false;
        }

        _sequencer = new Sequencer(_work);
        await _sequencer.Load(cancel);
        if (await Begin(cancel) is { } refusal)
        {
            if (!_saysNoKey)
            {
                LogRefused(log, refusal.Sentence);
                _saysNoKey = true;
            }

            await StepDown();
            return false;
        }

        _publisher = await Publisher.Open(_work, tiles, signer, cancel);
        const string Trouble = "select coalesce(trouble, ''), coalesce(trouble_code, '') from audit_tree";
        var (sentence, code) = (await _work.Rows(Trouble, reader => (reader.GetString(0), reader.GetString(1)), cancel))[0];
        _trouble = sentence.Length == 0 ? null : sentence;
        if (code == LogRefusals.WitnessAheadCode && witnesses.Policy is { Witnesses.Count: > 0 })
        {
            witnesses.Suspect(signer.Verifier.Name, sentence);
        }

        return true;
    }

    // The first leader makes the key, and says in the log where it begins.
    private async Task<Refusal?> Begin(CancellationToken cancel)
    {
        var origin = (await _work!.Rows("select origin from audit_tree", reader => reader.GetString(0), cancel))[0];
        if (!signer.HasKey)
        {
            if (origin.Length > 0 || _sequencer!.Tree.Size > 0)
            {
                return LogRefusals.NoKey;
            }

            signer.Create(files.Origin ?? LogSigner.NameOf(await settings.Get(ShopSettings.ShopAddress, cancel)));
            LogKeyMade(log, signer.KeyFile, signer.Verifier.ToString());
        }

        const string Began = "select count(*) from audit_pending p join audit_event e on e.seq = p.seq where e.name = 'log.began'";
        if (_sequencer!.Tree.Size == 0 && await _work.Count(Began, cancel) == 0)
        {
            var (count, first, last, hash) = await _sequencer.Older(cancel);
            var key = signer.Verifier;
            await database.Record(Self, new LogBegan(key.Name, key.ToString(), count, first, last, hash), cancel);
        }

        return null;
    }

    private async Task PublishIfDue(bool atOnce, CancellationToken cancel)
    {
        if (witnesses.ForkOf(() => signer.Verifier.Name) is { } fork)
        {
            await AskAgain(cancel);
            await Stop(fork, cancel);
            return;
        }

        if (!_publisher!.HasGrown(_sequencer!.Tree))
        {
            // Also a shop in which nothing happens may be of yesterday.
            if (!_isJudged && await _publisher.Judge(_sequencer.Tree, cancel) is { } older)
            {
                await Stop(older, cancel);
            }

            _isJudged = true;
            return;
        }

        if (!atOnce && _publishedAt != 0 && clock.GetElapsedTime(_publishedAt) < Pause)
        {
            return;
        }

        _publishedAt = clock.GetTimestamp();
        var outcome = await _publisher.Publish(_sequencer.Tree, clock.GetUtcNow(), witnesses.Policy is { Witnesses.Count: > 0 }, cancel);
        if (outcome.Refusal is { } refusal)
        {
            await Stop(refusal, cancel);
            return;
        }

        (_trouble, _stoppedBy) = (null, null);
        witnesses.Offer(outcome.Value);
    }

    // The shop goes on; nothing is signed until somebody has looked.
    private async Task Stop(Refusal refusal, CancellationToken cancel)
    {
        if (_stoppedBy == refusal.Code)
        {
            return;
        }

        var isNew = _trouble is null;
        using (await database.WriterGate(cancel))
        {
            await _work!.Run("update audit_tree set trouble = @trouble, trouble_code = @code", cancel, ("trouble", refusal.Sentence.ToString()), ("code", refusal.Code));
        }

        (_trouble, _stoppedBy) = (refusal.Sentence, refusal.Code);
        LogRefused(log, refusal.Sentence);
        if (isNew)
        {
            var last = signer.Last ?? new Checkpoint(signer.Verifier.Name, 0, Merkle.EmptyRoot);
            await database.Record(Self, new LogStopped(last.Origin, refusal.Code, last.Size, last.Root.ToString(), _sequencer!.Tree.Size), cancel);
        }
    }

    // A witness may have been wrong, or be another one now: it is shown what was signed last once a minute, until it cosigns.
    private async Task AskAgain(CancellationToken cancel)
    {
        if (_askedAt != 0 && clock.GetElapsedTime(_askedAt) < UntilAskedAgain)
        {
            return;
        }

        _askedAt = clock.GetTimestamp();
        var last = await _work!.Rows("select note from audit_checkpoint where origin = @origin order by size desc limit 1", reader => reader.GetString(0), cancel, ("origin", signer.Verifier.Name));
        if (last is [var text] && SignedNote.TryParse(text, out var note) && Checkpoint.TryParse(note!.Text, out var head))
        {
            witnesses.Offer(new Published(head!, note));
        }
    }

    private async Task StepDown()
    {
        var work = _work;
        (_work, _sequencer, _publisher, _isJudged, _askedAt) = (null, null, null, false, 0);
        if (work is not null)
        {
            await LogPlace.Leave(work);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The audit log has a new key: {File}. BACK UP THIS FOLDER, apart from the database and its backups: without it the log cannot go on under its name. Auditors need: {Key}")]
    private static partial void LogKeyMade(ILogger log, string file, string key);

    [LoggerMessage(LogLevel.Critical, "THE AUDIT LOG STANDS STILL. {Why}")]
    private static partial void LogRefused(ILogger log, string why);
}
