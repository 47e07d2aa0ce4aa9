using Microsoft.EntityFrameworkCore;
using OnBehalf.Assistance;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Assistance;

/// <summary>Raises and lowers the mode of a running session. It falls back by itself: what counts is computed by the database's clock.</summary>
public sealed class SessionModes(Database database, ShopPolicies policies)
{
    public const int LongestReason = 300;

    private readonly string _standing = Standing.OfSession(database);

    /// <summary>Brings the caller's session to another mode, by the rules as they stand now.</summary>
    /// <param name="isProved">The operator has just typed his password.</param>
    public Task<Outcome<Mode>> Change(Caller caller, Mode wanted, string? reason, bool isProved, CancellationToken cancel) => database.Write<Mode>(
        // Not as the session: its share lock would stand in the way of its own change.
        caller with { Session = null },
        async tx =>
        {
            if (caller.Session is not { } session)
            {
                return AccessGate.NotAssisting;
            }

            tx.TellAs(caller);
            if (reason?.Length > LongestReason)
            {
                return Refusal.Invalid("assistance.raise-reason-too-long", $"Why: at most {LongestReason} characters.", "Reason");
            }

            if (await Locked(tx, session.Id) is not { } row || (await tx.Db.Rows<StandingNow>(_standing, session.Id.Value).ToListAsync(tx.Cancel)) is not [var (standing, version)])
            {
                return Authority.SessionOver;
            }

            var now = new SessionMode(row.Mode, row.RaisedMode, row.RaisedUntil);
            var attempt = new Attempt(Moment.Running, await policies.Local(tx.Db, tx.Now, tx.Cancel))
            {
                Mode = now.At(tx.Now), Network = session.Network, IsEmergency = row.IsEmergency,
            };
            var decision = AssistancePolicy.Decide(standing.In(await policies.Of(tx.Db, version, tx.Cancel), attempt));
            if (!decision.IsAllowed)
            {
                return decision.Refusal;
            }

            var scope = decision.ModeScope(null);
            var age = scope.AsksSecondFactor ? (await Identity.StaffProof.Age(tx, row.OperatorSignInId)).SecondFactorSeconds : null;
            var outcome = now.To(wanted, scope, row.RaiseReason is not null || reason is not null, isProved, tx.Now, age);
            if (outcome.Refusal is { } refusal)
            {
                return refusal;
            }

            Apply(tx, row, now.At(tx.Now), outcome.Value, reason);
            return outcome.Value.At(tx.Now);
        },
        cancel);

    private static void Apply(Tx tx, AssistedSessionRow row, Mode before, SessionMode mode, string? reason)
    {
        (row.Mode, row.RaisedMode, row.RaisedUntil) = (mode.Stays, mode.Raised, mode.Until);
        var after = mode.At(tx.Now);
        if (after > before)
        {
            row.RaiseReason ??= reason;
            tx.Add(new SessionModeRaised(row.Id, row.BuyerId, row.CompanyId, before, after, mode.Until, reason));
        }
        else if (after < before)
        {
            // A request that still has the higher mode writes no more.
            row.Narrowed++;
            tx.Add(new SessionModeLowered(row.Id, row.BuyerId, row.CompanyId, before, after));
        }
    }

    private static async Task<AssistedSessionRow?> Locked(Tx tx, AssistedSessionId id)
    {
        var sql = "select * from assisted_session where id = {0} and status = 'active'" + (tx.Database.Kind == DatabaseKind.Postgres ? " for no key update" : "");
        return (await tx.Db.Set<AssistedSessionRow>().FromSqlRaw(sql, id.Value).AsTracking().ToListAsync(tx.Cancel)).SingleOrDefault();
    }
}
