using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Modules.Budgets;
using OnBehalf.Modules.Settings;

namespace OnBehalf.Modules.Orders;

/// <summary>Orders that wait for the company, for its administrators and approvers: who submitted them for whom, what, why they wait; the decision, and who decides while somebody is away.</summary>
[Access(Audience.Buyer, Delegation.Deny, Right = Needs.OrdersApprove)]
public sealed class ApprovalsPage(OrderApprovals approvals, ApprovalQueries queries, BudgetQueries budgets, CompanyBudgets company, ShopSettings settings, Database database) : ShopPage
{
    [BindProperty]
    public ApprovalInput Input { get; set; } = new();

    [BindProperty]
    public DeputyInput Deputy { get; set; } = new();

    public IReadOnlyList<ShownApproval> Open { get; private set; } = [];

    public bool HasMore { get; private set; }

    public IReadOnlyList<ShownApproval> Decided { get; private set; } = [];

    /// <summary>The one that was decided just now.</summary>
    public ShownApproval? Just { get; private set; }

    /// <summary>The one that was approved just now and that the next one has to approve too.</summary>
    public ShownApproval? PassedOn { get; private set; }

    /// <summary>His own place in the chain; null when he has none.</summary>
    public ListedApprover? Away { get; private set; }

    public IReadOnlyList<(string Value, string Words)> Deputies { get; private set; } = [];

    /// <summary>What to say at an order.</summary>
    public string? ErrorOf(ShownApproval approval) =>
        approval.Head.Number == Input.Order && ModelState["Input.Reason"] is { Errors: [var error, ..] } ? error.ErrorMessage : null;

    public async Task OnGet(string? decided)
    {
        var (open, over) = await queries.Of(Caller, Cancel);
        (Open, HasMore, Decided) = ([.. open.Take(ApprovalQueries.PageSize)], open.Count > ApprovalQueries.PageSize, over);
        Just = over.FirstOrDefault(approval => approval.Head.Number == decided);
        PassedOn = open.FirstOrDefault(approval => approval.Head.Number == decided);
        await using var db = database.Read();
        Away = (await budgets.Chain(db, Caller.Company!.Id, Cancel)).Find(one => one.Membership == Caller.Buyer!.Membership.Value);
        if (Away is not null)
        {
            Deputies =
            [
                ("", Say("please choose")),
                .. (await budgets.People(db, Caller.Company.Id, Cancel)).Where(person => person.MayApprove && person.Membership != Caller.Buyer!.Membership.Value)
                    .Select(person => (person.Membership.ToString(), person.Name)),
            ];
        }
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

    /// <summary>Somebody decides in his place until the end of a day of the shop; or he is back.</summary>
    public async Task<IActionResult> OnPostAway()
    {
        var outcome = Deputy.Back ? await company.SetDeputy(Caller, null, default, Cancel)
            : !DateOnly.TryParseExact(Deputy.Until, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var last) || last.Year > 9000 ? CompanyBudgets.UntilPast
            : await company.SetDeputy(
                Caller, Guid.TryParse(Deputy.Membership, out var deputy) ? new MembershipId(deputy) : Caller.Buyer!.Membership, EndOf(last, await settings.TimeZone(Cancel)), Cancel);
        if (outcome.Refusal is not { } refusal)
        {
            return SeeOther(OrderApprovals.Path);
        }

        await OnGet(null);
        return Refused(refusal with { Field = refusal.Field == "Deputy" ? "Membership" : refusal.Field }, "Deputy");
    }

    private static DateTimeOffset EndOf(DateOnly day, TimeZoneInfo zone)
    {
        var next = day.AddDays(1).ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(next, zone.GetUtcOffset(next)).ToUniversalTime();
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

public sealed class DeputyInput
{
    public string? Membership { get; set; }

    /// <summary>The last day.</summary>
    public string? Until { get; set; }

    public bool Back { get; set; }
}
