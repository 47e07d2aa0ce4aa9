using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OnBehalf.Data;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Identity;

/// <summary>The authenticator app of a staff member. There is no row until he has confirmed it with a code.</summary>
public sealed class AuthenticatorRow
{
    public required StaffId StaffId { get; init; }

    /// <summary>Encrypted by data protection.</summary>
    public required string Secret { get; set; }

    /// <summary>The newest step of which a code was used: it and those before it count no more.</summary>
    public required long LastStep { get; set; }
    public required DateTimeOffset ConfirmedAt { get; set; }
}

/// <summary>A code for when the app is lost. 80 random bits, of which only the SHA-256 is kept; used up, it is gone.</summary>
public sealed class RecoveryCodeRow
{
    public required Guid Id { get; init; }
    public required StaffId StaffId { get; init; }
    public required byte[] CodeHash { get; init; }
}

/// <summary>
/// A sign-in that is not finished: the browser that began it has a cookie of 256 random bits, of which only the SHA-256 is kept. It is no caller and opens
/// nothing but its own next step.
/// </summary>
[Quiet("Nobody is in yet; whether he gets in is a fact.")]
public sealed class SignInStepRow
{
    public required Guid Id { get; init; }
    public required byte[] TokenHash { get; init; }

    /// <summary>What is still to come: one of <see cref="SignInSteps"/>'s kinds.</summary>
    public required string Kind { get; init; }
    public StaffId? StaffId { get; init; }

    /// <summary>His security stamp when it began: a new password makes the step worthless.</summary>
    public string? Stamp { get; init; }

    /// <summary>How he has proved who he is so far.</summary>
    public string? Method { get; init; }

    /// <summary>The session of the external provider with which it began; see <see cref="SignInRow.ProviderSession"/>.</summary>
    public string? ProviderSession { get; init; }

    /// <summary>What the next step is held against, encrypted by data protection.</summary>
    public string? State { get; init; }
    public string? ReturnUrl { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }
    public DateTimeOffset? UsedAt { get; set; }
}

internal sealed class AuthenticatorTable : IEntityTypeConfiguration<AuthenticatorRow>
{
    public void Configure(EntityTypeBuilder<AuthenticatorRow> builder) => builder.ToTable("authenticator").HasKey(row => row.StaffId);
}

internal sealed class RecoveryCodeTable : IEntityTypeConfiguration<RecoveryCodeRow>
{
    public void Configure(EntityTypeBuilder<RecoveryCodeRow> builder) => builder.ToTable("recovery_code");
}

internal sealed class SignInStepTable : IEntityTypeConfiguration<SignInStepRow>
{
    public void Configure(EntityTypeBuilder<SignInStepRow> builder)
    {
        builder.ToTable("sign_in_step");

        // Of two that use it at once, one finds it used.
        builder.Property(row => row.UsedAt).IsConcurrencyToken();
    }
}
