using OnBehalf.Assistance;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Assistance;

/// <summary>A session as the buyer is told of it, with what was changed in it.</summary>
/// <param name="Role">What the operator is: "Sales rep", "Colleague", "Dealer".</param>
/// <param name="Company">In which the buyer was acted for; null for a consumer.</param>
/// <param name="Cause">How it ended, as a code; null while it runs.</param>
/// <param name="HasMore">There are more changes than are told here.</param>
public sealed record LoggedSession(
    AssistedSessionId Id, string Operator, Phrase Role, string? Buyer, string? Company, Mode Mode, string ReasonCode, string? Ticket,
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
            var word = Reasons.Inside(ReasonCode);
            return Ticket is null ? word : Say($"{word}, ticket {Ticket}");
        }
    }

    /// <summary>"14 minutes"</summary>
    public string Length => Lasting((EndedAt ?? Now) - StartedAt);

    public string HowItEnded => Cause is null ? Say("runs") : EndCauses.Word(Cause);

    public string ModeWords => Mode switch { Mode.View => Say("only look"), Mode.Cart => Say("look and fill the cart"), _ => Say("look, fill the cart and order") };

    private static string Lasting(TimeSpan time)
    {
        var (hours, minutes) = ((int)time.TotalHours, time.Minutes);
        return time < TimeSpan.FromMinutes(1) ? Say("less than a minute")
            : hours == 0 ? Minutes()
            : minutes == 0 ? Hours()
            : $"{Hours()} {Minutes()}";

        string Hours() => hours == 1 ? Say("1 hour") : Say($"{hours} hours");
        string Minutes() => minutes == 1 ? Say("1 minute") : Say($"{minutes} minutes");
    }
}
