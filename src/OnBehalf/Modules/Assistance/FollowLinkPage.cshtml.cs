using Microsoft.AspNetCore.Mvc;
using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Modules.Companies;

namespace OnBehalf.Modules.Assistance;

/// <summary>Where the link of a mail leads: on to the last step while it counts, else to a sentence. For anybody but the one to whom it was sent there is no such page.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.AssistStart)]
public sealed class FollowLinkPage(LinkQueries links, CustomerQueries customers) : ShopPage
{
    public async Task<IActionResult> OnGet(Guid id)
    {
        if (await links.Followed(Caller.Staff!.Id, id, Cancel) is not { } link || await customers.FindPerson(Caller, new MembershipId(link.Membership), Cancel) is not { } customer)
        {
            return Missing();
        }

        return link.IsOpen
            ? Redirect(ActForLink.Of(customer.PathIn(CustomerPaths.SalesPortal), customer.Person.Membership, "%2Fstaff") + $"&link={id}")
            : Refused(AssistLinks.Over);
    }
}
