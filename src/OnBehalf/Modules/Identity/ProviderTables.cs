using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Identity;

/// <summary>Which staff member a person of an external provider is. His address may change there; the subject does not.</summary>
public sealed class ProviderLinkRow
{
    public required string Issuer { get; init; }
    public required string Subject { get; init; }
    public required StaffId StaffId { get; init; }
    public required DateTimeOffset LinkedAt { get; init; }
}

internal sealed class ProviderLinkTable : IEntityTypeConfiguration<ProviderLinkRow>
{
    public void Configure(EntityTypeBuilder<ProviderLinkRow> builder) => builder.ToTable("provider_link").HasKey(row => new { row.Issuer, row.Subject });
}
