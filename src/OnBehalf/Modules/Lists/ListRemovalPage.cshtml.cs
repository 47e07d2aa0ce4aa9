using Microsoft.AspNetCore.Mvc;
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
        var outcome = Input.Remove is { } product ? await lists.Update(Caller, seen, [], new ProductId(product), Cancel) : await lists.Delete(Caller, seen, Cancel);
        return outcome.Refusal is { } refusal ? Refused(refusal) : SeeOther(Input.Remove is null ? "/account/lists" : $"/account/lists/{id}");
    }
}
