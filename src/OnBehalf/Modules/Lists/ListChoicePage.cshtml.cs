using Microsoft.AspNetCore.Mvc;
using OnBehalf.Host;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Lists;

/// <summary>"Put on a list" of an article, `?sku=P-100&amp;quantity=2`, or without one of all that is in the cart: which list, or a new one.</summary>
[Access(Audience.Buyer, Delegation.Allow, Right = Needs.CartsChange, Mode = Mode.Cart, IsPersonal = true)]
public sealed class ListChoicePage(ListsQueries queries, SavedLists lists) : ShopPage
{
    [BindProperty]
    public ListChoiceInput Input { get; set; } = new();

    /// <summary>Those that he may change, and a new one.</summary>
    public IReadOnlyList<(string Value, string Words)> Lists { get; private set; } = [];

    public async Task OnGet(string? sku, string? quantity)
    {
        (Input.Sku, Input.Quantity) = (Input.Sku ?? sku, Input.Quantity ?? quantity);
        Lists = [.. (await queries.Of(Caller, Cancel)).Where(list => list.MayEdit).Select(list => (list.Id.ToString(), list.Owner is null ? list.Name : Say($"{list.Name} (of {list.Owner})"))), ("", Say("a new list"))];
    }

    public async Task<IActionResult> OnPost()
    {
        var id = Guid.TryParse(Input.List, out var known) ? known : (Guid?)null;
        var put = string.IsNullOrEmpty(Input.Sku) ? await lists.PutCart(Caller, id, Input.Name, Cancel) : await lists.Put(Caller, id, Input.Name, Input.Sku, Input.Quantity, Cancel);
        if (!put.IsRefused)
        {
            return SeeOther($"/account/lists/{put.Value}");
        }

        await OnGet(null, null);
        return Refused(put.Refusal);
    }
}

public sealed class ListChoiceInput
{
    public string? Sku { get; set; }

    public string? Quantity { get; set; }

    /// <summary>Empty: a new one.</summary>
    public string? List { get; set; }

    public string? Name { get; set; }
}
