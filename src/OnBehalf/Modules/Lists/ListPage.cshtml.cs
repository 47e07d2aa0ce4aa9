using Microsoft.AspNetCore.Mvc;
using OnBehalf.Carts;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Modules.Carts;
using OnBehalf.Modules.Pricing;
using OnBehalf.Pricing;

namespace OnBehalf.Modules.Lists;

/// <summary>One list: its articles with the caller's prices of this moment, all of it into the cart, and for whose it is its name and who else has it.</summary>
[Access(Audience.Buyer, Delegation.Allow, Right = Needs.CartsView, Mode = Mode.Cart, IsPersonal = true)]
public sealed class ListPage(Database database, SavedLists lists, CartChanges carts, PricingQueries pricing) : ShopPage
{
    [BindProperty]
    public ListInput Input { get; set; } = new();

    public ListedList List { get; private set; } = null!;

    public IReadOnlyList<ListedLine> Lines { get; private set; } = [];

    public IReadOnlyDictionary<ProductId, PriceQuote?> Quotes { get; private set; } = new Dictionary<ProductId, PriceQuote?>();

    /// <summary>What did not go into the cart just now.</summary>
    public IReadOnlyList<WrongLine> Wrong { get; private set; } = [];

    /// <summary>How many did.</summary>
    public int Added { get; private set; }

    public static IReadOnlyList<(string Value, string Words)> Shares =>
        [("none", Say("nobody but me")), ("read", Say("all of the company, to read")), ("edit", Say("all of the company, to read and change"))];

    public bool MayChange => List.MayEdit && MayChangeLists(Caller);

    public bool MayFillCart => Caller.May(Right.CartsChange) && Caller.Session is not { Mode: Mode.View } && !Caller.IsClosed(ClosablePage.CartChange);

    internal static bool MayChangeLists(Caller caller) => caller.May(Right.CartsChange) && caller.Session is not { Mode: Mode.View } && !caller.IsClosed(ClosablePage.WishlistChange);

    public async Task<IActionResult> OnGet(Guid id)
    {
        if (!await Load(id))
        {
            return Missing();
        }

        (Input.Name, Input.Share, Input.Version) = (List.Name, List.ShareWord, List.Version);
        return Page();
    }

    /// <summary>All quantities at once.</summary>
    public async Task<IActionResult> OnPost(Guid id)
    {
        if (!ModelState.IsValid || !await Load(id))
        {
            return Missing();
        }

        var (quantities, refusals) = (new List<(ProductId, Quantity)>(), new List<Refusal>());
        for (var i = 0; i < Input.Lines.Count; i++)
        {
            var parsed = Cart.ParseQuantity(Input.Lines[i].Quantity);
            if (parsed.IsRefused)
            {
                refusals.Add(parsed.Refusal with { Field = $"Lines[{i}].Quantity" });
            }
            else
            {
                quantities.Add((new ProductId(Input.Lines[i].Product), parsed.Value));
            }
        }

        return refusals.Count > 0 ? Refused(refusals) : await Answer(id, await lists.Update(Caller, new SeenList(id, Input.Version), quantities, null, Cancel));
    }

    /// <summary>By number.</summary>
    public async Task<IActionResult> OnPostAdd(Guid id)
    {
        var put = await lists.Put(Caller, id, null, Input.Sku, Input.Quantity, Cancel);
        return await Answer(id, put.Refusal is { } refusal ? refusal : Done.It);
    }

    /// <summary>Name, and who else has it.</summary>
    public async Task<IActionResult> OnPostName(Guid id) => await Answer(
        id, await lists.Change(Caller, new SeenList(id, Input.Version), Input.Name, Input.Share, Cancel));

    /// <summary>All of it into the cart; what cannot be ordered is said line by line, and the rest goes in.</summary>
    public async Task<IActionResult> OnPostCart(Guid id)
    {
        if (!await Load(id))
        {
            return Missing();
        }

        if (!MayFillCart)
        {
            return Refused(Caller.IsClosed(ClosablePage.CartChange) ? AccessGate.PageClosed : AccessGate.RightMissing);
        }

        var outcome = await carts.AddMany(Caller, [.. Lines.Select((line, i) => new PastedLine(i + 1, $"{line.Sku}\t{line.Quantity}", line.Sku, line.Quantity.ToString()))], onlyGood: true, Input.Key ?? "", Cancel);
        if (outcome.IsRefused)
        {
            return Refused(outcome.Refusal.Kind == RefusalKind.Forbidden ? outcome.Refusal : outcome.Refusal with { Field = null });
        }

        (Added, Wrong) = (outcome.Value.Added, outcome.Value.Wrong);
        (Input.Name, Input.Share, Input.Version) = (List.Name, List.ShareWord, List.Version);
        return Wrong.Count == 0 ? SeeOther($"/cart?many={Added}") : Page();
    }

    public string? ErrorOf(string field) => ModelState["Input." + field] is { Errors: [var error, ..] } ? error.ErrorMessage : null;

    private async Task<IActionResult> Answer(Guid id, Outcome<Done> outcome)
    {
        if (outcome.Refusal is not { } refusal)
        {
            return SeeOther($"/account/lists/{id}");
        }

        return await Load(id) ? Refused(refusal) : Missing();
    }

    private async Task<bool> Load(Guid id)
    {
        await using var db = database.Read();
        if (await ListsQueries.Find(db, Caller, id, Cancel) is not { } list)
        {
            return false;
        }

        (List, Lines) = (list, await ListsQueries.Lines(db, Caller, id, Cancel));
        Quotes = await pricing.Quote(db, Caller, [.. Lines.Where(line => line.IsSold).Select(line => (new ProductId(line.Product), line.Quantity))], Cancel);
        return true;
    }
}
