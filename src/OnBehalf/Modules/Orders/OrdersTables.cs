using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OnBehalf.Data;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Orders;

/// <summary>An order: names, addresses and prices are copies as they were when it was placed.</summary>
public sealed class OrderRow
{
    public required OrderId Id { get; init; }
    public required string Number { get; init; }
    public MembershipId? MembershipId { get; init; }
    public BuyerId? BuyerId { get; init; }
    public CompanyId? CompanyId { get; init; }
    public required string Status { get; set; }

    /// <summary>While it waits for approval, and when it was declined: when it was submitted.</summary>
    public required DateTimeOffset PlacedAt { get; set; }
    public required Currency Currency { get; init; }
    public long LinesMinor { get; set; }
    public long ShippingMinor { get; set; }
    public long TaxMinor { get; set; }
    public long TotalMinor { get; set; }

    /// <summary>The rate of tax on its shipping; null: imported.</summary>
    public int? ShippingRateMillionths { get; init; }

    /// <summary>Its tax was rounded for each line, not for each rate.</summary>
    public bool TaxByLine { get; init; }

    /// <summary>Its amounts are shown with tax.</summary>
    public bool ShowsGross { get; init; }

    /// <summary>Off the lines, by coupons and by what staff agreed.</summary>
    public long DiscountMinor { get; init; }

    /// <summary>How much more it would have cost without what staff agreed, without tax; negative: less. Null: they agreed nothing.</summary>
    public long? GivenMinor { get; init; }

    /// <summary>Of that, what staff agreed, why (a code) and who.</summary>
    public long AgreedDiscountMinor { get; init; }
    public string? AgreedDiscountReason { get; init; }
    public StaffId? AgreedDiscountById { get; init; }

    /// <summary>Where staff agreed what sending costs: what it would have cost, why and who.</summary>
    public long? RegularShippingMinor { get; init; }
    public string? AgreedShippingReason { get; init; }
    public StaffId? AgreedShippingById { get; init; }

    /// <summary>With blanks between.</summary>
    public string? CouponCodes { get; init; }
    public string? BuyerName { get; init; }
    public string? BuyerEmail { get; init; }
    public string? CompanyName { get; init; }
    public string? CompanyNumber { get; init; }

    /// <summary>Lines of the address with line feeds between.</summary>
    public string? BillingAddress { get; init; }
    public string? ShippingAddress { get; init; }
    public string? ShippingCode { get; init; }
    public string? ShippingName { get; init; }

    /// <summary>`invoice` or `purchase-order`.</summary>
    public string? PaymentMethod { get; init; }
    public string? PurchaseOrderNumber { get; init; }
    public CostCentreId? CostCentreId { get; init; }

    /// <summary>As it was called then: "4711 Workshop".</summary>
    public string? CostCentre { get; init; }
    public string? Comment { get; init; }

    /// <summary>The day on which the buyer wants it, as `2026-03-01`.</summary>
    public string? WantedOn { get; init; }

    /// <summary>Which terms were accepted with it; null: there were none, or it was imported.</summary>
    public int? TermsVersion { get; init; }

    /// <summary>Why no tax is due, as the paper says it.</summary>
    public string? TaxNote { get; init; }
    public StaffId? SalesRepId { get; set; }
    public StaffId? OperatorStaffId { get; init; }
    public BuyerId? OperatorBuyerId { get; init; }

    /// <summary>As he was called then.</summary>
    public string? OperatorName { get; init; }
    public string? StaffGroup { get; init; }
    public AssistedSessionId? SessionId { get; init; }
    public string? ReasonCode { get; init; }
    public string? ReasonText { get; init; }

    /// <summary>Frozen: its amounts stand as they came and are never computed again.</summary>
    public bool IsImported { get; init; }
    public EventId? AuditEventId { get; init; }
    public int Version { get; set; }
}

public sealed class OrderLineRow
{
    public required OrderId OrderId { get; init; }
    public required int Position { get; init; }
    public ProductId? ProductId { get; init; }
    public required string Sku { get; init; }
    public required string Name { get; init; }
    public required long QuantityThousandths { get; init; }
    public required long PriceMinor { get; init; }
    public int PricePer { get; init; } = 1;

    /// <summary>Where the price came from, in words: `Dealer prices, from 10`.</summary>
    public string? PriceSource { get; init; }
    public long? ListPriceMinor { get; init; }

    /// <summary>Where staff agreed its price: what it would have cost, why (a code, or the name of a price of the shop), and who.</summary>
    public long? RegularPriceMinor { get; init; }
    public int? RegularPricePer { get; init; }

    /// <summary>How much more the line would have cost.</summary>
    public long? GivenMinor { get; init; }
    public string? AgreedReason { get; init; }
    public StaffId? AgreedById { get; init; }

    /// <summary>Who approved its price, where that is beyond the limits of who agreed it.</summary>
    public StaffId? ApprovedById { get; init; }
    public string? TaxClass { get; init; }
    public int? TaxRateMillionths { get; init; }

    /// <summary>What the article was then: one of <see cref="OnBehalf.Catalog.ArticleKind"/>.</summary>
    public string Kind { get; init; } = OnBehalf.Catalog.ArticleKind.Physical;

    /// <summary>Before what coupons take off.</summary>
    public required long TotalMinor { get; init; }
    public long DiscountMinor { get; init; }

    /// <summary>What the buyer said about this article.</summary>
    public string? Comment { get; init; }
}

/// <summary>That an order waits, or waited, for the approval of an administrator of the company. Whoever decides first decides.</summary>
public sealed class OrderApprovalRow
{
    public required OrderId OrderId { get; init; }
    public required CompanyId CompanyId { get; init; }

    /// <summary>`waiting`, `approved` or `declined`.</summary>
    public required string Status { get; set; }

    /// <summary>Which rule lets it wait; see <see cref="OnBehalf.Orders.OrderWords.WhyWaiting"/>.</summary>
    public required string Why { get; init; }

    /// <summary>The amount that it exceeds, as the mandate had it then.</summary>
    public long? AboveMinor { get; init; }
    public Currency? AboveCurrency { get; init; }

    /// <summary>In the sum of which month it counts until it is declined.</summary>
    public required string Month { get; set; }

    /// <summary>The rate of tax on its shipping, for the confirmation of an order that is approved later.</summary>
    public required int ShippingRateMillionths { get; init; }
    public required DateTimeOffset AskedAt { get; init; }

    /// <summary>Whose turn it is in the chain of those who approve; 1 also where there is none.</summary>
    public int Level { get; set; } = 1;

    /// <summary>Since when it is his.</summary>
    public required DateTimeOffset Since { get; set; }

    /// <summary>When he was reminded of it; once.</summary>
    public DateTimeOffset? RemindedAt { get; set; }
    public DateTimeOffset? DecidedAt { get; set; }
    public BuyerId? DecidedById { get; set; }

    /// <summary>As he was called then.</summary>
    public string? DecidedBy { get; set; }

    /// <summary>Why it was declined.</summary>
    public string? Reason { get; set; }
}

/// <summary>Somebody has approved an order that waited; further ones may have to after him.</summary>
public sealed class OrderAgreementRow
{
    public required OrderId OrderId { get; init; }
    public required int Level { get; init; }
    public required DateTimeOffset AgreedAt { get; init; }
    public BuyerId? AgreedById { get; init; }

    /// <summary>As he was called then.</summary>
    public string? AgreedBy { get; init; }
}

/// <summary>Something that happened to a placed order: who did it, when, and what it came to. Never changed.</summary>
public sealed class OrderStepRow
{
    public required OrderId OrderId { get; init; }

    /// <summary>1 for the first.</summary>
    public required int Number { get; init; }

    /// <summary>One of <see cref="OnBehalf.Orders.OrderStep"/>, in small letters.</summary>
    public required string Kind { get; init; }
    public required DateTimeOffset At { get; init; }
    public StaffId? StaffId { get; init; }

    /// <summary>The buyer, when he did it, or somebody of the staff in a session with him.</summary>
    public BuyerId? BuyerId { get; init; }
    public string? ReasonCode { get; init; }

    /// <summary>For the customer: where the parcel is, or more of the reason.</summary>
    public string? Note { get; init; }

    /// <summary>The number of its delivery note, invoice or credit note; of a payment, that of the invoice.</summary>
    public string? Document { get; init; }

    /// <summary>Of a payment: the step that is its invoice.</summary>
    public int? InvoiceNumber { get; init; }

    /// <summary>Of a payment: the day, as 2026-03-01.</summary>
    public string? PaidOn { get; init; }

    /// <summary>Of an invoice or credit note; of a payment only the total.</summary>
    public long? LinesMinor { get; init; }
    public long? ShippingMinor { get; init; }
    public long? TaxMinor { get; init; }
    public long? TotalMinor { get; init; }
}

/// <summary>How much of a line a step was about.</summary>
public sealed class OrderStepLineRow
{
    public required OrderId OrderId { get; init; }
    public required int Number { get; init; }

    /// <summary>Of the line in the order.</summary>
    public required int Position { get; init; }
    public required long QuantityThousandths { get; init; }

    /// <summary>Its share of the line, where it was charged or credited.</summary>
    public long? AmountMinor { get; init; }

    /// <summary>Why it comes back, where the customer announced it.</summary>
    public string? ReasonCode { get; init; }
}

/// <summary>To whom a way of paying is offered, where somebody has said it.</summary>
public sealed class PaymentMethodRow
{
    /// <summary>One of <see cref="OnBehalf.Orders.PaymentMethod"/>, in small letters.</summary>
    public required string Code { get; init; }
    public required bool IsOn { get; set; }

    /// <summary>ISO 3166 alpha-2 codes with a blank between; empty: all.</summary>
    public required string Countries { get; set; }

    /// <summary>One of <see cref="OnBehalf.Orders.PayingCustomers"/>, in small letters.</summary>
    public required string Customers { get; set; }
}

/// <summary>A version of the terms. Never changed: orders say which one was accepted.</summary>
public sealed class TermsVersionRow
{
    public required int Number { get; init; }
    public required string Text { get; init; }

    /// <summary>SHA-256 of the text, as the audit log has it.</summary>
    public required string Digest { get; init; }
    public required DateTimeOffset PublishedAt { get; init; }
    public StaffId? PublishedById { get; init; }
}

/// <summary>The tax of one rate on an invoice or credit note.</summary>
public sealed class OrderStepTaxRow
{
    public required OrderId OrderId { get; init; }
    public required int Number { get; init; }
    public required int RateMillionths { get; init; }
    public required long NetMinor { get; init; }
    public required long TaxMinor { get; init; }
}

/// <summary>How often a file was taken that a line of an order is about. Counted in SQL, so that two at once are two.</summary>
public sealed class DownloadRow
{
    public required OrderId OrderId { get; init; }
    public required int Position { get; init; }
    public required Guid FileId { get; init; }
    public required int Times { get; init; }
    public required DateTimeOffset LastAt { get; init; }
}

internal sealed class DownloadTable : IEntityTypeConfiguration<DownloadRow>
{
    public void Configure(EntityTypeBuilder<DownloadRow> builder) => builder.ToTable("download").HasKey(row => new { row.OrderId, row.Position, row.FileId });
}

internal sealed class OrderTable : IEntityTypeConfiguration<OrderRow>
{
    public void Configure(EntityTypeBuilder<OrderRow> builder)
    {
        builder.ToTable("orders");
        builder.Property(row => row.Version).IsConcurrencyToken();
        // Who placed it stays, whatever becomes of it.
        builder.IsDelegated(nameof(OrderRow.Status), nameof(OrderRow.PlacedAt), nameof(OrderRow.SalesRepId), nameof(OrderRow.Version));
    }
}

internal sealed class OrderLineTable : IEntityTypeConfiguration<OrderLineRow>
{
    public void Configure(EntityTypeBuilder<OrderLineRow> builder)
    {
        builder.ToTable("order_line").HasKey(row => new { row.OrderId, row.Position });
        builder.HasOne<OrderRow>().WithMany().HasForeignKey(row => row.OrderId);
    }
}

internal sealed class OrderApprovalTable : IEntityTypeConfiguration<OrderApprovalRow>
{
    public void Configure(EntityTypeBuilder<OrderApprovalRow> builder)
    {
        builder.ToTable("order_approval").HasKey(row => row.OrderId);
        builder.Property(row => row.Status).IsConcurrencyToken();
        builder.HasOne<OrderRow>().WithMany().HasForeignKey(row => row.OrderId);
    }
}

internal sealed class OrderAgreementTable : IEntityTypeConfiguration<OrderAgreementRow>
{
    public void Configure(EntityTypeBuilder<OrderAgreementRow> builder)
    {
        builder.ToTable("order_agreement").HasKey(row => new { row.OrderId, row.Level });
        builder.HasOne<OrderRow>().WithMany().HasForeignKey(row => row.OrderId);
    }
}

internal sealed class OrderStepTable : IEntityTypeConfiguration<OrderStepRow>
{
    public void Configure(EntityTypeBuilder<OrderStepRow> builder)
    {
        builder.ToTable("order_step").HasKey(row => new { row.OrderId, row.Number });
        builder.HasOne<OrderRow>().WithMany().HasForeignKey(row => row.OrderId);
    }
}

internal sealed class OrderStepLineTable : IEntityTypeConfiguration<OrderStepLineRow>
{
    public void Configure(EntityTypeBuilder<OrderStepLineRow> builder)
    {
        builder.ToTable("order_step_line").HasKey(row => new { row.OrderId, row.Number, row.Position });
        builder.HasOne<OrderStepRow>().WithMany().HasForeignKey(row => new { row.OrderId, row.Number });
    }
}

internal sealed class OrderStepTaxTable : IEntityTypeConfiguration<OrderStepTaxRow>
{
    public void Configure(EntityTypeBuilder<OrderStepTaxRow> builder)
    {
        builder.ToTable("order_step_tax").HasKey(row => new { row.OrderId, row.Number, row.RateMillionths });
        builder.HasOne<OrderStepRow>().WithMany().HasForeignKey(row => new { row.OrderId, row.Number });
    }
}

internal sealed class TermsVersionTable : IEntityTypeConfiguration<TermsVersionRow>
{
    public void Configure(EntityTypeBuilder<TermsVersionRow> builder)
    {
        builder.ToTable("terms_version").HasKey(row => row.Number);
        builder.Property(row => row.Number).ValueGeneratedNever();
    }
}

internal sealed class PaymentMethodTable : IEntityTypeConfiguration<PaymentMethodRow>
{
    public void Configure(EntityTypeBuilder<PaymentMethodRow> builder) => builder.ToTable("payment_method").HasKey(row => row.Code);
}
