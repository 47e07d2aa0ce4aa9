using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Privacy;

/// <summary>While it stands nobody may erase the person: a buyer or a staff member, exactly one of the two.</summary>
public sealed class LegalHoldRow
{
    public required Guid Id { get; init; }
    public BuyerId? BuyerId { get; init; }
    public StaffId? StaffId { get; init; }

    /// <summary>Which dispute or which order of an authority.</summary>
    public required string Reason { get; init; }
    public required DateTimeOffset Since { get; init; }

    /// <summary>Name of who set it, as he was called then.</summary>
    public required string SetBy { get; set; }
    public Guid? SetById { get; set; }
    public DateTimeOffset? LiftedAt { get; set; }
    public string? LiftedBy { get; set; }
    public Guid? LiftedById { get; set; }
}

/// <summary>A buyer asks to be erased; the row goes with him.</summary>
public sealed class ErasureRequestRow
{
    public required BuyerId BuyerId { get; init; }
    public required DateTimeOffset AskedAt { get; init; }
}

/// <summary>An erasure for which somebody has asked and that somebody else has to confirm; the row goes with the person.</summary>
public sealed class ErasureProposalRow
{
    public required Guid PersonId { get; init; }

    /// <summary>`buyer` or `staff`.</summary>
    public required string Kind { get; init; }
    public required StaffId AskedById { get; init; }
    public required string AskedBy { get; init; }
    public required DateTimeOffset AskedAt { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }
}

/// <summary>Since when retention knows that an account is closed: from then on its time counts.</summary>
[OnBehalf.Data.Quiet("Noted by retention for itself.")]
public sealed class ClosedPersonRow
{
    public required Guid PersonId { get; init; }
    public required string Kind { get; init; }
    public required DateTimeOffset SeenAt { get; init; }
}

internal sealed class ClosedPersonTable : IEntityTypeConfiguration<ClosedPersonRow>
{
    public void Configure(EntityTypeBuilder<ClosedPersonRow> builder) => builder.ToTable("closed_person").HasKey(row => row.PersonId);
}

internal sealed class ErasureProposalTable : IEntityTypeConfiguration<ErasureProposalRow>
{
    public void Configure(EntityTypeBuilder<ErasureProposalRow> builder) => builder.ToTable("erasure_proposal").HasKey(row => row.PersonId);
}

internal sealed class LegalHoldTable : IEntityTypeConfiguration<LegalHoldRow>
{
    public void Configure(EntityTypeBuilder<LegalHoldRow> builder) => builder.ToTable("legal_hold");
}

internal sealed class ErasureRequestTable : IEntityTypeConfiguration<ErasureRequestRow>
{
    public void Configure(EntityTypeBuilder<ErasureRequestRow> builder) => builder.ToTable("erasure_request").HasKey(row => row.BuyerId);
}
