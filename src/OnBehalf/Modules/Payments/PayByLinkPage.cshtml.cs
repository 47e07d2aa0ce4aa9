using Microsoft.AspNetCore.Mvc;
using OnBehalf.Host;
using OnBehalf.Modules.Identity;
using OnBehalf.Orders;

namespace OnBehalf.Modules.Payments;

/// <summary>
/// What the link of a mail opens: an order's number and amount, and the way to the provider; nothing else, and no sign-in. Opening it only moves the code out of the address, where histories and screens
/// would keep it. Never inside a session: who acts for others pays nothing for them.
/// </summary>
[Access(Audience.Everybody, Delegation.Deny)]
public sealed class PayByLinkPage(PayLinks links, PayDesk desk, SignInLimits limits) : ShopPage
{
    private const string CookieName = "pay";

    private static readonly TimeSpan CookieLife = TimeSpan.FromHours(1);

    public OpenedPayLink? Link { get; private set; }

    public string Provider => desk.Provider?.Name ?? "";

    /// <summary>Where he pays.</summary>
    public Uri? Address { get; private set; }

    public bool IsGood => Link is { State: PayLinkState.Good } && desk.Provider is not null;

    public async Task<IActionResult> OnGet(string? code)
    {
        if (code is not null)
        {
            // What is no code at all is kept as one that does not work, so that the page says so.
            Cookies.Give(HttpContext, CookieName, Cookies.Hash(code) is null ? new string('0', 43) : code, CookieLife);
            return SeeOther(PayLinks.Path);
        }

        Link = Cookies.Hash(Request, CookieName) is { } hash ? await links.Look(hash, Cancel) : null;
        return Page();
    }

    public async Task<IActionResult> OnPost()
    {
        if (!await limits.AdmitsCode(HttpContext))
        {
            return new StatusCodeResult(StatusCodes.Status429TooManyRequests);
        }

        if (Cookies.Hash(Request, CookieName) is not { } hash)
        {
            return Refused(PayRefusals.LinkDead);
        }

        (var where, Link) = await links.Begin(HttpContext, hash);
        if (where.IsRefused)
        {
            return Refused(where.Refusal);
        }

        Address = where.Value;
        Response.Headers["Refresh"] = $"0;url={where.Value}";
        return Page();
    }
}
