using OnBehalf.Kernel;

namespace OnBehalf.Assistance;

/// <summary>What no rule can allow, in the order in which it is judged.</summary>
public static class AssistanceInvariants
{
    /// <summary>The first that is broken; null when nothing stands against it.</summary>
    public static AssistanceRule? Broken(Situation situation)
    {
        var (op, subject) = (situation.Operator, situation.Subject);
        return !op.IsActive ? AssistanceRule.OperatorInactive
            : !op.IsBuyer && !op.Rights.Has(Right.AssistStart) ? AssistanceRule.RightMissing
            : op.IsActing && situation.Attempt.Moment is not (Moment.Running or Moment.Review) ? AssistanceRule.Nested
            : subject.Email.Length > 0 && op.Email == subject.Email ? AssistanceRule.Yourself
            : subject.IsStaff ? AssistanceRule.StaffSubject
            : subject.Company?.Status == CompanyStatus.Blocked ? AssistanceRule.CompanyBlocked
            : !subject.IsActive ? AssistanceRule.BuyerInactive
            : !subject.IsMembershipActive ? AssistanceRule.MembershipInactive
            : subject.IsProtected || subject.Company?.IsProtected == true ? AssistanceRule.Protected
            : op.Kind switch { OperatorKind.Colleague => OfColleague(op, subject), OperatorKind.Dealer => OfDealer(situation), _ => null }
            ?? OfAgreement(situation);
    }

    private static AssistanceRule? OfColleague(Operator op, Subject subject) =>
        subject.Company is not { } company ? AssistanceRule.ConsumerByColleague
        : op.Company != company.Id ? AssistanceRule.OtherCompany
        : !company.LetsColleaguesActUpwards && (subject.Rights & op.Rights) != subject.Rights ? AssistanceRule.MoreRights
        : null;

    // Another company's people: without a mandate of the customer nothing opens to them, whatever the rules of the shop say.
    private static AssistanceRule? OfDealer(Situation situation) =>
        situation.Subject.Company is not { Kind: CompanyKind.EndCustomer, Parent: { } dealer } || dealer != situation.Operator.Company ? AssistanceRule.OtherCustomer
        : situation.Operator.CompanyStatus != CompanyStatus.Active ? AssistanceRule.DealerInactive
        : !situation.Mandate.IsGiven ? AssistanceRule.MandateMissing
        : null;

    private static AssistanceRule? OfAgreement(Situation situation) =>
        situation.Consent.Kind == ConsentKind.Frozen ? AssistanceRule.Frozen
        : situation.Consent.Kind == ConsentKind.Withdrawn ? AssistanceRule.ConsentWithdrawn
        : situation.Mandate.IsGiven && !situation.Mandate.CountsOn(situation.Attempt.Now.DayOfWeek) ? AssistanceRule.MandateNotToday
        : null;
}
