using OnBehalf.Kernel;

namespace OnBehalf.Assistance;

/// <summary>What the policy says about one operator and one buyer, and by which rule. The words are made when somebody reads them.</summary>
/// <param name="Name">Whom it is about: the buyer, or the company as a whole.</param>
/// <param name="Company">His company; none for a consumer.</param>
/// <param name="Mode">The highest mode that a session may have.</param>
/// <param name="Granted">The rights of a session in that mode; none when denied.</param>
public sealed record AssistanceDecision(AssistanceRule Rule, string Name, string? Company, Mode Mode, Rights Granted)
{
    public bool IsAllowed => Rule.Allows;

    /// <summary>The decision in words: what and why.</summary>
    public string Sentence => $"You {(IsAllowed ? "may" : "cannot")} act for {Name}: {Rule.Why.Replace("{company}", Company ?? "this shop", StringComparison.Ordinal)}.";

    /// <summary>What would change a "no"; empty for a "yes".</summary>
    public string Remedy => Rule.Remedy;

    /// <summary>The "no" as a refusal; throws for a "yes".</summary>
    public Refusal Refusal => IsAllowed
        ? throw new InvalidOperationException($"Allowed by {Rule}")
        : Refusal.Forbidden(Rule.Code, $"{Sentence} {Remedy}");

    internal static AssistanceDecision Deny(AssistanceRule rule, string name, string? company) => new(rule, name, company, Mode.View, Rights.None);
}
