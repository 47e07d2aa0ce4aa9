using Microsoft.AspNetCore.Mvc;
using OnBehalf.Commissions;
using OnBehalf.Host;

namespace OnBehalf.Modules.Commissions;

public sealed class CommissionDisputeInput
{
    public string? Order { get; set; }

    /// <summary>`representative` or `amount`.</summary>
    public string? Wish { get; set; }

    public string? Text { get; set; }
}

/// <summary>Somebody says that the commissions of an order are wrong, and reads what was answered.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.StaffDesk)]
public sealed class CommissionDisputesPage(CommissionDisputeQueries queries, CommissionDisputes disputes) : ShopPage
{
    public const string Here = "/staff/commissions/disputes";

    public static IReadOnlyList<(string Value, string Words)> Wishes =>
    [
        ("", Say("please choose")), ("representative", CommissionWords.Of(DisputeWish.Representative).ToString()), ("amount", CommissionWords.Of(DisputeWish.Amount).ToString()),
    ];

    [BindProperty]
    public CommissionDisputeInput Input { get; set; } = new();

    public IReadOnlyList<ShownDispute> Own { get; private set; } = [];

    public async Task OnGet(string? order)
    {
        Input.Order ??= order;
        Own = await queries.Own(Caller, Cancel);
    }

    public async Task<IActionResult> OnPost()
    {
        if ((await disputes.Open(Caller, Input.Order, Input.Wish, Input.Text, Cancel)).Refusal is not { } refusal)
        {
            return SeeOther(Here);
        }

        await OnGet(null);
        return Refused(refusal);
    }
}
