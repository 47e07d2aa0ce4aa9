using OnBehalf.Kernel;

namespace OnBehalf.Assistance;

/// <summary>What the policy says about one operator and one buyer, and why.</summary>
/// <param name="Rule">The rule that decided: `assistance.assigned-customer`, `assistance.not-assigned`, …</param>
/// <param name="Sentence">The decision in words: what and why.</param>
/// <param name="Remedy">What would change a "no"; empty for a "yes".</param>
/// <param name="Mode">The highest mode that a session may have.</param>
/// <param name="Granted">The rights of a session in that mode; none when denied.</param>
public sealed record AssistanceDecision(bool IsAllowed, Code Rule, string Sentence, string Remedy, Mode Mode, Rights Granted)
{
    /// <summary>The "no" as a refusal; throws for a "yes".</summary>
    public Refusal Refusal => IsAllowed
        ? throw new InvalidOperationException($"Allowed by {Rule}")
        : Refusal.Forbidden(Rule.Value, $"{Sentence} {Remedy}");

    internal static AssistanceDecision Allow(string rule, string sentence, Mode mode, Rights granted) => new(true, rule, sentence, "", mode, granted);

    internal static AssistanceDecision Deny(string rule, string sentence, string remedy) => new(false, rule, sentence, remedy, Mode.View, Rights.None);
}
