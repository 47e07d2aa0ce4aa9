using OnBehalf.Kernel;

namespace OnBehalf.Assistance;

/// <summary>As whom somebody acts: one of the seller's roles, a colleague of the buyer, or somebody of the dealer whose end customer the buyer's company is.</summary>
public enum OperatorKind
{
    SalesRep,
    SupportAgent,
    Supervisor,
    Administrator,
    TelesalesOperator,
    Colleague,
    Dealer,
}

/// <summary>Who wants to act, as he stands now.</summary>
/// <param name="Email">Normalised, as in <see cref="Subject.Email"/>: the same person may be staff and buyer.</param>
/// <param name="Rights">His own: a staff member's, or a buyer's in his company. Of a buyer's none are lent to a session: a colleague's bound for whom he may act, a dealer's what he may do.</param>
public sealed record Operator(OperatorKind Kind, string Name, string Email, Rights Rights)
{
    public string? Group { get; init; }

    /// <summary>False for a suspended staff member or buyer: nothing is allowed to him.</summary>
    public bool IsActive { get; init; } = true;

    /// <summary>The mark "has access to all customers".</summary>
    public bool AccessAllCustomers { get; init; }

    /// <summary>The customer is one of those assigned to him, for good or by access that was granted for a time.</summary>
    public bool IsAssigned { get; init; }

    /// <summary>When granted access ends; null when the assignment is for good. A session ends no later.</summary>
    public DateTimeOffset? AssignedUntil { get; init; }

    /// <summary>A company above the customer in its tree is assigned to him.</summary>
    public bool IsAssignedInTree { get; init; }

    /// <summary>What a buyer who acts does in his own company; null for staff.</summary>
    public BuyerRole? CompanyRole { get; init; }

    /// <summary>His own company; null for staff.</summary>
    public CompanyId? Company { get; init; }

    /// <summary>How his own company stands: a dealer on hold acts for nobody.</summary>
    public CompanyStatus CompanyStatus { get; init; }

    /// <summary>He asks from inside a session: there is no second level.</summary>
    public bool IsActing { get; init; }

    /// <summary>He is no staff: what he may do comes from a mandate alone.</summary>
    public bool IsBuyer => Kind is OperatorKind.Colleague or OperatorKind.Dealer;

    /// <summary>As whom a buyer acts for somebody of a company: as its dealer's only from a dealer, and never within his own company.</summary>
    public static OperatorKind KindOf(CompanyId? own, CompanyKind ofOwn, CompanyId? subject) =>
        ofOwn == CompanyKind.Dealer && subject is { } other && other != own ? OperatorKind.Dealer : OperatorKind.Colleague;

    public static OperatorKind KindOf(StaffRole role) => role switch
    {
        StaffRole.SalesRep => OperatorKind.SalesRep,
        StaffRole.SupportAgent => OperatorKind.SupportAgent,
        StaffRole.Supervisor => OperatorKind.Supervisor,
        StaffRole.Administrator => OperatorKind.Administrator,
        _ => OperatorKind.TelesalesOperator,
    };
}
