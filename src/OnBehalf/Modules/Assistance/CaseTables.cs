using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Assistance;

/// <summary>"I did not ask for this": while it is open nobody acts for the buyer, or for the company as a whole; exactly one of the two, which has one open case at most.</summary>
public sealed class AssistCaseRow
{
    public required AssistCaseId Id { get; init; }
    public BuyerId? BuyerId { get; init; }
    public CompanyId? CompanyId { get; init; }

    /// <summary>The session that he reported.</summary>
    public required AssistedSessionId SessionId { get; init; }

    /// <summary>What he wrote.</summary>
    public string? Note { get; init; }
    public required DateTimeOffset OpenedAt { get; init; }
    public DateTimeOffset? ClosedAt { get; set; }
    public StaffId? ClosedById { get; set; }

    /// <summary>Name of who closed it, as he was called then.</summary>
    public string? ClosedBy { get; set; }

    /// <summary>What was found.</summary>
    public string? CloseNote { get; set; }
}

internal sealed class AssistCaseTable : IEntityTypeConfiguration<AssistCaseRow>
{
    public void Configure(EntityTypeBuilder<AssistCaseRow> builder)
    {
        builder.ToTable("assist_case");
        builder.Property(row => row.ClosedAt).IsConcurrencyToken();
    }
}
