using Microsoft.AspNetCore.Mvc;
using OnBehalf.Host;
using OnBehalf.Modules.Identity;

namespace OnBehalf.Modules.Privacy;

/// <summary>Why a hold is over, and who says so: it asks again who sits there, because nothing else may stand between this and an erasure.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.PrivacyErase)]
public sealed class LiftHoldPage(PrivacyQueries privacy, LegalHolds holds, StaffProof proof) : ShopPage
{
    private const int ProofSeconds = 60;

    [BindProperty]
    public LiftInput Input { get; set; } = new();

    public StandingHold Hold { get; private set; } = null!;

    public ProofAsk Proof { get; private set; } = null!;

    public async Task<IActionResult> OnGet(Guid id) => await Load(id) ? Page() : Missing();

    public async Task<IActionResult> OnPost(Guid id)
    {
        if (!await Load(id))
        {
            return Missing();
        }

        if (await proof.Demand(HttpContext, Caller, Input, ProofSeconds) is { } unproved)
        {
            return Refused(unproved);
        }

        return (await holds.Lift(Caller, id, Input.Reason, Cancel)).Refusal is { } refusal ? Refused(refusal) : SeeOther(Hold.Path);
    }

    private async Task<bool> Load(Guid id)
    {
        if (await privacy.Hold(id, Cancel) is not { } hold)
        {
            return false;
        }

        (Hold, Proof) = (hold, await proof.Ask(Caller, isSecondNeeded: false, Cancel));
        return true;
    }
}

public sealed class LiftInput : ProofInput
{
    public string? Reason { get; set; }
}
