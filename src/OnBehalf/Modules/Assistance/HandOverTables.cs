using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OnBehalf.Data;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Assistance;

/// <summary>A start on its way from the staff host to the shop host. The row is gone when it arrived, or when the operator begins another one.</summary>
[Quiet("Nothing began yet; the start that follows is a fact, and so is its refusal.")]
public sealed class AssistHandOverRow
{
    public required Guid Id { get; init; }

    /// <summary>SHA-256 of the code in the form.</summary>
    public required byte[] CodeHash { get; init; }

    /// <summary>SHA-256 of the secret in the browser's cookie on the shop host.</summary>
    public required byte[] BrowserHash { get; init; }
    public required StaffId StaffId { get; init; }
    public required SignInId SignInId { get; init; }

    /// <summary>The <see cref="SessionRequest"/> as JSON.</summary>
    public required string Request { get; init; }

    /// <summary>The page of the Buyer Portal on which the session begins.</summary>
    public required string Landing { get; init; }
    public required DateTimeOffset MadeAt { get; init; }
}

internal sealed class AssistHandOverTable : IEntityTypeConfiguration<AssistHandOverRow>
{
    public void Configure(EntityTypeBuilder<AssistHandOverRow> builder) => builder.ToTable("assist_hand_over");
}
