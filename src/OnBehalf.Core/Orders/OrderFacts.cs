using OnBehalf.Kernel;

namespace OnBehalf.Orders;

/// <summary>
/// An order of a session goes where the customer's orders did not go before: `new-address`, or where it should not: `operator-name`, `staff-address`.
/// </summary>
public sealed record OrderSentElsewhere(OrderId Order, Code Number, Code Why, bool Waits) : Fact
{
    public override string Name => "orders.sent-elsewhere";
}

/// <summary>Somebody of the staff took a list of orders away as a file.</summary>
public sealed record OrdersExported(int Rows) : Fact
{
    public override string Name => "orders.exported";
}

/// <summary>A cart has become an order that waits for the approval of an administrator of the company; `why` says which rule let it wait.</summary>
public sealed record OrderHeld(OrderId Order, Code Number, CompanyId? Company, Money Total, int Lines, Code Why) : Fact
{
    public override string Name => "orders.held";
}

/// <summary>An administrator of the company approved an order that waited; `orders.placed` follows in the same transaction.</summary>
public sealed record OrderApproved(OrderId Order, Code Number, BuyerId? Buyer) : Fact
{
    public override string Name => "orders.approved";
}

/// <summary>An administrator of the company declined an order that waited. It is never placed.</summary>
public sealed record OrderDeclined(OrderId Order, Code Number, BuyerId? Buyer, string Reason) : Fact
{
    public override string Name => "orders.declined";
}

/// <summary>A cart has become an order, at once or with its approval. Who placed it for whom, and in which session, the log takes from the caller.</summary>
public sealed record OrderPlaced(OrderId Order, Code Number, CompanyId? Company, Money Total, int Lines) : Fact
{
    public override string Name => "orders.placed";
}
