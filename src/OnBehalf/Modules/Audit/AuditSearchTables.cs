using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OnBehalf.Data;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Audit;

/// <summary>A search that somebody keeps. It is the part of a URL behind the question mark, in which people are references.</summary>
public sealed class AuditSearchRow
{
    public required Guid Id { get; init; }
    public required string Name { get; init; }
    public required string Query { get; init; }
    public required StaffId StaffId { get; init; }

    /// <summary>Everybody who may read the log sees it.</summary>
    public required bool IsShared { get; init; }
    public required DateTimeOffset MadeAt { get; init; }
}

internal sealed class AuditSearchTable : IEntityTypeConfiguration<AuditSearchRow>
{
    public void Configure(EntityTypeBuilder<AuditSearchRow> builder) => builder.ToTable("audit_search");
}

/// <summary>How people are forgotten here.</summary>
internal static class AuditErasing
{
    public static readonly PersonalRows Staff = new(
        "staff", "searches of the audit log that he kept", null, """delete from audit_search where staff_id = {person} returning 1 as "Value" """);
}
