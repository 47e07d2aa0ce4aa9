using Microsoft.AspNetCore.Mvc;
using OnBehalf.Assistance;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Modules.Budgets;
using OnBehalf.Modules.Companies;
using OnBehalf.Modules.Settings;
using OnBehalf.Orders;

namespace OnBehalf.Modules.Orders;

/// <summary>Addresses, shipping, payment and the order as it would be, on one page. The form is all the state there is.</summary>
[Access(Audience.Buyer, Delegation.Allow, Right = Needs.OrdersPlace, Mode = Mode.Order)]
public sealed class CheckoutPage(Database database, CheckoutQueries checkout, OrderPlacing placing, AddressBook addresses, BudgetQueries budgets, ShopSettings settings, OrderTerms terms, TimeProvider clock) : ShopPage
{
    // A form that comes back asks in any case.
    private bool _hasBudgets = true;

    private IReadOnlyList<PaymentTerms>? _payments;

    [BindProperty]
    public CheckoutInput Input { get; set; } = new();

    public IReadOnlyList<BookAddress> Book { get; private set; } = [];

    /// <summary>Those on which he may order.</summary>
    public IReadOnlyList<ListedCostCentre> Centres { get; private set; } = [];

    public CheckoutReview Review { get; private set; } = null!;

    /// <summary>Why this company cannot order at all.</summary>
    public string? Stopped { get; private set; }

    /// <summary>The amount above which this order, as it is on the page, would wait for approval.</summary>
    public Money? WaitsAbove => Caller.Session is { } session ? OrderLimits.WaitsAbove(session.ApprovalAbove, Review.Totals.Total) : null;

    /// <summary>The budgets that it would be over, as sentences.</summary>
    public IReadOnlyList<string> OverBudgets { get; private set; } = [];

    /// <summary>Who approves what is over a budget.</summary>
    public string ApprovedBy { get; private set; } = "";

    public bool Waits => WaitsAbove is not null || OverBudgets.Count > 0;

    /// <summary>In the time zone of the shop.</summary>
    public DateOnly Today { get; private set; }

    /// <summary>The version that the order has to accept; 0: none.</summary>
    public int Terms { get; private set; }

    public bool MayKeepAddresses => Caller.May(Right.AddressesChange) && !Caller.IsClosed(ClosablePage.AddressAdd);

    public async Task<IActionResult> OnGet()
    {
        await using (var db = database.Read())
        {
            Book = await addresses.Of(db, Caller, Cancel);
            Input = CheckoutInput.Fresh(Caller, Book);
            (Input.Method, Centres, _hasBudgets, _payments) = await CheckoutQueries.Begin(db, Caller, Cancel);
            await Look(db);
            Input.Coupons = Review.Cart.CouponCodes;
        }

        return Review.Cart.IsEmpty || !Review.Cart.IsOrderable ? SeeOther("/cart") : Page();
    }

    public async Task<IActionResult> OnPost()
    {
        if (!ModelState.IsValid)
        {
            return BadRequest();
        }

        await using var db = database.Read();
        Input.Coupons ??= "";
        Book = await addresses.Of(db, Caller, Cancel);
        Centres = await CostCentreQueries.OpenTo(db, Caller, Cancel);
        await Look(db);
        if (!Input.Place)
        {
            return Page();
        }

        var (wish, refusals) = Input.Read(Book, Review.Cart.Currency, Review.Cart.NeedsShipping, Today);
        if (wish is null)
        {
            return Again(refusals);
        }

        var placed = await placing.Place(Caller, wish with { Billing = Allowed(wish.Billing)!, Shipping = Allowed(wish.Shipping) }, Cancel);
        return placed.IsRefused ? Again([placed.Refusal]) : SeeOther($"/account/orders/{placed.Value}?placed=true");
    }

    /// <summary>What to say at a field of the form.</summary>
    public string? ErrorOf(string field) => ModelState.TryGetValue(field.Length == 0 ? "" : "Input." + field, out var entry) && entry.Errors is [var error, ..] ? error.ErrorMessage : null;

    private IActionResult Again(IReadOnlyList<Refusal> refusals)
    {
        Input.Key = CheckoutInput.IsKey(Input.Key) ? Input.Key : CheckoutInput.NewKey();
        foreach (var refusal in refusals.Skip(1))
        {
            ModelState.AddModelError("Input." + refusal.Field, refusal.Sentence);
        }

        return Refused(refusals[0]);
    }

    private OrderAddress? Allowed(OrderAddress? address) => address is { Save: true } && !MayKeepAddresses ? address with { Save = false } : address;

    private async Task Look(ShopDb db)
    {
        var to = Input.Destination(Book);
        Terms = await terms.Version(Cancel);
        Today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(clock.GetUtcNow(), await settings.TimeZone(Cancel)).DateTime);
        Review = await checkout.Review(db, Caller, to.Country, to.Region, Input.Method, Cancel, orLikely: true, Input.Coupons, _payments);
        if (!Review.Cart.NeedsShipping)
        {
            // Taxed where the bill goes, as the order will be.
            Input.Shipping = CheckoutInput.Same;
            if (Input.Destination(Book) is var billed && billed != to)
            {
                Review = await checkout.Review(db, Caller, billed.Country, billed.Region, null, Cancel, orLikely: true, Input.Coupons, _payments);
            }
        }

        var over = !_hasBudgets ? [] : await budgets.Exceeded(db, Caller, Guid.TryParse(Input.CostCentre, out var centre) ? new CostCentreId(centre) : null, Review.Totals.Total, clock.GetUtcNow(), Cancel);
        if (over.Count > 0)
        {
            var first = (await budgets.Chain(db, Caller.Company!.Id, Cancel)).Find(one => one.MayApprove && one.Level == 1 && one.Membership != Caller.Buyer?.Membership.Value);
            (OverBudgets, ApprovedBy) = ([.. over.Select(OnBehalf.Companies.BudgetState.Sentence)], first?.DeputyName ?? first?.Name ?? Say($"an administrator or an approver of {Caller.Company.Name}"));
        }

        if (!Review.Payments.Contains(Words.TryParse<PaymentMethod>(Input.Payment, out var payment) ? payment : (PaymentMethod)(-1)) && !Input.Place)
        {
            Input.Payment = Review.Payments is [var first, ..] ? Words.Kebab(first) : null;
        }

        Stopped = Caller.Company is { Status: not CompanyStatus.Active and var status } company ? OrderRefusals.CompanyCannotOrder(company.Name, status).Sentence
            : null;
    }
}
