using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Assistance;

/// <summary>One version of what a company lets a colleague, the seller's staff, or people of its dealer do for its people. A version does not change but for its end.</summary>
public sealed class AssistMandateRow
{
    public required Guid Id { get; init; }

    /// <summary>The same for all versions of one mandate.</summary>
    public required Guid MandateId { get; init; }
    public required int Version { get; init; }
    public required CompanyId CompanyId { get; init; }

    /// <summary>The colleague, or somebody of its dealer, who may act. None, and no staff member and no dealer either: all of the seller's staff whom the rules let act.</summary>
    public MembershipId? OperatorMembershipId { get; init; }
    public StaffId? OperatorStaffId { get; init; }

    /// <summary>The dealer whose people all may act.</summary>
    public CompanyId? OperatorCompanyId { get; init; }

    /// <summary>For whom; null: everybody of the company.</summary>
    public MembershipId? MembershipId { get; init; }
    public required Mode Highest { get; init; }

    /// <summary>Bits of the <see cref="Kernel.Rights"/>.</summary>
    public required long Rights { get; init; }

    /// <summary>Bits of the days of the week from Sunday; 0 is every day.</summary>
    public required int Days { get; init; }
    public DateTimeOffset? Until { get; init; }

    /// <summary>Of all amounts, the currency of the company.</summary>
    public required Currency Currency { get; init; }
    public long? PerOrderMinor { get; init; }
    public long? PerMonthMinor { get; init; }
    public long? ApprovalAboveMinor { get; init; }

    /// <summary>`active`, `replaced` by the next version, or `revoked`.</summary>
    public required string Status { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required BuyerId CreatedById { get; init; }

    /// <summary>Name of who gave it, as he was called then.</summary>
    public required string CreatedBy { get; init; }
    public DateTimeOffset? EndedAt { get; set; }
    public string? EndedBy { get; set; }
    public Guid? EndedById { get; set; }
}

internal sealed class AssistMandateTable : IEntityTypeConfiguration<AssistMandateRow>
{
    public void Configure(EntityTypeBuilder<AssistMandateRow> builder)
    {
        builder.ToTable("assist_mandate");
        builder.Property(row => row.Status).IsConcurrencyToken();
    }
}
