using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OnBehalf.Modules.Assistance;

/// <summary>What is closed to sessions of one role of operators; without a row, nothing.</summary>
public sealed class AssistClosedRow
{
    public required string Role { get; init; }

    /// <summary>Names of pages and actions with blanks between.</summary>
    public required string Pages { get; set; }
    public required DateTimeOffset ChangedAt { get; set; }

    /// <summary>Name of who changed it, as he was called then.</summary>
    public required string ChangedBy { get; set; }
    public Guid? ChangedById { get; set; }
}

internal sealed class AssistClosedTable : IEntityTypeConfiguration<AssistClosedRow>
{
    public void Configure(EntityTypeBuilder<AssistClosedRow> builder)
    {
        builder.ToTable("assist_closed").HasKey(row => row.Role);
        builder.Property(row => row.Pages).IsConcurrencyToken();
    }
}
