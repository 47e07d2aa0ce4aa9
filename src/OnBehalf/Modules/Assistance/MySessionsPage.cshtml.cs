using OnBehalf.Host;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Assistance;

/// <summary>"Who acted for me": every session for this buyer, and the end of one that runs. Whoever acts for him sees it and ends nothing here.</summary>
[Access(Audience.Buyer, Delegation.View)]
public sealed class MySessionsPage(SessionLogQueries log, SessionStops stops) : SessionLogPage(log, stops)
{
    public override string Path => "/account/assistance";

    public override bool IsOfCompany => false;

    protected override SessionScope? Scope => SessionScope.OfBuyer(Caller);

    protected override Code Cause => "buyer";
}
