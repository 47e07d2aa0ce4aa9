using Microsoft.AspNetCore.Mvc;
using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Modules.Settings;

namespace OnBehalf.Modules.Identity;

/// <summary>Signing in: `/account/login` for buyers, `/staff/account/login` for staff.</summary>
[Access(Audience.Everybody, Delegation.Deny)]
public sealed class SignInPage(SignIns signIns, SignInLimits limits, ProviderDoor provider, ShopSettings settings) : ShopPage
{
    [BindProperty]
    public SignInInput Input { get; set; } = new();

    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    public string? Notice { get; private set; }

    /// <summary>The external sign-in, where there is one.</summary>
    public string? ProviderName => HttpContext.Surface() == Surface.Shop ? null : provider.Settings?.Name;

    /// <summary>Passwords do not open this door, but for the emergency administrator's.</summary>
    public bool ArePasswordsOff { get; private set; }

    /// <summary>There is an emergency administrator.</summary>
    public bool HasEmergency => provider.Settings?.EmergencyAdministrator is not null;

    /// <summary>What went wrong elsewhere, on the way in.</summary>
    public string? Trouble { get; private set; }

    private string Landing => Identity.ReturnUrl.Of(HttpContext.Surface(), ReturnUrl);

    private bool HasOldCookie => Cookies.Hash(Request, HttpContext.Surface() == Surface.Shop ? Cookies.Shop : Cookies.Staff) is not null;

    public async Task<IActionResult> OnGet(string? left, string? set, string? closed, string? failed)
    {
        await Look();
        Trouble = failed == "passkey" ? PasskeySignIn.Failed.Sentence : null;
        if (Caller.Actor is not Actor.Nobody)
        {
            return SeeOther(Landing);
        }

        // A link on somebody else's page brings no Strict cookie; asked for again by this page itself, it comes.
        if (HttpContext.Surface() != Surface.Shop && Request.Headers["Sec-Fetch-Site"] == "cross-site")
        {
            Response.Headers["Refresh"] = "0";
        }

        Notice = left is not null ? Say("You are signed out.")
            : set is not null ? Say("Your new password is set. Sign in with it.")
            : closed is not null ? Say("Your account is closed.")
            : ReturnUrl is not null && HasOldCookie ? Say("You were signed out, for example after a while without activity. Sign in again to go on where you were.")
            : null;
        return Page();
    }

    public async Task<IActionResult> OnPost()
    {
        await Look();
        if (!await limits.AdmitsSignIn(HttpContext, Input.Email))
        {
            return new StatusCodeResult(StatusCodes.Status429TooManyRequests);
        }

        var outcome = await signIns.Enter(HttpContext, Input.Email, Input.Password, ReturnUrl);
        return outcome.Refusal is { } refusal ? Refused(refusal) : SeeOther(outcome.Value ?? Landing);
    }

    private async Task Look() => ArePasswordsOff = ProviderName is not null && !await settings.IsOn(ShopSettings.StaffPasswords, Cancel);
}

public sealed class SignInInput
{
    public string? Email { get; set; }

    public string? Password { get; set; }
}
