using OnBehalf.Kernel;

namespace OnBehalf.Modules.Assistance;

/// <summary>For whom somebody wants to act: a buyer in one of his places, or a company as a whole; exactly one of the two.</summary>
public readonly record struct SessionSubject
{
    private SessionSubject(MembershipId? membership, CompanyId? company) => (Membership, Company) = (membership, company);

    public MembershipId? Membership { get; }

    /// <summary>Only of a company as a whole.</summary>
    public CompanyId? Company { get; }

    public static implicit operator SessionSubject(MembershipId membership) => new(membership, null);

    public static implicit operator SessionSubject(CompanyId company) => new(null, company);

    internal Guid MembershipKey => Membership?.Value ?? Guid.Empty;

    internal Guid CompanyKey => Company?.Value ?? Guid.Empty;
}
