using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using OnBehalf.Catalog;
using OnBehalf.Companies;
using OnBehalf.Data;
using OnBehalf.Kernel;
using OnBehalf.Modules.Assistance;
using OnBehalf.Modules.Carts;
using OnBehalf.Modules.Catalog;
using OnBehalf.Modules.Companies;
using OnBehalf.Modules.Deals;
using OnBehalf.Modules.Mail;
using OnBehalf.Modules.Pricing;
using OnBehalf.Modules.Settings;
using OnBehalf.Orders;
using OnBehalf.Pricing;

namespace OnBehalf.Modules.Orders;

/// <summary>An address for an order, and whether it enters the book.</summary>
public sealed record OrderAddress(PostalAddress Address, bool Save);

/// <summary>What the buyer says about one article.</summary>
public sealed record LineNote(ProductId Product, string Text);

/// <summary>Everything that the buyer decided at the checkout, and what he saw when he did.</summary>
/// <param name="Key">Of this one checkout: however often it is sent, there is one order.</param>
/// <param name="Seen">The cart of the page.</param>
/// <param name="SeenTotal">The total of the page; another one now is no order.</param>
/// <param name="Shipping">Null: to the billing address.</param>
public sealed record OrderWish(
    string Key, SeenCart Seen, Money SeenTotal, OrderAddress Billing, OrderAddress? Shipping, string Method, Payment Payment, string? Comment, string? Coupons = null)
{
    /// <summary>On what the company books it; null: on nothing.</summary>
    public CostCentreId? CostCentre { get; init; }

    /// <summary>The day on which it is wanted; null: whenever it can be.</summary>
    public DateOnly? WantedOn { get; init; }

    /// <summary>The version of the terms that the buyer, or who acts for him, has accepted; null: none.</summary>
    public int? Terms { get; init; }

    /// <summary>About single articles.</summary>
    public IReadOnlyList<LineNote> Notes { get; init; } = [];

    public PostalAddress Destination => (Shipping ?? Billing).Address;
}

/// <summary>Turns a cart into an order, placed or waiting for approval: rows, facts, mail, the emptied cart and the key in one transaction.</summary>
public sealed class OrderPlacing(
    Database database, CheckoutQueries checkout, PricingQueries pricing, ShopSettings settings, Outbox outbox, AssistedOrders assisted, DestinationQueries destinations, OrderApprovals approvals, DealJudge judge)
{
    private const string Route = "orders.place";

    private readonly string _company = $"""
        select name as "Name", status as "Status", sales_rep_id as "SalesRep" from company where id = {"{0}"}
        {(database.Kind == DatabaseKind.Postgres ? "for no key update" : "")}
        """;

    /// <summary>The number of the order; the same one for the same key.</summary>
    public async Task<Outcome<string>> Place(Caller caller, OrderWish wish, CancellationToken cancel)
    {
        var fingerprint = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(wish with { Key = "" }))));
        var currency = await pricing.CurrencyOf(caller, cancel);
        (Refusal Refusal, Money Total)? tooMuch = null;
        var isJudged = false;
        var outcome = await database.Write(
            caller,
            async tx =>
            {
                (tooMuch, isJudged) = (null, true);

                // The cart first: whoever comes with the same key waits here, and then finds what the first one did.
                var cart = await OpenCart.Load(tx, currency);
                return await tx.Once(caller.Buyer is { } buyer ? $"membership:{buyer.Membership}" : $"company:{caller.Company!.Id}", Route, wish.Key, fingerprint, () => Once(tx, cart, wish, (refusal, total) => tooMuch = (refusal, total)));
            },
            cancel);
        if (tooMuch is var (refused, of))
        {
            await database.Record(caller, new AssistedOrderRefused(refused.Code, of), cancel);
        }
        else if (isJudged && outcome.Refusal is { } refusal)
        {
            // Support finds it on the page of the person. Whose session was over had no checkout that could fail.
            await database.Record(caller, new OrderNotPlaced(refusal.Code, wish.SeenTotal), cancel);
        }

        return outcome;
    }

    private async Task<Outcome<string>> Once(Tx tx, OpenCart cart, OrderWish wish, Action<Refusal, Money> tooMuch)
    {
        var caller = tx.Caller;
        var company = caller.Company is null ? null
            : (await tx.Db.Rows<CompanyNow>(_company, caller.Company.Id.Value).ToListAsync(tx.Cancel)).Single();
        if (company is not null && Words.Parse<CompanyStatus>(company.Status) is not CompanyStatus.Active and var status)
        {
            return OrderRefusals.CompanyCannotOrder(company.Name, status);
        }

        if (cart.Cart.IsEmpty)
        {
            return OrderRefusals.CartEmpty;
        }

        if (cart.CheckSeen(wish.Seen) is not null)
        {
            return OrderRefusals.CartChanged;
        }

        await CouponBook.Lock(tx, wish.Coupons);
        var review = await checkout.Review(tx.Db, caller, wish.Destination.Country.Code, wish.Destination.Region, wish.Method, tx.Cancel, coupons: wish.Coupons ?? "");
        if (Judge(review, wish) is { } refusal)
        {
            return refusal;
        }

        if (review.Cart.IsGivenAway && await ShopSettings.Exact(tx, ShopSettings.PriceZero) != "true")
        {
            return PriceRefusals.AllGivenAway with { Field = null };
        }

        var deals = await judge.Judge(tx, review.Cart.DealLines, review.RegularShipping is { } regular ? regular - review.Totals.Shipping : Money.Zero(review.Cart.Currency), isOrder: true);
        if (deals.IsRefused)
        {
            return deals.Refusal with { Field = null };
        }

        var centre = wish.CostCentre is { } wanted ? (await CostCentreQueries.OpenTo(tx.Db, caller, tx.Cancel)).FirstOrDefault(open => open.Id == wanted.Value) : null;
        if (wish.CostCentre is not null && centre is null)
        {
            return OrderRefusals.CostCentreUnknown;
        }

        var terms = await OrderTerms.Accepted(tx, wish.Terms);
        if (terms.IsRefused)
        {
            return terms.Refusal;
        }

        // Last, because the sum of the month stays locked until the commit.
        var counted = await assisted.Count(tx, review.Totals.Total);
        if (counted.Refusal is { } exceeded)
        {
            tooMuch(exceeded, review.Totals.Total);
            return exceeded;
        }

        var unusual = review.Cart.NeedsShipping ? await destinations.Look(tx, Written(wish.Destination, caller)) : null;
        var hold = await approvals.Judge(tx, counted.Value, unusual, review.Totals.Total, wish.CostCentre);
        if (hold.Refusal is { } unapproved)
        {
            return unapproved;
        }

        var order = await Store(tx, review, wish with { Terms = terms.Value?.Number }, centre, await Representative(tx, company), hold.Value, deals.Value);
        if (await Reserve(tx, order, review) is { } tooLittle)
        {
            return tooLittle;
        }

        if (terms.Value is { } accepted)
        {
            tx.Add(new TermsAccepted(order.Id, order.Number, accepted.Number, accepted.Digest));
        }

        if (unusual is not null)
        {
            tx.Add(new OrderSentElsewhere(order.Id, order.Number, unusual, hold.Value is not null));
        }

        await CouponBook.Use(tx, order.Id, review.Coupons);
        cart.Placed(order.Id);
        return order.Number;
    }

    private static async Task<StaffId?> Representative(Tx tx, CompanyNow? company) => Representation.Of(
        tx.Caller.IsAssisting ? tx.Caller.Staff?.Role : null, tx.Caller.Staff?.Id, company?.SalesRep is { } rep ? new StaffId(rep) : null,
        await ShopSettings.Exact(tx, ShopSettings.KeepRepresentative) == "true");

    // After all else is judged, because the numbers stay locked until the commit.
    private static async Task<Refusal?> Reserve(Tx tx, OrderRow order, CheckoutReview review) => await ShopSettings.Exact(tx, ShopSettings.Stock) is var kept && kept == StockLevel.Off ? null
        : await StockBook.Reserve(tx, order.Id, [.. review.Cart.Lines.Select((line, i) => (i + 1, line.Product, line.Sku, line.Quantity))], mayExceed: kept != StockLevel.Held);

    private static Refusal? Judge(CheckoutReview review, OrderWish wish) =>
        !review.Cart.IsOrderable ? OrderRefusals.NotOrderable
        : review.Method is null && review.Cart.NeedsShipping ? OrderRefusals.ShippingNotThere
        : !review.Payments.Contains(wish.Payment.Method) ? OrderRefusals.PaymentNotOffered
        : review.TaxMissing is { } taxless ? taxless
        : review.Coupons.Refusal is { } coupon ? coupon
        : review.Totals.Total != wish.SeenTotal ? OrderRefusals.TotalChanged(wish.SeenTotal, review.Totals.Total)
        : null;

    private async Task<OrderRow> Store(Tx tx, CheckoutReview review, OrderWish wish, ListedCostCentre? centre, StaffId? salesRep, OrderHold? hold, IReadOnlyDictionary<ProductId, StaffId> approved)
    {
        var caller = tx.Caller;
        wish = wish with { Comment = await OrderOrigin.Comment(tx, settings, wish.Comment) };
        var id = IId<OrderId>.New();
        var zone = TimeZoneInfo.FindSystemTimeZoneById(await settings.Get(tx.Db, ShopSettings.ShopTimeZone, tx.Cancel));
        var number = OrderNumbers.Of(tx.Now, zone, await tx.NextNumber("order_number"));
        var (total, count) = (review.Totals.Total, review.Cart.Lines.Count);
        var fact = tx.Add(hold is null ? new OrderPlaced(id, number, caller.Company?.Id, total, count) : new OrderHeld(id, number, caller.Company?.Id, total, count, hold.Why));
        var order = OrderOf(caller, id, number, fact, tx.Now, review, wish, centre, salesRep, hold is null ? OrderWords.Placed : OrderWords.Waiting);
        var lines = review.Cart.Lines.Select((line, i) => LineOf(id, i + 1, line, review.RateOfClass[line.TaxClass], review.Off?[i], wish, approved)).ToList();
        tx.Db.Add(order);
        tx.Db.AddRange(lines);
        if (wish.Billing.Save)
        {
            AddressBook.Add(tx, wish.Billing.Address, isBilling: true, isShipping: wish.Shipping is null && review.Cart.NeedsShipping);
        }

        if (wish.Shipping is { Save: true } shipping)
        {
            AddressBook.Add(tx, shipping.Address, isBilling: false, isShipping: true);
        }

        if (hold is not null)
        {
            await approvals.Ask(tx, order, lines, review.Totals, hold, review.RateOfClass[Taxes.Standard]);
            return order;
        }

        var shop = await settings.Get(tx.Db, ShopSettings.ShopName, tx.Cancel);
        foreach (var reader in await Readers(tx))
        {
            outbox.Add(tx, OrderMail.Placed(order, lines, review.Totals, reader, shop));
        }

        await OrderOrigin.Copy(tx, settings, outbox, order, lines, review.Totals, shop);

        return order;
    }

    // The order of a company as a whole has no buyer: its contacts read of it.
    private static async Task<IReadOnlyList<OrderReader>> Readers(Tx tx) => tx.Caller.Buyer is { } buyer
        ? [new OrderReader(buyer.Email, buyer.Name, buyer.Id)]
        : (await CompanyContacts.Of(tx.Db, tx.Caller.Company!.Id, tx.Cancel)).ConvertAll(contact => new OrderReader(contact.Email, contact.Name, contact.Person));

    private static OrderRow OrderOf(
        Caller caller, OrderId id, string number, EventId fact, DateTimeOffset now, CheckoutReview review, OrderWish wish, ListedCostCentre? centre, StaffId? salesRep, string status)
    {
        var (buyer, session, totals) = (caller.Buyer, caller.Session, review.Totals);
        return new OrderRow
        {
            Id = id, Number = number, MembershipId = buyer?.Membership, BuyerId = buyer?.Id, CompanyId = caller.Company?.Id, Status = status, PlacedAt = now,
            Currency = totals.Total.Currency, LinesMinor = totals.Lines.Minor, ShippingMinor = totals.Shipping.Minor, TaxMinor = totals.Tax.Minor,
            TotalMinor = totals.Total.Minor, ShippingRateMillionths = review.RateOfClass[Taxes.Standard].Millionths, BuyerName = buyer?.Name, BuyerEmail = buyer?.Email, CompanyName = caller.Company?.Name,
            CompanyNumber = caller.Company?.Number, BillingAddress = Written(wish.Billing.Address, caller), ShippingAddress = review.Cart.NeedsShipping ? Written(wish.Destination, caller) : null,
            ShippingCode = review.Method?.Code, ShippingName = review.Method?.Name, PaymentMethod = Words.Kebab(wish.Payment.Method),
            PurchaseOrderNumber = wish.Payment.PurchaseOrderNumber, CostCentreId = wish.CostCentre, CostCentre = centre?.InWords, Comment = wish.Comment, WantedOn = wish.WantedOn is { } day ? DeliveryDay.Text(day) : null, TermsVersion = wish.Terms, TaxNote = review.TaxNote, SalesRepId = salesRep,
            TaxByLine = review.Basis == TaxBasis.Line, ShowsGross = review.Gross is not null, DiscountMinor = totals.Discount.Minor, GivenMinor = review.Given?.Minor, AgreedDiscountMinor = review.Cart.Less.Minor, AgreedDiscountReason = review.Cart.Less.IsZero ? null : review.Cart.Discount?.Reason,
            AgreedDiscountById = review.Cart.Less.IsZero ? null : review.Cart.Discount?.By, RegularShippingMinor = review.RegularShipping?.Minor,
            AgreedShippingReason = review.RegularShipping is null ? null : review.Cart.Shipping?.Reason, AgreedShippingById = review.RegularShipping is null ? null : review.Cart.Shipping?.By, CouponCodes = review.Coupons.Result is { OfCoupons: { Count: > 0 } used } ? string.Join(' ', used.Select(one => one.Coupon.Code)) : null,
            OperatorStaffId = session is null ? null : caller.Staff?.Id, OperatorBuyerId = session is null ? null : (caller.Actor as Actor.Buyer)?.Id,
            OperatorName = session is null ? null : caller.Actor.Name, StaffGroup = session is null ? null : caller.Staff?.Group, SessionId = session?.Id,
            ReasonCode = session?.ReasonCode, ReasonText = session?.Reason, AuditEventId = fact, Version = 1,
        };
    }

    // An address of the book often names nobody: it stands under the name of whose book it is.
    internal static string Written(PostalAddress address, Caller caller) =>
        (address with { Recipient = address.Recipient ?? caller.Company?.Name ?? caller.CustomerName }).ToString();

    private static OrderLineRow LineOf(OrderId order, int position, ShownLine line, Percentage rate, Money? off, OrderWish wish, IReadOnlyDictionary<ProductId, StaffId> approved) => new()
    {
        OrderId = order, Position = position, ProductId = line.Product, Sku = line.Sku, Name = line.Name, QuantityThousandths = line.Quantity.Thousandths,
        PriceMinor = line.Quote!.Unit.Amount.Minor, PricePer = line.Quote.Unit.PerUnits, PriceSource = line.Quote.Source,
        ListPriceMinor = line.Quote.List.PerUnits == line.Quote.Unit.PerUnits ? line.Quote.List.Amount.Minor : null,
        RegularPriceMinor = line.Quote.Regular?.Amount.Minor, RegularPricePer = line.Quote.Regular?.PerUnits, GivenMinor = line.Given?.Minor, AgreedReason = line.Quote.Regular is null ? null : line.Agreed?.Alternative ?? line.Agreed?.Reason,
        AgreedById = line.Quote.Regular is null ? null : line.Agreed?.By, ApprovedById = approved.TryGetValue(line.Product, out var approver) ? approver : line.Quote.Regular is null ? null : line.Agreed?.ApprovedBy, TaxClass = line.TaxClass, TaxRateMillionths = rate.Millionths, TotalMinor = line.Total!.Value.Minor, DiscountMinor = off?.Minor ?? 0, Kind = line.Kind,
        Comment = wish.Notes.FirstOrDefault(note => note.Product == line.Product)?.Text,
    };

    private sealed record CompanyNow(string Name, string Status, Guid? SalesRep);
}
