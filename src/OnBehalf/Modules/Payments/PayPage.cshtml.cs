using Microsoft.AspNetCore.Mvc;
using OnBehalf.Host;

namespace OnBehalf.Modules.Payments;

/// <summary>
/// Sends the buyer to where he pays, by a page that goes on by itself: forms of ours lead nowhere but to us (form-action of the content security policy), and that includes redirects. Never in a
/// session: how somebody pays is his own business.
/// </summary>
[Access(Audience.Buyer, Delegation.Deny, Right = Needs.OrdersPlace)]
public sealed class PayPage(OnlinePayments payments, PayDesk desk) : ShopPage
{
    public string Number { get; private set; } = "";

    public string Provider => desk.Provider?.Name ?? "";

    public Uri? Address { get; private set; }

    public IActionResult OnGet(string number) => SeeOther($"/account/orders/{Uri.EscapeDataString(number)}");

    public async Task<IActionResult> OnPost(string number)
    {
        Number = number;
        var begun = await payments.Begin(HttpContext, number);
        if (begun.IsRefused)
        {
            return Refused(begun.Refusal);
        }

        Address = begun.Value;
        Response.Headers["Refresh"] = $"0;url={begun.Value}";
        return Page();
    }
}
