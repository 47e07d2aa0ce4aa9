using OnBehalf.Assistance;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Assistance;

/// <summary>A session as the buyer is told of it, with what was changed in it.</summary>
/// <param name="Role">What the operator is: "Sales rep", "Colleague", "Dealer".</param>
/// <param name="Company">In which the buyer was acted for; null for a consumer.</param>
/// <param name="Cause">How it ended, as a code; null while it runs.</param>
/// <param name="HasMore">There are more changes than are told here.</param>
public sealed record LoggedSession(
    AssistedSessionId Id, string Operator, string Role, string? Buyer, string? Company, Mode Mode, string ReasonCode, string? Ticket,
    DateTimeOffset StartedAt, DateTimeOffset? EndedAt, string? Cause, DateTimeOffset Now)
{
    public IReadOnlyList<SessionChange> Changes { get; init; } = [];

    public bool HasMore { get; init; }

    /// <summary>It began before what the audit log keeps: what is not here may be gone.</summary>
    public bool IsOlderThanLog { get; init; }

    public bool IsRunning => Cause is null;

    /// <summary>"order by telephone, ticket T-100"</summary>
    public string Why
    {
        get
        {
            var word = Reasons.Word(ReasonCode);
            return (word.Length == 0 ? word : char.ToLowerInvariant(word[0]) + word[1..]) + (Ticket is null ? "" : $", ticket {Ticket}");
        }
    }

    /// <summary>"14 minutes"</summary>
    public string Length => Lasting((EndedAt ?? Now) - StartedAt);

    public string HowItEnded => Cause is null ? "runs" : EndCauses.Word(Cause);

    public string ModeWords => Mode switch { Mode.View => "only look", Mode.Cart => "look and fill the cart", _ => "look, fill the cart and order" };

    private static string Lasting(TimeSpan time)
    {
        var (hours, minutes) = ((int)time.TotalHours, time.Minutes);
        return time < TimeSpan.FromMinutes(1) ? "less than a minute"
            : hours == 0 ? Count(minutes, "minute")
            : minutes == 0 ? Count(hours, "hour")
            : $"{Count(hours, "hour")} {Count(minutes, "minute")}";
    }

    private static string Count(int number, string word) => number == 1 ? $"1 {word}" : $"{number} {word}s";
}
