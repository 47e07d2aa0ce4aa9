using Microsoft.EntityFrameworkCore;
using OnBehalf.Carts;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Modules.Pricing;

namespace OnBehalf.Modules.Carts;

/// <summary>A buyer's carts: one is open, on which he and whoever acts for him work; the others are set aside. His own business: a session changes nothing about them.</summary>
public sealed class NamedCarts(Database database, PricingQueries pricing)
{
    /// <summary>So many of one buyer in one place.</summary>
    public const int Most = 20;

    internal const string Open = "active";
    internal const string Aside = "parked";

    /// <summary>Begins a further cart and opens it; the one that was open is set aside with all that is in it.</summary>
    public async Task<Outcome<Done>> Begin(Caller caller, string? typed, CancellationToken cancel)
    {
        var currency = await pricing.CurrencyOf(caller, cancel);
        return await Change(caller, cancel, async (tx, carts) =>
        {
            var name = CartName.Read(typed);
            if (name.IsRefused)
            {
                return name.Refusal;
            }

            if (carts.Count >= Most)
            {
                return CartRefusals.TooManyCarts;
            }

            var id = IId<CartId>.New();
            tx.Add(new CartBegun(id, name.Value));
            await SetAside(tx, carts);
            var row = StoredCart.New(tx.Db, id, CartOwner.Of(caller), currency, tx.Now).Row;
            row.Name = name.Value;
            return Done.It;
        });
    }

    /// <summary>Opens a cart that was set aside.</summary>
    public Task<Outcome<Done>> Switch(Caller caller, Guid id, CancellationToken cancel) => One(caller, id, cancel, async (tx, carts, cart) =>
    {
        if (cart.Status == Open)
        {
            return Done.It;
        }

        tx.Add(new CartSwitched(cart.Id, carts.Find(one => one.Status == Open)?.Id));
        await SetAside(tx, carts);
        cart.Status = Open;
        return Done.It;
    });

    public Task<Outcome<Done>> Rename(Caller caller, Guid id, string? typed, CancellationToken cancel) => One(caller, id, cancel, (tx, _, cart) =>
    {
        var name = CartName.Read(typed);
        if (name.IsRefused)
        {
            return Task.FromResult<Outcome<Done>>(name.Refusal);
        }

        if (cart.Name != name.Value)
        {
            tx.Add(new CartRenamed(cart.Id, cart.Name ?? CartName.Unnamed, name.Value));
            cart.Name = name.Value;
        }

        return Task.FromResult<Outcome<Done>>(Done.It);
    });

    /// <summary>Throws a cart away that is set aside; not one of which somebody has a copy under his hands.</summary>
    public Task<Outcome<Done>> Delete(Caller caller, Guid id, CancellationToken cancel) => One(caller, id, cancel, async (tx, _, cart) =>
    {
        if (cart.Status == Open)
        {
            return CartRefusals.CartIsOpen;
        }

        if (await tx.Db.Set<CartRow>().AnyAsync(branch => branch.BaseCartId == cart.Id && branch.Status == Open && branch.ExpiresAt > tx.Now, tx.Cancel))
        {
            return CartRefusals.CartHasCopy;
        }

        if (await tx.Db.Set<ProposalRow>().AnyAsync(proposal => proposal.CartId == cart.Id && proposal.Status == CartProposal.Open && proposal.ExpiresAt > tx.Now, tx.Cancel))
        {
            return CartRefusals.CartHasProposal;
        }

        var lines = await tx.Db.Set<CartLineRow>().Where(line => line.CartId == cart.Id).ToListAsync(tx.Cancel);
        tx.Add(new CartDeleted(cart.Id, cart.Name ?? CartName.Unnamed, lines.Count));
        new StoredCart(tx.Db, cart, lines).Close("discarded", tx.Now);
        return Done.It;
    });

    // Stored before another one is opened: only one is at a time. Its version stays: it counts changes of what is in it, and a copy asks whether there were any.
    private static async Task SetAside(Tx tx, List<CartRow> carts)
    {
        if (carts.Find(cart => cart.Status == Open) is { } open)
        {
            // From now on it waits, for as long as carts that are set aside are kept.
            (open.Status, open.ChangedAt) = (Aside, tx.Now);
            await tx.Flush();
        }
    }

    private Task<Outcome<Done>> One(Caller caller, Guid id, CancellationToken cancel, Func<Tx, List<CartRow>, CartRow, Task<Outcome<Done>>> decide) => Change(
        caller, cancel, async (tx, carts) => carts.Find(cart => cart.Id.Value == id) is { } found ? await decide(tx, carts, found) : CartRefusals.CartUnknown);

    private async Task<Outcome<Done>> Change(Caller caller, CancellationToken cancel, Func<Tx, List<CartRow>, Task<Outcome<Done>>> decide)
    {
        if (caller is not { Session: null, Buyer.Membership: var membership })
        {
            return AccessGate.NotInSession;
        }

        return !caller.May(Right.CartsChange) ? AccessGate.RightMissing : await database.Write<Done>(
            caller,
            async tx =>
            {
                await OpenCart.Wait(tx, CartOwner.Of(caller));
                return await decide(tx, await tx.Db.Set<CartRow>()
                    .Where(cart => cart.MembershipId == membership && cart.BaseCartId == null && (cart.Status == Open || cart.Status == Aside)).ToListAsync(tx.Cancel));
            },
            cancel);
    }
}
