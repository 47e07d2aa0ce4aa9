using Microsoft.AspNetCore.Mvc;
using OnBehalf.Host;

namespace OnBehalf.Modules.Identity;

/// <summary>Away with the own authenticator app, with a proof by it.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.StaffDesk)]
public sealed class SecondStepOffPage(SecondStepChanges changes) : ShopPage
{
    [BindProperty]
    public ProofInput Input { get; set; } = new();

    public ProofAsk Proof { get; } = new(HasApp: true, IsSecondNeeded: true);

    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPost()
    {
        var outcome = await changes.SwitchOff(HttpContext, Caller, Input);
        return outcome.Refusal is { } refusal ? Refused(refusal) : SeeOther("/staff/account/security?done=off");
    }
}
