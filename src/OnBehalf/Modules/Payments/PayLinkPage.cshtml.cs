using Microsoft.AspNetCore.Mvc;
using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Modules.Settings;

namespace OnBehalf.Modules.Payments;

/// <summary>
/// Whoever acts for a buyer hands him an order to pay. The link is shown once, to the browser that made it: its secret waits in a cookie for that, because no address may hold it and no database knows it.
/// </summary>
[Access(Audience.Buyer, Delegation.Allow, Right = Needs.OrdersPlace, Mode = Mode.Order)]
public sealed class PayLinkPage(PayLinks links, ShopAddress shop) : ShopPage
{
    private const string CookieName = "pay-given";

    private static readonly TimeSpan CookieLife = TimeSpan.FromMinutes(10);

    public string Number { get; private set; } = "";

    public OpenedPayLink? Link { get; private set; }

    /// <summary>With its secret, to be copied.</summary>
    public string? Address { get; private set; }

    private string Back => $"/account/orders/{Uri.EscapeDataString(Number)}";

    public async Task<IActionResult> OnGet(string number)
    {
        Number = number;
        Link = Cookies.Hash(Request, CookieName) is { } hash ? await links.Look(hash, Cancel) : null;
        if (!Caller.IsAssisting || Link is null || Link.Number != number)
        {
            return SeeOther(Back);
        }

        Address = $"{await shop.Of(Request)}{PayLinks.Path}?code={Cookies.Of(Request, CookieName)}";
        return Page();
    }

    public async Task<IActionResult> OnPost(string number)
    {
        Number = number;
        var made = await links.Make(HttpContext, number);
        if (made.IsRefused)
        {
            return Refused(made.Refusal);
        }

        Cookies.Give(HttpContext, CookieName, made.Value, CookieLife);
        return SeeOther($"{Back}/pay-link");
    }
}
