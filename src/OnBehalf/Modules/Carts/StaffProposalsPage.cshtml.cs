using Microsoft.AspNetCore.Mvc;
using OnBehalf.Data;
using OnBehalf.Host;

namespace OnBehalf.Modules.Carts;

/// <summary>What a staff member proposed for the carts of buyers, what became of it, and taking back what waits.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.StaffDesk)]
public sealed class StaffProposalsPage(Database database, ProposalQueries queries, Proposals proposals) : ShopPage
{
    public const string Here = "/staff/proposals";

    public IReadOnlyList<ListedProposal> Own { get; private set; } = [];

    public async Task OnGet()
    {
        await using var db = database.Read();
        Own = await queries.MadeBy(db, Caller.Staff!.Id, Cancel);
    }

    public async Task<IActionResult> OnPost(Guid withdraw)
    {
        if (!ModelState.IsValid)
        {
            return BadRequest();
        }

        if ((await proposals.Withdraw(Caller, withdraw, Cancel)).Refusal is not { } refusal)
        {
            return SeeOther(Here);
        }

        await OnGet();
        return Refused(refusal);
    }
}
