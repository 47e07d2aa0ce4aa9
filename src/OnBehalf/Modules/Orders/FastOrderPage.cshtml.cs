using Microsoft.AspNetCore.Mvc;
using OnBehalf.Assistance;
using OnBehalf.Carts;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Modules.Assistance;
using OnBehalf.Modules.Carts;
using OnBehalf.Modules.Deals;
using OnBehalf.Orders;
using OnBehalf.Pricing;

namespace OnBehalf.Modules.Orders;

/// <summary>What the page sends beside the fields of the checkout.</summary>
public sealed class FastOrderInput : CartLinesInput
{
    /// <summary>An article that is to be added: its number.</summary>
    public string? Sku { get; set; }

    /// <summary>How much of it; nothing: the smallest quantity that can be ordered.</summary>
    public string? Quantity { get; set; }

    /// <summary>What it is to cost; nothing: its price.</summary>
    public string? Price { get; set; }

    public string? Reason { get; set; }

    /// <summary>A list of numbers and quantities, as it was pasted.</summary>
    public string? List { get; set; }

    /// <summary>A file of the same content; it counts instead of the list.</summary>
    public IFormFile? File { get; set; }

    /// <summary>What sending is to cost, as it was typed; nothing: it stays.</summary>
    public string? SentFor { get; set; }

    public string? SentForReason { get; set; }

    /// <summary>The button beside that field: `free`, or `back` for what it costs anyway.</summary>
    public string? Sent { get; set; }

    /// <summary>A request for a price that is not wanted any more.</summary>
    public Guid? TakeBack { get; set; }
}

/// <summary>A whole order on one page: articles, prices, addresses, shipping, payment. The lines are kept in the cart as they are typed; the rest is in the form.</summary>
[Access(Audience.Buyer, Delegation.Allow, Right = Needs.OrdersPlace, Mode = Mode.Order)]
public sealed class FastOrderPage(OrderFormDesk desk, CartsQueries carts, CartChanges changes, PriceEdits edits, DealJudge judge, Deals.Deals deals) : OrderFormPage(desk)
{
    private bool _keepsTyped;

    [BindProperty(Name = "Input")]
    public FastOrderInput Typed { get; set; } = new();

    public override bool ListsLines => false;

    public ShownCart Cart => Review.Cart;

    public bool MayChange => Caller.May(Right.CartsChange) && !Caller.IsClosed(ClosablePage.CartChange);

    // Judged again where a price is agreed; who never may has a list whose third column is something else.
    private bool MayPrice => Caller is { IsAssisting: true, Staff: not null } && Caller.May(Right.PricesAdjust);

    /// <summary>What the caller may do to prices; null: nothing.</summary>
    public PriceEditing? Editing { get; private set; }

    /// <summary>The articles whose price stays even so.</summary>
    public IReadOnlySet<ProductId> Fixed { get; private set; } = new HashSet<ProductId>();

    /// <summary>How far he goes by himself, and what he asked for beyond that; null: the shop has no limits.</summary>
    public CartDeals? Deals { get; private set; }

    /// <summary>What went into the order just now, in words.</summary>
    public string? Added { get; private set; }

    /// <summary>The lines of a list that did not.</summary>
    public IReadOnlyList<WrongLine> Wrong { get; private set; } = [];

    /// <summary>Its cart is for this order alone: the session ends when it is placed.</summary>
    public bool IsAlone => Caller.Session?.FastOrder is not null;

    public async Task OnGet()
    {
        await using var db = Desk.Database.Read();
        await Begin(db);
        await LookAtPrices(db);
    }

    public async Task<IActionResult> OnPost()
    {
        if (!ModelState.IsValid || Typed.Prices() is not { } prices)
        {
            return BadRequest();
        }

        var refusal = MayChange ? await Change(prices) : null;
        await using var db = Desk.Database.Read();
        await Shown(db);
        await LookAtPrices(db);
        if (refusal is not null)
        {
            return Again([refusal]);
        }

        if (!Input.Place)
        {
            return Page();
        }

        // What was typed and not added is added, and seen before it is ordered.
        if (Wrong.Count > 0 || Added is not null)
        {
            return Again([Wrong.Count > 0 ? CartRefusals.LinesWrong(Wrong.Count) with { Field = "List" } : OrderRefusals.LineAddedFirst(Added!)]);
        }

        var (number, refusals) = await Place();
        return number is null ? Again(refusals) : await Placed(number);
    }

    /// <summary>The fields of the price of a line.</summary>
    public CartPriceFields FieldsOf(int place, ShownLine line)
    {
        var typed = TypedOf(line);
        return new(place, line, Editing!, typed < 0 ? default : (Typed.Lines[typed].Price, Typed.Lines[typed].Reason, ErrorOf($"Lines[{typed}].Price"), ErrorOf($"Lines[{typed}].Reason")))
        {
            Floor = Deals?.Floors.TryGetValue(line.Product, out var floor) == true ? floor : null, Deal = Deals?.Asked.GetValueOrDefault(line.Product), IsOnCart = false,
        };
    }

    /// <summary>The quantity field of a line: as it was typed where the form came back with messages.</summary>
    public (string Text, string? Error) QuantityOf(ShownLine line) =>
        TypedOf(line) is >= 0 and var typed ? (Typed.Lines[typed].Quantity ?? "", ErrorOf($"Lines[{typed}].Quantity")) : (line.Quantity.ToString(), null);

    private int TypedOf(ShownLine line) => _keepsTyped ? Typed.Lines.FindIndex(row => row.Product == line.Product.Value) : -1;

    private async Task<Refusal?> Change(List<PriceWish> prices)
    {
        var (quantities, refusals) = Typed.Quantities();
        if (refusals.Count > 0)
        {
            _keepsTyped = true;
            return refusals[0];
        }

        if (quantities.Count > 0 && (await changes.Update(Caller, Typed.Seen, quantities, Typed.Remove is { } gone ? new ProductId(gone) : null, prices, Cancel)).Refusal is { } wrong)
        {
            var atLine = Typed.AtLine(wrong);
            _keepsTyped = atLine.Field != wrong.Field;
            return atLine;
        }

        // A line that is sent once more must not go in twice: that page is older than the cart.
        if (quantities.Count == 0 && await Now() is var now && Typed.Seen != new SeenCart(now.Id.Value, now.Version))
        {
            return CartRefusals.Changed;
        }

        return await Add() ?? await AddList() ?? await Send()
            ?? (Typed.TakeBack is { } back && (await deals.TakeBack(Caller, back, Cancel)).Refusal is { } kept ? kept : null);
    }

    private async Task<Refusal?> Add()
    {
        if (string.IsNullOrWhiteSpace(Typed.Sku))
        {
            return string.IsNullOrWhiteSpace(Typed.Quantity) && string.IsNullOrWhiteSpace(Typed.Price) ? null : CartRefusals.SkuMissing;
        }

        var added = await changes.Add(Caller, Typed.Sku, string.IsNullOrWhiteSpace(Typed.Quantity) ? null : Typed.Quantity, Cancel);
        if (added.IsRefused)
        {
            return added.Refusal;
        }

        Added = added.Value;
        var (price, reason) = (Typed.Price, Typed.Reason);
        (Typed.Sku, Typed.Quantity, Typed.Price) = (null, null, null);
        if (string.IsNullOrWhiteSpace(price))
        {
            return null;
        }

        // The line is in; a price that is refused is shown at it, with what was typed.
        var cart = await Now();
        var line = cart.Lines.First(line => line.Sku == added.Value);
        var agreed = await changes.Update(Caller, new SeenCart(cart.Id.Value, cart.Version), [(line.Product, line.Quantity)], null, [new PriceWish(line.Product, price, reason)], Cancel);
        if (agreed.Refusal is not { } refused)
        {
            return null;
        }

        Typed.Lines = [new CartLineInput { Product = line.Product.Value, Quantity = line.Quantity.ToString(), Price = price, Reason = reason }];
        _keepsTyped = true;
        return Typed.AtLine(refused);
    }

    private async Task<Refusal?> AddList()
    {
        var text = Typed.List;
        if (Typed.File is { } file)
        {
            var read = await ListFile.Read(file, Cancel);
            if (read.IsRefused)
            {
                return read.Refusal;
            }

            text = read.Value;
        }

        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        var lines = PastedLines.Read(text);
        var added = await changes.AddMany(Caller, lines, onlyGood: true, Guid.NewGuid().ToString(), Cancel, MayPrice ? new PricesOfList(Typed.Reason) : null);
        if (added.IsRefused)
        {
            return added.Refusal with { Field = "List" };
        }

        Wrong = added.Value.Wrong;
        Typed.List = string.Join('\n', Wrong.Select(wrong => wrong.Line.Text));
        Added = added.Value.Added switch { 0 => Added, 1 => Say("One line"), var many => Say($"{many} lines") };
        return MayPrice ? await Agree([.. lines.Where(line => line.Price is not null && !Wrong.Any(wrong => wrong.Line.Number == line.Number))]) : null;
    }

    // What goes beyond the limits of the shop stays at its price, and the line says so.
    private async Task<Refusal?> Agree(List<PastedLine> lines)
    {
        if (lines.Count == 0)
        {
            return null;
        }

        var cart = await Now();
        List<CartLineInput> wanted =
        [
            .. from line in cart.Lines
               let listed = lines.Find(one => string.Equals(one.Sku, line.Sku, StringComparison.OrdinalIgnoreCase))
               select new CartLineInput { Product = line.Product.Value, Quantity = line.Quantity.ToString(), Price = listed?.Price, Reason = listed is null ? null : Typed.Reason },
        ];
        Typed.Lines = wanted;
        var agreed = await changes.Update(
            Caller, new SeenCart(cart.Id.Value, cart.Version), [.. cart.Lines.Select(line => (line.Product, line.Quantity))], null, Typed.Prices() ?? [], Cancel);
        if (agreed.Refusal is not { } refused)
        {
            return null;
        }

        _keepsTyped = true;
        return Typed.AtLine(refused);
    }

    private async Task<Refusal?> Send()
    {
        var wish = Typed.Sent switch
        {
            "free" => new TermsWish(null, null, "0", Typed.SentForReason),
            "back" => new TermsWish(null, null, "", null),
            _ when !string.IsNullOrWhiteSpace(Typed.SentFor) => new TermsWish(null, null, Typed.SentFor.Trim(), Typed.SentForReason),
            _ => null,
        };
        if (wish is null)
        {
            return null;
        }

        var cart = await Now();
        if ((await changes.Agree(Caller, new SeenCart(cart.Id.Value, cart.Version), wish, Cancel)).Refusal is { } refusal)
        {
            return refusal with { Field = refusal.Field switch { "Shipping" => "SentFor", "ShippingReason" => "SentForReason", var other => other } };
        }

        (Typed.SentFor, Typed.SentForReason) = (null, null);
        return null;
    }

    private async Task<ShownCart> Now()
    {
        await using var db = Desk.Database.Read();
        return (await carts.Shown(db, Caller, Cancel)).For(Caller);
    }

    private async Task LookAtPrices(ShopDb db)
    {
        Editing = MayChange ? await edits.For(db, Caller, Cancel) : null;
        Fixed = Editing is null ? Fixed : await edits.Fixed(db, [.. Cart.Lines.Select(line => line.Product)], Cancel);
        Deals = Editing is null ? null : await judge.For(db, Caller, Cart.DealLines, Cancel);
    }

    // The order was all that this session was for.
    private async Task<IActionResult> Placed(string number)
    {
        if (!IsAlone)
        {
            return SeeOther($"/account/orders/{number}?placed=true");
        }

        await (await AssistanceModule.End(HttpContext, $"{ReturnPath.Desk}{ReturnPath.FastOrder}?placed={Uri.EscapeDataString(number)}")).ExecuteAsync(HttpContext);
        return new EmptyResult();
    }
}
