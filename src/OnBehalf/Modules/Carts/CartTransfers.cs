using Microsoft.EntityFrameworkCore;
using OnBehalf.Carts;
using OnBehalf.Catalog;
using OnBehalf.Data;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Carts;

/// <summary>The cart of somebody who leaves goes to who comes after him, in the transaction in which he leaves.</summary>
internal static class CartTransfers
{
    private const string Wait = """select id as "Value" from membership where id in ({0}, {1}) order by id for no key update""";

    /// <summary>Puts what is in the one cart into the other and empties it; refuses when it does not hold all of it.</summary>
    /// <returns>How many articles those were.</returns>
    public static async Task<Outcome<int>> Move(Tx tx, MembershipId from, MembershipId to)
    {
        if (tx.Database.Kind == DatabaseKind.Postgres)
        {
            // All writers of a buyer's carts wait for each other on his place.
            await tx.Db.Rows<Guid>(Wait, from.Value, to.Value).ToListAsync(tx.Cancel);
        }

        // Copies were made for who leaves, and nobody works on them for his successor.
        foreach (var branch in await tx.Db.Set<CartRow>().Where(cart => cart.MembershipId == from && cart.BaseCartId != null && cart.Status == "active").ToListAsync(tx.Cancel))
        {
            new StoredCart(tx.Db, branch, await tx.Db.Set<CartLineRow>().Where(line => line.CartId == branch.Id).ToListAsync(tx.Cancel)).Close("discarded", tx.Now);
        }

        // What was proposed to who leaves is not for his successor.
        foreach (var proposal in await tx.Db.Set<ProposalRow>().Where(row => row.MembershipId == from && row.Status == CartProposal.Open).ToListAsync(tx.Cancel))
        {
            proposal.End(CartProposal.Withdrawn, tx.Now);
            tx.Add(new ProposalWithdrawn(proposal.Id, proposal.CartId, from, "transferred"));
        }

        // What he had set aside goes as it is, under its name.
        var aside = await tx.Db.Set<CartRow>().Where(cart => cart.MembershipId == from && cart.Status == NamedCarts.Aside).ToListAsync(tx.Cancel);
        foreach (var cart in aside)
        {
            (cart.MembershipId, cart.Version) = (to, cart.Version + 1);
            tx.Add(new CartTransferred(cart.Id, from, cart.Id, to, await tx.Db.Set<CartLineRow>().CountAsync(line => line.CartId == cart.Id, tx.Cancel)));
        }

        if (await Load(tx, from) is not { } old || old.Value.IsEmpty)
        {
            return aside.Count;
        }

        var next = await Load(tx, to) ?? StoredCart.New(tx.Db, IId<CartId>.New(), new CartOwner(to, null), old.Row.Currency, tx.Now);
        var into = next.Value;
        var moved = old.Value.Lines.ToList();
        foreach (var line in moved)
        {
            var outcome = into.Add(line.Product, line.Quantity, QuantityRule.Any);
            if (outcome.IsRefused)
            {
                return outcome.Refusal;
            }

            into = outcome.Value.Cart;
        }

        next.Put(into, next.Row.Currency, tx.Now);
        old.Put(old.Value with { Rows = [] }, old.Row.Currency, tx.Now);
        tx.Add(new CartTransferred(old.Row.Id, from, next.Row.Id, to, moved.Count));
        return moved.Count;
    }

    private static async Task<StoredCart?> Load(Tx tx, MembershipId membership) =>
        await tx.Db.Set<CartRow>().SingleOrDefaultAsync(cart => cart.MembershipId == membership && cart.Status == "active" && cart.BaseCartId == null, tx.Cancel) is { } row
            ? new StoredCart(tx.Db, row, await tx.Db.Set<CartLineRow>().Where(line => line.CartId == row.Id).ToListAsync(tx.Cancel))
            : null;
}
