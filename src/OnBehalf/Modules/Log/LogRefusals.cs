using System.Globalization;
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

    public static Refusal Older(long signed, long size) => Refusal.Conflict(
        "log.database-older",
        string.Create(CultureInfo.InvariantCulture, $"The database is older than what was signed: it has {size:N0} entries, and {signed:N0} were signed. If a backup was restored on purpose, say so with `onbehalf log resume`."));

    public static Refusal Other(long signed) => Refusal.Conflict(
        "log.database-other",
        string.Create(CultureInfo.InvariantCulture, $"The database is not the one that was signed: its first {signed:N0} entries are others. If a backup was restored on purpose, say so with `onbehalf log resume`."));
}
