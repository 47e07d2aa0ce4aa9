using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OnBehalf.Kernel;

namespace OnBehalf.Data;

/// <summary>The result of a request that must take effect once, stored with its effect.</summary>
public sealed class IdempotencyRow
{
    public required string Principal { get; init; }
    public required string Route { get; init; }
    public required string Key { get; init; }
    public required string Fingerprint { get; init; }
    public required string Result { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The event that tells of the effect; who repeats the request gets the receipt for it again.</summary>
    public EventId? AuditEventId { get; init; }
}

internal sealed class IdempotencyTable : IEntityTypeConfiguration<IdempotencyRow>
{
    public void Configure(EntityTypeBuilder<IdempotencyRow> builder) =>
        builder.ToTable("idempotency").HasKey(row => new { row.Principal, row.Route, row.Key });
}
