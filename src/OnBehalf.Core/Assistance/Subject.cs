using OnBehalf.Kernel;

namespace OnBehalf.Assistance;

public enum SubjectKind
{
    /// <summary>A person in a company.</summary>
    Employee,

    /// <summary>A private person.</summary>
    Consumer,

    /// <summary>A company as a whole, with nobody of it: its orders have no buyer.</summary>
    Company,
}

/// <summary>Whom it is about: a buyer in one of his places, or a company.</summary>
/// <param name="Email">Normalised; empty for a company.</param>
/// <param name="Rights">What the buyer may do himself; of a company, what its purchasers may.</param>
/// <param name="Company">None for a consumer.</param>
public readonly record struct Subject(SubjectKind Kind, string Name, string Email, Rights Rights, bool IsActive, bool IsMembershipActive, SubjectCompany? Company)
{
    /// <summary>A staff member has the same mail address.</summary>
    public bool IsStaff { get; init; }

    /// <summary>The buyer is under protection: nobody acts for him.</summary>
    public bool IsProtected { get; init; }

    public static Subject OfBuyer(
        string name, string email, Rights rights, bool isActive, bool isMembershipActive, SubjectCompany? company, bool isStaff = false,
        bool isProtected = false) =>
        new(company is null ? SubjectKind.Consumer : SubjectKind.Employee, name, email, rights, isActive, isMembershipActive, company) { IsStaff = isStaff, IsProtected = isProtected };

    /// <summary>Anybody of a company, before somebody is chosen: what is denied for him is denied for all.</summary>
    public static Subject AnybodyOf(SubjectCompany company) =>
        new(SubjectKind.Employee, company.Name, "", Rights.None, IsActive: true, IsMembershipActive: true, company);

    public static Subject OfCompany(SubjectCompany company, Rights rights) =>
        new(SubjectKind.Company, company.Name, "", rights, IsActive: true, IsMembershipActive: true, company);
}

/// <summary>The company of a subject.</summary>
/// <param name="Country">ISO 3166 alpha-2; null when unknown, and then in no territory.</param>
public readonly record struct SubjectCompany(CompanyId Id, string Name, CompanyStatus Status, string? Country)
{
    public bool IsProtected { get; init; }

    /// <summary>Rules look at it, so nobody may leave it out.</summary>
    public required CompanyKind Kind { get; init; }

    /// <summary>The company above it in its tree: of an end customer its dealer.</summary>
    public CompanyId? Parent { get; init; }

    /// <summary>Its colleagues may act also for somebody who has more rights than they.</summary>
    public bool LetsColleaguesActUpwards { get; init; }

    /// <summary>What the company asks for at least, whatever the shop's rules ask for.</summary>
    public ConsentNeed Consent { get; init; }
}
