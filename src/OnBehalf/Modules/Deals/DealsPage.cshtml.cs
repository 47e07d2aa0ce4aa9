using Microsoft.AspNetCore.Mvc;
using OnBehalf.Deals;
using OnBehalf.Host;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Deals;

/// <summary>Prices beyond somebody's limits: what waits for the caller, who may approve them, and what he asked for himself.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.StaffDesk)]
public sealed class DealsPage(DealListQueries queries, Deals deals) : ShopPage
{
    public const string Here = "/staff/deals";

    [BindProperty]
    public DealInput Input { get; set; } = new();

    public IReadOnlyList<ShownDeal> Waiting { get; private set; } = [];

    public IReadOnlyList<ShownDeal> Own { get; private set; } = [];

    public bool MayDecide => Caller.May(Right.DealsApprove);

    /// <summary>What an article costs the shop is for who keeps prices.</summary>
    public bool SeesCost => Caller.May(Right.PricesChange);

    public async Task OnGet() => (Waiting, Own) = await queries.For(Caller, Cancel);

    public async Task<IActionResult> OnPost()
    {
        if (!ModelState.IsValid)
        {
            return BadRequest();
        }

        var outcome = Input.Action switch
        {
            "approve" => await deals.Approve(Caller, Input.Id, null, Input.Note, Cancel),
            "counter" => await deals.Approve(Caller, Input.Id, Input.Price ?? "", Input.Note, Cancel),
            "decline" => await deals.Decline(Caller, Input.Id, Input.Note, Cancel),
            "take-back" => await deals.TakeBack(Caller, Input.Id, Cancel),
            _ => Refusal.Invalid("deals.no-such-action", "This form has lost its button. Open the page again and retry."),
        };
        if (outcome.Refusal is not { } refusal)
        {
            return SeeOther(Here);
        }

        await OnGet();
        return Refused(refusal);
    }

    /// <summary>What to say at a field of the request whose form came back.</summary>
    public string? ErrorOf(ShownDeal deal, string field) =>
        deal.Id == Input.Id && ModelState.TryGetValue("Input." + field, out var entry) && entry.Errors is [var error, ..] ? error.ErrorMessage : null;

    public static string StatusWord(string status) => status switch
    {
        DealRequest.Waiting => Say("Waits"),
        DealRequest.Approved => Say("Approved"),
        DealRequest.Countered => Say("Another price approved"),
        DealRequest.Declined => Say("Declined"),
        _ => Say("Taken back"),
    };
}

public sealed class DealInput
{
    public Guid Id { get; set; }

    /// <summary>`approve`, `counter`, `decline`, `take-back`.</summary>
    public string? Action { get; set; }

    /// <summary>Of `counter`, as it was typed.</summary>
    public string? Price { get; set; }

    public string? Note { get; set; }
}
