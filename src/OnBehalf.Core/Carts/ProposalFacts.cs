using OnBehalf.Kernel;

namespace OnBehalf.Carts;

/// <summary>What an operator prepared became a proposal, which its buyer takes or not.</summary>
public sealed record ProposalMade(Guid Proposal, CartId Cart, CartId Branch, int Lines, DateTimeOffset Until) : Fact
{
    public override string Name => "carts.proposed";
}

/// <summary>The buyer took so many of its lines into his cart.</summary>
public sealed record ProposalTaken(Guid Proposal, CartId Cart, int Lines, int Of) : Fact
{
    public override string Name => "carts.proposal-taken";
}

/// <summary>What he took of it for an article; a price is for one unit or as many as it is for, or `none`.</summary>
public sealed record ProposedLineTaken(CartId Cart, Guid Proposal, ProductId Product, Quantity Before, Quantity After, Code Price) : Fact
{
    public override string Name => "carts.line-taken";
}

/// <summary>He does not want it; why is for the operator to read, not for the log.</summary>
public sealed record ProposalDeclined(Guid Proposal, CartId Cart) : Fact
{
    public override string Name => "carts.proposal-declined";
}

/// <summary>Who made it took it back, or whoever it was for has left: `operator` or `transferred`.</summary>
public sealed record ProposalWithdrawn(Guid Proposal, CartId Cart, MembershipId Membership, Code Cause) : Fact
{
    public override string Name => "carts.proposal-withdrawn";
}

/// <summary>Nobody answered in time.</summary>
public sealed record ProposalExpired(Guid Proposal, CartId Cart, MembershipId Membership) : Fact
{
    public override string Name => "carts.proposal-expired";
}
