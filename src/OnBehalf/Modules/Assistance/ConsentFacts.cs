using OnBehalf.Data;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Assistance;

/// <summary>A buyer, or a company's administrator for all its people, agreed that somebody acts; `standing`, or `once`, and how he said so.</summary>
public sealed record ConsentGiven(
    BuyerId? Buyer, MembershipId? Membership, CompanyId? Company, Code Kind, Code Whom, StaffId? For, Mode Highest, Rights Withheld, DateTimeOffset? Until, Code How) : Fact
{
    /// <summary>The place of the colleague who may act.</summary>
    public MembershipId? Colleague { get; init; }

    /// <summary>For the company as a whole, and not for the person who said it.</summary>
    public bool IsWhole { get; init; }

    /// <summary>The question to which this is the answer.</summary>
    public Guid? Ask { get; init; }

    public override string Name => "assistance.consent-given";
}

/// <summary>He took it back, or said that nobody acts: whoever it is about acts no more.</summary>
public sealed record ConsentWithdrawn(BuyerId? Buyer, MembershipId? Membership, CompanyId? Company, Code Whom, StaffId? For) : Fact
{
    public override string Name => "assistance.consent-withdrawn";
}

/// <summary>He leaves it to the rules of the shop again.</summary>
public sealed record ConsentForgotten(BuyerId? Buyer, MembershipId? Membership, CompanyId? Company, Code Whom, StaffId? For) : Fact
{
    public override string Name => "assistance.consent-forgotten";
}

/// <summary>Somebody asks a buyer whether he may act for him once, or an administrator whether for his company as a whole.</summary>
public sealed record ConsentAsked(BuyerId Buyer, MembershipId Membership, CompanyId? Company, Mode Highest, int Minutes, Code Reason, string? Note, bool IsWhole) : Fact
{
    public Guid? Ask { get; init; }

    public override string Name => "assistance.consent-asked";
}

/// <summary>The buyer said no.</summary>
public sealed record ConsentRefused(BuyerId Buyer, MembershipId Membership, StaffId? For, Code How) : Fact
{
    /// <summary>The place of the colleague who had asked.</summary>
    public MembershipId? Colleague { get; init; }

    /// <summary>He was asked about the company as a whole.</summary>
    public bool IsWhole { get; init; }

    public Guid? Ask { get; init; }

    public override string Name => "assistance.consent-refused";
}

/// <summary>Somebody typed a code that the buyer did not read out.</summary>
public sealed record ConsentCodeWrong(MembershipId Membership, int Try) : Fact, IRefusedFact
{
    public override string Name => "assistance.consent-code-wrong";
}

/// <summary>A company's administrator changed what the company asks for before anybody acts for its people.</summary>
public sealed record CompanyConsentChanged(CompanyId Company, Code Before, Code After) : Fact
{
    public override string Name => "assistance.company-consent-changed";
}

/// <summary>A session began without consent, with the approval of a second person. The buyer, or who answers for the company, and the supervisors are told.</summary>
public sealed record EmergencyStarted(AssistedSessionId Session, StaffId Operator, BuyerId? Buyer, MembershipId? Membership, CompanyId? Company, StaffId? Approver,
    [property: Personal(Whose.Named, nameof(EmergencyStarted.Approver))] string ApprovedBy, string? Note) : Fact, ISessionFact
{
    public override string Name => "assistance.emergency-started";
}
