using OnBehalf.Data;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Assistance;

/// <summary>An operator raised the mode of his session; until a time when it is above that in which the rule opens. The reason is what he typed.</summary>
public sealed record SessionModeRaised(AssistedSessionId Session, BuyerId? Buyer, CompanyId? Company, Mode Before, Mode After, DateTimeOffset? Until, string? Reason) : Fact, ISessionFact
{
    public override string Name => "assistance.mode-raised";
}

/// <summary>He lowered it before it fell back by itself.</summary>
public sealed record SessionModeLowered(AssistedSessionId Session, BuyerId? Buyer, CompanyId? Company, Mode Before, Mode After) : Fact, ISessionFact
{
    public override string Name => "assistance.mode-lowered";
}
