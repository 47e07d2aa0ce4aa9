using OnBehalf.Data;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Assistance;

/// <summary>A staff member sent a colleague a link to a start that he wishes.</summary>
public sealed record LinkMade(StaffId For, MembershipId Membership, CompanyId? Company, Code Reason, string? Text, string? Ticket, DateTimeOffset ExpiresAt) : Fact
{
    public override string Name => "assistance.link-made";
}

/// <summary>Its maker took it back.</summary>
public sealed record LinkWithdrawn(StaffId For, MembershipId Membership) : Fact
{
    public override string Name => "assistance.link-withdrawn";
}

/// <summary>The colleague began to act over it.</summary>
public sealed record LinkUsed(StaffId MadeBy, MembershipId Membership) : Fact
{
    public override string Name => "assistance.link-used";
}
