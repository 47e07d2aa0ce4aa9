using Microsoft.AspNetCore.Mvc;
using OnBehalf.Host;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Lists;

/// <summary>All lists of a buyer: his own, and what colleagues share with him.</summary>
[Access(Audience.Buyer, Delegation.Allow, Right = Needs.CartsView, Mode = Mode.Cart, IsPersonal = true)]
public sealed class ListsPage(ListsQueries queries, SavedLists lists) : ShopPage
{
    [BindProperty]
    public ListInput Input { get; set; } = new();

    public IReadOnlyList<ListedList> All { get; private set; } = [];

    /// <summary>Who made or changed some of them for somebody else.</summary>
    public IReadOnlyList<string> Operators { get; private set; } = [];

    /// <summary>Only what this one of them did.</summary>
    public string? By { get; private set; }

    public bool MayChange => ListPage.MayChangeLists(Caller);

    public async Task OnGet(string? by = null)
    {
        All = await queries.Of(Caller, Cancel);
        Operators = [.. All.Select(list => list.Hand.Operator).OfType<string>().Distinct().Order(StringComparer.CurrentCulture)];
        By = Operators.FirstOrDefault(name => name == by);
        if (By is not null)
        {
            All = [.. All.Where(list => list.Hand.Operator == By)];
        }
    }

    public async Task<IActionResult> OnPost()
    {
        var made = await lists.Create(Caller, Input.Name, Cancel);
        if (!made.IsRefused)
        {
            return SeeOther($"/account/lists/{made.Value}");
        }

        await OnGet();
        return Refused(made.Refusal);
    }
}

public sealed class ListInput
{
    public string? Name { get; set; }

    /// <summary>`none`, `read` or `edit`.</summary>
    public string? Share { get; set; }

    /// <summary>Of the list as it was shown.</summary>
    public int Version { get; set; }

    public List<OnBehalf.Modules.Carts.CartLineInput> Lines { get; set; } = [];

    public Guid? Remove { get; set; }

    /// <summary>The whole list.</summary>
    public bool Delete { get; set; }

    public string? Sku { get; set; }

    public string? Quantity { get; set; }

    /// <summary>The one-time key of the form that puts all into the cart.</summary>
    public string? Key { get; set; }
}
