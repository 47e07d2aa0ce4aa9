using Microsoft.AspNetCore.Mvc;
using OnBehalf.Host;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Orders;

/// <summary>Orders that wait for the company, for its administrators and approvers: who submitted them for whom, what, why they wait; and the decision.</summary>
[Access(Audience.Buyer, Delegation.Deny, Right = Needs.OrdersApprove)]
public sealed class ApprovalsPage(OrderApprovals approvals, ApprovalQueries queries) : ShopPage
{
    [BindProperty]
    public ApprovalInput Input { get; set; } = new();

    public IReadOnlyList<ShownApproval> Open { get; private set; } = [];

    public bool HasMore { get; private set; }

    public IReadOnlyList<ShownApproval> Decided { get; private set; } = [];

    /// <summary>The one that was decided just now.</summary>
    public ShownApproval? Just { get; private set; }

    /// <summary>What to say at an order.</summary>
    public string? ErrorOf(ShownApproval approval) =>
        approval.Head.Number == Input.Order && ModelState["Input.Reason"] is { Errors: [var error, ..] } ? error.ErrorMessage : null;

    public async Task OnGet(string? decided)
    {
        var (open, over) = await queries.Of(Caller, Cancel);
        (Open, HasMore, Decided) = ([.. open.Take(ApprovalQueries.PageSize)], open.Count > ApprovalQueries.PageSize, over);
        Just = over.FirstOrDefault(approval => approval.Head.Number == decided);
    }

    public async Task<IActionResult> OnPost()
    {
        var number = Input.Order ?? "";
        var outcome = Input.Approve ? await approvals.Approve(Caller, number, Cancel) : await approvals.Decline(Caller, number, Input.Reason, Cancel);
        if (outcome.Refusal is not { } refusal)
        {
            return SeeOther($"{OrderApprovals.Path}?decided={Uri.EscapeDataString(number)}");
        }

        await OnGet(null);
        return Refused(refusal);
    }
}

public sealed class ApprovalInput
{
    /// <summary>Its number.</summary>
    public string? Order { get; set; }

    /// <summary>Else it is declined.</summary>
    public bool Approve { get; set; }

    public string? Reason { get; set; }
}
