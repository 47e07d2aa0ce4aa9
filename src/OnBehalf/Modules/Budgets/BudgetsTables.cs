using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OnBehalf.Companies;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Budgets;

/// <summary>How much may be ordered before the company approves. What is used is the sum of the orders themselves.</summary>
public sealed class BudgetRow
{
    public required BudgetId Id { get; init; }
    public required CompanyId CompanyId { get; init; }

    /// <summary>Of one person; with the next one null too: of all of the company.</summary>
    public MembershipId? MembershipId { get; init; }
    public CostCentreId? CostCentreId { get; init; }

    /// <summary>`order`, `month`, `quarter` or `year`.</summary>
    public required string Period { get; init; }
    public required long AmountMinor { get; set; }
    public required Currency Currency { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }
    public int Version { get; set; }

    public Budget Value => new(new Money(AmountMinor, Currency), Data.Words.Parse<BudgetPeriod>(Period));
}

/// <summary>Who approves, and above which amount; the first all that waits.</summary>
public sealed class ApproverRow
{
    public required CompanyId CompanyId { get; init; }
    public required int Level { get; init; }
    public required MembershipId MembershipId { get; set; }
    public required long AboveMinor { get; set; }
    public required Currency Currency { get; set; }

    public Approver Value => new(Level, MembershipId, new Money(AboveMinor, Currency));
}

/// <summary>Who approves in the place of somebody who is away.</summary>
public sealed class ApproverDeputyRow
{
    public required MembershipId MembershipId { get; init; }
    public required MembershipId DeputyId { get; set; }
    public required DateTimeOffset Since { get; set; }
    public required DateTimeOffset Until { get; set; }
}

internal sealed class BudgetTable : IEntityTypeConfiguration<BudgetRow>
{
    public void Configure(EntityTypeBuilder<BudgetRow> builder)
    {
        builder.ToTable("budget").Ignore(row => row.Value);
        builder.Property(row => row.Version).IsConcurrencyToken();
    }
}

internal sealed class ApproverTable : IEntityTypeConfiguration<ApproverRow>
{
    public void Configure(EntityTypeBuilder<ApproverRow> builder) =>
        builder.ToTable("approver").Ignore(row => row.Value).HasKey(row => new { row.CompanyId, row.Level });
}

internal sealed class ApproverDeputyTable : IEntityTypeConfiguration<ApproverDeputyRow>
{
    public void Configure(EntityTypeBuilder<ApproverDeputyRow> builder) => builder.ToTable("approver_deputy").HasKey(row => row.MembershipId);
}
