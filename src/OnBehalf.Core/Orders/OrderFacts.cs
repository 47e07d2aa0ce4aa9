using OnBehalf.Kernel;

namespace OnBehalf.Orders;

/// <summary>A cart has become an order. Who placed it for whom, and in which session, the log takes from the caller.</summary>
public sealed record OrderPlaced(OrderId Order, Code Number, CompanyId? Company, Money Total, int Lines) : Fact
{
    public override string Name => "orders.placed";
}
