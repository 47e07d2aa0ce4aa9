using Microsoft.AspNetCore.Mvc;
using OnBehalf.Assistance;
using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Modules.Companies;

namespace OnBehalf.Modules.Assistance;

/// <summary>Asks a colleague by mail to act for somebody.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.AssistStart)]
public sealed class MakeLinkPage(AssistLinks links, LinkQueries queries, CustomerQueries customers, ShopPolicies policies) : ShopPage
{
    [BindProperty]
    public MakeLinkInput Input { get; set; } = new();

    public PersonOfCustomer Customer { get; private set; } = null!;

    public IReadOnlyList<Colleague> Colleagues { get; private set; } = [];

    public ShopPolicy Policy { get; private set; } = null!;

    /// <summary>The page to come back to.</summary>
    public string Back => ReturnPath.Of(Input.From, Customer.PathIn(CustomerPaths.SalesPortal));

    public async Task<IActionResult> OnGet(Guid membershipId, string? from)
    {
        Input.From = from;
        return await Load(membershipId) ? Page() : Missing();
    }

    public async Task<IActionResult> OnPost(Guid membershipId)
    {
        if (!await Load(membershipId))
        {
            return Missing();
        }

        var draft = new LinkDraft(
            Customer.Person.Membership, Input.For is { } id ? new StaffId(id) : null, Input.Hours, Input.Reason ?? "", SessionReason.Trim(Input.Text),
            SessionReason.Trim(Input.Ticket));
        var outcome = await links.Make(Caller, draft, Cancel);
        return outcome.Refusal is { } refusal ? Refused(refusal) : SeeOther(Back);
    }

    private async Task<bool> Load(Guid membership)
    {
        if (await customers.FindPerson(Caller, new MembershipId(membership), Cancel) is not { } customer)
        {
            return false;
        }

        Customer = customer;
        Colleagues = await queries.Colleagues(Caller.Staff!.Id, Cancel);
        Policy = await policies.Shown(Cancel);
        return true;
    }
}

public sealed class MakeLinkInput
{
    public Guid? For { get; set; }

    public string? Reason { get; set; }

    public string? Text { get; set; }

    public string? Ticket { get; set; }

    public int Hours { get; set; } = 24;

    public string? From { get; set; }
}
