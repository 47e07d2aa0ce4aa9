using OnBehalf.Host;
using OnBehalf.Modules.Companies;

namespace OnBehalf.Modules.Assistance;

/// <summary>The last step before a session for a company as a whole.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.AssistStart)]
public sealed class ActForCompanyPage(StartDesk desk) : StartPage(desk)
{
    public override string CustomerPath => CustomerPaths.Company(CustomerPaths.SalesPortal, Target.Company!.Number);

    protected override Task<StartTarget?> Find(string? number, Guid membershipId) => FindCompany(number);
}
