using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OnBehalf.Data;
using OnBehalf.Kernel;
using OnBehalf.Pricing;

namespace OnBehalf.Modules.Pricing;

public sealed class PriceListRow
{
    public required PriceListId Id { get; init; }
    public required string Code { get; init; }
    public required string Name { get; set; }
    public required Currency Currency { get; set; }

    /// <summary>What its prices are: that says when they count.</summary>
    public PriceSource Source { get; set; } = PriceSource.List;

    /// <summary>It counts for everybody, not only for the companies and groups that have it.</summary>
    public bool ForEverybody { get; set; }

    /// <summary>Off the base price of every article; null: of none.</summary>
    public int? PercentMillionths { get; set; }
    public DateTimeOffset? ValidFrom { get; set; }

    /// <summary>It counts until this moment, and not at it.</summary>
    public DateTimeOffset? ValidUntil { get; set; }
    public int Version { get; set; } = 1;
}

/// <summary>A percentage off the base price in a category and those below it.</summary>
public sealed class PriceListDiscountRow
{
    public required PriceListId PriceListId { get; init; }
    public required CategoryId CategoryId { get; init; }
    public required int PercentMillionths { get; set; }
}

/// <summary>A company for which a price list counts.</summary>
public sealed class PriceListCompanyRow
{
    public required PriceListId PriceListId { get; init; }
    public required CompanyId CompanyId { get; init; }
}

/// <summary>A customer group for which a price list counts.</summary>
public sealed class PriceListGroupRow
{
    public required PriceListId PriceListId { get; init; }
    public required CustomerGroupId CustomerGroupId { get; init; }
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

    /// <summary>Of the certificate by which a company buys without tax.</summary>
    public string? ExemptionNumber { get; set; }
    public DateTimeOffset? ExemptionFrom { get; set; }

    /// <summary>It counts until this moment, and not at it.</summary>
    public DateTimeOffset? ExemptionUntil { get; set; }

    /// <summary>He may order and pay later, where a way of paying asks for that.</summary>
    public bool CreditApproved { get; set; }

    /// <summary>A company sees its amounts with tax; a private customer always does.</summary>
    public bool ShowsGross { get; set; }
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

    /// <summary>What is heavier does not go this way; null: any weight does.</summary>
    public long? MostMilligrams { get; set; }
}

/// <summary>Another price of a way of sending.</summary>
public sealed class ShippingRateRow
{
    public required string MethodCode { get; init; }

    /// <summary>ISO 3166 alpha-2 codes with a blank between; empty: wherever the method goes.</summary>
    public required string Countries { get; init; }

    /// <summary>Empty: all of it.</summary>
    public required string Region { get; init; }
    public required long FromMilligrams { get; init; }
    public required long FromMinor { get; init; }
    public required long PriceMinor { get; set; }
}

internal sealed class PriceListTable : IEntityTypeConfiguration<PriceListRow>
{
    public void Configure(EntityTypeBuilder<PriceListRow> builder)
    {
        builder.ToTable("price_list");
        builder.Property(row => row.Source).HasConversion<WordConverter<PriceSource>>();
        builder.Property(row => row.Version).IsConcurrencyToken();
    }
}

internal sealed class PriceListDiscountTable : IEntityTypeConfiguration<PriceListDiscountRow>
{
    public void Configure(EntityTypeBuilder<PriceListDiscountRow> builder) =>
        builder.ToTable("price_list_discount").HasKey(row => new { row.PriceListId, row.CategoryId });
}

internal sealed class PriceListCompanyTable : IEntityTypeConfiguration<PriceListCompanyRow>
{
    public void Configure(EntityTypeBuilder<PriceListCompanyRow> builder) =>
        builder.ToTable("price_list_company").HasKey(row => new { row.PriceListId, row.CompanyId });
}

internal sealed class PriceListGroupTable : IEntityTypeConfiguration<PriceListGroupRow>
{
    public void Configure(EntityTypeBuilder<PriceListGroupRow> builder) =>
        builder.ToTable("price_list_group").HasKey(row => new { row.PriceListId, row.CustomerGroupId });
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

internal sealed class ShippingRateTable : IEntityTypeConfiguration<ShippingRateRow>
{
    public void Configure(EntityTypeBuilder<ShippingRateRow> builder)
    {
        builder.ToTable("shipping_rate").HasKey(row => new { row.MethodCode, row.Countries, row.Region, row.FromMilligrams, row.FromMinor });
        builder.HasOne<ShippingMethodRow>().WithMany().HasForeignKey(row => row.MethodCode);
    }
}
