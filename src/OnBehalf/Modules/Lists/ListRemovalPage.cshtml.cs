using Microsoft.AspNetCore.Mvc;
using OnBehalf.Carts;
using OnBehalf.Host;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Lists;

/// <summary>Takes an article off a list, or deletes a list. What is wrong is said here.</summary>
[Access(Audience.Buyer, Delegation.Allow, Right = Needs.CartsChange, Mode = Mode.Cart, IsPersonal = true)]
public sealed class ListRemovalPage(SavedLists lists) : ShopPage
{
    [BindProperty]
    public ListInput Input { get; set; } = new();

    public IActionResult OnGet() => SeeOther("/account/lists");

    public async Task<IActionResult> OnPost([FromRoute] Guid id)
    {
        var seen = new SeenList(id, Input.Version);
        if (ModelState.IsValid && Input is { Delete: true, Remove: null })
        {
            return await lists.Delete(Caller, seen, Cancel) is { Refusal: { } kept } ? Refused(kept) : SeeOther("/account/lists");
        }

        // A form that names nothing changes nothing, and finds out no more than one that does.
        var product = ModelState.IsValid && !Input.Delete ? Input.Remove : null;
        var outcome = await lists.Update(Caller, seen, [], product is { } named ? new ProductId(named) : null, Cancel);
        return outcome.Refusal is { } refusal ? Refused(refusal) : product is null ? Refused(ListRefusals.NothingNamed) : SeeOther($"/account/lists/{id}");
    }
}
