using Microsoft.AspNetCore.Mvc;
using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Modules.Identity;

namespace OnBehalf.Modules.Preferences;

/// <summary>Where the link of the mail leads. Opening it moves the code out of the address and changes nothing; the button says yes. It needs no sign-in: the code was mailed to who may use it.</summary>
[Access(Audience.Everybody, Delegation.Deny)]
public sealed class NewsletterPage(BuyerPreferences preferences, SignInLimits limits) : ShopPage
{
    private const string CookieName = "newsletter";

    private static readonly TimeSpan CookieLife = TimeSpan.FromMinutes(15);

    [BindProperty]
    public string? Code { get; set; }

    public bool HasCode { get; private set; }

    public bool IsDone { get; private set; }

    public IActionResult OnGet(string? code, bool done)
    {
        if (code is not null)
        {
            Cookies.Give(HttpContext, CookieName, Cookies.Hash(code) is null ? new string('0', 43) : code, CookieLife);
            return SeeOther("/account/newsletter");
        }

        (IsDone, HasCode) = (done, Cookies.Hash(Request, CookieName) is not null);
        return Page();
    }

    public async Task<IActionResult> OnPost()
    {
        if (!await limits.AdmitsCode(HttpContext))
        {
            return new StatusCodeResult(StatusCodes.Status429TooManyRequests);
        }

        var hash = Cookies.Hash(Request, CookieName) ?? Cookies.Hash(Code?.Trim());
        var outcome = hash is null ? OneTimeCodes.Dead : await preferences.ConfirmNewsletter(HttpContext.Nobody(), hash, Cancel);
        Cookies.Take(HttpContext, CookieName);
        return outcome.Refusal is { } refusal ? Refused(refusal with { Field = nameof(Code) }, prefix: "") : SeeOther("/account/newsletter?done=true");
    }
}
