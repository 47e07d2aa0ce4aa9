using System.Text.RegularExpressions;
using OnBehalf.Kernel;

namespace OnBehalf.Assistance;

/// <summary>One version of the rules that say who may act for whom.</summary>
/// <param name="Rules">In their order: of those that deny the first that fits decides, then of those that allow; where none fits the answer is no.</param>
public sealed record ShopPolicy(int Version, IReadOnlyList<PolicyRule> Rules)
{
    // Before the rules that use it: static fields are made in their order.
    private static readonly PolicyTerms LooksFirst = new() { OpensIn = Mode.View, RaiseNeedsReason = true };

    public const int ShortestSeconds = 60;
    public const int LongestSeconds = 28_800;
    public const int MostAtOnce = 5;

    /// <summary>Seconds without activity after which a session ends, where the rule says nothing else. From 60 to 28,800.</summary>
    public int IdleSeconds { get; init; } = 900;

    /// <summary>Seconds after which a session ends whatever happens in it, likewise.</summary>
    public int HardSeconds { get; init; } = 3_600;

    /// <summary>How many sessions an operator may have at once, each for another customer. From 1 to 5.</summary>
    public int SessionsAtOnce { get; init; } = 1;

    /// <summary>Codes of <see cref="Reasons"/> from which the operator chooses.</summary>
    public IReadOnlyList<string> Reasons { get; init; } = [.. Assistance.Reasons.All.Select(reason => reason.Code)];

    /// <summary>What every ticket must look like as a whole; null: anything.</summary>
    public Regex? TicketPattern { get; init; }

    /// <summary>An example of a ticket that fits, for people.</summary>
    public string? TicketExample { get; init; }

    /// <summary>Changed rules count only when a second administrator has approved them, and so does taking this away.</summary>
    public bool ChangesNeedSecond { get; init; }

    /// <summary>Who finds, by name only, companies that are not his.</summary>
    public IReadOnlyList<OperatorKind> Finders { get; init; } = [];

    /// <summary>Whether a rule lets him act for what belongs to his customers in the tree; then he sees those, too.</summary>
    public bool ReachesTree(Operator actor)
    {
        foreach (var rule in Rules)
        {
            if (rule is { Allows: true, Reach: Reach.Tree } && RuleMatch.Suits(rule, actor))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// With this the shop begins: assigned customers for sales; everybody for support, supervisors and administrators, who look first and say why when they
    /// need more; colleagues by mandate, who look first, too.
    /// </summary>
    public static readonly ShopPolicy Standard = new(1,
    [
        new("assigned-customer", "Assigned customers", Allows: true)
        {
            Kinds = [OperatorKind.SalesRep, OperatorKind.Supervisor, OperatorKind.Administrator, OperatorKind.TelesalesOperator],
            Subjects = [SubjectKind.Employee, SubjectKind.Company], Reach = Reach.Assigned,
        },
        new("all-customers", "Access to all customers", Allows: true)
        {
            Kinds = [OperatorKind.SalesRep, OperatorKind.Supervisor, OperatorKind.Administrator, OperatorKind.TelesalesOperator],
            Subjects = [SubjectKind.Employee, SubjectKind.Company], Reach = Reach.Access,
        },
        new("role-covers-all", "Roles that cover all companies", Allows: true)
        {
            Kinds = [OperatorKind.SupportAgent, OperatorKind.Supervisor, OperatorKind.Administrator], Subjects = [SubjectKind.Employee, SubjectKind.Company], Terms = LooksFirst,
        },
        new("role-covers-consumers", "Roles that cover private customers", Allows: true)
        {
            Kinds = [OperatorKind.SupportAgent, OperatorKind.Supervisor, OperatorKind.Administrator], Subjects = [SubjectKind.Consumer],
            Terms = LooksFirst,
        },
        new("mandated-colleague", "Colleagues with a mandate", Allows: true)
        {
            Kinds = [OperatorKind.Colleague], NeedsMandate = true, Terms = new() { OpensIn = Mode.View },
        },
    ]);
}
