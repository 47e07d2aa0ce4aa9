using Microsoft.AspNetCore.Mvc;
using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Modules.Identity;

namespace OnBehalf.Modules.Companies;

/// <summary>A private customer in the Sales Portal; whoever belongs to a company is on its page.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.CustomersView)]
public sealed class ConsumerPage(CustomerQueries customers, OpenedCustomers opened) : ShownPerson(customers, opened)
{
    protected override bool IsShown(PersonOfCustomer customer) => customer.Company is null;
}

/// <summary>A buyer in the Back Office; who may, sees where he is signed in and ends it.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.BackOffice)]
public sealed class OfficeBuyerPage(CustomerQueries customers, OpenedCustomers opened, SignInListQueries signIns, SignInStops stops) : ShownPerson(customers, opened)
{
    private readonly CustomerQueries _customers = customers;

    public async Task<IActionResult> OnPost(Guid membershipId, Guid signIn, bool others)
    {
        if (await _customers.FindPerson(Caller, new MembershipId(membershipId), Cancel) is not { } customer)
        {
            return Missing();
        }

        var outcome = await stops.EndOf(Caller, customer.Person.Buyer, others ? null : new SignInId(signIn), Cancel);
        return outcome.Refusal is { } refusal ? Refused(refusal) : SeeOther($"{CustomerPaths.Buyer(Root, customer.Person.Membership)}?done={(others ? "all" : "ended")}#sign-ins");
    }

    protected override async Task<SignInListing?> ListSignIns() => Caller.May(Right.BuyersSecure)
        ? new SignInListing(Say("Where he or she is signed in"), await signIns.Of(Person.Buyer, Cancel), null, Path, Say("End all"))
        : null;

    protected override bool IsShown(PersonOfCustomer customer) => true;
}
