using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Pricing;

public sealed class PriceListRow
{
    public required PriceListId Id { get; init; }
    public required string Code { get; init; }
    public required string Name { get; set; }
    public required Currency Currency { get; set; }
}

/// <summary>A price of a list, from a quantity on: the tiers of an article are its rows.</summary>
public sealed class PriceRow
{
    public required PriceListId PriceListId { get; init; }
    public required ProductId ProductId { get; init; }
    public required long MinQuantityThousandths { get; init; }
    public long PriceMinor { get; set; }
    public int PricePer { get; set; } = 1;
}

/// <summary>Customers who are treated alike: prices, assortments.</summary>
public sealed class CustomerGroupRow
{
    public required CustomerGroupId Id { get; init; }
    public required string Code { get; init; }
    public required string Name { get; set; }
    public int Version { get; set; } = 1;
}

/// <summary>What a company, or a private customer, has agreed with the seller: exactly one of the two.</summary>
public sealed class CustomerTermsRow
{
    public required Guid Id { get; init; }
    public CompanyId? CompanyId { get; init; }

    /// <summary>Of a private customer.</summary>
    public MembershipId? MembershipId { get; init; }
    public CustomerGroupId? CustomerGroupId { get; set; }
    public int Version { get; set; } = 1;
}

public sealed class TaxRateRow
{
    /// <summary>ISO 3166 alpha-2.</summary>
    public required string Country { get; init; }

    /// <summary>Empty: the whole country.</summary>
    public required string Region { get; init; }
    public required string TaxClass { get; init; }
    public int RateMillionths { get; set; }
}

public sealed class ShippingMethodRow
{
    public required string Code { get; init; }
    public required string Name { get; set; }

    /// <summary>ISO 3166 alpha-2 codes with a blank between; empty: all.</summary>
    public required string Countries { get; set; }
    public long PriceMinor { get; set; }
    public required Currency Currency { get; set; }

    /// <summary>From this sum of lines on it is free; null: never.</summary>
    public long? FreeFromMinor { get; set; }
}

internal sealed class PriceListTable : IEntityTypeConfiguration<PriceListRow>
{
    public void Configure(EntityTypeBuilder<PriceListRow> builder) => builder.ToTable("price_list");
}

internal sealed class PriceTable : IEntityTypeConfiguration<PriceRow>
{
    public void Configure(EntityTypeBuilder<PriceRow> builder) =>
        builder.ToTable("price").HasKey(row => new { row.PriceListId, row.ProductId, row.MinQuantityThousandths });
}

internal sealed class CustomerGroupTable : IEntityTypeConfiguration<CustomerGroupRow>
{
    public void Configure(EntityTypeBuilder<CustomerGroupRow> builder)
    {
        builder.ToTable("customer_group");
        builder.Property(row => row.Version).IsConcurrencyToken();
    }
}

internal sealed class CustomerTermsTable : IEntityTypeConfiguration<CustomerTermsRow>
{
    public void Configure(EntityTypeBuilder<CustomerTermsRow> builder)
    {
        builder.ToTable("customer_terms");
        builder.Property(row => row.Version).IsConcurrencyToken();
    }
}

internal sealed class TaxRateTable : IEntityTypeConfiguration<TaxRateRow>
{
    public void Configure(EntityTypeBuilder<TaxRateRow> builder) => builder.ToTable("tax_rate").HasKey(row => new { row.Country, row.Region, row.TaxClass });
}

internal sealed class ShippingMethodTable : IEntityTypeConfiguration<ShippingMethodRow>
{
    public void Configure(EntityTypeBuilder<ShippingMethodRow> builder) => builder.ToTable("shipping_method").HasKey(row => row.Code);
}
