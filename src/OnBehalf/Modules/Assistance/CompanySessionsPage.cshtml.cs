using OnBehalf.Host;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Assistance;

/// <summary>Who acted for the people of a company, for its administrators.</summary>
[Access(Audience.Buyer, Delegation.Deny)]
public sealed class CompanySessionsPage(SessionLogQueries log, SessionStops stops) : SessionLogPage(log, stops)
{
    public override string Path => "/account/company/assistance";

    public override bool IsOfCompany => true;

    protected override SessionScope? Scope => SessionScope.OfCompany(Caller);

    protected override Code Cause => "company";
}
