using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Modules.Log;
using OnBehalf.Modules.Payments;
using OnBehalf.Orders;

namespace OnBehalf.Modules.Orders;

/// <summary>One order of the buyer.</summary>
[Access(Audience.Buyer, Delegation.View, Right = Needs.OrdersView)]
public sealed class AccountOrderPage(Database database, OrdersQueries orders, OrderStepQueries steps, OrderSteps verbs, PaymentQueries payments, TimeProvider clock) : ShownOrder(database, orders, steps)
{
    private readonly Database _database = database;

    /// <summary>What the caller can do with it himself: cancel it, announce a return.</summary>
    public IReadOnlyList<OrderStep> Next { get; private set; } = [];

    /// <summary>Null: it is not paid online.</summary>
    public ShownPayments? Payments { get; private set; }

    /// <summary>Where he pays it; null for who may not: in a session nobody does.</summary>
    public string? PayAt => !Caller.IsAssisting && OrderSteps.IsHis(Caller, Order) ? $"/account/orders/{Uri.EscapeDataString(Order.Head.Number)}/pay" : null;

    /// <summary>In a session the buyer gets a link instead.</summary>
    public bool MaySendLink => Caller.Session is { Mode: Mode.Order } && OrderSteps.IsHis(Caller, Order) && !Caller.IsClosed(ClosablePage.PayLinkSend);

    protected override async Task Shown()
    {
        if (Order.IsPaidFirst)
        {
            await using var paying = _database.Read();
            Payments = await payments.Of(paying, Order, Cancel);
        }

        if (WasJustPlaced || !Order.IsHandledHere || !OrderSteps.IsHis(Caller, Order) || Caller.Session is not (null or { Mode: Mode.Order }) || Caller.IsClosed(ClosablePage.OrdersCancel))
        {
            return;
        }

        await using var db = _database.Read();
        var next = new List<OrderStep>();
        foreach (var step in new[] { OrderStep.Cancelled, OrderStep.ReturnAnnounced }.Where(Order.Progress.Can))
        {
            if (await verbs.TooLate(db, Order, step, clock.GetUtcNow(), Cancel) is null)
            {
                next.Add(step);
            }
        }

        Next = next;
    }

    /// <summary>The checkout leads here.</summary>
    public bool WasJustPlaced => Request.Query["placed"] == "true";

    /// <summary>Whether what was ordered can go into the caller's cart from here.</summary>
    public bool MayOrderAgain => !WasJustPlaced && Order.Lines.Count > 0 && Caller.May(Right.CartsChange) && Caller.Session is not { Mode: Mode.View } && !Caller.IsClosed(ClosablePage.CartChange);

    /// <summary>The lines as a list that the cart reads.</summary>
    public string AsList => string.Join('\n', Order.Lines.Select(line => $"{line.Sku}\t{line.Quantity}"));
}

/// <summary>The same on paper.</summary>
[Access(Audience.Buyer, Delegation.View, Right = Needs.OrdersView)]
public sealed class AccountOrderPrintPage(Database database, OrdersQueries orders, LogProofs proofs) : PrintedOrder(database, orders, proofs);
