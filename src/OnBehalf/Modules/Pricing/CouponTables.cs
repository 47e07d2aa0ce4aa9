using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OnBehalf.Data;
using OnBehalf.Kernel;
using OnBehalf.Pricing;

namespace OnBehalf.Modules.Pricing;

public sealed class CouponRow
{
    public required CouponId Id { get; init; }

    /// <summary>Capital letters, as people type it.</summary>
    public required string Code { get; init; }
    public required string Name { get; set; }
    public required CouponKind Kind { get; init; }
    public int? PercentMillionths { get; init; }
    public long? AmountMinor { get; init; }

    /// <summary>Of <see cref="AmountMinor"/> and <see cref="LeastMinor"/>.</summary>
    public Currency? Currency { get; init; }

    /// <summary>What the lines of an order cost at least; null: any sum.</summary>
    public long? LeastMinor { get; set; }

    /// <summary>It applies to articles of this category and those below it; with neither category nor article to all.</summary>
    public CategoryId? CategoryId { get; init; }
    public ProductId? ProductId { get; init; }
    public DateTimeOffset? ValidFrom { get; set; }

    /// <summary>It counts until this moment, and not at it.</summary>
    public DateTimeOffset? ValidUntil { get; set; }

    /// <summary>How often it can be used; null: any number of times.</summary>
    public int? Times { get; set; }
    public int? TimesEach { get; set; }
    public bool IsCombinable { get; set; }
    public int Used { get; set; }
    public int Version { get; set; } = 1;
}

/// <summary>That an order took a coupon. By whom is what counts for "once per customer": the company, or the buyer who has none.</summary>
public sealed class CouponUseRow
{
    public required CouponId CouponId { get; init; }
    public required OrderId OrderId { get; init; }
    public CompanyId? CompanyId { get; init; }
    public MembershipId? MembershipId { get; init; }
    public required long OffMinor { get; init; }
    public required DateTimeOffset UsedAt { get; init; }
}

internal sealed class CouponTable : IEntityTypeConfiguration<CouponRow>
{
    public void Configure(EntityTypeBuilder<CouponRow> builder)
    {
        builder.ToTable("coupon");
        builder.Property(row => row.Kind).HasConversion<WordConverter<CouponKind>>();
        builder.Property(row => row.Version).IsConcurrencyToken();
    }
}

internal sealed class CouponUseTable : IEntityTypeConfiguration<CouponUseRow>
{
    public void Configure(EntityTypeBuilder<CouponUseRow> builder)
    {
        builder.ToTable("coupon_use").HasKey(row => new { row.CouponId, row.OrderId });
        builder.HasOne<CouponRow>().WithMany().HasForeignKey(row => row.CouponId);
    }
}
