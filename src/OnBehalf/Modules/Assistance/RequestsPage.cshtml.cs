using Microsoft.AspNetCore.Mvc;
using OnBehalf.Host;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Assistance;

/// <summary>What staff ask for, and what was granted: for supervisors.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.AccessGrant)]
public sealed class RequestsPage(RequestQueries queries, AssistRequests requests) : ShopPage
{
    [BindProperty]
    public RequestsInput Input { get; set; } = new();

    public IReadOnlyList<ShownRequest> Open { get; private set; } = [];

    public IReadOnlyList<ShownRequest> Past { get; private set; } = [];

    public async Task OnGet() => (Open, Past) = await queries.All(Cancel);

    public async Task<IActionResult> OnPost()
    {
        var outcome = Input.Action switch
        {
            "grant" => await requests.Grant(Caller, Input.Id, Input.Days, Cancel),
            "decline" => await requests.Decline(Caller, Input.Id, Cancel),
            "take-back" => await requests.TakeBack(Caller, Input.Id, Cancel),
            _ => Refusal.Invalid("assistance.no-such-action", "This form has lost its button. Open the page again and retry."),
        };
        if (outcome.Refusal is not { } refusal)
        {
            return SeeOther("/admin/assistance/requests");
        }

        await OnGet();
        return Refused(refusal);
    }

    public bool IsOwn(ShownRequest request) => request.StaffId == Caller.Staff!.Id.Value;
}

public sealed class RequestsInput
{
    public Guid Id { get; set; }

    /// <summary>`grant`, `decline`, `take-back`.</summary>
    public string? Action { get; set; }

    public int Days { get; set; } = 7;
}
