using Microsoft.EntityFrameworkCore;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Modules.Orders;
using OnBehalf.Modules.Settings;

namespace OnBehalf.Modules.Payments;

/// <summary>What became of a callback that the provider has signed.</summary>
public enum PayVerdict
{
    /// <summary>It is written down, or was already.</summary>
    Taken,
    Unknown,
    OtherAmount,
}

/// <summary>
/// Begins payments at the provider and enters what it says of them. A payment is for one amount of one order: when the order costs something else, another one begins, and the first is closed. What
/// the provider says counts once, in whatever order and however often it comes; money that is there is entered, also when the order was cancelled meanwhile.
/// </summary>
public sealed class OnlinePayments(Database database, PayDesk desk, OrdersQueries orders, OrderAdvances advances, PayNotices notices, ShopAddress shop)
{
    public const string Callback = "/payments/callback";

    /// <summary>Who speaks when the provider does.</summary>
    internal static readonly Caller Self = Caller.Machine("payment-provider");

    /// <summary>Where the buyer pays what his order still costs. Nobody does it for him.</summary>
    public async Task<Outcome<Uri>> Begin(HttpContext context, string number)
    {
        var (caller, cancel) = (context.Caller(), context.RequestAborted);
        if (desk.Provider is not { } provider)
        {
            return PayRefusals.Off;
        }

        if (await shop.Of(context.Request) is not { } address)
        {
            return PayRefusals.NoAddress;
        }

        var opened = await database.Write<PayOrder>(
            caller,
            async tx =>
            {
                if (caller.IsAssisting)
                {
                    return AccessGate.NotInSession;
                }

                if (await orders.Find(tx.Db, caller, number, tx.Cancel) is not { } seen)
                {
                    return OnBehalf.Orders.OrderRefusals.OrderMissing;
                }

                return !OrderSteps.IsHis(caller, seen) ? AccessGate.RightMissing
                    : await Open(tx, (await advances.Locked(tx, new OrderId(seen.Head.Id)))!, provider.Name, new Uri($"{address}/account/orders/{Uri.EscapeDataString(number)}?pay=back"), new Uri(address + Callback));
            },
            cancel);
        return opened.IsRefused ? opened.Refusal : await provider.Begin(opened.Value, cancel);
    }

    /// <summary>The open payment of an order for what it costs now: the one that there is, or a new one.</summary>
    /// <param name="order">As it is behind its lock.</param>
    internal async Task<Outcome<PayOrder>> Open(Tx tx, OrderView order, string provider, Uri back, Uri callback)
    {
        if (Judge(order) is { } refusal)
        {
            return refusal;
        }

        var id = new OrderId(order.Head.Id);

        var open = await tx.Db.Set<PaymentRow>().Where(row => row.OrderId == id && row.Status == "open").ToListAsync(tx.Cancel);
        var payment = open.Find(row => row.AmountMinor == order.Due.Minor && row.Provider == provider);
        if (payment is null)
        {
            open.ForEach(row => row.Status = "closed");
            payment = new PaymentRow { Id = Guid.CreateVersion7(), OrderId = id, Status = "open", AmountMinor = order.Due.Minor, Currency = order.Currency, Provider = provider, StartedAt = tx.Now };
            tx.Db.Add(payment);
            tx.Add(new PaymentStarted(payment.Id.ToString(), id, order.Head.Number, BuyerOf(order), CompanyOf(order), order.Due, provider));
        }

        return new PayOrder(payment.Id, order.Head.Number, order.Due, back, callback);
    }

    /// <summary>Why nothing can be paid of an order; null: it can.</summary>
    internal static Refusal? Judge(OrderView order) => !order.IsPaidFirst ? PayRefusals.NotOnline : order.Due.Minor <= 0 ? PayRefusals.NothingDue : null;

    /// <summary>Enters what the provider has said.</summary>
    public Task<Outcome<PayVerdict>> Told(PaySaid said, CancellationToken cancel) => database.Write<PayVerdict>(
        Self,
        async tx =>
        {
            if (await tx.Db.Set<PaymentRow>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == said.Payment, tx.Cancel) is not { } known)
            {
                tx.Add(new PaymentRefused("unknown", null, null, null, null));
                return PayVerdict.Unknown;
            }

            // Behind the order's lock: two callbacks at once are one after the other.
            var order = (await advances.Locked(tx, known.OrderId))!;
            var payment = await tx.Db.Set<PaymentRow>().SingleAsync(row => row.Id == said.Payment, tx.Cancel);
            var amount = new Money(payment.AmountMinor, payment.Currency);
            if (said.Minor != amount.Minor || said.Currency != amount.Currency.Code)
            {
                if (!payment.IsDoubtful)
                {
                    payment.IsDoubtful = true;
                    tx.Add(new PaymentRefused("other-amount", payment.Id.ToString(), payment.OrderId, amount, InWords(said)));
                }

                return PayVerdict.OtherAmount;
            }

            // What is paid stays paid, and what failed may still be paid.
            if (payment.Status == "paid" || (!said.IsPaid && payment.Status != "open"))
            {
                return PayVerdict.Taken;
            }

            (payment.Status, payment.Reference, payment.ToldAt) = (said.IsPaid ? "paid" : "failed", said.Reference, tx.Now);
            if (said.IsPaid)
            {
                await OrderAdvances.Receive(tx, order, amount, said.Reference);
            }
            else
            {
                tx.Add(new PaymentFailed(payment.Id.ToString(), payment.OrderId, order.Head.Number, BuyerOf(order), CompanyOf(order), amount));
            }

            await notices.Tell(tx, order, amount, said.IsPaid);
            return PayVerdict.Taken;
        },
        cancel);

    private static string InWords(PaySaid said) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{said.Minor} {said.Currency}");

    internal static CompanyId? CompanyOf(OrderView order) => order.Head.Company is { } company ? new CompanyId(company) : null;

    internal static BuyerId? BuyerOf(OrderView order) => order.Head.Buyer is { } buyer ? new BuyerId(buyer) : null;
}
