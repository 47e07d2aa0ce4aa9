using OnBehalf.Data;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Assistance;

/// <summary>
/// An operator began to act for a buyer, or for a company as a whole: then there is neither buyer nor membership. Text and ticket are what he typed; the reason
/// is a code of <see cref="Reasons"/>. At the given time it ends at the latest: a session without an end after that is one that somebody left out.
/// </summary>
public sealed record AssistedSessionStarted(
    AssistedSessionId Session, StaffId? Operator, BuyerId? OperatorBuyer, BuyerId? Buyer, MembershipId? Membership, CompanyId? Company, Mode Mode, Rights Granted, Code Rule, int Policy,
    DateTimeOffset SessionEndsAt, Code Reason, string? Text, string? Ticket, [property: Personal(Whose.Actor)] string? NetworkAddress) : Fact, IStartsSession
{
    public override string Name => "assistance.session-started";
}

/// <summary>A session is over: `operator`, `idle`, `hard-limit`, `sign-in-expired`, `signed-out`, `switched`, or the rule that no longer allows it.</summary>
public sealed record AssistedSessionEnded(
    AssistedSessionId Session, StaffId? Operator, BuyerId? OperatorBuyer, BuyerId? Buyer, MembershipId? Membership, CompanyId? Company, Code Cause, DateTimeOffset EndedAt) : Fact, IEndsSession
{
    public override string Name => "assistance.session-ended";
}

/// <summary>The operator proved again who he is, and goes on from another network or browser.</summary>
public sealed record SessionMoved(AssistedSessionId Session, StaffId Operator, BuyerId? Buyer, CompanyId? Company) : Fact, ISessionFact
{
    public override string Name => "assistance.session-moved";
}

/// <summary>An order in a session was more than the policy or the mandate allows.</summary>
public sealed record AssistedOrderRefused(Code Refusal, Money Total) : Fact, IRefusedFact
{
    public override string Name => "assistance.order-refused";
}

/// <summary>A staff member asks a supervisor for `access` to a company, or for the `approval` of a start.</summary>
public sealed record RequestMade(Code Kind, CompanyId? Company, MembershipId? Membership, string? Note) : Fact
{
    public override string Name => "assistance.requested";
}

/// <summary>A supervisor granted what a staff member asked for.</summary>
public sealed record RequestGranted(Code Kind, StaffId For, CompanyId? Company, MembershipId? Membership, DateTimeOffset Until) : Fact
{
    public override string Name => "assistance.request-granted";
}

/// <summary>A supervisor declined it.</summary>
public sealed record RequestDeclined(Code Kind, StaffId For, CompanyId? Company, MembershipId? Membership) : Fact
{
    public override string Name => "assistance.request-declined";
}

/// <summary>Granted access is over: `time`, or `taken-back` by a supervisor.</summary>
public sealed record AccessEnded(StaffId For, CompanyId Company, Code Cause) : Fact
{
    public override string Name => "assistance.access-ended";
}

/// <summary>From now on nobody acts for a buyer, or for anybody of a company.</summary>
public sealed record ProtectionSet(BuyerId? Buyer, CompanyId? Company, string Reason) : Fact
{
    public override string Name => "assistance.protection-set";
}

/// <summary>The protection of a buyer or a company was lifted.</summary>
public sealed record ProtectionLifted(BuyerId? Buyer, CompanyId? Company) : Fact
{
    public override string Name => "assistance.protection-lifted";
}

/// <summary>An administrator closed pages and actions to sessions of a role, or opened them again: names with blanks between.</summary>
public sealed record PagesClosed(Code Role, Code Before, Code After) : Fact
{
    public override string Name => "assistance.pages-closed";
}

/// <summary>An administrator began, changed or threw away a draft of the rules; no rule of it counts yet.</summary>
public sealed record PolicyDrafted(int Version, Code What) : Fact
{
    public override string Name => "assistance.policy-drafted";
}

/// <summary>A version of the rules waits for a second administrator.</summary>
public sealed record PolicyProposed(int Version, string? Note) : Fact
{
    public override string Name => "assistance.policy-proposed";
}

/// <summary>Another version of the rules counts from now on.</summary>
/// <param name="DigestBefore">SHA-256 of the rules until now as they are stored, in hexadecimal; of those of the product where there were none.</param>
/// <param name="DigestAfter">The same of those that count now.</param>
/// <param name="Difference">Field by field, as the page of the version shows it.</param>
public sealed record PolicyChanged(int Version, int Before, Code DigestBefore, Code DigestAfter, [property: Personal(Whose.Nobody)] string? Difference) : Fact
{
    public override string Name => "assistance.policy-changed";
}

/// <summary>A proposed version of the rules will not count.</summary>
public sealed record PolicyRejected(int Version) : Fact
{
    public override string Name => "assistance.policy-rejected";
}

/// <summary>Somebody wanted to act and the policy said no.</summary>
public sealed record AssistedSessionRefused(BuyerId? Buyer, MembershipId? Membership, CompanyId? Company, Code Rule) : Fact, IRefusedFact
{
    public override string Name => "assistance.session-refused";
}
