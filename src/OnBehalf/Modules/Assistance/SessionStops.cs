using Microsoft.EntityFrameworkCore;
using OnBehalf.Data;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Assistance;

/// <summary>Ends of sessions by those for whom somebody acts. When the answer is there, nothing of the session commits any more.</summary>
public sealed class SessionStops(Database database)
{
    public static readonly Refusal NoSuchSession = Refusal.Missing("assistance.no-such-session", "There is no such session, or it is not yours to see.");

    /// <summary>Ends one session that the caller may see; done also when it was over already.</summary>
    public Task<Outcome<Done>> End(Caller caller, SessionScope scope, AssistedSessionId session, Code cause, CancellationToken cancel) => database.Write<Done>(
        caller,
        async tx =>
        {
            if (!await IsIn(tx, scope, session))
            {
                return NoSuchSession;
            }

            await SessionEnds.EndOne(tx, session, cause);
            return Done.It;
        },
        cancel);

    /// <summary>Ends everything that runs in the shop; returns how many sessions that were.</summary>
    public Task<Outcome<int>> EndAll(Caller caller, CancellationToken cancel) =>
        database.Write<int>(caller, async tx => await SessionEnds.EndAll(tx, "all-ended"), cancel);

    internal static async Task<bool> IsIn(Tx tx, SessionScope scope, AssistedSessionId session) =>
        await tx.Db.Rows<Guid>($"select s.id as \"Value\" from assisted_session s where {scope.Where} and s.id = {{1}}", scope.Key, session.Value).ToListAsync(tx.Cancel) is [_];
}
