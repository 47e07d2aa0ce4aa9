using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OnBehalf.Data;
using OnBehalf.Identity;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Identity;

/// <summary>What a person of either kind needs for signing in.</summary>
public abstract class PersonRow
{
    public required string Email { get; set; }

    /// <summary>NFKC and lower case: what is unique and what is looked up.</summary>
    public required string EmailNormalized { get; set; }
    public required string FirstName { get; set; }
    public required string LastName { get; set; }

    /// <summary>`active`, `inactive`; a new word only with its meaning here.</summary>
    public required string Status { get; set; }
    public string? PasswordHash { get; set; }
    public required string SecurityStamp { get; set; }
    public int FailedCount { get; set; }
    public DateTimeOffset? LockoutEnd { get; set; }

    /// <summary>When the one mail went out with which he chooses his first password.</summary>
    public DateTimeOffset? InvitedAt { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }
    public int Version { get; set; }

    /// <summary>Two letters of a language that he chose himself; null: that of his company or the shop.</summary>
    public string? Language { get; set; }

    public string FullName => $"{FirstName} {LastName}";

    /// <summary>The id without its type, for what is the same for both kinds.</summary>
    public abstract Guid Key { get; }
}

public sealed class StaffRow : PersonRow
{
    public required StaffId Id { get; init; }
    public required StaffRole Role { get; set; }
    public string? StaffGroup { get; set; }
    public int CommissionPercentMillionths { get; set; }
    public bool AccessAllCustomers { get; set; }
    public bool MayAdjustPrices { get; set; }
    public bool MayCreateCustomers { get; set; }
    public override Guid Key => Id.Value;
}

public sealed class BuyerRow : PersonRow
{
    public required BuyerId Id { get; init; }
    public string? Title { get; set; }
    public string? Phone { get; set; }
    public string? ExternalId { get; set; }
    public override Guid Key => Id.Value;
}

/// <summary>A buyer's place in a company; a consumer is a membership in no company.</summary>
public sealed class MembershipRow
{
    public required MembershipId Id { get; init; }
    public required BuyerId BuyerId { get; init; }
    public CompanyId? CompanyId { get; init; }
    public required BuyerRole Role { get; set; }

    /// <summary>The company's own role, with the word `own`.</summary>
    public CompanyRoleId? CompanyRoleId { get; set; }

    /// <summary>`active` or `inactive`.</summary>
    public required string Status { get; set; }
    public required string SortName { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }

    public GivenRole Given => new(Role, CompanyRoleId);
}

/// <summary>A signed-in browser. The cookie holds 256 random bits of which only the SHA-256 is kept.</summary>
public sealed class SignInRow
{
    public required SignInId Id { get; init; }
    public StaffId? StaffId { get; init; }
    public BuyerId? BuyerId { get; init; }

    /// <summary>The company that the buyer has chosen to buy for.</summary>
    public MembershipId? MembershipId { get; set; }
    public required byte[] TokenHash { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset LastSeenAt { get; set; }
    public required int IdleSeconds { get; init; }
    public required DateTimeOffset HardEndsAt { get; init; }
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>`signed-out`, `idle`, `password-changed`, `suspended`, …</summary>
    public string? EndCause { get; set; }
    public string? Device { get; init; }

    /// <summary>How he came in: one of <see cref="SignInMethods"/>.</summary>
    public string Method { get; init; } = SignInMethods.Password;

    /// <summary>When he last proved who he is in this browser, in whatever way. By the database's clock, as everything here.</summary>
    public required DateTimeOffset ProvedAt { get; set; }

    /// <summary>When he last proved it with a second factor: a code of his app or a passkey. Null: never in this sign-in.</summary>
    public DateTimeOffset? SecondFactorAt { get; set; }

    /// <summary>How the external provider calls the session there (`sid`), by which it says later that it is over. Null: it did not say, or he came in otherwise.</summary>
    public string? ProviderSession { get; init; }
}

/// <summary>A code that was mailed to somebody and works once. 256 random bits, of which only the SHA-256 is kept.</summary>
[Quiet("That it was sent, and what it was used for, are facts.", WhenAdded = false)]
public sealed class OneTimeCodeRow
{
    public required Guid Id { get; init; }

    /// <summary>`password-reset`, `invitation`, `email-change`.</summary>
    public required string Purpose { get; init; }
    public StaffId? StaffId { get; init; }
    public BuyerId? BuyerId { get; init; }
    public required byte[] CodeHash { get; init; }

    /// <summary>What the code confirms, if it is more than the address it was sent to: the new address of `email-change`.</summary>
    public string? Payload { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset ExpiresAt { get; set; }

    /// <summary>When it was used, or replaced by a newer one.</summary>
    public DateTimeOffset? UsedAt { get; set; }
}

internal sealed class StaffTable : IEntityTypeConfiguration<StaffRow>
{
    public void Configure(EntityTypeBuilder<StaffRow> builder)
    {
        builder.ToTable("staff").Ignore(row => row.FullName).Ignore(row => row.Key);
        builder.Property(row => row.Version).IsConcurrencyToken();
    }
}

internal sealed class BuyerTable : IEntityTypeConfiguration<BuyerRow>
{
    public void Configure(EntityTypeBuilder<BuyerRow> builder)
    {
        builder.ToTable("buyer").Ignore(row => row.FullName).Ignore(row => row.Key);
        builder.Property(row => row.Version).IsConcurrencyToken();
        builder.IsDelegated(
            nameof(BuyerRow.PasswordHash), nameof(BuyerRow.SecurityStamp), nameof(BuyerRow.FailedCount), nameof(BuyerRow.LockoutEnd), nameof(BuyerRow.InvitedAt), nameof(BuyerRow.Version));
    }
}

internal sealed class MembershipTable : IEntityTypeConfiguration<MembershipRow>
{
    public void Configure(EntityTypeBuilder<MembershipRow> builder)
    {
        builder.ToTable("membership").Ignore(row => row.Given);
        builder.IsDelegated(nameof(MembershipRow.SortName));
    }
}

internal sealed class SignInTable : IEntityTypeConfiguration<SignInRow>
{
    public void Configure(EntityTypeBuilder<SignInRow> builder) => builder.ToTable("sign_in");
}

internal sealed class OneTimeCodeTable : IEntityTypeConfiguration<OneTimeCodeRow>
{
    public void Configure(EntityTypeBuilder<OneTimeCodeRow> builder)
    {
        builder.ToTable("one_time_code");

        // Of two that use it at once, one finds it used.
        builder.Property(row => row.UsedAt).IsConcurrencyToken();
    }
}
