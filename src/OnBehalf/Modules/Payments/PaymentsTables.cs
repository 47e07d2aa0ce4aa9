using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Payments;

/// <summary>A payment at the provider: for one order, one amount, one currency. What it brought stands among the steps of the order.</summary>
public sealed class PaymentRow
{
    public required Guid Id { get; init; }
    public required OrderId OrderId { get; init; }

    /// <summary>`open`, `paid`, `failed`, or `closed` because the order costs something else now. Paid is final.</summary>
    public required string Status { get; set; }
    public required long AmountMinor { get; init; }
    public required Currency Currency { get; init; }

    /// <summary>As it was called then.</summary>
    public required string Provider { get; init; }

    /// <summary>What the provider calls it; null until it said something.</summary>
    public string? Reference { get; set; }
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When the provider said what became of it.</summary>
    public DateTimeOffset? ToldAt { get; set; }

    /// <summary>The provider has named another amount or currency: a person has to look.</summary>
    public bool IsDoubtful { get; set; }
}

/// <summary>A link with which a buyer pays an order that somebody has placed for him.</summary>
public sealed class PayLinkRow
{
    public required Guid Id { get; init; }
    public required OrderId OrderId { get; init; }

    /// <summary>SHA-256 of its secret, which nobody here knows.</summary>
    public required byte[] TokenHash { get; init; }
    public required long AmountMinor { get; init; }
    public required Currency Currency { get; init; }
    public StaffId? MadeByStaffId { get; init; }
    public BuyerId? MadeByBuyerId { get; init; }
    public required DateTimeOffset MadeAt { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }
    public DateTimeOffset? PaidAt { get; set; }

    /// <summary>When a newer one was made.</summary>
    public DateTimeOffset? ReplacedAt { get; set; }
}

internal sealed class PayLinkTable : IEntityTypeConfiguration<PayLinkRow>
{
    public void Configure(EntityTypeBuilder<PayLinkRow> builder) => builder.ToTable("pay_link");
}

internal sealed class PaymentTable : IEntityTypeConfiguration<PaymentRow>
{
    public void Configure(EntityTypeBuilder<PaymentRow> builder)
    {
        builder.ToTable("payment");
        builder.Property(row => row.Status).IsConcurrencyToken();
    }
}
