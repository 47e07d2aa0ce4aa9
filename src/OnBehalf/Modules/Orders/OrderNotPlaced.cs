using OnBehalf.Data;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Orders;

/// <summary>Somebody pressed the button and there is no order: the code of what he read, and the total that he saw.</summary>
public sealed record OrderNotPlaced(Code Refusal, Money Total) : Fact, IRefusedFact
{
    public override string Name => "orders.not-placed";
}
