using Microsoft.AspNetCore.Mvc;
using OnBehalf.Host;

namespace OnBehalf.Modules.Identity;

/// <summary>
/// Where the external sign-in sends the browser back to. It goes on by a page of ours and not by a redirect: a strict cookie is not sent along a way that
/// began on somebody else's page.
/// </summary>
[Access(Audience.Everybody, Delegation.Deny)]
public sealed class ProviderCallbackPage(ProviderSignIn provider, SignInLimits limits) : ShopPage
{
    public string? Next { get; private set; }

    public async Task<IActionResult> OnGet(string? code, string? state, string? iss)
    {
        if (!await limits.AdmitsCode(HttpContext))
        {
            return new StatusCodeResult(StatusCodes.Status429TooManyRequests);
        }

        var outcome = await provider.Finish(HttpContext, code, state, iss);
        if (outcome.Refusal is { } refusal)
        {
            ModelState.AddModelError("", refusal.Sentence);
            Refusals.Leave(HttpContext, refusal);
            Response.StatusCode = Refusals.StatusOf(refusal);
            return Page();
        }

        Next = outcome.Value;
        Response.Headers["Refresh"] = $"0;url={outcome.Value}";
        return Page();
    }
}
