using Microsoft.AspNetCore.Mvc;
using OnBehalf.Host;

namespace OnBehalf.Modules.Identity;

/// <summary>Ten new recovery codes, shown in the answer and nowhere else.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.StaffDesk)]
public sealed class RecoveryCodesPage(SecondStepChanges changes, StaffProof proof) : ShopPage
{
    [BindProperty]
    public ProofInput Input { get; set; } = new();

    public ProofAsk Proof { get; private set; } = null!;

    public string[]? Codes { get; private set; }

    public async Task OnGet() => Proof = await proof.Ask(Caller, isSecondNeeded: true, Cancel);

    public async Task<IActionResult> OnPost()
    {
        var outcome = await changes.NewCodes(HttpContext, Caller, Input);
        if (outcome.Refusal is { } refusal)
        {
            await OnGet();
            return Refused(refusal);
        }

        Codes = outcome.Value;
        return Page();
    }
}
