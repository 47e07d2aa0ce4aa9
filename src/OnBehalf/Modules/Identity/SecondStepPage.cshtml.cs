using Microsoft.AspNetCore.Mvc;
using OnBehalf.Data;
using OnBehalf.Host;

namespace OnBehalf.Modules.Identity;

/// <summary>The second step of a sign-in. Nobody is signed in before it, so it is for everybody and shows nothing of anybody.</summary>
[Access(Audience.Everybody, Delegation.Deny)]
public sealed class SecondStepPage(Database database, SecondStep second, SecondStepQueries queries, SignInLimits limits) : ShopPage
{
    [BindProperty]
    public ProofInput Input { get; set; } = new();

    public bool HasApp { get; private set; } = true;

    public bool HasPasskey { get; private set; }

    public async Task<IActionResult> OnGet()
    {
        if (Caller.Staff is not null)
        {
            return SeeOther("/staff");
        }

        return await Load() is null ? SeeOther("/staff/account/login") : Page();
    }

    public async Task<IActionResult> OnPost()
    {
        var waiting = await Load();
        if (!await limits.AdmitsSignIn(HttpContext, waiting?.Email))
        {
            return new StatusCodeResult(StatusCodes.Status429TooManyRequests);
        }

        var outcome = await second.Enter(HttpContext, Input.Code);
        return outcome.Refusal is { } refusal ? Refused(refusal) : SeeOther(outcome.Value);
    }

    private async Task<WaitingStep?> Load()
    {
        if (await SignInSteps.Look(database, HttpContext, SignInSteps.Second) is not { } waiting)
        {
            return null;
        }

        var has = await queries.Of(new Kernel.StaffId(waiting.Staff), Cancel);
        (HasApp, HasPasskey) = (has.HasApp, has.Passkeys > 0);
        return waiting;
    }
}
