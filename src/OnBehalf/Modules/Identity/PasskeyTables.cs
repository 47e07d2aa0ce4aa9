using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Identity;

/// <summary>A passkey of a staff member: the public half of a key that his device keeps.</summary>
public sealed class PasskeyRow
{
    public required Guid Id { get; init; }
    public required StaffId StaffId { get; init; }
    public required byte[] CredentialId { get; init; }

    /// <summary>What its owner calls it.</summary>
    public required string Name { get; set; }
    public required byte[] PublicKey { get; init; }
    public required long SignCount { get; set; }

    /// <summary>Words with blanks between: `internal hybrid`.</summary>
    public string? Transports { get; init; }
    public required bool IsUserVerified { get; set; }
    public required bool IsBackupEligible { get; init; }
    public required bool IsBackedUp { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? UsedAt { get; set; }
}

internal sealed class PasskeyTable : IEntityTypeConfiguration<PasskeyRow>
{
    public void Configure(EntityTypeBuilder<PasskeyRow> builder) => builder.ToTable("passkey");
}
