using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OnBehalf.Data;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Exports;

/// <summary>Where the log is sent to as it grows, and how far it has got there.</summary>
[Quiet("How far it is; that there is such a destination came with a fact.", WhenAdded = false)]
public sealed class AuditStreamRow
{
    public required Guid Id { get; init; }
    public required string Name { get; init; }

    /// <summary>`http`, `syslog-tls`, `syslog-tcp`, `syslog-udp`.</summary>
    public required string Kind { get; init; }

    /// <summary>A URL without anything secret; of syslog host and port.</summary>
    public required string Address { get; init; }

    /// <summary>`cloudevents`, `ecs`, `ocsf`.</summary>
    public required string Form { get; init; }

    /// <summary>The bearer token, sealed by the master key; it is never shown again.</summary>
    public string? Token { get; init; }

    /// <summary>The key of the signature, sealed; it was shown once.</summary>
    public string? SigningKey { get; init; }

    /// <summary>Who alone may have signed the receiver's certificate, as PEM; null: whom the system trusts.</summary>
    public string? Authority { get; init; }

    public required bool IsOn { get; set; }
    public required StaffId MadeById { get; init; }
    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>The leaf that is sent next: all before it are acknowledged.</summary>
    public required long NextIndex { get; set; }

    /// <summary>In a row; 0 when the last batch was acknowledged.</summary>
    public int Failures { get; set; }
    public required DateTimeOffset NextAttemptAt { get; set; }
    public DateTimeOffset? SentAt { get; set; }
    public string? LastError { get; set; }
}

internal sealed class AuditStreamTable : IEntityTypeConfiguration<AuditStreamRow>
{
    public void Configure(EntityTypeBuilder<AuditStreamRow> builder) => builder.ToTable("audit_stream");
}
