using OnBehalf.Kernel;

namespace OnBehalf.Modules.Notes;

/// <summary>Somebody of the staff wrote something down about a company, a person or an order. What he wrote stands with the note, from which it can be erased, and not in the log.</summary>
/// <param name="OfSession">The session at whose end he wrote it.</param>
public sealed record NoteWritten(NoteId Note, CompanyId? Company, MembershipId? Membership, BuyerId? Buyer, OrderId? Order, AssistedSessionId? OfSession) : Fact
{
    public override string Name => "notes.written";
}

/// <summary>A note says something else from now on; what it said stays to be read.</summary>
/// <param name="Number">1 for the first correction.</param>
public sealed record NoteCorrected(NoteId Note, int Number, CompanyId? Company, MembershipId? Membership, BuyerId? Buyer, OrderId? Order) : Fact
{
    public override string Name => "notes.corrected";
}
