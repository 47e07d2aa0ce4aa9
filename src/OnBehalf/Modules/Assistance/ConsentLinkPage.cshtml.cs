using Microsoft.AspNetCore.Mvc;
using OnBehalf.Host;
using OnBehalf.Modules.Identity;

namespace OnBehalf.Modules.Assistance;

/// <summary>
/// The same question by the link of the mail, for who is not signed in. Opening it only moves the code out of the address, where histories and screens would
/// keep it; whoever merely looks (a mail scanner, a preview) answers nothing.
/// </summary>
[Access(Audience.Everybody, Delegation.Deny)]
public sealed class ConsentLinkPage(ConsentQueries queries, ConsentAsks asks, SignInLimits limits) : ShopPage
{
    private const string CookieName = "consent";

    /// <summary>Null when the link does not work, or no longer.</summary>
    public ShownAsk? Asked { get; private set; }

    public async Task<IActionResult> OnGet(string? code)
    {
        if (code is not null)
        {
            Cookies.Give(HttpContext, CookieName, Cookies.Hash(code) is null ? new string('0', 43) : code, TimeSpan.FromMinutes(15));
            return SeeOther("/consent");
        }

        await Load();
        return Page();
    }

    public async Task<IActionResult> OnPost(bool allow)
    {
        if (!await limits.AdmitsCode(HttpContext))
        {
            return new StatusCodeResult(StatusCodes.Status429TooManyRequests);
        }

        var link = Cookies.Hash(Request, CookieName);
        var outcome = link is null ? ConsentAsks.Dead : await asks.Answer(link, allow, Cancel);
        await Load();
        return outcome.Refusal is { } refusal ? Refused(refusal) : SeeOther("/consent");
    }

    private async Task Load() => Asked = Cookies.Hash(Request, CookieName) is { } link ? await queries.Of(link, Cancel) : null;
}
