using OnBehalf.Kernel;

namespace OnBehalf.Modules.Assistance;

/// <summary>A buyer said that he did not ask for a session; until the case is closed nobody acts for him. With a company and no buyer: for that as a whole.</summary>
public sealed record CaseOpened(AssistCaseId Case, BuyerId? Buyer, CompanyId? Company, AssistedSessionId Session, string? Note) : Fact
{
    public override string Name => "assistance.case-opened";
}

/// <summary>A supervisor or administrator has looked into a case; the buyer can be acted for again.</summary>
public sealed record CaseClosed(AssistCaseId Case, BuyerId? Buyer, CompanyId? Company, string Note) : Fact
{
    public override string Name => "assistance.case-closed";
}
