using Microsoft.AspNetCore.Mvc;
using OnBehalf.Data;
using OnBehalf.Host;

namespace OnBehalf.Modules.Identity;

/// <summary>The second step of a sign-in. Nobody is signed in before it, so it is for everybody and shows nothing of anybody.</summary>
[Access(Audience.Everybody, Delegation.Deny)]
public sealed class SecondStepPage(Database database, SecondStep second, SignInLimits limits) : ShopPage
{
    [BindProperty]
    public ProofInput Input { get; set; } = new();

    public async Task<IActionResult> OnGet() =>
        Caller.Staff is not null ? SeeOther("/staff")
        : await SignInSteps.Look(database, HttpContext, SignInSteps.Second) is null ? SeeOther("/staff/account/login")
        : Page();

    public async Task<IActionResult> OnPost()
    {
        var waiting = await SignInSteps.Look(database, HttpContext, SignInSteps.Second);
        if (!limits.AdmitsSignIn(HttpContext, waiting?.Email))
        {
            return new StatusCodeResult(StatusCodes.Status429TooManyRequests);
        }

        var outcome = await second.Enter(HttpContext, Input.Code);
        return outcome.Refusal is { } refusal ? Refused(refusal) : SeeOther(outcome.Value);
    }
}
