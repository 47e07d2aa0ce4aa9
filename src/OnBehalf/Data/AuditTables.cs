using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OnBehalf.Kernel;

namespace OnBehalf.Data;

/// <summary>One event of the audit log. The entry holds ids, codes and commitments only; what is personal lies in <see cref="AuditPrivateRow"/>.</summary>
public sealed class AuditEventRow
{
    public long Seq { get; init; }
    public required EventId Id { get; init; }
    public required DateTimeOffset At { get; init; }
    public required string Name { get; init; }

    /// <summary>People are here by their references in <see cref="PersonKeyRow"/>, which nobody can resolve once they are erased.</summary>
    public Guid? OperatorStaffRef { get; init; }
    public Guid? OperatorBuyerRef { get; init; }
    public string? ActorPart { get; init; }
    public Guid? BuyerRef { get; init; }
    public CompanyId? CompanyId { get; init; }
    public AssistedSessionId? SessionId { get; init; }
    public OrderId? OrderId { get; init; }

    /// <summary>What it is about beside people, companies and orders, so that its history can be found: `product:ID`, `setting:NAME`, `person:REF`.</summary>
    public string? About { get; init; }
    public string? SessionMode { get; init; }
    public string? ReasonCode { get; init; }

    /// <summary>Made of the ticket by <see cref="TicketKey"/>.</summary>
    public string? TicketRef { get; init; }
    public required string Outcome { get; init; }

    /// <summary>The entry in its canonical form. Its UTF-8 bytes are what the log proves; nothing else here counts when they differ.</summary>
    public required string Entry { get; init; }
}

/// <summary>A personal value of an event; the entry holds HMAC-SHA256(salt, field ‖ 0 ‖ value), so that it can be proved and erased.</summary>
public sealed class AuditPrivateRow
{
    public required EventId EventId { get; init; }
    public required string Field { get; init; }

    /// <summary>Salt and text, sealed for this field of this event.</summary>
    public required byte[] Value { get; init; }

    /// <summary>The reference of whose key opens it.</summary>
    public required Guid KeyRef { get; init; }
}

internal sealed class AuditEventTable : IEntityTypeConfiguration<AuditEventRow>
{
    public void Configure(EntityTypeBuilder<AuditEventRow> builder)
    {
        builder.ToTable("audit_event").HasKey(row => row.Seq);
        builder.HasAlternateKey(row => row.Id);
    }
}

internal sealed class AuditPrivateTable : IEntityTypeConfiguration<AuditPrivateRow>
{
    public void Configure(EntityTypeBuilder<AuditPrivateRow> builder)
    {
        builder.ToTable("audit_private").HasKey(row => new { row.EventId, row.Field });
        builder.HasOne<AuditEventRow>().WithMany().HasForeignKey(row => row.EventId).HasPrincipalKey(row => row.Id);
    }
}
