using OnBehalf.Host;
using OnBehalf.Modules.Companies;

namespace OnBehalf.Modules.Assistance;

/// <summary>The last step before a session in the Sales Portal.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.AssistStart)]
public sealed class ActForPage(StartDesk desk) : StartPage(desk)
{
    public override string CustomerPath => Customer.PathIn(CustomerPaths.SalesPortal);

    // The number of a company that is not his own is as wrong as one that does not exist.
    protected override bool IsAt(PersonOfCustomer customer, string? number) => customer.Company?.Number == number;
}
