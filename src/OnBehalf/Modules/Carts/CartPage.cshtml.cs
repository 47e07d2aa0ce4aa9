using Microsoft.AspNetCore.Mvc;
using OnBehalf.Carts;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Modules.Deals;
using OnBehalf.Modules.Pricing;
using OnBehalf.Pricing;

namespace OnBehalf.Modules.Carts;

/// <summary>What the forms of the cart page send.</summary>
public sealed class CartInput : CartLinesInput
{
    public string? Sku { get; set; }

    public string? Quantity { get; set; }

    /// <summary>What is to be taken off all of it, and why; null: as it is.</summary>
    public string? Discount { get; set; }

    public string? DiscountReason { get; set; }

    /// <summary>What sending it is to cost, and why; null: as it is.</summary>
    public string? Shipping { get; set; }

    public string? ShippingReason { get; set; }

    /// <summary>The button that was pressed: `discount` and `shipping` are taken back, `free` is free shipping; null: what was typed counts.</summary>
    public string? Terms { get; set; }

    /// <summary>The code of a coupon.</summary>
    public string? Coupon { get; set; }

    /// <summary>What an operator says about what he hands over.</summary>
    public string? Words { get; set; }

}

/// <summary>What is in the cart; in an assisted session the branch, once there is one.</summary>
[Access(Audience.Buyer, Delegation.Allow, Right = Needs.CartsView, Mode = Mode.Cart)]
public sealed class CartPage(Database database, CartsQueries carts, CartChanges changes, CouponQueries coupons, PriceEdits edits, DealJudge judge, Deals.Deals deals, Proposals proposals, ProposalQueries proposed) : ShopPage
{
    private bool _keepsTyped;

    [BindProperty]
    public CartInput Input { get; set; } = new();

    public ShownCart Cart { get; private set; } = null!;

    /// <summary>On the buyer's own page: what somebody has prepared for him.</summary>
    public ShownCart? Prepared { get; private set; }

    /// <summary>All carts of the buyer, when there are several.</summary>
    public IReadOnlyList<ListedCart> Carts { get; private set; } = [];

    /// <summary>He may have several; whoever acts for him works on the one that is open.</summary>
    public bool MayHaveSeveral => Caller is { Session: null, Buyer: not null } && Caller.May(Right.CartsChange);

    /// <summary>What waits for the buyer's answer.</summary>
    public IReadOnlyList<ListedProposal> Proposed { get; private set; } = [];

    /// <summary>Somebody handed a cart over just now.</summary>
    public bool IsProposed { get; private set; }

    public bool MayPropose => MayChange && Caller is { IsAssisting: true, IsForCompany: false, Session.FastOrder: null };

    public ShownLine? JustAdded { get; private set; }

    /// <summary>What the form on the page is about; it stays what was seen first while messages are being answered.</summary>
    public SeenCart Seen => _keepsTyped ? Input.Seen : new SeenCart(Cart.Id.Value, Cart.Version);

    public bool MayChange => Caller.May(Right.CartsChange) && Caller.Session is not { Mode: Mode.View } && !Caller.IsClosed(ClosablePage.CartChange);

    public bool MayOrder => Caller.May(Right.OrdersPlace) && Caller.Session is null or { Mode: Mode.Order } && !Caller.IsClosed(ClosablePage.OrdersPlace);

    /// <summary>What the coupons in the cart take off, or why they do nothing.</summary>
    public CouponReview Taken { get; private set; } = CouponReview.None;

    /// <summary>What the caller may do to prices; null: nothing.</summary>
    public PriceEditing? Editing { get; private set; }

    /// <summary>The articles whose price stays even so.</summary>
    public IReadOnlySet<ProductId> Fixed { get; private set; } = new HashSet<ProductId>();

    /// <summary>How far he goes by himself, and what he asked for beyond that; null: the shop has no limits.</summary>
    public CartDeals? Deals { get; private set; }

    /// <summary>A list went in just now, of so many lines.</summary>
    public int? ManyAdded { get; private set; }

    public async Task OnGet(string? added, int? many, bool proposed)
    {
        await Load();
        IsProposed = proposed && Caller.IsAssisting;
        ManyAdded = many is > 0 ? many : null;
        JustAdded = Cart.Lines.FirstOrDefault(line => line.Sku == added);
    }

    /// <summary>All quantities and prices at once, and perhaps one article to take out.</summary>
    public async Task<IActionResult> OnPost()
    {
        if (!ModelState.IsValid)
        {
            return BadRequest();
        }

        var (quantities, refusals) = Input.Quantities();
        _keepsTyped = refusals.Count > 0;
        return _keepsTyped
            ? await Again(refusals)
            : Input.Prices() is { } prices ? await Answer(await changes.Update(Caller, Input.Seen, quantities, Input.Remove is { } gone ? new ProductId(gone) : null, prices, Cancel))
            : BadRequest();
    }

    /// <summary>By number, for those who know their numbers.</summary>
    public async Task<IActionResult> OnPostAdd()
    {
        var added = await changes.Add(Caller, Input.Sku, Input.Quantity ?? "", Cancel);
        return added.IsRefused ? await Again([added.Refusal]) : SeeOther("/cart?added=" + Uri.EscapeDataString(added.Value));
    }

    /// <summary>A coupon that counts for this cart now; the checkout judges it again.</summary>
    public async Task<IActionResult> OnPostCoupon()
    {
        await Load();
        var read = Coupons.ReadCodes(Input.Coupon);
        if (read.IsRefused || read.Value is not [var code])
        {
            return await Again([(read.IsRefused ? read.Refusal : Coupons.Unknown("this")) with { Field = "Coupon" }]);
        }

        await using var db = database.Read();
        var review = await Review(db, $"{Cart.CouponCodes} {code}");
        return review.Refusal is { } refusal ? await Again([refusal with { Field = "Coupon" }]) : await Answer(await changes.SetCoupon(Caller, code, isIn: true, Cancel));
    }

    public async Task<IActionResult> OnPostUncoupon() =>
        Coupons.ReadCodes(Input.Coupon) is { IsRefused: false, Value: [var code] } ? await Answer(await changes.SetCoupon(Caller, code, isIn: false, Cancel)) : BadRequest();

    /// <summary>What staff agree for all of it: a discount, and what sending it costs.</summary>
    public async Task<IActionResult> OnPostTerms()
    {
        if (!ModelState.IsValid)
        {
            return BadRequest();
        }

        var wish = Input.Terms switch
        {
            "discount" => new TermsWish("", null, null, null),
            "shipping" => new TermsWish(null, null, "", null),
            "free" => new TermsWish(null, null, "0", Typed(Input.ShippingReason) ?? Typed(Input.DiscountReason)),
            null => new TermsWish(Typed(Input.Discount), Input.DiscountReason, Typed(Input.Shipping), Input.ShippingReason),
            _ => null,
        };
        return wish is null ? BadRequest() : await Answer(await changes.Agree(Caller, Input.Seen, wish, Cancel));

        static string? Typed(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
    }

    /// <summary>What was asked for is not wanted any more.</summary>
    public async Task<IActionResult> OnPostTakeback() =>
        ModelState.IsValid && Guid.TryParse(Input.Deal, out var deal) ? await Answer(await deals.TakeBack(Caller, deal, Cancel)) : BadRequest();

    /// <summary>The fields of the price of a line.</summary>
    public CartPriceFields FieldsOf(int place, ShownLine line) => new(place, line, Editing!, PriceOf(line))
    {
        Floor = Deals?.Floors.TryGetValue(line.Product, out var floor) == true ? floor : null, Deal = Deals?.Asked.GetValueOrDefault(line.Product),
    };

    /// <summary>The operator begins again from the buyer's own cart.</summary>
    public async Task<IActionResult> OnPostDiscard() =>
        ModelState.IsValid ? await Answer(await changes.DiscardBranch(Caller, Input.Seen, Cancel)) : BadRequest();

    /// <summary>What the operator prepared goes to the buyer, who takes it or not.</summary>
    public async Task<IActionResult> OnPostPropose()
    {
        if (!ModelState.IsValid)
        {
            return BadRequest();
        }

        var made = await proposals.Make(HttpContext, Input.Seen, Input.Words);
        return made.IsRefused ? await Again([made.Refusal]) : SeeOther("/cart?proposed=true");
    }

    /// <summary>What to say at a field of the form.</summary>
    public string? ErrorOf(string field) => ModelState.TryGetValue(field.Length == 0 ? "" : "Input." + field, out var entry) && entry.Errors is [var error, ..] ? error.ErrorMessage : null;

    /// <summary>The quantity field of a line: as it was typed where the form came back with messages.</summary>
    public (string Text, string? Error) QuantityOf(ShownLine line)
    {
        var typed = _keepsTyped ? Input.Lines.FindIndex(row => row.Product == line.Product.Value) : -1;
        return typed < 0 ? (line.Quantity.ToString(), null) : (Input.Lines[typed].Quantity ?? "", ErrorOf($"Lines[{typed}].Quantity"));
    }

    /// <summary>The fields of the price of a line, as they were typed where the form came back with messages.</summary>
    public (string? Price, string? Reason, string? PriceError, string? ReasonError) PriceOf(ShownLine line)
    {
        var typed = _keepsTyped ? Input.Lines.FindIndex(row => row.Product == line.Product.Value) : -1;
        return typed < 0 ? default : (Input.Lines[typed].Price, Input.Lines[typed].Reason, ErrorOf($"Lines[{typed}].Price"), ErrorOf($"Lines[{typed}].Reason"));
    }

    private async Task<IActionResult> Answer(Outcome<Done> outcome)
    {
        if (!outcome.IsRefused)
        {
            return SeeOther("/cart");
        }

        var refusal = Input.AtLine(outcome.Refusal);
        _keepsTyped = _keepsTyped || refusal.Field != outcome.Refusal.Field;
        return await Again([refusal]);
    }

    private async Task<IActionResult> Again(IReadOnlyList<Refusal> refusals)
    {
        await Load();
        foreach (var refusal in refusals.Skip(1))
        {
            ModelState.AddModelError("Input." + refusal.Field, refusal.Sentence);
        }

        return Refused(refusals[0]);
    }

    private Task<CouponReview> Review(ShopDb db, string? codes) => coupons.Review(
        db, Caller, codes, [.. Cart.Lines.Where(line => line.IsOrderable).Select(line => (line.Product, line.Left!.Value))], Cart.Currency, Cancel);

    private async Task Load()
    {
        await using var db = database.Read();
        var shown = await carts.Shown(db, Caller, Cancel);
        Cart = shown.For(Caller);
        Taken = await Review(db, Cart.CouponCodes);
        Editing = MayChange ? await edits.For(db, Caller, Cancel) : null;
        Fixed = Editing is null ? Fixed : await edits.Fixed(db, [.. Cart.Lines.Select(line => line.Product)], Cancel);
        Deals = Editing is null ? null : await judge.For(db, Caller, Cart.DealLines, Cancel);
        Carts = MayHaveSeveral ? await CartsQueries.Named(db, Caller, Cancel) : [];
        Proposed = MayHaveSeveral ? await proposed.Waiting(db, Caller, Cancel) : [];
        Prepared = !Caller.IsAssisting && shown.Branch is { IsEmpty: false } ? shown.Branch : null;
    }
}
