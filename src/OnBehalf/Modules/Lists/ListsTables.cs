using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OnBehalf.Carts;
using OnBehalf.Data;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Lists;

/// <summary>A list of articles that somebody keeps, in one of his places.</summary>
public sealed class SavedListRow
{
    public required SavedListId Id { get; init; }

    /// <summary>Whose it is.</summary>
    public required MembershipId MembershipId { get; set; }

    /// <summary>Of his place; null for a consumer.</summary>
    public CompanyId? CompanyId { get; init; }
    public required string Name { get; set; }

    /// <summary>`none`, `read` or `edit`: what the others of the company may.</summary>
    public required string Share { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset ChangedAt { get; set; }
    public int Version { get; set; }
}

public sealed class SavedListLineRow
{
    public required SavedListId ListId { get; init; }
    public required ProductId ProductId { get; init; }
    public int Position { get; init; }
    public long QuantityThousandths { get; set; }
}

internal sealed class SavedListTable : IEntityTypeConfiguration<SavedListRow>
{
    public void Configure(EntityTypeBuilder<SavedListRow> builder)
    {
        builder.ToTable("saved_list");
        builder.Property(row => row.Version).IsConcurrencyToken();
        builder.IsDelegated();
    }
}

internal sealed class SavedListLineTable : IEntityTypeConfiguration<SavedListLineRow>
{
    public void Configure(EntityTypeBuilder<SavedListLineRow> builder)
    {
        builder.ToTable("saved_list_line").HasKey(row => new { row.ListId, row.ProductId });
        builder.HasOne<SavedListRow>().WithMany().HasForeignKey(row => row.ListId);
    }
}
