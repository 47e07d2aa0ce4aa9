using OnBehalf.Kernel;

namespace OnBehalf.Assistance;

/// <summary>
/// Judges many customers for one staff member, as lists of them need it: may he at all, and if not, why not. What is asked for at the start and the
/// mandate are for the page of the one customer.
/// </summary>
public sealed class CustomerJudge(Operator actor, ShopPolicy policy, DateTimeOffset now)
{
    private readonly Operator _notAssigned = actor.IsAssigned ? actor with { IsAssigned = false } : actor;
    private readonly Attempt _attempt = new(Moment.Before, now);
    private Operator? _assigned;

    public ShopPolicy Policy => policy;

    public AssistanceDecision Of(Subject subject, bool isAssigned, bool isAssignedInTree = false, Consent? consent = null) =>
        AssistancePolicy.Decide(Situation(subject, isAssigned, isAssignedInTree) with { Consent = consent ?? Consent.None });

    /// <summary>What stands against acting for him; null when nothing does.</summary>
    public AssistanceDecision? Denial(Subject subject, bool isAssigned, bool isAssignedInTree = false) =>
        AssistancePolicy.Denial(Situation(subject, isAssigned, isAssignedInTree));

    private Situation Situation(Subject subject, bool isAssigned, bool isAssignedInTree) =>
        new(isAssigned ? _assigned ??= actor with { IsAssigned = true } : isAssignedInTree ? _notAssigned with { IsAssignedInTree = true } : _notAssigned, subject, policy, _attempt);
}
