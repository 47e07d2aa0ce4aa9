using Microsoft.AspNetCore.Mvc;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Carts;

/// <summary>The buyer's carts: which is open, what is in the others, a further one. Whoever acts for him works on the one that is open.</summary>
[Access(Audience.Buyer, Delegation.Deny, Right = Needs.CartsChange)]
public sealed class CartsPage(Database database, NamedCarts carts) : ShopPage
{
    [BindProperty]
    public CartsInput Input { get; set; } = new();

    public IReadOnlyList<ListedCart> All { get; private set; } = [];

    public async Task OnGet()
    {
        await using var db = database.Read();
        All = await CartsQueries.Named(db, Caller, Cancel);
    }

    public async Task<IActionResult> OnPost()
    {
        var outcome = Input.Do switch
        {
            "begin" => await carts.Begin(Caller, Input.Name, Cancel),
            "switch" => await carts.Switch(Caller, Input.Cart, Cancel),
            "rename" => await carts.Rename(Caller, Input.Cart, Input.Name, Cancel),
            "delete" => await carts.Delete(Caller, Input.Cart, Cancel),
            _ => Refusal.Invalid("carts.nothing-chosen", "Choose what to do."),
        };
        if (outcome.Refusal is not { } refusal)
        {
            return SeeOther(Input.Do is "begin" or "switch" ? "/cart" : "/cart/all");
        }

        await OnGet();
        return Refused(refusal.Field is null ? refusal : refusal with { Field = Input.Do == "begin" ? "Name" : null });
    }
}

public sealed class CartsInput
{
    /// <summary>`begin`, `switch`, `rename` or `delete`.</summary>
    public string? Do { get; set; }

    public Guid Cart { get; set; }

    public string? Name { get; set; }
}
