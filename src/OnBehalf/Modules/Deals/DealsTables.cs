using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Deals;

/// <summary>How far staff go below the prices of the shop by themselves.</summary>
public sealed class DealLimitRow
{
    public required Guid Id { get; init; }

    /// <summary>The lowest is looked at first; of two the older.</summary>
    public required int Position { get; set; }
    public required string Name { get; set; }
    public StaffRole? StaffRole { get; set; }
    public string? StaffGroup { get; set; }
    public CustomerGroupId? CustomerGroupId { get; set; }
    public CategoryId? CategoryId { get; set; }

    /// <summary>Of its sums; null: it has none.</summary>
    public Currency? Currency { get; set; }
    public long? FromMinor { get; set; }
    public int? MostOffMillionths { get; set; }
    public int? LeastMarginMillionths { get; set; }
    public long? MonthMinor { get; set; }
    public int Version { get; set; } = 1;
}

/// <summary>A price beyond somebody's limits, for which he asked, for a customer.</summary>
public sealed class DealRow
{
    public required Guid Id { get; init; }
    public required StaffId StaffId { get; init; }

    /// <summary>A company that is acted for as a whole; else <see cref="MembershipId"/>.</summary>
    public CompanyId? CompanyId { get; init; }
    public MembershipId? MembershipId { get; init; }
    public required ProductId ProductId { get; init; }

    /// <summary>For at least so many.</summary>
    public required long QuantityThousandths { get; init; }
    public required Currency Currency { get; init; }

    /// <summary>All its prices are for so many units.</summary>
    public required int PricePer { get; init; }
    public required long RegularMinor { get; init; }
    public required long AskedMinor { get; init; }

    /// <summary>What the cart cost at the regular prices when he asked.</summary>
    public required long ValueMinor { get; init; }

    /// <summary>Code of the reason.</summary>
    public string? Reason { get; init; }
    public required string Status { get; set; }
    public required DateTimeOffset AskedAt { get; init; }
    public DateTimeOffset? DecidedAt { get; set; }
    public StaffId? DecidedById { get; set; }

    /// <summary>The price that was approved.</summary>
    public long? DecidedMinor { get; set; }

    /// <summary>What who decided says about it.</summary>
    public string? Answer { get; set; }

    /// <summary>Until when the approval counts.</summary>
    public DateTimeOffset? Until { get; set; }
    public int Version { get; set; } = 1;
}

internal sealed class DealLimitTable : IEntityTypeConfiguration<DealLimitRow>
{
    public void Configure(EntityTypeBuilder<DealLimitRow> builder)
    {
        builder.ToTable("deal_limit");
        builder.Property(row => row.Version).IsConcurrencyToken();
    }
}

internal sealed class DealTable : IEntityTypeConfiguration<DealRow>
{
    public void Configure(EntityTypeBuilder<DealRow> builder)
    {
        builder.ToTable("deal");
        builder.Property(row => row.Version).IsConcurrencyToken();
    }
}
