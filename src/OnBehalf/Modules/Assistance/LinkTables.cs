using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Assistance;

/// <summary>A start that a staff member wishes of a colleague. Its id stands in a mail and is no secret: it lets nobody do anything.</summary>
public sealed class AssistLinkRow
{
    public required Guid Id { get; init; }
    public required StaffId MadeById { get; init; }

    /// <summary>For whom it is; for others it does not exist.</summary>
    public required StaffId StaffId { get; init; }
    public required MembershipId MembershipId { get; init; }
    public required string ReasonCode { get; init; }
    public string? ReasonText { get; init; }
    public string? Ticket { get; init; }

    /// <summary>`open`, `used`, `withdrawn`; what is open counts until it expires.</summary>
    public required string Status { get; set; }
    public required DateTimeOffset MadeAt { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }
    public DateTimeOffset? EndedAt { get; set; }
}

internal sealed class AssistLinkTable : IEntityTypeConfiguration<AssistLinkRow>
{
    public void Configure(EntityTypeBuilder<AssistLinkRow> builder)
    {
        builder.ToTable("assist_link");
        builder.Property(row => row.Status).IsConcurrencyToken();
    }
}
