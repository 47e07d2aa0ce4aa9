using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Notes;

/// <summary>What a staff member wrote down for his colleagues; a row is never changed.</summary>
public sealed class NoteRow
{
    public required NoteId Id { get; init; }

    /// <summary>The company, also of a note about one of its people or orders; null for a private customer.</summary>
    public CompanyId? CompanyId { get; init; }

    /// <summary>About this person in this place; null about a company or an order.</summary>
    public MembershipId? MembershipId { get; init; }
    public OrderId? OrderId { get; init; }

    /// <summary>The first one, when this corrects it.</summary>
    public NoteId? CorrectsId { get; init; }

    /// <summary>0 for the first one, then 1, 2, … for its corrections.</summary>
    public required int Number { get; init; }

    /// <summary>Null when it named somebody who was erased.</summary>
    public string? Text { get; init; }
    public required StaffId StaffId { get; init; }
    public required DateTimeOffset WrittenAt { get; init; }

    /// <summary>Written at the end of this session.</summary>
    public AssistedSessionId? OfSessionId { get; init; }
}

internal sealed class NoteTable : IEntityTypeConfiguration<NoteRow>
{
    public void Configure(EntityTypeBuilder<NoteRow> builder)
    {
        builder.ToTable("note");
        builder.HasOne<NoteRow>().WithMany().HasForeignKey(row => row.CorrectsId);
    }
}
