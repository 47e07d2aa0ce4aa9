using Microsoft.AspNetCore.Mvc;
using OnBehalf.Commissions;
using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Modules.Orders;

namespace OnBehalf.Modules.Commissions;

public sealed class DisputeAnswerInput
{
    public Guid Id { get; set; }

    /// <summary>`accept` or `decline`.</summary>
    public string? Action { get; set; }

    public string? Answer { get; set; }
}

/// <summary>Disputes of everybody, and their answers.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.CommissionsChange)]
public sealed class OfficeDisputesPage(CommissionDisputeQueries queries, CommissionDisputes disputes) : ShopPage
{
    public const string Here = "/admin/commissions/disputes";

    [BindProperty]
    public DisputeAnswerInput Input { get; set; } = new();

    public DisputeStatus Status { get; private set; }

    public IReadOnlyList<ShownDispute> Shown { get; private set; } = [];

    public OrderPlace? Older { get; private set; }

    public async Task OnGet(string? status, string? before)
    {
        Status = status switch { "accepted" => DisputeStatus.Accepted, "declined" => DisputeStatus.Declined, _ => DisputeStatus.Open };
        (Shown, Older) = await queries.All(Status, OrderPlace.Read(before), Cancel);
    }

    public async Task<IActionResult> OnPost()
    {
        if (!ModelState.IsValid)
        {
            return BadRequest();
        }

        var outcome = Input.Action is "accept" or "decline" ? await disputes.Answer(Caller, Input.Id, Input.Action == "accept", Input.Answer, Cancel)
            : Refusal.Invalid("commissions.no-such-action", "This form has lost its button. Open the page again and retry.");
        if (outcome.Refusal is not { } refusal)
        {
            return SeeOther(Here);
        }

        await OnGet(null, null);
        return Refused(refusal);
    }

    /// <summary>What to say at the answer whose form came back.</summary>
    public string? ErrorOf(ShownDispute dispute) => dispute.Id == Input.Id && ModelState.TryGetValue("Input.Answer", out var entry) && entry.Errors is [var error, ..] ? error.ErrorMessage : null;
}
