using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OnBehalf.Modules.Settings;

public sealed class SettingRow
{
    public required string Name { get; init; }
    public required string Value { get; set; }
    public required DateTimeOffset ChangedAt { get; set; }

    /// <summary>Name of who changed it, as he was called then.</summary>
    public required string ChangedBy { get; set; }
    public Guid? ChangedById { get; set; }
}

internal sealed class SettingTable : IEntityTypeConfiguration<SettingRow>
{
    public void Configure(EntityTypeBuilder<SettingRow> builder) => builder.ToTable("setting").HasKey(row => row.Name);
}
