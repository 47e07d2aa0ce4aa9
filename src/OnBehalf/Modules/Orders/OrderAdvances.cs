using Microsoft.EntityFrameworkCore;
using OnBehalf.Data;
using OnBehalf.Kernel;
using OnBehalf.Orders;

namespace OnBehalf.Modules.Orders;

/// <summary>Enters what a payment provider has received: a payment that is on no invoice, because there may be none yet. Invoices take of it as they come.</summary>
public sealed class OrderAdvances(Database database, OrderStepQueries steps)
{
    /// <summary>Lets nobody else change the order until the commit, and reads it as it is then; null: there is none.</summary>
    public async Task<OrderView?> Locked(Tx tx, OrderId id)
    {
        if (database.Kind == DatabaseKind.Postgres)
        {
            await tx.Db.Rows<Guid>("select id as \"Value\" from orders where id = {0} for no key update", id.Value).ToListAsync(tx.Cancel);
        }

        return await Seen(tx.Db, id, tx.Cancel);
    }

    /// <summary>An order with its steps, for the shop itself; null: there is none.</summary>
    public async Task<OrderView?> Seen(ShopDb db, OrderId id, CancellationToken cancel) =>
        await OrdersQueries.ForShop(db, id, cancel) is { } view ? view with { Steps = await steps.Of(db, id.Value, cancel) } : null;

    /// <summary>Whatever became of the order meanwhile: money that is there is written down, and what is too much is owed to the customer.</summary>
    /// <param name="view">As <see cref="Locked"/> has read it.</param>
    public static async Task Receive(Tx tx, OrderView view, Money amount, string reference)
    {
        var order = await tx.Db.Set<OrderRow>().SingleAsync(row => row.Id == new OrderId(view.Head.Id), tx.Cancel);
        var number = view.Steps.Count + 1;
        tx.Db.Add(new OrderStepRow
        {
            OrderId = order.Id, Number = number, Kind = Words.Kebab(OrderStep.PaymentReceived), At = tx.Now, Document = reference, PaidOn = OrderSteps.Today(tx.Now), TotalMinor = amount.Minor,
        });
        var (before, progress, account) = (view.Due, view.Progress, view.Account);
        tx.Add(new OrderPaidOnline(order.Id, order.Number, order.BuyerId, order.CompanyId, amount, reference, before, before - amount));
        if (account.Open.Minor > 0 && account.Open <= amount && progress.Can(OrderStep.Paid))
        {
            // Settled by this.
            tx.Db.Add(new OrderStepRow { OrderId = order.Id, Number = number + 1, Kind = Words.Kebab(OrderStep.Paid), At = tx.Now });
            var paid = progress.With(OrderStep.Paid, []);
            tx.Add(new OrderPaid(order.Id, order.Number, order.BuyerId, order.CompanyId, order.Status, paid.Status));
            order.Status = paid.Status;
        }

        order.Version++;
    }
}
