using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Identity;

/// <summary>A role that a company made itself.</summary>
public sealed class CompanyRoleRow
{
    public required CompanyRoleId Id { get; init; }
    public required CompanyId CompanyId { get; init; }
    public required string Name { get; set; }

    /// <summary>In lower case: what is unique in a company.</summary>
    public required string NameKey { get; set; }

    /// <summary>Bits of the <see cref="Kernel.Rights"/>.</summary>
    public required long Rights { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }
    public int Version { get; set; }
}

internal sealed class CompanyRoleTable : IEntityTypeConfiguration<CompanyRoleRow>
{
    public void Configure(EntityTypeBuilder<CompanyRoleRow> builder)
    {
        builder.ToTable("company_role");
        builder.Property(row => row.Version).IsConcurrencyToken();
    }
}
