using OnBehalf.Data;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Payments;

/// <summary>A payment for an order is open at the provider; nothing is paid yet.</summary>
public sealed record PaymentStarted(Code Payment, OrderId Order, Code Number, BuyerId? Buyer, CompanyId? Company, Money Amount, Code Provider) : Fact
{
    public override string Name => "payments.started";
}

/// <summary>The provider says that nothing came of a payment.</summary>
public sealed record PaymentFailed(Code Payment, OrderId Order, Code Number, BuyerId? Buyer, CompanyId? Company, Money Amount) : Fact
{
    public override string Name => "payments.failed";
}

/// <summary>A callback was not believed: `unsigned`, `unreadable`, `unknown` or `other-amount`. What a signed one said stands beside it.</summary>
public sealed record PaymentRefused(Code Why, Code? Payment, OrderId? Order, Money? Wanted, Code? Said) : Fact, IRefusedFact
{
    public override string Name => "payments.callback-refused";
}
