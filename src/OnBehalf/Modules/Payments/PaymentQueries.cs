using OnBehalf.Data;
using OnBehalf.Kernel;
using OnBehalf.Modules.Orders;
using OnBehalf.Orders;

namespace OnBehalf.Modules.Payments;

/// <summary>A payment as the page of its order shows it.</summary>
public sealed record ShownPayment(string Status, long AmountMinor, string Provider, string? Reference, DateTimeOffset StartedAt, DateTimeOffset? ToldAt, bool IsDoubtful);

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

    public bool IsDoubtful => All.Any(one => one is { IsDoubtful: true, Status: not "paid" });
}

/// <summary>What pages show of payments; one command, and none for orders that are not paid online.</summary>
public sealed class PaymentQueries(PayDesk desk)
{
    /// <summary>Whether an order is paid at a provider, or may be: one that is to be paid before it is sent.</summary>
    public static bool IsOnline(OrderView order) => order.IsHandledHere && order.Head.PaymentMethod is "online" or "prepayment";

    /// <summary>Null: the order is not paid online, and never was.</summary>
    /// <param name="order">With its steps.</param>
    public async Task<ShownPayments?> Of(ShopDb db, OrderView order, CancellationToken cancel)
    {
        if (!order.IsHandledHere || !IsOnline(order))
        {
            return null;
        }

        var all = await db.Rows<ShownPayment>(
            """
            select status as "Status", amount_minor as "AmountMinor", provider as "Provider", reference as "Reference", started_at as "StartedAt", told_at as "ToldAt", is_doubtful as "IsDoubtful"
            from payment where order_id = {0} order by started_at desc, id desc limit 20
            """, order.Head.Id).ToListAsync(cancel);
        return desk.Provider is null && all.Count == 0 ? null : new ShownPayments(all, order.Due, desk.Provider is not null && order.Due.Minor > 0, desk.Provider?.Name ?? all[0].Provider);
    }
}
