using Microsoft.AspNetCore.Mvc;
using OnBehalf.Host;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Identity;

/// <summary>Asking for a new password by mail. The answer is the same whether there is such an account or not.</summary>
[Access(Audience.Everybody, Delegation.Deny)]
public sealed class ForgotPage(PasswordResets resets, SignInLimits limits) : ShopPage
{
    [BindProperty]
    public string? Email { get; set; }

    public bool IsSent { get; private set; }

    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPost()
    {
        if (!EmailAddress.TryParse(Email, out _))
        {
            return Refused(Refusal.Invalid("identity.email-invalid", "E-mail address: please enter a whole one, such as ines@nordlicht.example.", nameof(Email)), prefix: "");
        }

        if (!await limits.AdmitsMail(HttpContext, Email))
        {
            return new StatusCodeResult(StatusCodes.Status429TooManyRequests);
        }

        await resets.Ask(HttpContext, Email);
        IsSent = true;
        return Page();
    }
}
