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

/// <summary>Somebody who acts for a buyer sends him a link with which he pays an order himself. Its secret stands nowhere.</summary>
public sealed record PayLinkMade(Code Link, OrderId Order, Code Number, BuyerId? Buyer, CompanyId? Company, Money Amount, DateTimeOffset Until) : Fact
{
    public override string Name => "payments.link-made";
}

/// <summary>What a link was for is paid.</summary>
public sealed record PayLinkDone(Code Link, OrderId Order, Code Number, BuyerId? Buyer, CompanyId? Company, Money Amount) : Fact
{
    public override string Name => "payments.link-done";
}

/// <summary>Somebody wanted to pay with a link that is worth nothing any more: `paid`, `replaced`, `expired` or `other-amount`.</summary>
public sealed record PayLinkRefused(Code Link, OrderId Order, Code Number, Code Why) : Fact, IRefusedFact
{
    public override string Name => "payments.link-refused";
}

/// <summary>A callback was not believed: `unsigned`, `unreadable`, `unknown` or `other-amount`. What a signed one said stands beside it.</summary>
public sealed record PaymentRefused(Code Why, Code? Payment, OrderId? Order, Money? Wanted, Code? Said) : Fact, IRefusedFact
{
    public override string Name => "payments.callback-refused";
}
