using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Catalog;

/// <summary>What of the catalogue is there for somebody.</summary>
public sealed class AssortmentRow
{
    public required AssortmentId Id { get; init; }
    public required string Code { get; init; }
    public required string Name { get; set; }

    /// <summary>How many of its articles are sold; kept by <see cref="AssortmentIndex"/>.</summary>
    public int Products { get; init; }
    public required DateTimeOffset ChangedAt { get; set; }
    public required string ChangedBy { get; set; }
    public int Version { get; set; }
}

/// <summary>A category with all below it, an article, or an article that is left out: exactly one of category and product.</summary>
public sealed class AssortmentEntryRow
{
    public required Guid Id { get; init; }
    public required AssortmentId AssortmentId { get; init; }

    /// <summary>`category`, `article` or `without`.</summary>
    public required string Kind { get; init; }
    public CategoryId? CategoryId { get; init; }
    public ProductId? ProductId { get; init; }
}

/// <summary>Who has an assortment; each company, each customer group, each country, and everybody has at most one.</summary>
public sealed class AssortmentAssignmentRow
{
    public required Guid Id { get; init; }
    public required AssortmentId AssortmentId { get; set; }

    /// <summary>`company`, `group`, `country` or `everybody`.</summary>
    public required string Kind { get; init; }
    public CompanyId? CompanyId { get; init; }
    public CustomerGroupId? CustomerGroupId { get; init; }
    public string? Country { get; init; }
}

/// <summary>An article of an assortment with what lists are ordered by. Kept by <see cref="AssortmentIndex"/>.</summary>
public sealed class AssortmentProductRow
{
    public required AssortmentId AssortmentId { get; init; }
    public required ProductId ProductId { get; init; }
    public CategoryId? CategoryId { get; init; }
    public required string Status { get; init; }
    public required string SortName { get; init; }
    public required string Sku { get; init; }
    public long PriceMinor { get; init; }
    public int PricePer { get; init; }
}

internal sealed class AssortmentTable : IEntityTypeConfiguration<AssortmentRow>
{
    public void Configure(EntityTypeBuilder<AssortmentRow> builder)
    {
        builder.ToTable("assortment");
        builder.Property(row => row.Version).IsConcurrencyToken();
    }
}

internal sealed class AssortmentEntryTable : IEntityTypeConfiguration<AssortmentEntryRow>
{
    public void Configure(EntityTypeBuilder<AssortmentEntryRow> builder) => builder.ToTable("assortment_entry");
}

internal sealed class AssortmentAssignmentTable : IEntityTypeConfiguration<AssortmentAssignmentRow>
{
    public void Configure(EntityTypeBuilder<AssortmentAssignmentRow> builder) => builder.ToTable("assortment_assignment");
}

internal sealed class AssortmentProductTable : IEntityTypeConfiguration<AssortmentProductRow>
{
    public void Configure(EntityTypeBuilder<AssortmentProductRow> builder) =>
        builder.ToTable("assortment_product").HasKey(row => new { row.AssortmentId, row.ProductId });
}
