using Microsoft.AspNetCore.Mvc;
using OnBehalf.Host;

namespace OnBehalf.Modules.Identity;

/// <summary>
/// Sends the browser to the external sign-in. By a page that goes on by itself: forms of ours lead nowhere but to us (form-action of the content security
/// policy), and that includes redirects.
/// </summary>
[Access(Audience.Everybody, Delegation.Deny)]
public sealed class ProviderPage(ProviderSignIn provider, ProviderDoor door, SignInLimits limits) : ShopPage
{
    public string Name => door.Settings?.Name ?? "External sign-in";

    public string? Address { get; private set; }

    public IActionResult OnGet() => SeeOther("/staff/account/login");

    public async Task<IActionResult> OnPost(string? returnUrl)
    {
        if (!await limits.AdmitsCode(HttpContext))
        {
            return new StatusCodeResult(StatusCodes.Status429TooManyRequests);
        }

        var outcome = await provider.Begin(HttpContext, returnUrl);
        if (outcome.Refusal is { } refusal)
        {
            return Refused(refusal);
        }

        Address = outcome.Value;
        Response.Headers["Refresh"] = $"0;url={outcome.Value}";
        return Page();
    }
}
