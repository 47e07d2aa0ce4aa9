using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Catalog;

/// <summary>How much of an article is in the warehouse, and how much of it is promised to orders. One without a row is not counted. Changed by SQL alone, which adds and takes away.</summary>
public sealed class StockRow
{
    public required ProductId ProductId { get; init; }
    public required long OnHandThousandths { get; init; }
    public required long ReservedThousandths { get; init; }
    public DateTimeOffset? BackOn { get; init; }
}

/// <summary>What a line of an order was promised, and what of it has left the warehouse.</summary>
public sealed class StockHoldRow
{
    public required OrderId OrderId { get; init; }
    public required int Position { get; init; }
    public required ProductId ProductId { get; init; }
    public required long ReservedThousandths { get; set; }
    public long TakenThousandths { get; set; }
}

internal sealed class StockTable : IEntityTypeConfiguration<StockRow>
{
    public void Configure(EntityTypeBuilder<StockRow> builder) => builder.ToTable("stock").HasKey(row => row.ProductId);
}

internal sealed class StockHoldTable : IEntityTypeConfiguration<StockHoldRow>
{
    public void Configure(EntityTypeBuilder<StockHoldRow> builder) => builder.ToTable("stock_hold").HasKey(row => new { row.OrderId, row.Position });
}
