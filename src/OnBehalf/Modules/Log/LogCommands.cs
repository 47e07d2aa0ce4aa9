using System.CommandLine;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Transparency;

namespace OnBehalf.Modules.Log;

/// <summary>`onbehalf log resume`, `onbehalf log state`.</summary>
internal static class LogCommands
{
    public static Command Log() => new("log", "The audit log: how it is, and how it goes on after a restore.") { State(), Resume(), Remember(), Prune(), RevokeNode() };

    private static Command State()
    {
        var command = new Command("state", "Says how the log is; exit code 1 when nobody may begin to act for a customer because of it.");
        command.SetAction(async (_, cancel) =>
        {
            await using var app = ShopHost.Build(ShopHost.Builder([]));
            var state = await app.Services.GetRequiredService<LogQueries>().State(cancel);
            Console.WriteLine($"{(state.Origin.Length == 0 ? "not begun" : state.Origin)}: {state.Size} entries, {state.Published} in a signed checkpoint, {state.LagSeconds} s behind. {state.Trouble ?? "All is well."}");
            return state.IsRed ? 1 : 0;
        });
        return command;
    }

    private static Command Resume()
    {
        var by = new Option<string>("--by") { Description = "Who decided it.", Required = true };
        var reason = new Option<string>("--reason") { Description = "Why the database does not hold what was signed: which backup was restored, and what for.", Required = true };
        var command = new Command("resume", "Lets the log go on from a restored database, under another name and with another key. It cannot be undone, and every auditor sees it.") { by, reason };
        command.SetAction(async (parsed, cancel) =>
        {
            await using var app = ShopHost.Build(ShopHost.Builder([]));
            var outcome = await GoOn(app.Services, parsed.GetRequiredValue(by), parsed.GetRequiredValue(reason), cancel);
            if (outcome.Refusal is { } refusal)
            {
                Console.Error.WriteLine(refusal.Sentence);
                return 1;
            }

            Console.WriteLine($"The log goes on as {outcome.Value.Name}. Give this key to its auditors and witnesses, and tell them why:\n{outcome.Value}");
            return 0;
        });
        return command;
    }

    private static Command Prune()
    {
        var before = new Option<DateOnly>("--before") { Description = "Entries of days before this one go: 2023-01-01.", Required = true };
        var by = new Option<string>("--by") { Description = "Who decided it.", Required = true };
        var command = new Command("prune", "Lets go of old entries of the audit log, for good. What is kept stays proved; the log says itself from where on it is kept.") { before, by };
        command.SetAction(async (parsed, cancel) =>
        {
            await using var app = ShopHost.Build(ShopHost.Builder([]));
            var outcome = await LetGo(app.Services, parsed.GetRequiredValue(before), parsed.GetRequiredValue(by), cancel);
            if (outcome.Refusal is { } refusal)
            {
                Console.Error.WriteLine(refusal.Sentence);
                return 1;
            }

            Console.WriteLine(outcome.Value.Removed == 0
                ? $"The log says that it is kept from entry {outcome.Value.First} on. The entries before it go when that is signed: give the command again, or wait an hour."
                : $"The log is kept from entry {outcome.Value.First} on; {outcome.Value.Removed} entries are gone.");
            return 0;
        });
        return command;
    }

    private static Command RevokeNode()
    {
        var key = new Argument<string>("KEY") { Description = "The public key of the node, as at /log/keys." };
        var by = new Option<string>("--by") { Description = "Who decided it.", Required = true };
        var reason = new Option<string>("--reason") { Description = "What happened to the node.", Required = true };
        var command = new Command("revoke-node", "From now on nobody believes receipts of this key. The node makes itself another one.") { key, by, reason };
        command.SetAction(async (parsed, cancel) =>
        {
            await using var app = ShopHost.Build(ShopHost.Builder([]));
            if (!(await app.Services.GetRequiredService<LogQueries>().NodeKeys(isPublished: false, cancel)).Contains(parsed.GetRequiredValue(key)))
            {
                Console.Error.WriteLine(LogRefusals.UnknownNode.Sentence);
                return 1;
            }

            await app.Services.GetRequiredService<Database>().Record(
                Caller.Machine("log"), new NodeKeyRevoked(parsed.GetRequiredValue(key), parsed.GetRequiredValue(by), parsed.GetRequiredValue(reason)), cancel);
            return 0;
        });
        return command;
    }

    /// <summary>Says it, gets it signed here when no other node leads, and lets go of what was said under a signed checkpoint.</summary>
    internal static async Task<Outcome<(long First, long Removed)>> LetGo(IServiceProvider services, DateOnly day, string by, CancellationToken cancel)
    {
        var (pruning, log) = (services.GetRequiredService<LogPruning>(), services.GetRequiredService<LogQueries>());
        var before = new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
        if (before > services.GetRequiredService<TimeProvider>().GetUtcNow().AddDays(-30))
        {
            return LogRefusals.TooYoung;
        }

        // What was said before and not done yet is done in any case.
        var said = await pruning.Announce(before, by, cancel);
        await services.GetRequiredService<LogLeader>().Round(atOnce: true, cancel);
        var removed = await pruning.Apply(cancel);
        return said.Refusal is { } refusal && removed == 0 ? refusal : ((await log.Extent(cancel)) is var extent && removed > 0 ? extent.Pruned : said.Value?.First ?? extent.Pruned, removed);
    }

    private static Command Remember()
    {
        var file = new Argument<FileInfo?>("CHECKPOINT") { Description = "The newest checkpoint of this log that anybody has: an auditor, a witness, or the file \"checkpoint\" of the published log.", DefaultValueFactory = _ => null };
        var nothing = new Option<bool>("--nothing-was-signed") { Description = "Instead of a checkpoint: this key is new, and has signed nothing yet." };
        var by = new Option<string>("--by") { Description = "Who decided it.", Required = true };
        var reason = new Option<string>("--reason") { Description = "How the memory of the signer was lost.", Required = true };
        var command = new Command("remember", "Gives a key whose memory was lost a new one, so that it signs again. Every auditor sees it.") { file, nothing, by, reason };
        command.SetAction(async (parsed, cancel) =>
        {
            await using var app = ShopHost.Build(ShopHost.Builder([]));
            var text = parsed.GetValue(file) is { } given ? await File.ReadAllTextAsync(given.FullName, cancel) : null;
            if (text is null == !parsed.GetValue(nothing))
            {
                Console.Error.WriteLine("Either a checkpoint, or --nothing-was-signed.");
                return 1;
            }

            var outcome = await Recall(app.Services, text, parsed.GetRequiredValue(by), parsed.GetRequiredValue(reason), cancel);
            if (outcome.Refusal is { } refusal)
            {
                Console.Error.WriteLine(refusal.Sentence);
                return 1;
            }

            Console.WriteLine($"{outcome.Value.Origin} signs again what continues its first {outcome.Value.Size} entries.");
            return 0;
        });
        return command;
    }

    /// <summary>
    /// A key without memory signs nothing. Whoever brings the newest checkpoint that it signed gives it a memory; what that does not cover could be changed unnoticed,
    /// so it is written down who did it.
    /// </summary>
    /// <param name="note">Null: nothing was signed with this key, and nothing here says otherwise.</param>
    public static async Task<Outcome<Checkpoint>> Recall(IServiceProvider services, string? note, string by, string reason, CancellationToken cancel)
    {
        var (database, signer, queries) = (services.GetRequiredService<Database>(), services.GetRequiredService<LogSigner>(), services.GetRequiredService<LogQueries>());
        if (!signer.HasKey)
        {
            return LogRefusals.NoKey;
        }

        var key = signer.Verifier;
        var last = new Checkpoint(key.Name, 0, Merkle.EmptyRoot);
        if (note is not null)
        {
            if (!SignedNote.TryParse(note, out var signed) || !signed!.IsSignedBy(key) || !Checkpoint.TryParse(signed.Text, out var given) || given!.Origin != key.Name)
            {
                return LogRefusals.NotACheckpoint;
            }

            last = given;
        }

        // What the database holds counts as well, but only upwards: it may be of yesterday.
        if (Math.Max(signer.Last?.Size ?? 0, await queries.MostSigned(key.Name, cancel)) is var most && most > last.Size)
        {
            return LogRefusals.RemembersMore(most);
        }

        await database.Record(Caller.Machine("log"), new LogMemoryGiven(last.Origin, last.Size, last.Root.ToString(), (await queries.State(cancel)).Size, by, reason), cancel);
        signer.Remember(last);
        return last;
    }

    /// <summary>What the signer on this machine makes of a database that was just restored, as a line to be said; empty when it has nothing to say.</summary>
    public static async Task<string> AfterRestore(IServiceProvider services, CancellationToken cancel)
    {
        var (signer, state) = (services.GetRequiredService<LogSigner>(), await services.GetRequiredService<LogQueries>().State(cancel));
        return state.Size == 0 ? ""
            : !signer.HasKey ? "\nThe key of its audit log is not here: put the folder of the signer in its place, or nothing will be signed."
            : signer.Last is not { } last ? $"\n{LogRefusals.NoMemory.Sentence}"
            : last.Size > state.Size
                ? $"\nThe audit log had signed {last.Size} entries, and this backup holds {state.Size}. The shop works, but nobody begins to act for a customer until you say why: onbehalf log resume --by … --reason …"
                : "";
    }

    /// <summary>
    /// Writes down who lets the log go on and why, and gives it the next name and a new key. Both names stay what they were: the old one ends with what was
    /// signed under it, which everybody who kept a checkpoint of it can still show.
    /// </summary>
    public static async Task<Outcome<VerifierKey>> GoOn(IServiceProvider services, string by, string reason, CancellationToken cancel)
    {
        var (database, signer, tiles) = (services.GetRequiredService<Database>(), services.GetRequiredService<LogSigner>(), services.GetRequiredService<LogTiles>());
        var queries = services.GetRequiredService<LogQueries>();
        var state = await queries.State(cancel);
        if (!signer.HasKey)
        {
            return LogRefusals.NoKey;
        }

        var tree = await Frontier.FromTiles(state.Size, tiles.FromDatabase, cancel);
        if (await signer.Judge(new Checkpoint(signer.Verifier.Name, tree.Size, tree.Root()), tiles.FromDatabase, cancel) is null && state.TroubleCode != LogRefusals.WitnessAheadCode)
        {
            return LogRefusals.NothingToResume;
        }

        if (signer.Last is null && !signer.IsHalfway)
        {
            return LogRefusals.NoMemory;
        }

        // First the key, then its event, then the place of the old one: wherever this breaks off, nothing is signed under a name of which the log does not tell, and
        // doing it again finishes it.
        var renewed = signer.Prepare();
        if (!(await queries.Keys(cancel)).Contains($"log {renewed}"))
        {
            if (signer.Last is not { } last)
            {
                return LogRefusals.NoMemory;
            }

            await database.Record(Caller.Machine("log"), new LogResumed(last.Origin, renewed.Name, renewed.ToString(), last.Size, last.Root.ToString(), tree.Size, await Agrees(signer.Verifier, tree, queries, tiles, cancel), by, reason), cancel);
        }

        signer.Switch();
        return renewed;
    }

    // The newest checkpoint under the old name that this database continues.
    private static async Task<long> Agrees(VerifierKey key, Frontier tree, LogQueries queries, LogTiles tiles, CancellationToken cancel)
    {
        foreach (var stored in await queries.Checkpoints(key.Name, tree.Size, cancel))
        {
            if (SignedNote.TryParse(stored.Note, out var note) && note!.IsSignedBy(key) && OnBehalf.Transparency.Checkpoint.TryParse(note.Text, out var old)
                && Proofs.VerifyConsistency(old!.Size, tree.Size, old.Root, tree.Root(), await Proofs.Consistency(old.Size, tree.Size, tiles.FromDatabase, cancel)))
            {
                return old.Size;
            }
        }

        return 0;
    }
}
