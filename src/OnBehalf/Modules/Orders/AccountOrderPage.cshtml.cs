using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Modules.Log;

namespace OnBehalf.Modules.Orders;

/// <summary>One order of the buyer.</summary>
[Access(Audience.Buyer, Delegation.View, Right = Needs.OrdersView)]
public sealed class AccountOrderPage(Database database, OrdersQueries orders) : ShownOrder(database, orders)
{
    /// <summary>The checkout leads here.</summary>
    public bool WasJustPlaced => Request.Query["placed"] == "true";
}

/// <summary>The same on paper.</summary>
[Access(Audience.Buyer, Delegation.View, Right = Needs.OrdersView)]
public sealed class AccountOrderPrintPage(Database database, OrdersQueries orders, LogProofs proofs) : PrintedOrder(database, orders, proofs);
