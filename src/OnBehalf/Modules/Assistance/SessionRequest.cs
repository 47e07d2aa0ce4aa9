using System.Net;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Assistance;

/// <summary>What is asked for when somebody wants to act.</summary>
/// <param name="TakeOver">End whatever the operator runs in the same transaction.</param>
public sealed record SessionRequest(
    SessionSubject Subject, string ReasonCode, string? ReasonText, string? Ticket, string ReturnPath, bool TakeOver)
{
    /// <summary>The mode that is wanted; null: the one in which the rule opens sessions.</summary>
    public Mode? Mode { get; init; }

    /// <summary>Of the operator's running sessions, the one in whose place this begins.</summary>
    public Guid? InsteadOf { get; init; }

    /// <summary>From where he asks.</summary>
    public IPAddress? Network { get; init; }

    /// <summary>The link of a colleague that led here; the start uses it up.</summary>
    public Guid? Link { get; init; }

    /// <summary>The hand-over from the staff host, when this start came over one; it is used up.</summary>
    public Guid? HandOver { get; init; }

    /// <summary>He wants no longer than this; null: as long as the rule allows, which is also the most.</summary>
    public int? Minutes { get; init; }

    /// <summary>Without the buyer's consent, with the approval of a second person for just that; the buyer and the supervisors are told.</summary>
    public bool IsEmergency { get; init; }

    /// <summary>For one order that is typed on one page, in a cart of its own.</summary>
    public bool IsFastOrder { get; init; }

    /// <summary>What his browser calls itself.</summary>
    public string? Browser { get; init; }
}

/// <summary>A session that has begun. The token is known here and in the cookie, nowhere else.</summary>
/// <param name="Beside">Handles of those that the operator runs beside it.</param>
public sealed record StartedSession(AssistedSessionId Id, string Handle, string Token, IReadOnlyList<string> Beside);
