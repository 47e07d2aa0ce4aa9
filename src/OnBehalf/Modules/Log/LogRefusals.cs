using OnBehalf.Kernel;

namespace OnBehalf.Modules.Log;

/// <summary>What stands in the way of the log, in words for those who run it.</summary>
internal static class LogRefusals
{
    public static readonly Refusal Behind = Refusal.Conflict(
        "assistance.log-behind",
        "The audit log of this shop is behind, so that nothing new can be proved at the moment. Nobody can begin to act for a customer until it has caught up; the shop itself goes on. Tell an administrator.");

    public static readonly Refusal NoKey = Refusal.Conflict(
        "log.no-key", "The log of this database was begun with a key that is not here. Copy the folder of the signer to this machine, or share it, before this node can lead.");

    public static readonly Refusal NothingToResume = Refusal.Conflict(
        "log.nothing-to-resume", "The database continues what was signed. There is nothing to resume, and nothing was changed.");

    public static readonly Refusal NoMemory = Refusal.Conflict(
        "log.no-memory",
        "The key of the log is here, and what it signed last is not, or cannot be read: an old database would not be noticed. Bring the file \"state\" of the signer's folder back as it was; if it is lost, say what was signed last with `onbehalf log remember`.");

    public static readonly Refusal NotACheckpoint = Refusal.Invalid("log.not-a-checkpoint", "This is no checkpoint that the key of this log signed. Nothing was changed.");

    public static Refusal RemembersMore(long size) => Refusal.Conflict(
        "log.remembers-more", $"The signer remembers that {size:N0} entries were signed, which is more. Nothing was changed.");

    public const string WitnessAheadCode = "log.witness-ahead";

    public static Refusal WitnessAhead(string name, long theirs, long ours) => Refusal.Conflict(
        WitnessAheadCode,
        $"Witness {name} has cosigned {theirs:N0} entries, and here are {ours:N0}: entries are gone, or another shop signs with this key. If a backup was restored on purpose, say so with `onbehalf log resume`; if the witness is wrong, take it out of the policy.");

    public static Refusal WitnessDisagrees(string name) => Refusal.Conflict(
        WitnessAheadCode,
        $"Witness {name} has cosigned another log under this name: its entries are not those that are here. If a backup was restored on purpose, say so with `onbehalf log resume`; if the witness is wrong, take it out of the policy.");

    public static readonly Refusal NoPruningNow = Refusal.Conflict(
        "log.no-pruning-now", "The log stands still, or its key is not here. Nothing is let go of before it is signed again.");

    public static readonly Refusal NothingToPrune = Refusal.Conflict(
        "log.nothing-to-prune", "There is nothing so old that is not gone already; entries go by 256. Nothing was changed.");

    public static readonly Refusal TooYoung = Refusal.Invalid("log.too-young", "What happened in the last thirty days is kept in any case. Name an earlier day, as 2023-01-01.");

    public static Refusal Held(long index) => Refusal.Conflict(
        "log.prune-held", $"A legal hold keeps entry {index:N0}, and all after it stay with it. Lift the hold first. Nothing was changed.");

    public static readonly Refusal UnknownNode = Refusal.Invalid("log.unknown-node-key", "No entry names this key of a node; see the lines that begin with node at /log/keys.");

    public static Refusal Older(long signed, long size) => Refusal.Conflict(
        "log.database-older",
        $"The database is older than what was signed: it has {size:N0} entries, and {signed:N0} were signed. If a backup was restored on purpose, say so with `onbehalf log resume`.");

    public const string OtherCode = "log.database-other";

    public static Refusal Other(long signed) => Refusal.Conflict(
        OtherCode,
        $"The database is not the one that was signed: its first {signed:N0} entries are others. If a backup was restored on purpose, say so with `onbehalf log resume`.");
}
