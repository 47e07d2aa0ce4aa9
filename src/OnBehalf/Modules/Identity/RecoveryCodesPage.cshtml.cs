using Microsoft.AspNetCore.Mvc;
using OnBehalf.Host;

namespace OnBehalf.Modules.Identity;

/// <summary>Ten new recovery codes, shown in the answer and nowhere else.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.StaffDesk)]
public sealed class RecoveryCodesPage(SecondStepChanges changes) : ShopPage
{
    [BindProperty]
    public ProofInput Input { get; set; } = new();

    public ProofAsk Proof { get; } = new(HasApp: true, IsSecondNeeded: true);

    public string[]? Codes { get; private set; }

    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPost()
    {
        var outcome = await changes.NewCodes(HttpContext, Caller, Input);
        if (outcome.Refusal is { } refusal)
        {
            return Refused(refusal);
        }

        Codes = outcome.Value;
        return Page();
    }
}
