using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Log;

/// <summary>An event that is not in the log yet. The database itself makes the row with the event, so that no way of writing can forget it.</summary>
public sealed class AuditPendingRow
{
    public required long Seq { get; init; }
    public required EventId EventId { get; init; }
}

/// <summary>The place of an event in the log, for ever.</summary>
public sealed class AuditLeafRow
{
    public required long LeafIndex { get; init; }
    public required EventId EventId { get; init; }
    public required byte[] LeafHash { get; init; }
}

/// <summary>The one row of the tree.</summary>
public sealed class AuditTreeRow
{
    public required int Id { get; init; }

    /// <summary>How the log calls itself in its checkpoints; empty before the first one.</summary>
    public required string Origin { get; init; }
    public required long Size { get; init; }

    /// <summary>The compact range of <see cref="Size"/> leaves.</summary>
    public required byte[] Frontier { get; init; }

    /// <summary>The size of the newest checkpoint.</summary>
    public required long Published { get; init; }

    /// <summary>The size of the checkpoint that everybody is shown: it never goes back.</summary>
    public long Shown { get; init; }

    /// <summary>Why nothing is signed any more; null when all is well.</summary>
    public string? Trouble { get; init; }
    public string? TroubleCode { get; init; }

    /// <summary>The first entry that is kept; those before it were announced to go in a signed one.</summary>
    public long Pruned { get; init; }

    /// <summary>Up to where they are gone.</summary>
    public long Emptied { get; init; }
    public DateTimeOffset? KeptSince { get; init; }
}

/// <summary>A checkpoint that was signed.</summary>
public sealed class AuditCheckpointRow
{
    public required string Origin { get; init; }
    public required long Size { get; init; }
    public required byte[] Root { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>The signed note, with what the witnesses have added to it.</summary>
    public required string Note { get; init; }

    /// <summary>As many witnesses as the policy wants have signed it.</summary>
    public required bool IsWitnessed { get; init; }
}

/// <summary>An access token of an auditor; the database knows only its hash.</summary>
public sealed class AuditAccessRow
{
    public required Guid Id { get; init; }
    public required string Name { get; init; }
    public required byte[] TokenHash { get; init; }
    public required StaffId MadeById { get; init; }
    public required DateTimeOffset MadeAt { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }
    public DateTimeOffset? RevokedAt { get; set; }

    /// <summary>Written when its use is recorded, at most once in ten minutes.</summary>
    public DateTimeOffset? UsedAt { get; set; }
}

internal sealed class AuditAccessTable : IEntityTypeConfiguration<AuditAccessRow>
{
    public void Configure(EntityTypeBuilder<AuditAccessRow> builder) => builder.ToTable("audit_access");
}

internal sealed class AuditPendingTable : IEntityTypeConfiguration<AuditPendingRow>
{
    public void Configure(EntityTypeBuilder<AuditPendingRow> builder) => builder.ToTable("audit_pending").HasKey(row => row.Seq);
}

internal sealed class AuditLeafTable : IEntityTypeConfiguration<AuditLeafRow>
{
    public void Configure(EntityTypeBuilder<AuditLeafRow> builder) => builder.ToTable("audit_leaf").HasKey(row => row.LeafIndex);
}

internal sealed class AuditTreeTable : IEntityTypeConfiguration<AuditTreeRow>
{
    public void Configure(EntityTypeBuilder<AuditTreeRow> builder) => builder.ToTable("audit_tree");
}

internal sealed class AuditCheckpointTable : IEntityTypeConfiguration<AuditCheckpointRow>
{
    public void Configure(EntityTypeBuilder<AuditCheckpointRow> builder) => builder.ToTable("audit_checkpoint").HasKey(row => new { row.Origin, row.Size });
}
