using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OnBehalf.Catalog;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Catalog;

public sealed class CategoryRow
{
    public required CategoryId Id { get; init; }
    public required string Code { get; init; }
    public CategoryId? ParentId { get; set; }
    public required string Name { get; set; }
    public int Position { get; set; }
}

public sealed class ProductRow
{
    public required ProductId Id { get; init; }
    public required string Sku { get; init; }
    public required string Name { get; set; }
    public required string Description { get; set; }
    public CategoryId? CategoryId { get; set; }
    public string? Model { get; set; }
    public string? Color { get; set; }
    public string? Size { get; set; }
    public long? WeightMilligrams { get; set; }
    public long? CostMinor { get; set; }

    /// <summary>The base price for <see cref="PricePer"/> units.</summary>
    public long PriceMinor { get; set; }
    public int PricePer { get; set; } = 1;
    public required Currency Currency { get; set; }
    public required string TaxClass { get; set; }
    public string? PictureName { get; set; }

    /// <summary>`active` or `discontinued`.</summary>
    public required string Status { get; set; }
    public required string SortName { get; set; }

    /// <summary>In what it is counted: `piece`, `m`, `kg`.</summary>
    public string Unit { get; set; } = QuantityRule.Piece;
    public long PackThousandths { get; set; } = 1_000;
    public long? MinThousandths { get; set; }
    public long? MaxThousandths { get; set; }

    /// <summary>What is sold in its place when it is discontinued.</summary>
    public ProductId? ReplacedById { get; set; }

    /// <summary>One of <see cref="ArticleKind"/>.</summary>
    public string Kind { get; set; } = ArticleKind.Physical;
    public int Version { get; set; }

    public UnitPrice BasePrice => new(new Money(PriceMinor, Currency), PricePer);
}

public sealed class ProductTextRow
{
    public required ProductId ProductId { get; init; }

    /// <summary>ISO 639-1: `fr`.</summary>
    public required string Language { get; init; }
    public string? Name { get; set; }
    public string? Description { get; set; }
}

/// <summary>A further picture of an article, beside its first.</summary>
public sealed class ProductPictureRow
{
    public required ProductId ProductId { get; init; }
    public required string PictureName { get; init; }
    public required int Position { get; set; }
}

/// <summary>An article that goes with another one; the other direction is a row of its own.</summary>
public sealed class ProductRelatedRow
{
    public required ProductId ProductId { get; init; }
    public required ProductId RelatedId { get; init; }
    public required int Position { get; set; }
}

/// <summary>A file that buyers of an article download.</summary>
public sealed class ProductFileRow
{
    public required Guid Id { get; init; }
    public required ProductId ProductId { get; init; }

    /// <summary>Under which it is saved.</summary>
    public required string Name { get; init; }

    /// <summary>SHA-256 of its content, under which it lies.</summary>
    public required string Digest { get; init; }
    public required long SizeBytes { get; init; }
    public required DateTimeOffset AddedAt { get; init; }
    public DateTimeOffset? RemovedAt { get; set; }
}

public sealed class ProductWordRow
{
    public required string Word { get; init; }
    public required ProductId ProductId { get; init; }
    public required int Weight { get; set; }
}

/// <summary>A distinct word of a search, for typing errors.</summary>
public sealed class SearchTermRow
{
    /// <summary>`product` or `customer`.</summary>
    public required string Kind { get; init; }
    public required string Term { get; init; }
}

public sealed class PictureRow
{
    public required string Name { get; init; }
    public required string ContentType { get; set; }
    public required string Digest { get; set; }
    public required byte[] Bytes { get; set; }
}

internal sealed class CategoryTable : IEntityTypeConfiguration<CategoryRow>
{
    public void Configure(EntityTypeBuilder<CategoryRow> builder) => builder.ToTable("category");
}

internal sealed class ProductTable : IEntityTypeConfiguration<ProductRow>
{
    public void Configure(EntityTypeBuilder<ProductRow> builder)
    {
        builder.ToTable("product").Ignore(row => row.BasePrice);
        builder.Property(row => row.Version).IsConcurrencyToken();
    }
}

internal sealed class ProductTextTable : IEntityTypeConfiguration<ProductTextRow>
{
    public void Configure(EntityTypeBuilder<ProductTextRow> builder) => builder.ToTable("product_text").HasKey(row => new { row.ProductId, row.Language });
}

internal sealed class ProductPictureTable : IEntityTypeConfiguration<ProductPictureRow>
{
    public void Configure(EntityTypeBuilder<ProductPictureRow> builder) => builder.ToTable("product_picture").HasKey(row => new { row.ProductId, row.PictureName });
}

internal sealed class ProductRelatedTable : IEntityTypeConfiguration<ProductRelatedRow>
{
    public void Configure(EntityTypeBuilder<ProductRelatedRow> builder) => builder.ToTable("product_related").HasKey(row => new { row.ProductId, row.RelatedId });
}

internal sealed class ProductFileTable : IEntityTypeConfiguration<ProductFileRow>
{
    public void Configure(EntityTypeBuilder<ProductFileRow> builder) => builder.ToTable("product_file");
}

internal sealed class ProductWordTable : IEntityTypeConfiguration<ProductWordRow>
{
    public void Configure(EntityTypeBuilder<ProductWordRow> builder) => builder.ToTable("product_word").HasKey(row => new { row.ProductId, row.Word });
}

internal sealed class SearchTermTable : IEntityTypeConfiguration<SearchTermRow>
{
    public void Configure(EntityTypeBuilder<SearchTermRow> builder) => builder.ToTable("search_term").HasKey(row => new { row.Kind, row.Term });
}

internal sealed class PictureTable : IEntityTypeConfiguration<PictureRow>
{
    public void Configure(EntityTypeBuilder<PictureRow> builder) => builder.ToTable("picture").HasKey(row => row.Name);
}
