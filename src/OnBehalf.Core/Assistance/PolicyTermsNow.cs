using OnBehalf.Kernel;

namespace OnBehalf.Assistance;

/// <summary>The terms of the rule that allows, narrowed by mandate and consent as they stand.</summary>
internal static class PolicyTermsNow
{
    public static Mode Highest(PolicyTerms terms, Situation situation) =>
        Lower(Lower(terms.Highest, situation.Mandate.Highest), Agreed(situation).Highest);

    public static Mode Lower(Mode one, Mode other) => one < other ? one : other;

    public static RightsBasis Basis(PolicyTerms terms, Situation situation)
    {
        var (op, mandate) = (situation.Operator, situation.Mandate);

        // Who may only look in his own company does not order for its end customers.
        var ofMandate = op.Kind == OperatorKind.Dealer ? mandate.Rights & op.Rights : mandate.Rights;
        return new RightsBasis(
            situation.Subject.Rights, op.IsBuyer ? Rights.None : op.Rights, Rights.Everything.Without(terms.Withheld), op.IsBuyer && !mandate.IsGiven ? Rights.None : ofMandate,
            Agreed(situation).Rights);
    }

    public static SessionLimits Limits(PolicyRule rule, Situation situation)
    {
        var (terms, policy, mandate) = (rule.Terms, situation.Policy, situation.Mandate);
        var ends = rule.Hours.EndAfter(situation.Attempt.Now);
        if (rule.Reach is Reach.Assigned or Reach.Tree && !situation.Operator.IsAssignedInTree)
        {
            ends = Earlier(ends, situation.Operator.AssignedUntil);
        }

        ends = Earlier(Earlier(ends, mandate.Until), Agreed(situation).Until);
        return new SessionLimits(
            terms.IdleSeconds ?? policy.IdleSeconds, terms.HardSeconds ?? policy.HardSeconds, ends == DateTimeOffset.MaxValue ? null : ends,
            Set(terms.PerOrder, mandate.PerOrder), Set(terms.PerMonth, mandate.PerMonth), mandate.ApprovalAbove);
    }

    // An agreement that has run out is none; what needs one asks for it.
    private static Consent Agreed(Situation situation) =>
        situation.Consent.IsGivenAt(situation.Attempt.Now) ? situation.Consent : Consent.None;

    private static IReadOnlyList<IReadOnlyList<Money>> Set(IReadOnlyList<Money> one, IReadOnlyList<Money> other) =>
        (one.Count, other.Count) switch { (0, 0) => [], (_, 0) => [one], (0, _) => [other], _ => [one, other] };

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) => one is null || other < one ? other ?? one : one;
}
