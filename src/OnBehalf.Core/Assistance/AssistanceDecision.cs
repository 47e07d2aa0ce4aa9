using OnBehalf.Kernel;

namespace OnBehalf.Assistance;

public enum Need
{
    Reason,
    Ticket,
    Proof,
    Approval,
    Consent,
}

/// <summary>Something that is still asked for before a session may start.</summary>
public sealed record Asked(Need Need, Refusal Refusal);

/// <summary>How far a session goes.</summary>
/// <param name="IdleSeconds">Without activity.</param>
/// <param name="HardSeconds">In all.</param>
/// <param name="EndsBy">The session ends no later than this, whatever its length: hours, granted access, mandate or consent end then.</param>
/// <param name="PerOrder">Amounts of one order: one list per source (rule, mandate), each with one amount per currency. All must hold.</param>
/// <param name="PerMonth">The same for the sum of a calendar month.</param>
/// <param name="ApprovalAbove">Above this the company approves the order.</param>
public sealed record SessionLimits(
    int IdleSeconds, int HardSeconds, DateTimeOffset? EndsBy, IReadOnlyList<IReadOnlyList<Money>> PerOrder, IReadOnlyList<IReadOnlyList<Money>> PerMonth,
    IReadOnlyList<Money> ApprovalAbove)
{
    public static readonly SessionLimits None = new(0, 0, null, [], [], []);

    /// <summary>When a session that begins now ends whatever happens in it.</summary>
    public DateTimeOffset HardEnd(DateTimeOffset start)
    {
        var end = start.AddSeconds(HardSeconds);
        return EndsBy < end ? EndsBy.Value : end;
    }
}

/// <summary>
/// What the policy says about one operator and one customer, and by which rule. The words are made when somebody reads them.
/// </summary>
/// <param name="Name">Whom it is about: the buyer, or the company as a whole.</param>
/// <param name="Company">His company; none for a consumer.</param>
/// <param name="OperatorName">For the words that others read.</param>
/// <param name="Mode">The mode in which the session is: what was wanted, and at most <paramref name="Highest"/>.</param>
/// <param name="Highest">The highest mode to which it could be raised.</param>
/// <param name="Basis">From what <paramref name="Granted"/> was made; also for other modes.</param>
/// <param name="Granted">The rights of a session in that mode; none when denied.</param>
/// <param name="Asks">What is still asked for at the start; empty for a "no".</param>
/// <param name="PolicyVersion">The version of the shop's rules that was asked.</param>
public sealed record AssistanceDecision(
    AssistanceRule Rule, string Name, string? Company, string OperatorName, Mode Mode, Mode Highest, RightsBasis Basis, Rights Granted, SessionLimits Limits,
    IReadOnlyList<Asked> Asks, int PolicyVersion)
{
    /// <summary>Nothing stands against it; something may still be asked for.</summary>
    public bool IsAllowed => Rule.Allows;

    /// <summary>Allowed, and everything that is asked for is there.</summary>
    public bool MayStart => IsAllowed && Asks.Count == 0;

    /// <summary>The decision as the operator reads it: "You cannot act for Nordlicht GmbH: it is not assigned to you."</summary>
    public string Sentence => $"You {(IsAllowed ? "may" : "cannot")} act for {Name}: {Filled(Rule.Why, "you", "your", "have", "act", isShort: true)}.";

    /// <summary>The same as others read it: "Karim Weiss cannot act for Ines Albrecht: Nordlicht GmbH is not assigned to Karim Weiss."</summary>
    public string SentenceForOthers => $"{OperatorName} {(IsAllowed ? "may" : "cannot")} act for {Name}: {FilledForOthers(Rule.Why, isShort: true)}.";

    /// <summary>What the operator can do about a "no"; empty for a "yes".</summary>
    public string Remedy => Filled(Rule.Remedy, "you", "your", "have", "act", isShort: false);

    /// <summary>What would change a "no", for those who can change it; empty for a "yes".</summary>
    public string Change => FilledForOthers(Rule.Change, isShort: false);

    /// <summary>The "no", or the first thing that is asked for, as a refusal; throws when the session may start.</summary>
    public Refusal Refusal => !IsAllowed ? Refusal.Forbidden(Rule.Code, $"{Sentence} {Remedy}")
        : Asks is [var first, ..] ? first.Refusal
        : throw new InvalidOperationException($"Allowed by {Rule}");

    internal static AssistanceDecision Deny(AssistanceRule rule, Situation situation) => new(
        rule, situation.Subject.Name, situation.Subject.Company?.Name, situation.Operator.Name, Mode.View, Mode.View, RightsBasis.None, Rights.None,
        SessionLimits.None, [], situation.Policy.Version);

    private string FilledForOthers(string words, bool isShort) => Filled(words, OperatorName, OperatorName + "'s", "has", "acts", isShort);

    // "it" where the sentence has just named the company.
    private string Filled(string words, string op, string ops, string have, string act, bool isShort) => words
        .Replace("{company}", isShort && Company == Name ? "it" : Company ?? "this customer", StringComparison.Ordinal)
        .Replace("{ops}", ops, StringComparison.Ordinal).Replace("{op}", op, StringComparison.Ordinal)
        .Replace("{have}", have, StringComparison.Ordinal).Replace("{act}", act, StringComparison.Ordinal);
}
