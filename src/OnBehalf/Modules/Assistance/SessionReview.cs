using Microsoft.EntityFrameworkCore;
using OnBehalf.Assistance;
using OnBehalf.Data;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Assistance;

/// <summary>
/// Judges everything that runs again, in the transaction that changes rules or many people at once, and ends what is no longer allowed: a write that was
/// judged before and is still on its way does not commit after the change.
/// </summary>
internal static class SessionReview
{
    /// <summary>Keeps starts waiting until the end of the transaction. Before anything that ends sessions or sign-ins.</summary>
    public static Task Hold(Tx tx) => StartStops.HoldStarts(tx);

    /// <summary>
    /// The same for some staff of whom something was taken: what began before does not commit as it was judged, and what is not allowed any more is over. After the facts of it.
    /// </summary>
    public static async Task Again(Tx tx, ShopPolicies policies, IReadOnlyCollection<StaffId> staff)
    {
        await tx.Flush();
        await Hold(tx);
        foreach (var one in staff)
        {
            await SessionEnds.Narrow(tx, "s.operator_staff_id = {0}", one.Value);
        }

        await Run(tx, policies, await policies.Now(tx.Db, tx.Cancel));
    }

    /// <summary>Returns how many sessions ended.</summary>
    /// <param name="before">The rules until now, where it is they that change: also what gets fewer rights ends.</param>
    public static async Task<int> Run(Tx tx, ShopPolicies policies, ShopPolicy policy, ShopPolicy? before = null)
    {
        var now = await policies.Local(tx.Db, tx.Now, tx.Cancel);
        var (ended, gone) = (0, new List<Guid>());
        foreach (var row in await tx.Db.Rows<Running>(Sql(tx.Database)).ToListAsync(tx.Cancel))
        {
            // From where its next request comes nobody knows; that is judged with the request.
            var attempt = new Attempt(Moment.Review, now) { Mode = Mode.Order, IsEmergency = row.IsEmergency };
            var decision = AssistancePolicy.Decide(row.Standing.In(policy, attempt, isActing: true));
            if (!decision.IsAllowed)
            {
                ended += await SessionEnds.EndOne(tx, new AssistedSessionId(row.Session), decision.Rule.Code);
                gone.Add(row.Session);
            }
            else if (before is not null && AssistancePolicy.Decide(row.Standing.In(before, attempt, isActing: true)).Granted is var had && (had & decision.Granted) != had)
            {
                ended += await SessionEnds.EndOne(tx, new AssistedSessionId(row.Session), "rights-changed");
                gone.Add(row.Session);
            }
        }

        return before is null || policy.SessionsAtOnce >= before.SessionsAtOnce ? ended
            : ended + await SessionEnds.EndFor(tx, SessionSlots.Beyond(tx.Database, policy.SessionsAtOnce, gone), Guid.Empty, "fewer-at-once");
    }

    private static string Sql(Database database) =>
        $"""
        select x.id as "Session", x.is_emergency as "IsEmergency", {Standing.Columns(database)}
        from assisted_session x
        {Standing.Joins(database, "x")}
        where x.status = 'active' order by x.operator_sign_in_id
        """;

    private sealed record Running(Guid Session, bool IsEmergency, Standing Standing);
}
