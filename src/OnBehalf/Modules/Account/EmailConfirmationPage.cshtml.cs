using Microsoft.AspNetCore.Mvc;
using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Modules.Identity;

namespace OnBehalf.Modules.Account;

/// <summary>
/// Where the link to a new address leads. Opening it moves the code out of the address and changes nothing; the button does. It needs no sign-in: the
/// mail may be read on another machine, and the code was mailed to who may use it.
/// </summary>
[Access(Audience.Everybody, Delegation.Deny)]
public sealed class EmailConfirmationPage(AccountSecurity security, SignInLimits limits) : ShopPage
{
    private const string CookieName = "email-change";

    private static readonly TimeSpan CookieLife = TimeSpan.FromMinutes(15);

    [BindProperty]
    public string? Code { get; set; }

    public string? NewEmail { get; private set; }

    /// <summary>This browser brought a code that does not work.</summary>
    public bool IsDead { get; private set; }

    public bool IsDone { get; private set; }

    private byte[]? KeptCode => Cookies.Hash(Request, CookieName);

    public async Task<IActionResult> OnGet(string? code, bool done)
    {
        if (code is not null)
        {
            Cookies.Give(HttpContext, CookieName, Cookies.Hash(code) is null ? new string('0', 43) : code, CookieLife);
            return SeeOther("/account/email/confirmation");
        }

        IsDone = done;
        if (!done && KeptCode is { } kept)
        {
            NewEmail = await security.NewEmailOf(kept, Cancel);
            IsDead = NewEmail is null;
        }

        return Page();
    }

    public async Task<IActionResult> OnPost()
    {
        if (!await limits.AdmitsCode(HttpContext))
        {
            return new StatusCodeResult(StatusCodes.Status429TooManyRequests);
        }

        var hash = KeptCode ?? Cookies.Hash(Code?.Trim());
        var outcome = hash is null ? OneTimeCodes.Dead : await security.ConfirmEmail(HttpContext.Nobody(), hash, Cancel);
        if (outcome.Refusal is { } refusal)
        {
            IsDead = KeptCode is not null;
            return Refused(refusal == OneTimeCodes.Dead ? refusal with { Field = nameof(Code) } : refusal, prefix: "");
        }

        Cookies.Take(HttpContext, CookieName);
        return SeeOther("/account/email/confirmation?done=true");
    }
}
