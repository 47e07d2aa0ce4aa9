using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Modules.Companies;

namespace OnBehalf.Modules.Orders;

/// <summary>One order, with how it came about.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.StaffOrdersView)]
public sealed class StaffOrderPage(Database database, OrdersQueries orders) : ShownOrder(database, orders)
{
    /// <summary>The way into a session with whoever it was placed for, which begins on this order.</summary>
    public string? ActFor => Caller.May(Right.AssistStart) && Order.Head is { Membership: { } person } head
        ? ActForLink.Of(
            head.CompanyNumber is { } number ? $"/staff/customers/{Uri.EscapeDataString(number)}" : $"/staff/consumers/{person}", new MembershipId(person),
            ActForLink.Return($"/staff/orders/{Uri.EscapeDataString(head.Number)}", $"/account/orders/{Uri.EscapeDataString(head.Number)}"))
        : null;
}

/// <summary>The same on paper.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.StaffOrdersView)]
public sealed class StaffOrderPrintPage(Database database, OrdersQueries orders) : ShownOrder(database, orders);
