using System.Net;
using OnBehalf.Kernel;

namespace OnBehalf.Assistance;

/// <summary>Which customers a rule reaches, seen from the operator.</summary>
public enum Reach
{
    /// <summary>Those that are assigned to him, for good or for a time.</summary>
    Assigned,

    /// <summary>Those, and what belongs to them in the tree of companies.</summary>
    Tree,

    /// <summary>All, if he carries the mark "has access to all customers".</summary>
    Access,

    All,
}

/// <summary>
/// A rule that an administrator wrote. Every condition that is set must hold; an empty list is no condition. A rule that denies needs no terms.
/// </summary>
/// <param name="Id">Stable and short: `assigned-customer`; decisions carry it as `assistance.assigned-customer`.</param>
/// <param name="Name">What it is called in lists.</param>
public sealed record PolicyRule(string Id, string Name, bool Allows)
{
    /// <summary>Why, in words inside a sentence; {company}, {op}, {ops} and {have} are filled in. Null: made from what the rule says.</summary>
    public string? Why { get; init; }

    /// <summary>What somebody whom it denies can do; null: a general sentence.</summary>
    public string? Remedy { get; init; }

    /// <summary>As whom; empty: everybody, but people of a dealer only where the rule denies.</summary>
    public IReadOnlyList<OperatorKind> Kinds { get; init; } = [];

    /// <summary>Groups of staff, without regard to case; empty: all.</summary>
    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>Roles of colleagues, and of people of a dealer, in their company; empty: all.</summary>
    public IReadOnlyList<BuyerRole> CompanyRoles { get; init; } = [];

    public IReadOnlyList<SubjectKind> Subjects { get; init; } = [SubjectKind.Employee];

    public Reach Reach { get; init; } = Reach.All;

    /// <summary>The territory: countries of companies, ISO 3166 alpha-2; empty: all.</summary>
    public IReadOnlyList<string> Countries { get; init; } = [];

    /// <summary>Companies of these statuses; empty: all that are not blocked.</summary>
    public IReadOnlyList<CompanyStatus> Statuses { get; init; } = [];

    /// <summary>Companies of these kinds; empty: all. Private customers are of none, and a rule with a condition here is not about them.</summary>
    public IReadOnlyList<CompanyKind> CompanyKinds { get; init; } = [];

    /// <summary>Only where the company has given a mandate.</summary>
    public bool NeedsMandate { get; init; }

    public PolicyHours Hours { get; init; } = PolicyHours.Always;

    /// <summary>Networks (CIDR) from which it counts; empty: all.</summary>
    public IReadOnlyList<IPNetwork> Networks { get; init; } = [];

    public PolicyTerms Terms { get; init; } = PolicyTerms.Default;
}

/// <summary>Days and hours by the clock of the shop. From equal to To is the whole day; From after To runs over midnight and belongs to the day it began.</summary>
/// <param name="Days">Empty: all.</param>
public sealed record PolicyHours(IReadOnlyList<DayOfWeek> Days, TimeOnly From, TimeOnly To)
{
    public static readonly PolicyHours Always = new([], TimeOnly.MinValue, TimeOnly.MinValue);

    public bool IsAlways => Days.Count == 0 && From == To;

    public bool Contains(DateTimeOffset now) => EndAfter(now) is not null;

    /// <summary>When the present hours end; <see cref="DateTimeOffset.MaxValue"/> when they never do, null outside of them.</summary>
    public DateTimeOffset? EndAfter(DateTimeOffset now)
    {
        if (IsAlways)
        {
            return DateTimeOffset.MaxValue;
        }

        var time = TimeOnly.FromTimeSpan(now.TimeOfDay);
        var midnight = now - now.TimeOfDay;
        if (From == To)
        {
            return IsDay(now) ? midnight.AddDays(1) : null;
        }

        if (From < To)
        {
            return IsDay(now) && time >= From && time < To ? midnight + To.ToTimeSpan() : null;
        }

        return IsDay(now) && time >= From ? midnight.AddDays(1) + To.ToTimeSpan()
            : time < To && IsDay(now.AddDays(-1)) ? midnight + To.ToTimeSpan()
            : null;
    }

    private bool IsDay(DateTimeOffset day) => Days.Count == 0 || Days.Contains(day.DayOfWeek);
}

/// <summary>What a rule that allows grants, and what it asks for.</summary>
public sealed record PolicyTerms
{
    public const int DefaultRaiseSeconds = 900;

    public static readonly PolicyTerms Default = new();

    public Mode OpensIn { get; init; } = Mode.Order;

    public Mode Highest { get; init; } = Mode.Order;

    /// <summary>Who raises a session above the mode in which it opened says why, once per session.</summary>
    public bool RaiseNeedsReason { get; init; }

    /// <summary>He types his own password again, each time.</summary>
    public bool RaiseNeedsProof { get; init; }

    /// <summary>His second step takes the place of the password: a code or a passkey, at most <see cref="SessionMode.SecondFactorSeconds"/> old.</summary>
    public bool RaiseNeedsSecondFactor { get; init; }

    /// <summary>Seconds after which a raised session falls back.</summary>
    public int RaiseSeconds { get; init; } = DefaultRaiseSeconds;

    /// <summary>Rights that sessions of this rule do not get, whatever buyer and operator have.</summary>
    public Rights Withheld { get; init; }

    /// <summary>Seconds; null: as the policy says for all.</summary>
    public int? IdleSeconds { get; init; }

    /// <summary>Seconds; null: as the policy says for all.</summary>
    public int? HardSeconds { get; init; }

    public bool NeedsTicket { get; init; }

    /// <summary>A proof of who he is, at most so many seconds old; null: his sign-in is enough.</summary>
    public int? ProofSeconds { get; init; }

    /// <summary>The proof must be a second factor; without <see cref="ProofSeconds"/> however old, as long as it was in this sign-in.</summary>
    public bool NeedsSecondFactor { get; init; }

    /// <summary>A second person approves before the start.</summary>
    public bool NeedsApproval { get; init; }

    public ConsentNeed Consent { get; init; }

    /// <summary>Highest order, one amount per currency; empty: no limit. With any, other currencies are not orderable.</summary>
    public IReadOnlyList<Money> PerOrder { get; init; } = [];

    /// <summary>Highest sum of the orders that an operator places for one customer in a calendar month, likewise.</summary>
    public IReadOnlyList<Money> PerMonth { get; init; } = [];
}
