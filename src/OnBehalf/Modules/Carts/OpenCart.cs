using Microsoft.EntityFrameworkCore;
using OnBehalf.Carts;
using OnBehalf.Data;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Carts;

/// <summary>
/// The caller's cart inside a write: what he sees, and the one way to change it. In an assisted session the first change makes the branch; for a company as a
/// whole there is one cart, on which all sessions for it work. All writers of one buyer's or company's carts wait for each other, so that two tabs make one
/// branch and no change is lost.
/// </summary>
public sealed class OpenCart
{
    /// <summary>The status of what an operator types for a customer until it is an order.</summary>
    internal const string FastOrder = "fast-order";

    private static readonly TimeSpan BranchLives = TimeSpan.FromDays(30);

    private readonly Tx _tx;
    private readonly Currency _currency;
    private readonly CartOwner _owner;
    private readonly bool _isBranching;
    private readonly CartId? _fastOrder;
    private readonly StoredCart? _expired;
    private StoredCart? _own;
    private StoredCart? _branch;

    private OpenCart(Tx tx, Currency currency, IReadOnlyList<StoredCart> carts)
    {
        (_tx, _currency, _owner) = (tx, currency, CartOwner.Of(tx.Caller));
        _fastOrder = tx.Caller.Session?.FastOrder;
        _isBranching = tx.Caller.IsAssisting && !tx.Caller.IsForCompany && _fastOrder is null;
        var branch = carts.FirstOrDefault(cart => cart.Row.BaseCartId is not null);
        var isOver = branch?.Row.ExpiresAt <= tx.Now;
        (_branch, _expired) = (isOver ? null : branch, isOver ? branch : null);

        // The buyer may have opened another of his carts since: a copy stays one of the cart from which it was made.
        _own = (_isBranching && _branch is not null ? carts.FirstOrDefault(cart => cart.Row.Id == _branch.Row.BaseCartId) : null)
            ?? carts.FirstOrDefault(cart => cart.Row.BaseCartId is null && cart.Row.Status == (_fastOrder is null ? "active" : FastOrder));
    }

    /// <summary>The cart that the caller sees: in a session the branch when there is one, else the buyer's own.</summary>
    public Cart Cart => Current?.Value ?? Cart.Empty(default);

    /// <param name="tx">A transaction of the door; the caller must act as or for a buyer.</param>
    /// <param name="currency">In which the caller buys.</param>
    public static async Task<OpenCart> Load(Tx tx, Currency currency)
    {
        var owner = CartOwner.Of(tx.Caller);
        await Wait(tx, owner);
        var (membership, company) = owner;
        var carts = tx.Db.Set<CartRow>();
        var fastOrder = tx.Caller.Session?.FastOrder;
        var seen = fastOrder is not null ? carts.Where(cart => cart.Id == fastOrder && cart.Status == FastOrder) : carts.Where(cart => cart.Status == "active" || (cart.Status == "parked" && carts.Any(branch => branch.BaseCartId == cart.Id && branch.Status == "active")));
        var rows = await (
            from cart in membership is null ? seen.Where(cart => cart.CompanyId == company) : seen.Where(cart => cart.MembershipId == membership)
            from line in tx.Db.Set<CartLineRow>().Where(line => line.CartId == cart.Id).DefaultIfEmpty()
            select new { cart, line }).ToListAsync(tx.Cancel);
        return new OpenCart(
            tx, currency, [.. rows.GroupBy(row => row.cart, (cart, group) => new StoredCart(tx.Db, cart, [.. group.Where(row => row.line is not null).Select(row => row.line!)]))]);
    }

    /// <summary>All writers of one buyer's or company's carts wait for each other.</summary>
    internal static async Task Wait(Tx tx, CartOwner owner)
    {
        var (membership, company) = owner;
        if (tx.Database.Kind == DatabaseKind.Postgres)
        {
            // Not "for update": orders and carts that refer to the membership need not wait.
            var (table, id) = membership is { } person ? ("membership", person.Value) : ("company", company!.Value.Value);
            await tx.Db.Rows<Guid>($"select id as \"Value\" from {table} where id = {{0}} for no key update", id).ToListAsync(tx.Cancel);
        }
    }

    /// <summary>Refuses when the caller's page showed another cart, or this one before somebody changed it.</summary>
    public Refusal? CheckSeen(SeenCart seen) => Cart.Id.Value == seen.Cart && Cart.Version == seen.Version ? null : CartRefusals.Changed;

    /// <summary>Changes what the caller sees. A change without a fact stores nothing, so it makes no branch either.</summary>
    public Outcome<Done> Change(Func<Cart, Outcome<CartChange>> change)
    {
        var fork = _isBranching && _branch is null ? (_own?.Value ?? Cart.Empty(IId<CartId>.New())).Fork(IId<CartId>.New()) : null;
        var before = fork?.Cart ?? Current?.Value ?? Cart.Empty(_fastOrder ?? IId<CartId>.New());
        var outcome = change(before);
        if (outcome.IsRefused)
        {
            return outcome.Refusal;
        }

        if (outcome.Value.Facts.Count == 0)
        {
            return Done.It;
        }

        if (fork is not null)
        {
            MakeBranch(fork);
        }
        else
        {
            Resume();
        }

        Current ??= StoredCart.New(_tx.Db, before.Id, _owner, _currency, _tx.Now, status: _fastOrder is null ? "active" : FastOrder);
        Store(Current, outcome.Value);
        if (Current == _branch)
        {
            _branch.Row.ExpiresAt = _tx.Now + BranchLives;
        }

        return Done.It;
    }

    /// <summary>Throws the branch away; the buyer's own cart is as it was.</summary>
    public Outcome<Done> DiscardBranch(Code cause)
    {
        if (_branch is null)
        {
            return CartRefusals.Changed;
        }

        Discard(_branch, cause);
        _branch = null;
        return Done.It;
    }

    /// <summary>The cart of the buyer from which the branch was made; null: there is no branch.</summary>
    internal Cart? BaseOfBranch => _isBranching && _branch is not null ? _own!.Value : null;

    /// <summary>The branch has become a proposal.</summary>
    internal void HandOver()
    {
        _branch!.Close("proposed", _tx.Now);
        _branch = null;
    }

    /// <summary>The caller's cart has become an order: a branch is done and takes its lines out of the buyer's cart, the buyer's own is emptied.</summary>
    public void Placed(OrderId order)
    {
        var change = _branch is null || !_isBranching ? _own!.Value.TakeAll(order) : _own!.Value.Take(_branch.Value.Lines, order);
        if (change.Facts.Count > 0)
        {
            Store(_own, change);
        }

        if (_branch is not null && _isBranching)
        {
            _branch.Close("placed", _tx.Now);
        }

        if (_fastOrder is not null)
        {
            _own.Close("placed", _tx.Now);
        }
    }

    private StoredCart? Current
    {
        get => _isBranching ? _branch ?? _own : _own;
        set => _own = value;
    }

    private void MakeBranch(CartChange fork)
    {
        if (_expired is not null)
        {
            Discard(_expired, "expired");
        }

        _own ??= StoredCart.New(_tx.Db, fork.Cart.Base!.Id, _owner, _currency, _tx.Now);
        _branch = StoredCart.New(_tx.Db, fork.Cart.Id, _owner, _currency, _tx.Now, fork.Cart.Base);
        foreach (var fact in fork.Facts)
        {
            _tx.Add(fact);
        }
    }

    private void Resume()
    {
        if (_tx.Caller.Session is { } session && _branch?.Row.SessionId is { } before && before != session.Id)
        {
            _tx.Add(new BranchResumed(_branch.Row.Id, before));
        }
    }

    private void Discard(StoredCart branch, Code cause)
    {
        branch.Close("discarded", _tx.Now);
        _tx.Add(new BranchDiscarded(branch.Row.Id, cause));
    }

    private void Store(StoredCart cart, CartChange change)
    {
        cart.Put(change.Cart, _currency, _tx.Now);
        foreach (var fact in change.Facts)
        {
            _tx.Add(fact);
        }
    }
}
