using OnBehalf.Kernel;

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
        if (AssistanceInvariants.Broken(situation) is { } broken)
        {
            return AssistanceDecision.Deny(broken, situation);
        }

        if (First(situation, allows: false) is { } denying)
        {
            return AssistanceDecision.Deny(AssistanceRule.Of(denying), situation);
        }

        return First(situation, allows: true) is { } allowing ? Allow(allowing, situation)
            : AssistanceDecision.Deny(RuleMatch.Nearest(situation), situation);
    }

    private static PolicyRule? First(Situation situation, bool allows)
    {
        foreach (var rule in situation.Policy.Rules)
        {
            if (rule.Allows == allows && RuleMatch.Of(rule, situation) == Unmet.None)
            {
                return rule;
            }
        }

        return null;
    }

    private static AssistanceDecision Allow(PolicyRule rule, Situation situation)
    {
        var asks = PolicyAsks.Of(rule.Terms, situation);
        if (situation.Attempt.Moment == Moment.Running && asks.Count > 0)
        {
            return AssistanceDecision.Deny(AssistanceRule.ConsentMissing, situation);
        }

        var (terms, mandate, consent) = (rule.Terms, situation.Mandate, ConsentNow(situation));
        var highest = Lower(Lower(terms.Highest, mandate.Highest), consent.Highest);
        var mode = Lower(situation.Attempt.Mode ?? terms.OpensIn, highest);
        var op = situation.Operator;
        var basis = new RightsBasis(
            situation.Subject.Rights, op.IsColleague ? Rights.None : op.Rights, Rights.Everything.Without(terms.Withheld),
            op.IsColleague && !mandate.IsGiven ? Rights.None : mandate.Rights, consent.Rights);
        return new AssistanceDecision(
            AssistanceRule.Of(rule), situation.Subject.Name, situation.Subject.Company?.Name, op.Name, mode, highest, basis,
            SessionRights.Effective(basis, mode), Limits(rule, situation, consent), asks, situation.Policy.Version);
    }

    private static SessionLimits Limits(PolicyRule rule, Situation situation, Consent consent)
    {
        var (terms, policy, mandate, now) = (rule.Terms, situation.Policy, situation.Mandate, situation.Attempt.Now);
        var ends = rule.Hours.EndAfter(now);
        ends = rule.Reach is Reach.Assigned or Reach.Tree && !situation.Operator.IsAssignedInTree ? Earlier(ends, situation.Operator.AssignedUntil) : ends;
        ends = Earlier(Earlier(ends, mandate.Until), consent.Until);
        return new SessionLimits(
            terms.IdleSeconds ?? policy.IdleSeconds, terms.HardSeconds ?? policy.HardSeconds, ends == DateTimeOffset.MaxValue ? null : ends,
            Set(terms.PerOrder, mandate.PerOrder), Set(terms.PerMonth, mandate.PerMonth), mandate.ApprovalAbove);
    }

    // An agreement that has run out is none; what needs one asks for it.
    private static Consent ConsentNow(Situation situation) =>
        situation.Consent.IsGivenAt(situation.Attempt.Now) ? situation.Consent : Consent.None;

    private static IReadOnlyList<IReadOnlyList<Money>> Set(params ReadOnlySpan<IReadOnlyList<Money>> limits)
    {
        var set = new List<IReadOnlyList<Money>>();
        foreach (var limit in limits)
        {
            if (limit.Count > 0)
            {
                set.Add(limit);
            }
        }

        return set;
    }

    private static Mode Lower(Mode one, Mode other) => one < other ? one : other;

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) => one is null || other < one ? other ?? one : one;
}
