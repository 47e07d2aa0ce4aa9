using OnBehalf.Kernel;

namespace OnBehalf.Assistance;

/// <summary>As whom somebody acts: one of the seller's roles, or a colleague of the buyer.</summary>
public enum OperatorKind
{
    SalesRep,
    SupportAgent,
    Supervisor,
    Administrator,
    TelesalesOperator,
    Colleague,
}

/// <summary>Who wants to act, as he stands now.</summary>
/// <param name="Email">Normalised, as in <see cref="Subject.Email"/>: the same person may be staff and buyer.</param>
/// <param name="Rights">His own: a staff member's, or a colleague's as a buyer. Of a colleague's none are lent to a session; they only bound whom he may act for.</param>
public sealed record Operator(OperatorKind Kind, string Name, string Email, Rights Rights)
{
    public string? Group { get; init; }

    /// <summary>False for a suspended staff member or colleague: nothing is allowed to him.</summary>
    public bool IsActive { get; init; } = true;

    /// <summary>The mark "has access to all customers".</summary>
    public bool AccessAllCustomers { get; init; }

    /// <summary>The customer is one of those assigned to him, for good or by access that was granted for a time.</summary>
    public bool IsAssigned { get; init; }

    /// <summary>When granted access ends; null when the assignment is for good. A session ends no later.</summary>
    public DateTimeOffset? AssignedUntil { get; init; }

    /// <summary>A company above the customer in its tree is assigned to him.</summary>
    public bool IsAssignedInTree { get; init; }

    /// <summary>What a colleague does in his company; null for staff.</summary>
    public BuyerRole? CompanyRole { get; init; }

    /// <summary>The company of a colleague; null for staff.</summary>
    public CompanyId? Company { get; init; }

    /// <summary>He asks from inside a session: there is no second level.</summary>
    public bool IsActing { get; init; }

    public bool IsColleague => Kind == OperatorKind.Colleague;

    public static OperatorKind KindOf(StaffRole role) => role switch
    {
        StaffRole.SalesRep => OperatorKind.SalesRep,
        StaffRole.SupportAgent => OperatorKind.SupportAgent,
        StaffRole.Supervisor => OperatorKind.Supervisor,
        StaffRole.Administrator => OperatorKind.Administrator,
        _ => OperatorKind.TelesalesOperator,
    };
}
