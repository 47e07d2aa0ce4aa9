using OnBehalf.Data;
using OnBehalf.Kernel;
using OnBehalf.Modules.Orders;
using OnBehalf.Orders;

namespace OnBehalf.Modules.Payments;

/// <summary>A payment as the page of its order shows it.</summary>
public sealed record ShownPayment(string Status, long AmountMinor, string Provider, string? Reference, DateTimeOffset StartedAt, DateTimeOffset? ToldAt, bool IsDoubtful);

/// <summary>A pay link as the page of its order shows it.</summary>
public sealed record ShownPayLink(long AmountMinor, string MadeBy, DateTimeOffset MadeAt, DateTimeOffset ExpiresAt, bool IsExpired, DateTimeOffset? PaidAt, DateTimeOffset? ReplacedAt);

/// <summary>How far an order is paid online, as its page shows it.</summary>
/// <param name="All">The newest first.</param>
/// <param name="Due">What it still costs.</param>
/// <param name="CanPay">It is to be paid, and there is somebody who takes the money.</param>
public sealed record ShownPayments(IReadOnlyList<ShownPayment> All, Money Due, bool CanPay, string Provider)
{
    /// <summary>Somebody began and the provider has not said yet what became of it.</summary>
    public bool IsOpen => CanPay && All is [{ Status: "open" }, ..];

    /// <summary>The last one came to nothing.</summary>
    public bool HasFailed => CanPay && All is [{ Status: "failed" }, ..];

    /// <summary>The newest link with which it can be paid, where one was made.</summary>
    public ShownPayLink? Link { get; init; }

    public bool IsDoubtful => All.Any(one => one is { IsDoubtful: true, Status: not "paid" });
}

/// <summary>What pages show of payments; one command, and none for orders that are not paid online.</summary>
public sealed class PaymentQueries(Database database, PayDesk desk)
{
    /// <summary>Null: the order is not paid online, and never was.</summary>
    /// <param name="order">With its steps.</param>
    public async Task<ShownPayments?> Of(ShopDb db, OrderView order, CancellationToken cancel)
    {
        if (!order.IsPaidFirst)
        {
            return null;
        }

        var all = await db.Rows<ShownPayment>(
            """
            select status as "Status", amount_minor as "AmountMinor", provider as "Provider", reference as "Reference", started_at as "StartedAt", told_at as "ToldAt", is_doubtful as "IsDoubtful"
            from payment where order_id = {0} order by started_at desc, id desc limit 20
            """, order.Head.Id).ToListAsync(cancel);
        var links = await db.Rows<ShownPayLink>(
            $$"""
            select l.amount_minor as "AmountMinor", coalesce(s.first_name || ' ' || s.last_name, b.first_name || ' ' || b.last_name, '') as "MadeBy", l.made_at as "MadeAt", l.expires_at as "ExpiresAt",
                l.expires_at <= {{database.Now}} as "IsExpired", l.paid_at as "PaidAt", l.replaced_at as "ReplacedAt"
            from pay_link l left join staff s on s.id = l.made_by_staff_id left join buyer b on b.id = l.made_by_buyer_id
            where l.order_id = {0} order by l.made_at desc, l.id desc limit 1
            """, order.Head.Id).ToListAsync(cancel);
        return desk.Provider is null && all.Count == 0 ? null : new ShownPayments(all, order.Due, desk.Provider is not null && order.Due.Minor > 0, desk.Provider?.Name ?? all[0].Provider) { Link = links.FirstOrDefault() };
    }

    /// <summary>A link by the hash of its secret.</summary>
    internal static async Task<Link?> LinkOf(Database database, ShopDb db, byte[] hash, CancellationToken cancel) => (await db.Rows<Link>(
        $$"""
        select id as "Id", order_id as "Order", amount_minor as "AmountMinor", currency as "Currency", expires_at as "ExpiresAt", expires_at <= {{database.Now}} as "IsExpired", paid_at as "PaidAt",
            replaced_at as "ReplacedAt"
        from pay_link where token_hash = {0}
        """, hash).ToListAsync(cancel)).SingleOrDefault();

    /// <summary>Who waits for the payment of an order: who has sent the link, else who has placed it for somebody else.</summary>
    internal static async Task<IReadOnlyList<PayReader>> Waiting(ShopDb db, OrderId order, CancellationToken cancel) =>
    [
        .. (await db.Rows<Waiter>(
            """
            select w.is_staff as "IsStaff", w.id as "Id", w.name as "Name", w.email as "Email" from (
                select 1 as is_staff, s.id, s.first_name || ' ' || s.last_name as name, s.email, s.status, l.made_at from pay_link l join staff s on s.id = l.made_by_staff_id where l.order_id = {0}
                union all select 0, b.id, b.first_name || ' ' || b.last_name, b.email, b.status, l.made_at from pay_link l join buyer b on b.id = l.made_by_buyer_id where l.order_id = {0}
                union all select 1, s.id, s.first_name || ' ' || s.last_name, s.email, s.status, null from orders o join staff s on s.id = o.operator_staff_id where o.id = {0}
                union all select 0, b.id, b.first_name || ' ' || b.last_name, b.email, b.status, null from orders o join buyer b on b.id = o.operator_buyer_id where o.id = {0}) w
            where w.status = 'active' order by case when w.made_at is null then 1 else 0 end, w.made_at desc limit 1
            """, order.Value).ToListAsync(cancel)).Select(one => new PayReader(one.Email, one.Name) { Staff = one.IsStaff == 1 ? new StaffId(one.Id) : null, Buyer = one.IsStaff == 1 ? null : new BuyerId(one.Id) }),
    ];

    internal sealed record Link(Guid Id, Guid Order, long AmountMinor, string Currency, DateTimeOffset ExpiresAt, bool IsExpired, DateTimeOffset? PaidAt, DateTimeOffset? ReplacedAt);

    private sealed record Waiter(int IsStaff, Guid Id, string Name, string Email);
}
