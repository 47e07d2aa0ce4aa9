using OnBehalf.Host;
using OnBehalf.Modules.Companies;

namespace OnBehalf.Modules.Assistance;

/// <summary>
/// The last step before a session in the Back Office: who, for whom, why, how long, with which rights, what is recorded and who is told. What the operator
/// may is judged by the rules, as everywhere.
/// </summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.BackOffice)]
public sealed class VerifyPage(StartDesk desk) : StartPage(desk)
{
    public override string CustomerPath => Customer.PathIn(CustomerPaths.BackOffice);

    public override bool IsQuick => false;

    protected override bool IsAt(PersonOfCustomer customer, string? number) => true;
}

/// <summary>The same for a company as a whole.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.BackOffice)]
public sealed class VerifyCompanyPage(StartDesk desk) : StartPage(desk)
{
    public override string CustomerPath => CustomerPaths.Company(CustomerPaths.BackOffice, Target.Company!.Number);

    public override bool IsQuick => false;

    protected override Task<StartTarget?> Find(string? number, Guid membershipId) => FindCompany(number);
}
