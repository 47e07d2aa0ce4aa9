using System.CommandLine;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Transparency;

namespace OnBehalf.Modules.Log;

/// <summary>`onbehalf log resume`, `onbehalf log state`.</summary>
internal static class LogCommands
{
    public static Command Log() => new("log", "The audit log: how it is, and how it goes on after a restore.") { State(), Resume() };

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

    /// <summary>What the signer on this machine makes of a database that was just restored, as a line to be said; empty when it has nothing to say.</summary>
    public static async Task<string> AfterRestore(IServiceProvider services, CancellationToken cancel)
    {
        var (signer, state) = (services.GetRequiredService<LogSigner>(), await services.GetRequiredService<LogQueries>().State(cancel));
        return state.Size == 0 ? ""
            : !signer.HasKey ? "\nThe key of its audit log is not here: put the folder of the signer in its place, or nothing will be signed."
            : signer.Last.Size > state.Size
                ? $"\nThe audit log had signed {signer.Last.Size} entries, and this backup holds {state.Size}. The shop works, but nobody begins to act for a customer until you say why: onbehalf log resume --by … --reason …"
                : "";
    }

    /// <summary>
    /// Writes down who lets the log go on and why, and gives it the next name and a new key. Both names stay what they were: the old one ends with what was
    /// signed under it, which everybody who kept a checkpoint of it can still show.
    /// </summary>
    public static async Task<Outcome<VerifierKey>> GoOn(IServiceProvider services, string by, string reason, CancellationToken cancel)
    {
        var (database, signer, tiles) = (services.GetRequiredService<Database>(), services.GetRequiredService<LogSigner>(), services.GetRequiredService<LogTiles>());
        var state = await services.GetRequiredService<LogQueries>().State(cancel);
        if (!signer.HasKey)
        {
            return LogRefusals.NoKey;
        }

        var tree = await Frontier.FromTiles(state.Size, tiles.FromDatabase, cancel);
        if (await signer.Judge(new Checkpoint(signer.Verifier.Name, tree.Size, tree.Root()), tiles.FromDatabase, cancel) is null)
        {
            return LogRefusals.NothingToResume;
        }

        var last = signer.Last;
        var renewed = signer.Renew();
        await database.Record(Caller.Machine("log"), new LogResumed(last.Origin, renewed.Name, renewed.ToString(), last.Size, last.Root.ToString(), tree.Size, by, reason), cancel);
        return renewed;
    }
}
