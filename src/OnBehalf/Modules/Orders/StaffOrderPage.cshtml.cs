using OnBehalf.Data;
using OnBehalf.Host;

namespace OnBehalf.Modules.Orders;

/// <summary>One order, with how it came about.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.StaffOrdersView)]
public sealed class StaffOrderPage(Database database, OrdersQueries orders) : ShownOrder(database, orders);

/// <summary>The same on paper.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.StaffOrdersView)]
public sealed class StaffOrderPrintPage(Database database, OrdersQueries orders) : ShownOrder(database, orders);
