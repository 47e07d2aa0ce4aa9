using Microsoft.AspNetCore.Mvc;
using OnBehalf.Host;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Orders;

/// <summary>The last page before an order.</summary>
[Access(Audience.Buyer, Delegation.Allow, Right = Needs.OrdersPlace, Mode = Mode.Order)]
public sealed class CheckoutPage(OrderFormDesk desk) : OrderFormPage(desk)
{
    public async Task<IActionResult> OnGet()
    {
        await using var db = Desk.Database.Read();
        await Begin(db);
        return Review.Cart.IsEmpty || !Review.Cart.IsOrderable ? SeeOther("/cart") : Page();
    }

    public async Task<IActionResult> OnPost()
    {
        if (!ModelState.IsValid)
        {
            return BadRequest();
        }

        await using var db = Desk.Database.Read();
        await Shown(db);
        if (!Input.Place)
        {
            return Page();
        }

        var (number, refusals) = await Place();
        return number is null ? Again(refusals) : SeeOther($"/account/orders/{number}?placed=true");
    }
}
