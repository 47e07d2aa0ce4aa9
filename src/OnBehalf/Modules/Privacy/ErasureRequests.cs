using Microsoft.EntityFrameworkCore;
using OnBehalf.Data;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Privacy;

/// <summary>Buyers who want to be forgotten.</summary>
public static class ErasureRequests
{
    /// <summary>In the transaction that closes his account.</summary>
    public static async Task Ask(Tx tx, BuyerId buyer)
    {
        if (!await tx.Db.Set<ErasureRequestRow>().AnyAsync(row => row.BuyerId == buyer, tx.Cancel))
        {
            tx.Db.Add(new ErasureRequestRow { BuyerId = buyer, AskedAt = tx.Now });
            tx.Add(new ErasureAsked(buyer));
        }
    }
}
