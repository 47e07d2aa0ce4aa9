using Microsoft.EntityFrameworkCore;
using OnBehalf.Data;
using OnBehalf.Kernel;
using OnBehalf.Modules.Mail;
using OnBehalf.Modules.Orders;
using OnBehalf.Modules.Settings;

namespace OnBehalf.Modules.Payments;

/// <summary>Brings the baton back: who has sent the link, or placed the order for somebody else, is told what became of the payment.</summary>
public sealed class PayNotices(ShopSettings settings, Outbox outbox)
{
    internal async Task Tell(Tx tx, OrderView order, Money amount, bool isPaid)
    {
        var (id, name) = (new OrderId(order.Head.Id), await settings.Get(tx.Db, ShopSettings.ShopName, tx.Cancel));
        foreach (var reader in await PaymentQueries.Waiting(tx.Db, id, tx.Cancel))
        {
            outbox.Add(tx, PayMails.Told(order, reader, amount, isPaid, name));
        }

        var links = !isPaid ? [] : await tx.Db.Set<PayLinkRow>().Where(row => row.OrderId == id && row.PaidAt == null && row.ReplacedAt == null && row.AmountMinor == amount.Minor).ToListAsync(tx.Cancel);
        foreach (var link in links)
        {
            link.PaidAt = tx.Now;
            tx.Add(new PayLinkDone(link.Id.ToString(), id, order.Head.Number, OnlinePayments.BuyerOf(order), OnlinePayments.CompanyOf(order), amount));
        }
    }
}
