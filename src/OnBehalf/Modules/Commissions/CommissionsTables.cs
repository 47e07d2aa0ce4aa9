using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OnBehalf.Commissions;
using OnBehalf.Data;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Commissions;

/// <summary>A version of a rule; a row is never changed.</summary>
public sealed class CommissionRuleRow
{
    public required CommissionRuleId Id { get; init; }

    /// <summary>1 for the first.</summary>
    public required int Version { get; init; }
    public required string Name { get; init; }
    public required int ShareMillionths { get; init; }
    public required CommissionBasis Basis { get; init; }
    public required CommissionEarned Earned { get; init; }
    public required CommissionPart Part { get; init; }

    /// <summary>Of who assisted; 0: none.</summary>
    public required int WindowDays { get; init; }

    /// <summary>For whom and what; null: everybody and everything.</summary>
    public StaffId? StaffId { get; init; }
    public string? StaffGroup { get; init; }
    public CategoryId? CategoryId { get; init; }
    public CompanyId? CompanyId { get; init; }
    public CommissionChannel? Channel { get; init; }

    /// <summary>Off: orders placed from then on earn nothing by it.</summary>
    public required bool IsOn { get; init; }
    public required DateTimeOffset FromAt { get; init; }
    public required StaffId ById { get; init; }
}

/// <summary>An entry of the ledger: an amount that goes from one account of a person to another, for a line of an order, by a version of a rule. Never changed, never deleted.</summary>
public sealed class CommissionEntryRow
{
    public required Guid Id { get; init; }

    /// <summary>What all entries about the same accrual have in common.</summary>
    public required CommissionClaimId ClaimId { get; init; }
    public required StaffId StaffId { get; init; }
    public required OrderId OrderId { get; init; }
    public required int Position { get; init; }
    public required CommissionRuleId RuleId { get; init; }
    public required int RuleVersion { get; init; }
    public required CommissionAccount FromAccount { get; init; }
    public required CommissionAccount ToAccount { get; init; }

    /// <summary>Above zero.</summary>
    public required long AmountMinor { get; init; }
    public required Currency Currency { get; init; }

    /// <summary>Of an accrual: of what it is the share.</summary>
    public long? BaseMinor { get; init; }

    /// <summary>What brought it about; see <see cref="CommissionWords.Cause"/>.</summary>
    public required string Cause { get; init; }
    /// <summary>Of what was paid out: in which run.</summary>
    public int? PayOutNumber { get; init; }
    public required DateTimeOffset At { get; init; }

    internal CommissionMove Move => new(FromAccount, ToAccount, new Money(AmountMinor, Currency));
}

/// <summary>A run that paid out what was earned.</summary>
public sealed class CommissionPayOutRow
{
    public required int Number { get; init; }
    public required DateTimeOffset At { get; init; }
    public required StaffId ById { get; init; }
}

/// <summary>Somebody says that the commissions of an order are wrong, and what was answered.</summary>
public sealed class CommissionDisputeRow
{
    public required Guid Id { get; init; }
    public required OrderId OrderId { get; init; }
    public required StaffId StaffId { get; init; }
    public required DisputeWish Wish { get; init; }

    /// <summary>Why; null: it named somebody who was erased.</summary>
    public required string? Text { get; init; }
    public required DisputeStatus Status { get; set; }
    public required DateTimeOffset OpenedAt { get; init; }
    public string? Answer { get; set; }
    public DateTimeOffset? AnsweredAt { get; set; }
    public StaffId? AnsweredById { get; set; }
    public int Version { get; set; } = 1;
}

internal sealed class CommissionDisputeTable : IEntityTypeConfiguration<CommissionDisputeRow>
{
    public void Configure(EntityTypeBuilder<CommissionDisputeRow> builder)
    {
        builder.ToTable("commission_dispute");
        builder.Property(row => row.Wish).HasConversion<WordConverter<DisputeWish>>();
        builder.Property(row => row.Status).HasConversion<WordConverter<DisputeStatus>>();
        builder.Property(row => row.Version).IsConcurrencyToken();
    }
}

internal sealed class CommissionPayOutTable : IEntityTypeConfiguration<CommissionPayOutRow>
{
    public void Configure(EntityTypeBuilder<CommissionPayOutRow> builder)
    {
        builder.ToTable("commission_pay_out").HasKey(row => row.Number);
        builder.Property(row => row.Number).ValueGeneratedNever();
    }
}

internal sealed class CommissionRuleTable : IEntityTypeConfiguration<CommissionRuleRow>
{
    public void Configure(EntityTypeBuilder<CommissionRuleRow> builder)
    {
        builder.ToTable("commission_rule").HasKey(row => new { row.Id, row.Version });
        builder.Property(row => row.Basis).HasConversion<WordConverter<CommissionBasis>>();
        builder.Property(row => row.Earned).HasConversion<WordConverter<CommissionEarned>>();
        builder.Property(row => row.Part).HasConversion<WordConverter<CommissionPart>>();
        builder.Property(row => row.Channel).HasConversion<WordConverter<CommissionChannel>>();
    }
}

internal sealed class CommissionEntryTable : IEntityTypeConfiguration<CommissionEntryRow>
{
    public void Configure(EntityTypeBuilder<CommissionEntryRow> builder)
    {
        builder.ToTable("commission_entry");
        builder.Ignore(row => row.Move);
        builder.Property(row => row.FromAccount).HasConversion<WordConverter<CommissionAccount>>();
        builder.Property(row => row.ToAccount).HasConversion<WordConverter<CommissionAccount>>();
        builder.HasOne<CommissionPayOutRow>().WithMany().HasForeignKey(row => row.PayOutNumber);
        builder.HasOne<CommissionRuleRow>().WithMany().HasForeignKey(row => new { row.RuleId, row.RuleVersion });
    }
}
