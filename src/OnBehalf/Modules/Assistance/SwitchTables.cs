using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OnBehalf.Data;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Assistance;

/// <summary>The newest wish of an operator to switch to another company, made in a session. Why he acts is not repeated here: the session says it.</summary>
[Quiet("A wish that carries no authority; the start that may follow is a fact, and so is its refusal.")]
public sealed class AssistSwitchRow
{
    public required StaffId StaffId { get; init; }

    /// <summary>The sign-in under which the session runs: in another one the wish is none.</summary>
    public required SignInId SignInId { get; set; }

    /// <summary>The session that is to end when the other one begins.</summary>
    public required AssistedSessionId SessionId { get; set; }
    public required CompanyId CompanyId { get; set; }
    public required DateTimeOffset MadeAt { get; set; }
}

internal sealed class AssistSwitchTable : IEntityTypeConfiguration<AssistSwitchRow>
{
    public void Configure(EntityTypeBuilder<AssistSwitchRow> builder) => builder.ToTable("assist_switch").HasKey(row => row.StaffId);
}
