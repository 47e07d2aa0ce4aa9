using Microsoft.AspNetCore.Mvc;
using OnBehalf.Host;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Carts;

/// <summary>
/// "Add to cart" of any page: `POST /cart/lines` with `sku`, `quantity` and perhaps `returnUrl`, a path of the shop to go back to, which then gets
/// `added={sku}` to say so. Without it the cart follows. What is wrong comes back here, as a form to mend.
/// </summary>
[Access(Audience.Buyer, Delegation.Allow, Right = Needs.CartsChange, Mode = Mode.Cart)]
public sealed class CartLinePage(CartChanges changes) : ShopPage
{
    [BindProperty]
    public string? Sku { get; set; }

    [BindProperty]
    public string? Quantity { get; set; }

    [BindProperty]
    public string? ReturnUrl { get; set; }

    public IActionResult OnGet() => SeeOther("/cart");

    public async Task<IActionResult> OnPost()
    {
        // A form without the field means the smallest quantity that can be ordered; an empty field means nothing.
        var added = await changes.Add(Caller, Sku, Request.Form.ContainsKey(nameof(Quantity)) ? Quantity ?? "" : null, Cancel);
        if (added.IsRefused)
        {
            return Refused(added.Refusal);
        }

        var back = IsOwnPath(ReturnUrl) ? ReturnUrl! : "/cart";
        return SeeOther($"{back}{(back.Contains('?', StringComparison.Ordinal) ? '&' : '?')}added={Uri.EscapeDataString(added.Value)}");
    }

    public string? ErrorOf(string field) => ModelState.TryGetValue(field.Length == 0 ? "" : "Input." + field, out var entry) && entry.Errors is [var error, ..] ? error.ErrorMessage : null;

    // A path of this surface only; the path base of a session is put before it.
    private static bool IsOwnPath(string? path) =>
        path is ['/', ..] and not ['/', '/' or '\\', ..] && path.Length <= 500 && !path.Any(c => char.IsControl(c) || c is '\\' or '#');
}
