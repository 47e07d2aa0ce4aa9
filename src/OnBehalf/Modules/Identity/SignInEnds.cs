using Microsoft.EntityFrameworkCore;
using OnBehalf.Data;
using OnBehalf.Kernel;
using OnBehalf.Modules.Assistance;

namespace OnBehalf.Modules.Identity;

/// <summary>Ends of sign-ins, in the transaction that takes the authority away; the assisted sessions that hang on them end with them.</summary>
public static class SignInEnds
{
    /// <summary>
    /// However a sign-in ended, it was over at its hard end. Those in which somebody acted for a buyer stay: the session names them for good.
    /// </summary>
    internal static readonly OldRows LongOver = new("sign-ins", static async (tx, before, most) =>
        await tx.Db.Set<SignInRow>()
            .FromSqlRaw(
                """
                select i.* from sign_in i
                where i.hard_ends_at < {0} and not exists (select 1 from assisted_session s where s.operator_sign_in_id = i.id)
                    and not exists (select 1 from legal_hold h where h.lifted_at is null and (h.buyer_id = i.buyer_id or h.staff_id = i.staff_id))
                order by i.hard_ends_at limit {1}
                """,
                before, most)
            .ToListAsync(tx.Cancel));

    public static async Task End(Tx tx, SignInRow row, Code cause)
    {
        await Authority.Close(tx, "select cast({0} as uuid)", row.Id.Value);
        (row.EndedAt, row.EndCause) = (tx.Now, cause.Value);
        await SessionEnds.EndFor(tx, row.Id, cause);
        tx.Add(new SignedOut(row.StaffId is null ? "buyer" : "staff", row.StaffId, row.BuyerId, row.Id, cause));
    }

    /// <summary>Everything that is open in a company whose people may no longer sign in.</summary>
    public static async Task EndOf(Tx tx, CompanyId company, Code cause)
    {
        var open = await tx.Db.Set<SignInRow>()
            .FromSqlRaw("select i.* from sign_in i join membership m on m.id = i.membership_id where m.company_id = {0} and i.ended_at is null", company.Value)
            .AsTracking().ToListAsync(tx.Cancel);
        foreach (var row in open)
        {
            await End(tx, row, cause);
        }
    }

    /// <summary>The same for one place of a buyer.</summary>
    public static async Task EndOf(Tx tx, MembershipId membership, Code cause)
    {
        foreach (var row in await tx.Db.Set<SignInRow>().Where(row => row.MembershipId == membership && row.EndedAt == null).ToListAsync(tx.Cancel))
        {
            await End(tx, row, cause);
        }
    }

    /// <summary>Everything that somebody has open anywhere, and every session in which somebody acts for him; but not the browser that asks for it.</summary>
    public static async Task EndAll(Tx tx, PersonRow person, Code cause, SignInId? except = null)
    {
        var (staff, buyer) = ((person as StaffRow)?.Id, (person as BuyerRow)?.Id);
        var open = await tx.Db.Set<SignInRow>()
            .Where(row => row.EndedAt == null && (staff != null ? row.StaffId == staff : row.BuyerId == buyer)).ToListAsync(tx.Cancel);
        foreach (var row in open.Where(row => row.Id != except))
        {
            await End(tx, row, cause);
        }

        // The one that stays may be what somebody wants to be rid of.
        if (staff is { } actor)
        {
            await SessionEnds.EndFor(tx, actor, cause);
        }

        if (buyer is { } subject)
        {
            await SessionEnds.EndFor(tx, subject, cause);
        }
    }
}
