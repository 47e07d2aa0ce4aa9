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

/// <summary>What a page needs on which an order is placed.</summary>
public sealed record OrderFormDesk(
    Database Database, CheckoutQueries Checkout, OrderPlacing Placing, AddressBook Addresses, BudgetQueries Budgets, ShopSettings Settings, OrderTerms Terms, TimeProvider Clock);

/// <summary>A page on which an order is placed: addresses, shipping, payment and the order as it would be. The form is all the state there is.</summary>
public abstract class OrderFormPage(OrderFormDesk desk) : ShopPage
{
    protected OrderFormDesk Desk => desk;

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

    /// <summary>The lines stand beside the totals, because nothing else on the page shows them.</summary>
    public virtual bool ListsLines => true;

    /// <summary>What to say at a field of the form.</summary>
    public string? ErrorOf(string field) => ModelState.TryGetValue(field.Length == 0 ? "" : "Input." + field, out var entry) && entry.Errors is [var error, ..] ? error.ErrorMessage : null;

    protected IActionResult Again(IReadOnlyList<Refusal> refusals)
    {
        Input.Key = CheckoutInput.IsKey(Input.Key) ? Input.Key : CheckoutInput.NewKey();
        foreach (var refusal in refusals.Skip(1))
        {
            ModelState.AddModelError("Input." + refusal.Field, refusal.Sentence);
        }

        return Refused(refusals[0]);
    }

    private OrderAddress? Allowed(OrderAddress? address) => address is { Save: true } && !MayKeepAddresses ? address with { Save = false } : address;

    protected async Task Look(ShopDb db)
    {
        var to = Input.Destination(Book);
        Terms = await desk.Terms.Version(Cancel);
        Today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(desk.Clock.GetUtcNow(), await desk.Settings.TimeZone(Cancel)).DateTime);
        Review = await desk.Checkout.Review(db, Caller, to.Country, to.Region, Input.Method, Cancel, orLikely: true, Input.Coupons, _payments);
        if (!Review.Cart.NeedsShipping)
        {
            // Taxed where the bill goes, as the order will be.
            Input.Shipping = CheckoutInput.Same;
            if (Input.Destination(Book) is var billed && billed != to)
            {
                Review = await desk.Checkout.Review(db, Caller, billed.Country, billed.Region, null, Cancel, orLikely: true, Input.Coupons, _payments);
            }
        }

        var over = !_hasBudgets ? [] : await desk.Budgets.Exceeded(db, Caller, Guid.TryParse(Input.CostCentre, out var centre) ? new CostCentreId(centre) : null, Review.Totals.Total, desk.Clock.GetUtcNow(), Cancel);
        if (over.Count > 0)
        {
            var first = (await desk.Budgets.Chain(db, Caller.Company!.Id, Cancel)).Find(one => one.MayApprove && one.Level == 1 && one.Membership != Caller.Buyer?.Membership.Value);
            (OverBudgets, ApprovedBy) = ([.. over.Select(OnBehalf.Companies.BudgetState.Sentence)], first?.DeputyName ?? first?.Name ?? Say($"an administrator or an approver of {Caller.Company.Name}"));
        }

        if (!Review.Payments.Contains(Words.TryParse<PaymentMethod>(Input.Payment, out var payment) ? payment : (PaymentMethod)(-1)) && !Input.Place)
        {
            Input.Payment = Review.Payments is [var first, ..] ? Words.Kebab(first) : null;
        }

        Stopped = Caller.Company is { Status: not CompanyStatus.Active and var status } company ? OrderRefusals.CompanyCannotOrder(company.Name, status).Sentence
            : null;
    }

    /// <summary>What most people want is chosen already.</summary>
    protected async Task Begin(ShopDb db)
    {
        Book = await desk.Addresses.Of(db, Caller, Cancel);
        Input = CheckoutInput.Fresh(Caller, Book);
        (Input.Method, Centres, _hasBudgets, _payments) = await CheckoutQueries.Begin(db, Caller, Cancel);
        await Look(db);
        Input.Coupons = Review.Cart.CouponCodes;
    }

    /// <summary>The page for what was sent.</summary>
    protected async Task Shown(ShopDb db)
    {
        Input.Coupons ??= "";
        Book = await desk.Addresses.Of(db, Caller, Cancel);
        if (Input.Shipping is null)
        {
            // The form did not ask, because nothing of it was sent until now.
            var fresh = CheckoutInput.Fresh(Caller, Book);
            (Input.Shipping, Input.NewShipping) = (fresh.Shipping, fresh.NewShipping);
        }

        Centres = await CostCentreQueries.OpenTo(db, Caller, Cancel);
        await Look(db);
    }

    /// <summary>Places what the form says; the number of the order, or everything that is wrong with it.</summary>
    protected async Task<(string? Number, IReadOnlyList<Refusal> Refusals)> Place()
    {
        var (wish, refusals) = Input.Read(Book, Review.Cart.Currency, Review.Cart.NeedsShipping, Today);
        if (wish is null)
        {
            return (null, refusals);
        }

        var placed = await desk.Placing.Place(Caller, wish with { Billing = Allowed(wish.Billing)!, Shipping = Allowed(wish.Shipping) }, Cancel);
        return placed.IsRefused ? (null, [placed.Refusal]) : (placed.Value, []);
    }
}
