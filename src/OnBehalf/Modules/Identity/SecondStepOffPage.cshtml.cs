using Microsoft.AspNetCore.Mvc;
using OnBehalf.Host;

namespace OnBehalf.Modules.Identity;

/// <summary>Away with the own authenticator app, with a proof by it.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.StaffDesk)]
public sealed class SecondStepOffPage(SecondStepChanges changes, StaffProof proof) : ShopPage
{
    [BindProperty]
    public ProofInput Input { get; set; } = new();

    public ProofAsk Proof { get; private set; } = null!;

    public async Task OnGet() => Proof = await proof.Ask(Caller, isSecondNeeded: true, Cancel);

    public async Task<IActionResult> OnPost()
    {
        var outcome = await changes.SwitchOff(HttpContext, Caller, Input);
        if (outcome.Refusal is { } refusal)
        {
            await OnGet();
            return Refused(refusal);
        }

        return SeeOther("/staff/account/security?done=off");
    }
}
