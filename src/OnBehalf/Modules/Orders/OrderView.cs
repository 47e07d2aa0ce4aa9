using OnBehalf.Kernel;
using OnBehalf.Orders;
using OnBehalf.Pricing;

namespace OnBehalf.Modules.Orders;

/// <summary>An order as its page, print and mail show it.</summary>
public sealed record OrderView(OrderHead Head, IReadOnlyList<OrderLineView> Lines)
{
    public Currency Currency { get; } = Currency.Of(Head.Currency);

    /// <summary>What happened to it, the first first; only where a page shows it.</summary>
    public IReadOnlyList<ShownStep> Steps { get; init; } = [];

    /// <summary>Where its steps have led to.</summary>
    public OrderProgress Progress => Steps.Aggregate(
        OrderProgress.Of(Lines.Select((line, i) => new OrderPart(i + 1, line.Quantity))), (progress, step) => progress.With(step.Step, [.. step.Parts.Select(part => part.Part)]));

    /// <summary>What it owes, by its invoices; only where its steps are known.</summary>
    public OrderAccount Account => Charged.With(Amount(Steps.Where(step => step is { Step: OrderStep.PaymentReceived, Payment: null }).Sum(step => step.TotalMinor ?? 0)));

    /// <summary>What all of it still costs: what is charged and what will be, less what is credited and paid. Below zero: what the seller owes the customer. Only where its steps are known.</summary>
    public Money Due
    {
        get
        {
            var shipped = Progress.With(OrderStep.Shipped, Progress.Possible(OrderStep.Shipped));
            var rest = shipped.Possible(OrderStep.Invoiced);
            var (account, isCharged) = (Account, Steps.Any(step => step.Step == OrderStep.Invoiced));
            var shipping = isCharged ? (TaxedAmount?)null : new TaxedAmount(Amount(Head.ShippingMinor), new Percentage(Head.ShippingRate ?? 0));
            return account.Open - account.Advance + (rest.Count == 0 ? Amount(0)
                : Steps.Count == 0 ? Total
                : OrderCharges.Of(Currency, OrderStep.Invoiced, shipped, shipped.With(OrderStep.Invoiced, rest), ChargedLines, shipping, Basis).Total);
        }
    }

    /// <summary>Its lines as they are charged for.</summary>
    internal IReadOnlyList<ChargedLine> ChargedLines =>
        [.. Lines.Select((line, i) => new ChargedLine(i + 1, line.Quantity, Amount(line.TotalMinor - line.DiscountMinor), new Percentage(line.TaxRateMillionths ?? 0)))];

    private OrderAccount Charged => new(
        [
            .. Steps.Where(step => step.Step == OrderStep.Invoiced).Select(invoice => new InvoiceAccount(
                invoice.Number, invoice.Document!, Amount(invoice.TotalMinor ?? 0), Amount(Steps.Where(step => step.Payment?.Invoice == invoice.Number).Sum(step => step.TotalMinor ?? 0)))),
        ],
        Amount(Steps.Where(step => step.Step == OrderStep.Returned).Sum(step => step.TotalMinor ?? 0)));

    /// <summary>Its state is kept here, and not where it came from, and it is placed.</summary>
    public bool IsHandledHere => !Head.IsImported && OrderWords.IsPlaced(Head.Status);

    /// <summary>It is to be paid before it is sent: online, or otherwise in advance.</summary>
    public bool IsPaidFirst => IsHandledHere && Head.PaymentMethod is "online" or "prepayment";

    public Money Total => Amount(Head.TotalMinor);

    public TaxBasis Basis => Head.TaxByLine ? TaxBasis.Line : TaxBasis.Document;

    /// <summary>Its totals anew from its rows, as they were when it was placed; null where the rates are not known, of imported orders.</summary>
    public OrderTotals? Totals => !Head.IsImported && Head.ShippingRate is { } shipping && Lines.All(line => line.TaxRateMillionths is not null)
        ? OrderTotals.Of(Currency, Taxed, new TaxedAmount(Amount(Head.ShippingMinor), new Percentage(shipping)), [.. Lines.Select(line => Amount(line.DiscountMinor))], Basis) : null;

    /// <summary>Its tax, a row for each rate; one without a rate where they are not known.</summary>
    public IReadOnlyList<ShownTax> Taxes => Totals is { } totals && totals.Tax.Minor == Head.TaxMinor
        ? [.. totals.TaxSums.Select(sum => new ShownTax(sum.Rate, sum.Net, sum.Tax))] : [new ShownTax(null, null, Amount(Head.TaxMinor))];

    /// <summary>Its amounts with tax, where it was placed by somebody who sees them so.</summary>
    public GrossAmounts? Gross => Head.ShowsGross && Totals is { } totals && totals.Tax.Minor == Head.TaxMinor
        ? GrossAmounts.Of(totals, [.. Taxed], new TaxedAmount(Amount(Head.ShippingMinor), new Percentage(Head.ShippingRate!.Value)), [.. Lines.Select(line => Amount(line.DiscountMinor))])
        : null;

    /// <summary>The price of a line as it is shown.</summary>
    public UnitPrice PriceOf(OrderLineView line) => Shown(line, new UnitPrice(Amount(line.PriceMinor), line.PricePer));

    /// <summary>What a line would have cost without the price that staff agreed; null: nothing was agreed.</summary>
    public UnitPrice? RegularOf(OrderLineView line) => line.RegularMinor is { } minor ? Shown(line, new UnitPrice(Amount(minor), line.RegularPer ?? 1)) : null;

    /// <summary>What sending would have cost without what staff agreed; null: nothing was agreed.</summary>
    public Money? RegularShipping => Head.RegularShippingMinor is not { } minor ? null
        : Head.ShowsGross && Head.ShippingRate is { } rate ? Amount(minor) + Amount(minor).Percent(new Percentage(rate)) : Amount(minor);

    private UnitPrice Shown(OrderLineView line, UnitPrice price) => Head.ShowsGross && line.TaxRateMillionths is { } rate ? price.With(new Percentage(rate)) : price;

    private IEnumerable<TaxedAmount> Taxed => Lines.Select(line => new TaxedAmount(Amount(line.TotalMinor), new Percentage(line.TaxRateMillionths!.Value)));

    public Money Amount(long minor) => new(minor, Currency);
}

/// <summary>A row of tax on a page or a paper.</summary>
public sealed record ShownTax(Percentage? Rate, Money? Net, Money Tax);

public sealed record OrderHead(
    Guid Id, string Number, Guid? Membership, Guid? Buyer, Guid? Company, DateTimeOffset PlacedAt, string Status, string Currency, long LinesMinor, long ShippingMinor, long TaxMinor, long TotalMinor,
    string? BuyerName, string? BuyerEmail, string? CompanyName, string? CompanyNumber, string? BillingAddress, string? ShippingAddress, string? ShippingName,
    string? PaymentMethod, string? PurchaseOrderNumber, string? Comment, string? OperatorName, string? StaffGroup, string? ReasonCode, string? ReasonText,
    string? ApprovalWhy, long? AboveMinor, string? AboveCurrency, DateTimeOffset? DecidedAt, string? DecidedBy, string? DeclineReason, Guid? Event, bool IsImported, int Version, string? CostCentre, string? TaxNote, long DiscountMinor,
    string? CouponCodes, int? ShippingRate, bool TaxByLine, bool ShowsGross, string? WantedOn, int? TermsVersion, long AgreedDiscountMinor, string? AgreedDiscountReason, long? RegularShippingMinor, string? Representative)
{
    internal const string Columns = """
        o.id as "Id", o.number as "Number", o.membership_id as "Membership", o.buyer_id as "Buyer", o.company_id as "Company", o.placed_at as "PlacedAt", o.status as "Status", o.currency as "Currency", o.lines_minor as "LinesMinor",
        o.shipping_minor as "ShippingMinor", o.tax_minor as "TaxMinor", o.total_minor as "TotalMinor", o.buyer_name as "BuyerName", o.buyer_email as "BuyerEmail",
        o.company_name as "CompanyName", o.company_number as "CompanyNumber", o.billing_address as "BillingAddress", o.shipping_address as "ShippingAddress",
        o.shipping_name as "ShippingName", o.payment_method as "PaymentMethod", o.purchase_order_number as "PurchaseOrderNumber", o.comment as "Comment",
        o.operator_name as "OperatorName", o.staff_group as "StaffGroup", o.reason_code as "ReasonCode", o.reason_text as "ReasonText",
        a.why as "ApprovalWhy", a.above_minor as "AboveMinor", a.above_currency as "AboveCurrency", a.decided_at as "DecidedAt", a.decided_by as "DecidedBy",
        a.reason as "DeclineReason", o.audit_event_id as "Event", o.is_imported as "IsImported", o.version as "Version", o.cost_centre as "CostCentre", o.tax_note as "TaxNote", o.discount_minor as "DiscountMinor",
        o.coupon_codes as "CouponCodes", o.shipping_rate_millionths as "ShippingRate", o.tax_by_line as "TaxByLine", o.shows_gross as "ShowsGross", o.wanted_on as "WantedOn", o.terms_version as "TermsVersion",
        o.agreed_discount_minor as "AgreedDiscountMinor", o.agreed_discount_reason as "AgreedDiscountReason", o.regular_shipping_minor as "RegularShippingMinor",
        (select r.first_name || ' ' || r.last_name from staff r where r.id = o.sales_rep_id) as "Representative"
        """;

    /// <summary>What took something off, in words; null: nothing did.</summary>
    public string? DiscountWords => OrderWords.Discount(CouponCodes, AgreedDiscountMinor, AgreedDiscountReason);

    /// <summary>The day on which the buyer wants it.</summary>
    public DateOnly? Wanted => DeliveryDay.Stored(WantedOn);

    /// <summary>Which terms were accepted with it, and by whom.</summary>
    public string? Terms => TermsVersion is { } version ? OrderWords.Accepted(version, OperatorName, BuyerName, CompanyName) : null;

    /// <summary>The amount of the mandate that it exceeds.</summary>
    public Money? Above => AboveMinor is { } minor ? new Money(minor, Kernel.Currency.Of(AboveCurrency!)) : null;
}

public sealed record OrderLineView(
    string Sku, string Name, long QuantityThousandths, long PriceMinor, int PricePer, string? PriceSource, int? TaxRateMillionths, long TotalMinor, long DiscountMinor, string? Comment, long? RegularMinor, int? RegularPer, string? AgreedReason)
{
    internal const string Columns = """
        l.sku as "Sku", l.name as "Name", l.quantity_thousandths as "QuantityThousandths", l.price_minor as "PriceMinor", l.price_per as "PricePer",
        l.price_source as "PriceSource", l.tax_rate_millionths as "TaxRateMillionths", l.total_minor as "TotalMinor", l.discount_minor as "DiscountMinor", l.comment as "Comment",
        l.regular_price_minor as "RegularMinor", l.regular_price_per as "RegularPer", l.agreed_reason as "AgreedReason"
        """;

    /// <summary>Where the price comes from.</summary>
    public string? Source => RegularMinor is null ? PriceSource : AgreedReason is { } reason ? Say($"Agreed: {PriceReasons.Inside(reason)}") : Say("Agreed price");

    public Quantity Quantity => new(QuantityThousandths);
}
