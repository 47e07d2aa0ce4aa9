using Microsoft.AspNetCore.Mvc;
using OnBehalf.Host;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Identity;

/// <summary>
/// Setting a new password with the code of a mail. Opening the link only moves the code out of the address, where histories and screens would keep it;
/// whoever merely looks (a mail scanner, a preview) uses nothing up.
/// </summary>
[Access(Audience.Everybody, Delegation.Deny)]
public sealed class ResetPage(PasswordResets resets, SignInLimits limits) : ShopPage
{
    private static readonly TimeSpan CookieLife = TimeSpan.FromMinutes(15);

    [BindProperty]
    public ResetInput Input { get; set; } = new();

    /// <summary>For whom the code of this browser stands; null when it has none and has to be typed.</summary>
    public CodeHolder? Holder { get; private set; }

    public bool IsDead { get; private set; }

    private bool IsShop => HttpContext.Surface() == Surface.Shop;

    private string CookieName => IsShop ? "reset-shop" : "reset-staff";

    private byte[]? KeptCode => Cookies.Hash(Request, CookieName);

    public async Task<IActionResult> OnGet(string? code)
    {
        if (code is not null)
        {
            // What is no code at all is kept as one that does not work, so that the page says so.
            Cookies.Give(HttpContext, CookieName, Cookies.Hash(code) is null ? new string('0', 43) : code, CookieLife);
            return SeeOther(IsShop ? "/account/reset" : "/staff/account/reset");
        }

        if (KeptCode is { } kept)
        {
            Holder = await resets.Find(HttpContext, kept);
            IsDead = Holder is null;
        }

        return Page();
    }

    public async Task<IActionResult> OnPost()
    {
        if (!await limits.AdmitsCode(HttpContext))
        {
            return new StatusCodeResult(StatusCodes.Status429TooManyRequests);
        }

        var code = KeptCode ?? Cookies.Hash(Input.Code?.Trim());
        Holder = KeptCode is null || code is null ? null : await resets.Find(HttpContext, code);
        if (Input.Again != Input.Password)
        {
            return Refused(Refusal.Invalid("identity.passwords-differ", "The same again: the two passwords differ.", nameof(Input.Again)));
        }

        var outcome = code is null ? OneTimeCodes.Dead : await resets.Set(HttpContext, code, Input.Password);
        if (outcome.Refusal is { } refusal)
        {
            IsDead = refusal == OneTimeCodes.Dead && KeptCode is not null;
            return Refused(refusal == OneTimeCodes.Dead && !IsDead ? refusal with { Field = nameof(Input.Code) } : refusal);
        }

        Cookies.Take(HttpContext, CookieName);
        return SeeOther((IsShop ? "/account/login" : "/staff/account/login") + "?set=1");
    }
}

public sealed class ResetInput
{
    public string? Code { get; set; }

    public string? Password { get; set; }

    public string? Again { get; set; }
}
