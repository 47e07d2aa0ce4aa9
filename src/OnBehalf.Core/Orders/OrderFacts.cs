using OnBehalf.Kernel;

namespace OnBehalf.Orders;

/// <summary>
/// An order of a session goes where the customer's orders did not go before: `new-address`, or where it should not: `operator-name`, `staff-address`.
/// </summary>
public sealed record OrderSentElsewhere(OrderId Order, Code Number, Code Why) : Fact
{
    public override string Name => "orders.sent-elsewhere";
}

/// <summary>Somebody of the staff took a list of orders away as a file.</summary>
public sealed record OrdersExported(int Rows) : Fact
{
    public override string Name => "orders.exported";
}

/// <summary>A cart has become an order. Who placed it for whom, and in which session, the log takes from the caller.</summary>
public sealed record OrderPlaced(OrderId Order, Code Number, CompanyId? Company, Money Total, int Lines) : Fact
{
    public override string Name => "orders.placed";
}
