using Microsoft.AspNetCore.Mvc;
using OnBehalf.Host;

namespace OnBehalf.Modules.Commissions;

/// <summary>What is earned and not paid out, the button that pays it out, and what was paid out before.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.CommissionsChange)]
public sealed class CommissionPayOutsPage(CommissionQueries queries, CommissionDisputeQueries disputes, CommissionPayOuts payOuts) : ShopPage
{
    public const string Here = "/admin/commissions/pay-outs";

    public IReadOnlyList<CommissionBalance> Due { get; private set; } = [];

    public IReadOnlyList<ListedPayOut> Runs { get; private set; } = [];

    public IReadOnlyList<HeldCommission> Held { get; private set; } = [];

    public async Task OnGet() => (Due, Held, Runs) = (await queries.Due(Cancel), await disputes.Held(null, Cancel), await queries.PayOuts(Cancel));

    public async Task<IActionResult> OnPost()
    {
        if ((await payOuts.Run(Caller, Cancel)).Refusal is not { } refusal)
        {
            return SeeOther(Here);
        }

        await OnGet();
        return Refused(refusal);
    }
}
