using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Modules.Companies;
using OnBehalf.Modules.Log;
using OnBehalf.Modules.Notes;
using OnBehalf.Modules.Payments;
using OnBehalf.Orders;

namespace OnBehalf.Modules.Orders;

/// <summary>One order for staff, with how it came about and the way into a session.</summary>
public abstract class OrderOfStaff(Database database, OrdersQueries orders, OrderStepQueries steps, NotesQueries notes, PaymentQueries payments) : ShownOrder(database, orders, steps)
{
    private readonly Database _database = database;

    public NoteSection Notes { get; private set; } = null!;

    /// <summary>`/staff` or `/admin`.</summary>
    public string Root => CustomerPaths.RootOf(HttpContext);

    /// <summary>What can happen to it next, in the Back Office, by the caller.</summary>
    public IEnumerable<OrderStep> Next => Root == "/admin" && Order.IsHandledHere && Caller.May(Right.OrdersProcess) ? Enum.GetValues<OrderStep>().Where(step => step != OrderStep.ReturnAnnounced && Order.Progress.Can(step)) : [];

    /// <summary>The way into a session with whoever it was placed for, which begins on this order.</summary>
    public string? ActFor => Caller.May(Right.AssistStart) && Order.Head is { Membership: { } person } head
        ? ActForLink.Of(
            CustomerPaths.Customer(Root, head.CompanyNumber, new MembershipId(person)), new MembershipId(person),
            ActForLink.Return($"{Root}/orders/{Uri.EscapeDataString(head.Number)}", $"/account/orders/{Uri.EscapeDataString(head.Number)}"))
        : null;

    /// <summary>Null: it is not paid online.</summary>
    public ShownPayments? Payments { get; private set; }

    protected override async Task Shown()
    {
        Notes = new NoteSection(
            await notes.Of(new OrderId(Order.Head.Id), Cancel), NoteAbout.Order(Order.Head.Number), Say($"Order {Order.Head.Number}"), $"{Root}/orders/{Uri.EscapeDataString(Order.Head.Number)}", []);
        if (Order.IsPaidFirst)
        {
            await using var db = _database.Read();
            Payments = await payments.Of(db, Order, Cancel);
        }
    }
}

/// <summary>An order in the Sales Portal.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.StaffOrdersView)]
public sealed class StaffOrderPage(Database database, OrdersQueries orders, OrderStepQueries steps, NotesQueries notes, PaymentQueries payments) : OrderOfStaff(database, orders, steps, notes, payments);

/// <summary>An order in the Back Office.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.BackOffice)]
public sealed class OfficeOrderPage(Database database, OrdersQueries orders, OrderStepQueries steps, NotesQueries notes, PaymentQueries payments) : OrderOfStaff(database, orders, steps, notes, payments);

/// <summary>The same on paper.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.StaffOrdersView)]
public sealed class StaffOrderPrintPage(Database database, OrdersQueries orders, LogProofs proofs) : PrintedOrder(database, orders, proofs);
