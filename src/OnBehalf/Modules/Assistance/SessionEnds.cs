using Microsoft.EntityFrameworkCore;
using OnBehalf.Data;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Assistance;

/// <summary>
/// Ends of assisted sessions, in the transaction that takes the authority away: whoever does that calls the one that fits. When it has been answered, nothing
/// of those sessions commits any more.
/// </summary>
public static class SessionEnds
{
    /// <summary>Ends one session in the transaction of somebody who has been found to be allowed to.</summary>
    internal static Task<int> EndOne(Tx tx, AssistedSessionId session, Code cause) => EndLocked(tx, "s.id = {0}", session.Value, cause);

    /// <summary>Ends what fits a condition over `s` (the session) with the parameter {0}.</summary>
    internal static Task<int> EndFor(Tx tx, string where, Guid key, Code cause) => EndLocked(tx, where, key, cause);

    /// <summary>Lets no write that began before commit after this: what they may is less than it was. The next request is judged anew.</summary>
    internal static async Task Narrow(Tx tx, string where, Guid key)
    {
        foreach (var row in await Locked(tx, where, key))
        {
            row.Narrowed++;
        }
    }

    /// <summary>Ends whatever runs; returns how many sessions that were.</summary>
    internal static Task<int> EndAll(Tx tx, Code cause) => EndLocked(tx, "s.id <> {0}", Guid.Empty, cause);

    /// <summary>Ends what a staff member runs, in the transaction that takes his authority away; returns how many sessions that were.</summary>
    public static Task<int> EndFor(Tx tx, StaffId staff, Code cause) => EndLocked(tx, "s.operator_staff_id = {0}", staff.Value, cause);

    /// <summary>The same for a sign-in that ends.</summary>
    public static Task<int> EndFor(Tx tx, SignInId signIn, Code cause) => EndLocked(tx, "s.operator_sign_in_id = {0}", signIn.Value, cause);

    /// <summary>The same for a buyer who is suspended or deleted, in all his companies: in which he acts, and in which he is acted for.</summary>
    public static Task<int> EndFor(Tx tx, BuyerId buyer, Code cause) => EndLocked(tx, "(s.buyer_id = {0} or s.operator_buyer_id = {0})", buyer.Value, cause);

    /// <summary>Only those in which he is acted for.</summary>
    public static Task<int> EndActingFor(Tx tx, BuyerId buyer, Code cause) => EndLocked(tx, "s.buyer_id = {0}", buyer.Value, cause);

    /// <summary>The same for a buyer who leaves a company, or has another role in it.</summary>
    public static Task<int> EndFor(Tx tx, MembershipId membership, Code cause) =>
        EndLocked(tx, "(s.membership_id = {0} or s.operator_membership_id = {0})", membership.Value, cause);

    /// <summary>The same for a version of a mandate that no longer counts.</summary>
    internal static Task<int> EndForMandate(Tx tx, Guid version, Code cause) => EndLocked(tx, "s.mandate_id = {0}", version, cause);

    /// <summary>The same for a company as a whole: sessions for its people go on.</summary>
    internal static Task<int> EndForWhole(Tx tx, CompanyId company, Code cause) => EndLocked(tx, "s.membership_id is null and s.company_id = {0}", company.Value, cause);

    /// <summary>What colleagues run within a company.</summary>
    internal static Task<int> EndOfColleagues(Tx tx, CompanyId company, Code cause) =>
        EndLocked(tx, $"s.company_id = {{0}} and {Place} = s.company_id", company.Value, cause);

    /// <summary>What people of a dealer run for its end customers, and for this company as one.</summary>
    public static Task<int> EndOfDealers(Tx tx, CompanyId company, Code cause) =>
        EndLocked(tx, $"{Place} <> s.company_id and (s.company_id = {{0}} or {Place} = {{0}})", company.Value, cause);

    /// <summary>The same for a company that is under protection: for its people.</summary>
    public static Task<int> EndFor(Tx tx, CompanyId company, Code cause) => EndLocked(tx, "s.company_id = {0}", company.Value, cause);

    // The company of a buyer who acts; null for staff.
    private const string Place = "(select w.company_id from membership w where w.id = s.operator_membership_id)";

    // Locks first, so that a write of the session that has begun is waited for, and one that begins later finds it ended.
    internal static async Task<int> EndLocked(Tx tx, string where, Guid key, Code? cause)
    {
        var lives = await RunningSessions.Find(tx.Database, tx.Db, where, key, tx.Cancel, Locks(tx, where, key));
        if (lives.Count == 0)
        {
            return 0;
        }

        var rows = await Load(tx, where, key);

        // What this transaction has ended already is over for its first cause.
        rows.RemoveAll(row => row.Status == "ended");
        foreach (var row in rows)
        {
            if (lives.Find(session => session.Id == row.Id.Value)?.End is { } byItself)
            {
                End(tx, row, byItself.At, byItself.Cause);
            }
            else if (cause is { } now)
            {
                End(tx, row, tx.Now, now);
            }
        }

        return rows.Count;
    }

    private static List<SqlLock> Locks(Tx tx, string where, Guid key) =>
    [
        Authority.Closing(tx, SignIns(where), key),
        new($"select 1 from assisted_session s where s.status = 'active' and {where} for no key update", key),
    ];

    private static string SignIns(string where) => $"select s.operator_sign_in_id from assisted_session s where s.status = 'active' and {where}";

    private static async Task<List<AssistedSessionRow>> Locked(Tx tx, string where, Guid key)
    {
        await Authority.Close(tx, SignIns(where), key);
        return await Load(tx, where, key);
    }

    // Locks again what has come meanwhile.
    private static Task<List<AssistedSessionRow>> Load(Tx tx, string where, Guid key)
    {
        var sql = $"select s.* from assisted_session s where s.status = 'active' and {where}" + (tx.Database.Kind == DatabaseKind.Postgres ? " for no key update" : "");
        return tx.Db.Set<AssistedSessionRow>().FromSqlRaw(sql, key).AsTracking().ToListAsync(tx.Cancel);
    }

    private static void End(Tx tx, AssistedSessionRow row, DateTimeOffset at, Code cause)
    {
        (row.Status, row.EndedAt, row.EndCause, row.Network, row.Browser) = ("ended", at, cause.Value, null, null);
        tx.Add(new AssistedSessionEnded(row.Id, row.OperatorStaffId, row.OperatorBuyerId, row.BuyerId, row.MembershipId, row.CompanyId, cause, at));
    }
}
