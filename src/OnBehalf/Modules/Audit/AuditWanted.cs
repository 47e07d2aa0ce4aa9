using OnBehalf.Kernel;

namespace OnBehalf.Modules.Audit;

/// <summary>A person as the log knows him: by a reference. Nothing else is left of somebody who is erased.</summary>
/// <param name="Kind">`staff` or `buyer`; null when nobody knows any more.</param>
public sealed record AuditPerson(Guid Ref, string? Kind, string Name)
{
    /// <summary>He stands in the log: somebody of whom it never spoke has no reference, and there is nothing to be found.</summary>
    public bool IsKnown => Ref != Guid.Empty;
}

/// <summary>What the reader of the log asks for, resolved to what its indexes know; null is anything.</summary>
/// <param name="Action">A name, `orders.placed`, or all of a module, `orders`.</param>
/// <param name="Person">Acted, or was acted for, or it was about him.</param>
/// <param name="Operator">Acted.</param>
/// <param name="About">`product:ID`, `setting:NAME`: what stands in the column of that name.</param>
/// <param name="To">Before this moment.</param>
public sealed record AuditWanted(
    string? Action = null, AuditPerson? Person = null, AuditPerson? Operator = null, CompanyId? Company = null, OrderId? Order = null, AssistedSessionId? Session = null, string? About = null,
    string? Outcome = null, string? Reason = null, string? Mode = null, string? TicketRef = null, DateTimeOffset? From = null, DateTimeOffset? To = null)
{
    public bool OldestFirst { get; init; }
}
