namespace OnBehalf.Assistance;

/// <summary>
/// The one function that decides who may act for whom, how, for how long, up to what amount and with which rights. It knows nothing but its parameter, and
/// every answer names the rule that made it. The order is fixed:
/// <list type="number">
/// <item>what no rule can allow (<see cref="AssistanceInvariants"/>): the first that is broken denies;</item>
/// <item>rules that deny, in their order: the first that fits denies;</item>
/// <item>rules that allow, in their order: the first that fits allows, with its terms, narrowed by mandate and consent;</item>
/// <item>otherwise no; the rule that comes nearest says what is missing.</item>
/// </list>
/// </summary>
public static class AssistancePolicy
{
    /// <summary>Never null, never throws; denied unless a rule allows.</summary>
    public static AssistanceDecision Decide(Situation situation)
    {
        var (rule, allowing) = Judge(situation);
        return new AssistanceDecision(rule, situation, allowing);
    }

    /// <summary>The "no", or null when nothing stands against it: what lists ask for everybody in them.</summary>
    public static AssistanceDecision? Denial(Situation situation) => Judge(situation) is (var rule, null) ? new AssistanceDecision(rule, situation, null) : null;

    private static (AssistanceRule Rule, PolicyRule? Allowing) Judge(Situation situation)
    {
        if (AssistanceInvariants.Broken(situation) is { } broken)
        {
            return (broken, null);
        }

        if (First(situation, allows: false) is { } denying)
        {
            return (AssistanceRule.Of(denying), null);
        }

        if (First(situation, allows: true) is not { } allowing)
        {
            return (RuleMatch.Nearest(situation), null);
        }

        // What is asked for at the start was there; what a running session still has to have is the consent.
        return situation.Attempt.Moment is Moment.Running or Moment.Review && PolicyAsks.Of(allowing.Terms, situation).Count > 0
            ? (AssistanceRule.ConsentMissing, null)
            : (AssistanceRule.Of(allowing), allowing);
    }

    private static PolicyRule? First(Situation situation, bool allows)
    {
        var rules = situation.Policy.Rules;
        for (var i = 0; i < rules.Count; i++)
        {
            if (rules[i].Allows == allows && RuleMatch.Of(rules[i], situation) == Unmet.None)
            {
                return rules[i];
            }
        }

        return null;
    }
}
