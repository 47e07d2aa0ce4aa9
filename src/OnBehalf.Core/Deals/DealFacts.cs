using OnBehalf.Kernel;

namespace OnBehalf.Deals;

/// <summary>Staff may go down to somewhere by themselves: a new limit.</summary>
public sealed record DealLimitAdded(Code Limit, Code Terms) : Fact
{
    public override string Name => "deals.limit-added";
}

public sealed record DealLimitChanged(Code Limit, Code Before, Code After) : Fact
{
    public override string Name => "deals.limit-changed";
}

public sealed record DealLimitRemoved(Code Limit, Code Terms) : Fact
{
    public override string Name => "deals.limit-removed";
}

/// <summary>Somebody wants to agree a price beyond his limits.</summary>
public sealed record DealAsked(Guid Deal, ProductId Product, CompanyId? Company, MembershipId? Membership, Code Regular, Code Asked, Code Reason) : Fact
{
    public override string Name => "deals.asked";
}

/// <summary>He may: this price or a lower one of another answer, until a day, for at least so many.</summary>
public sealed record DealApproved(Guid Deal, ProductId Product, StaffId For, Code Asked, Code Price, Code Quantity, DateTimeOffset Until) : Fact
{
    public override string Name => "deals.approved";
}

public sealed record DealDeclined(Guid Deal, ProductId Product, StaffId For, Code Asked) : Fact
{
    public override string Name => "deals.declined";
}

/// <summary>Who asked does not want it any more.</summary>
public sealed record DealTakenBack(Guid Deal, ProductId Product) : Fact
{
    public override string Name => "deals.taken-back";
}
