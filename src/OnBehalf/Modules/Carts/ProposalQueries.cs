using Microsoft.EntityFrameworkCore;
using OnBehalf.Carts;
using OnBehalf.Data;
using OnBehalf.Kernel;
using OnBehalf.Modules.Catalog;
using OnBehalf.Modules.Pricing;

namespace OnBehalf.Modules.Carts;

/// <summary>A proposal in a list, or at the head of its page.</summary>
public sealed record ListedProposal(
    Guid Id, Guid Cart, string? MadeBy, string Customer, string? Words, string Status, string? Answer, DateTimeOffset MadeAt, DateTimeOffset ExpiresAt, DateTimeOffset? EndedAt, int Lines, int Taken, bool IsLate)
{
    public string State => Status == CartProposal.Open && IsLate ? CartProposal.Expired : Status;

    public bool IsOpen => State == CartProposal.Open;
}

/// <summary>A line of a proposal beside what the buyer's cart has now.</summary>
/// <param name="PriceBefore">What it cost him, as he sees prices; null: it is on request.</param>
/// <param name="Price">What it is to cost.</param>
public sealed record ShownProposedLine(ProposedLine Line, string Sku, string Name, LineState Now, MergeState State, UnitPrice? PriceBefore, UnitPrice? Price, bool IsTaken);

/// <summary>A proposal as its buyer sees it.</summary>
/// <param name="Cart">The buyer's cart and its version now; null: it is gone.</param>
/// <param name="CartName">Of the cart, where it is not the one that is open.</param>
public sealed record ShownProposal(ListedProposal Head, SeenCart? Cart, string? CartName, IReadOnlyList<ShownProposedLine> Lines, ProposedCoupons Coupons)
{
    public bool HasConflicts => Lines.Any(line => line.State == MergeState.Conflict);
}

/// <summary>Proposals as their pages show them.</summary>
public sealed class ProposalQueries(Database database, PricingQueries pricing, TimeProvider clock)
{
    public const int Most = 50;

    private readonly string _heads = $$"""
        select p.id as "Id", p.cart_id as "Cart", coalesce(s.first_name || ' ' || s.last_name, o.first_name || ' ' || o.last_name) as "MadeBy", b.first_name || ' ' || b.last_name as "Customer", p.words as "Words", p.status as "Status",
            p.answer as "Answer", p.made_at as "MadeAt", p.expires_at as "ExpiresAt", p.ended_at as "EndedAt", (select cast(count(*) as integer) from cart_proposal_line l where l.proposal_id = p.id) as "Lines",
            (select cast(count(*) as integer) from cart_proposal_line l where l.proposal_id = p.id and l.is_taken) as "Taken", p.expires_at <= {{database.Now}} as "IsLate"
        from cart_proposal p
        join membership m on m.id = p.membership_id
        join buyer b on b.id = m.buyer_id
        left join staff s on s.id = p.made_by_staff_id
        left join buyer o on o.id = p.made_by_buyer_id
        """;

    /// <summary>Of the caller, who is a buyer, the newest first.</summary>
    public async Task<IReadOnlyList<ListedProposal>> Of(ShopDb db, Caller caller, CancellationToken cancel) => caller.Buyer is not { Membership: var membership } ? []
        : await db.Rows<ListedProposal>($"{_heads} where p.membership_id = {{0}} order by p.made_at desc limit {Most}", membership.Value).ToListAsync(cancel);

    /// <summary>Those that wait for his answer.</summary>
    public async Task<IReadOnlyList<ListedProposal>> Waiting(ShopDb db, Caller caller, CancellationToken cancel) => caller is not { Session: null, Buyer.Membership: var membership } ? []
        : await db.Rows<ListedProposal>($"{_heads} where p.membership_id = {{0}} and p.status = 'open' and p.expires_at > {database.Now} order by p.made_at", membership.Value).ToListAsync(cancel);

    /// <summary>What a staff member made, the newest first.</summary>
    public async Task<IReadOnlyList<ListedProposal>> MadeBy(ShopDb db, StaffId staff, CancellationToken cancel) =>
        await db.Rows<ListedProposal>($"{_heads} where p.made_by_staff_id = {{0}} order by p.made_at desc limit {Most}", staff.Value).ToListAsync(cancel);

    /// <summary>Those whose time is up and that nobody closed yet, the oldest first.</summary>
    internal async Task<List<Guid>> Late(CancellationToken cancel)
    {
        await using var db = database.Read();
        return await db.Rows<Guid>($"""select id as "Value" from cart_proposal where status = 'open' and expires_at <= {database.Now} order by expires_at limit 200""").ToListAsync(cancel);
    }

    /// <summary>One of the caller's; null: there is none.</summary>
    public async Task<ShownProposal?> One(ShopDb db, Caller caller, Guid id, CancellationToken cancel)
    {
        if (caller.Buyer is not { Membership: var membership } || await db.Rows<ListedProposal>($"{_heads} where p.id = {{0}} and p.membership_id = {{1}}", id, membership.Value).ToListAsync(cancel) is not [var head])
        {
            return null;
        }

        var row = await db.Set<ProposalRow>().AsNoTracking().SingleAsync(one => one.Id == id, cancel);
        var lines = await (
            from line in db.Set<ProposalLineRow>().AsNoTracking()
            where line.ProposalId == id
            join product in db.Set<ProductRow>() on line.ProductId equals product.Id
            orderby line.Position
            select new { line, product.Sku, product.Name }).ToListAsync(cancel);
        var cart = await db.Set<CartRow>().AsNoTracking().SingleOrDefaultAsync(one => one.Id == row.CartId && one.MembershipId == membership, cancel);
        var own = cart is null ? null : new StoredCart(db, cart, await db.Set<CartLineRow>().AsNoTracking().Where(line => line.CartId == cart.Id).ToListAsync(cancel)).Value;
        var there = own?.Rows.ToDictionary(line => line.Product) ?? [];
        var prices = await pricing.Prices(db, caller, [.. lines.Select(one => one.line.ProductId)], cancel);
        var now = clock.GetUtcNow();
        return new ShownProposal(
            head, own is null ? null : new SeenCart(own.Id.Value, own.Version), cart is { Status: NamedCarts.Aside } ? cart.Name ?? CartName.Unnamed : null,
            [.. lines.Select(one => Shown(one.line.Value(row.Currency), one.line.IsTaken, one.Sku, one.Name, LineState.Of(there.GetValueOrDefault(one.line.ProductId), now), prices.GetValueOrDefault(one.line.ProductId)))],
            Proposals.CouponsOf(row));
    }

    internal static async Task<ProposalReader?> MakerOf(ShopDb db, StaffId? staff, BuyerId? buyer, CancellationToken cancel) => (await db.Rows<ProposalReader>(
        """
        select email as "Email", first_name || ' ' || last_name as "Name", id as "Staff", null as "Buyer" from staff where id = {0} and status = 'active'
        union all select email, first_name || ' ' || last_name, null, id from buyer where id = {1} and status = 'active'
        """,
        staff?.Value ?? Guid.Empty, buyer?.Value ?? Guid.Empty).ToListAsync(cancel)).FirstOrDefault();

    private static ShownProposedLine Shown(ProposedLine line, bool isTaken, string sku, string name, LineState now, ProductPrices? prices)
    {
        var before = line.Was.Price ?? prices?.Quote(line.IsAdded ? line.Proposed.Quantity : line.Was.Quantity)?.Unit;
        var price = line.IsRemoved ? null : line.Proposed.Price ?? prices?.Quote(line.Proposed.Quantity)?.Unit;
        return new ShownProposedLine(line, sku, name, now, line.Against(now), prices is null ? null : Seen(before), prices is null ? null : Seen(price), isTaken);

        UnitPrice? Seen(UnitPrice? one) => one is { } value ? prices!.Shown(value) : null;
    }
}
