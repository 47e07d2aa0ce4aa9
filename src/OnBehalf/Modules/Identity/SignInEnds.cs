using Microsoft.EntityFrameworkCore;
using OnBehalf.Data;
using OnBehalf.Kernel;
using OnBehalf.Modules.Assistance;

namespace OnBehalf.Modules.Identity;

/// <summary>Ends of sign-ins, in the transaction that takes the authority away; the assisted sessions that hang on them end with them.</summary>
public static class SignInEnds
{
    public static async Task End(Tx tx, SignInRow row, Code cause)
    {
        (row.EndedAt, row.EndCause) = (tx.Now, cause.Value);
        await AssistedSessions.EndFor(tx, row.Id, cause);
        tx.Add(new SignedOut(row.StaffId is null ? "buyer" : "staff", row.StaffId, row.BuyerId, row.Id, cause));
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

        if (buyer is { } subject)
        {
            await AssistedSessions.EndFor(tx, subject, cause);
        }
    }
}
