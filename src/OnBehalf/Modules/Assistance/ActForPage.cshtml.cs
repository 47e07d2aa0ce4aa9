using OnBehalf.Assistance;
using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Modules.Companies;

namespace OnBehalf.Modules.Assistance;

/// <summary>The last step before a session in the Sales Portal.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.AssistStart)]
public sealed class ActForPage(StartDesk desk) : StartPage(desk)
{
    public override string CustomerPath => Customer.PathIn(CustomerPaths.SalesPortal);

    // The number of a company that is not his own is as wrong as one that does not exist.
    protected override bool IsAt(PersonOfCustomer customer, string? number) => customer.Company?.Number == number;

    protected override async Task<(SessionSubject Subject, string CustomerPath)?> Straight(string? number, Guid membershipId)
    {
        var membership = new MembershipId(membershipId);
        return await Desk.Customers.IsIn(number, membership, Cancel) ? (membership, CustomerPaths.Customer(CustomerPaths.SalesPortal, number, membership)) : null;
    }
}
