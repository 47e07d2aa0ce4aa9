using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Companies;

public sealed class CostCentreRow
{
    public required CostCentreId Id { get; init; }
    public required CompanyId CompanyId { get; init; }
    public required string Code { get; set; }
    public required string Name { get; set; }
    public bool IsActive { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }
    public int Version { get; set; }
}

/// <summary>Who may order on a cost centre; one without such rows is open to all people of its company.</summary>
public sealed class CostCentreMemberRow
{
    public required CostCentreId CostCentreId { get; init; }
    public required MembershipId MembershipId { get; init; }
}

internal sealed class CostCentreTable : IEntityTypeConfiguration<CostCentreRow>
{
    public void Configure(EntityTypeBuilder<CostCentreRow> builder)
    {
        builder.ToTable("cost_centre");
        builder.Property(row => row.Version).IsConcurrencyToken();
    }
}

internal sealed class CostCentreMemberTable : IEntityTypeConfiguration<CostCentreMemberRow>
{
    public void Configure(EntityTypeBuilder<CostCentreMemberRow> builder)
    {
        builder.ToTable("cost_centre_member").HasKey(row => new { row.CostCentreId, row.MembershipId });
        builder.HasOne<CostCentreRow>().WithMany().HasForeignKey(row => row.CostCentreId);
    }
}
