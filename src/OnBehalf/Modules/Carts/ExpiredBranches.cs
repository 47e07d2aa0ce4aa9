using Microsoft.EntityFrameworkCore;
using OnBehalf.Carts;
using OnBehalf.Data;
using OnBehalf.Modules.Assistance;
using OnBehalf.Modules.Settings;

namespace OnBehalf.Modules.Carts;

/// <summary>Throws away what was prepared in a session that ran out, where the shop wants it so; in the transaction that ends the session.</summary>
internal static class ExpiredBranches
{
    public static async Task Discard(Tx tx, AssistedSessionEnded ended, ShopSettings settings)
    {
        var ranOut = ended.Cause.Value is "idle" or "hard-limit" or "sign-in-expired";
        if (!ranOut || ended.Membership is not { } membership || await settings.Get(tx.Db, ShopSettings.DiscardExpiredBranch, tx.Cancel) != "true")
        {
            return;
        }

        var branch = await tx.Db.Set<CartRow>().SingleOrDefaultAsync(
            cart => cart.MembershipId == membership && cart.Status == "active" && cart.BaseCartId != null && cart.SessionId == ended.Session, tx.Cancel);
        if (branch is null)
        {
            return;
        }

        var lines = await tx.Db.Set<CartLineRow>().Where(line => line.CartId == branch.Id).ToListAsync(tx.Cancel);
        new StoredCart(tx.Db, branch, lines).Close("discarded", tx.Now);
        tx.Add(new BranchDiscarded(branch.Id, ended.Cause));
    }
}
