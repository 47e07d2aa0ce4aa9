using System.Net;
using OnBehalf.Kernel;

namespace OnBehalf.Assistance;

/// <summary>Conditions of a rule; the higher one is the harder to change, and names the denial when several are not met.</summary>
[Flags]
internal enum Unmet
{
    None = 0,
    Hours = 1,
    Network = 2,
    Mandate = 4,
    Status = 8,
    Reach = 16,
    Territory = 32,
    CompanyKind = 64,
    Subject = 128,
    Who = 256,
}

/// <summary>Holds a rule against a situation.</summary>
internal static class RuleMatch
{
    public static Unmet Of(PolicyRule rule, Situation situation)
    {
        var (op, subject, attempt) = (situation.Operator, situation.Subject, situation.Attempt);
        return (Suits(rule, op) ? Unmet.None : Unmet.Who)
            | (rule.Subjects.Contains(subject.Kind) ? Unmet.None : Unmet.Subject)
            | (rule.CompanyKinds.Count == 0 || (subject.Company is { } one && rule.CompanyKinds.Contains(one.Kind)) ? Unmet.None : Unmet.CompanyKind)
            | (IsInTerritory(rule, subject.Company) ? Unmet.None : Unmet.Territory)
            | (Reaches(rule.Reach, op) ? Unmet.None : rule.Reach == Reach.Access ? Unmet.Who : Unmet.Reach)
            | (rule.Statuses.Count == 0 || subject.Company is not { } company || rule.Statuses.Contains(company.Status) ? Unmet.None : Unmet.Status)
            | (!rule.NeedsMandate || situation.Mandate.IsGiven ? Unmet.None : Unmet.Mandate)
            | (IsFrom(rule, attempt) ? Unmet.None : Unmet.Network)
            | (rule.Hours.Contains(attempt.Now) ? Unmet.None : Unmet.Hours);
    }

    /// <summary>Why nothing allows it: what is not met of the rule that comes nearest.</summary>
    public static AssistanceRule Nearest(Situation situation)
    {
        var nearest = Unmet.Who | Unmet.Subject;
        var rules = situation.Policy.Rules;
        for (var i = 0; i < rules.Count; i++)
        {
            if (rules[i] is { Allows: true } rule && Of(rule, situation) is var unmet && unmet < nearest)
            {
                nearest = unmet;
            }
        }

        return Hardest(nearest) switch
        {
            Unmet.Hours => AssistanceRule.OutsideHours,
            Unmet.Network => AssistanceRule.OutsideNetwork,
            Unmet.Mandate => AssistanceRule.MandateMissing,
            Unmet.Status => AssistanceRule.StatusNotCovered,
            Unmet.Reach when situation.Subject.Kind == SubjectKind.Consumer => AssistanceRule.ConsumersNotCovered,
            Unmet.Reach => AssistanceRule.NotAssigned,
            Unmet.Territory => AssistanceRule.OutsideTerritory,
            Unmet.CompanyKind when situation.Subject.Kind == SubjectKind.Consumer => AssistanceRule.ConsumersNotCovered,
            Unmet.CompanyKind => AssistanceRule.KindNotCovered,
            Unmet.Subject when situation.Subject.Kind == SubjectKind.Consumer => AssistanceRule.ConsumersNotCovered,
            Unmet.Subject when situation.Subject.Kind == SubjectKind.Company => AssistanceRule.CompanyNotCovered,
            _ => situation.Operator.Kind == OperatorKind.Dealer ? AssistanceRule.DealersNotCovered : AssistanceRule.NoRule,
        };
    }

    private static Unmet Hardest(Unmet unmet)
    {
        var hardest = Unmet.Who;
        while (hardest > Unmet.None && (unmet & hardest) == 0)
        {
            hardest = (Unmet)((int)hardest >> 1);
        }

        return hardest;
    }

    // People of another company: a rule that lets everybody act means those of the shop and of the customer, unless it names them.
    internal static bool Suits(PolicyRule rule, Operator op) =>
        (rule.Kinds.Count == 0 ? !rule.Allows || op.Kind != OperatorKind.Dealer : rule.Kinds.Contains(op.Kind))
        && (rule.Groups.Count == 0 || (op.Group is { } group && rule.Groups.Contains(group, StringComparer.OrdinalIgnoreCase)))
        && (rule.CompanyRoles.Count == 0 || !op.IsBuyer || (op.CompanyRole is { } role && rule.CompanyRoles.Contains(role)));

    private static bool IsInTerritory(PolicyRule rule, SubjectCompany? company) =>
        rule.Countries.Count == 0 || (company?.Country is { } country && rule.Countries.Contains(country, StringComparer.OrdinalIgnoreCase));

    private static bool Reaches(Reach reach, Operator op) => reach switch
    {
        Reach.Assigned => op.IsAssigned,
        Reach.Tree => op.IsAssigned || op.IsAssignedInTree,
        Reach.Access => op.AccessAllCustomers,
        _ => true,
    };

    // Before the start nobody knows yet from where it will be; while it runs an unknown address is not a known one.
    // Where nobody knows from where he will come, a preview takes the best for granted; where it counts, the worst.
    private static bool IsFrom(PolicyRule rule, Attempt attempt)
    {
        if (rule.Networks.Count == 0)
        {
            return true;
        }

        if (attempt.Network is null)
        {
            return rule.Allows == (attempt.Moment is Moment.Before or Moment.Review);
        }

        var address = attempt.Network is { IsIPv4MappedToIPv6: true } mapped ? mapped.MapToIPv4() : attempt.Network;
        return rule.Networks.Any(network => network.Contains(address));
    }
}
