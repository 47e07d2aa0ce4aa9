using System.Net;
using OnBehalf.Kernel;

namespace OnBehalf.Assistance;

/// <summary>At which moment the policy is asked.</summary>
public enum Moment
{
    /// <summary>May he at all? What is asked for at the start is listed; a network that is not known yet stands against nothing.</summary>
    Before,

    /// <summary>He begins: everything that is asked for must be there.</summary>
    Start,

    /// <summary>He is acting: what was asked for at the start was there; everything else is judged again.</summary>
    Running,

    /// <summary>He is acting, and somebody else has changed something: the same, but from where he works is not known and stands against nothing.</summary>
    Review,
}

/// <summary>What somebody asks for, and under which circumstances.</summary>
/// <param name="Now">In the shop's time zone: hours and days of rules follow it.</param>
public sealed record Attempt(Moment Moment, DateTimeOffset Now)
{
    /// <summary>The mode that is wanted; null: the one in which the rule opens sessions. More than is allowed becomes what is allowed.</summary>
    public Mode? Mode { get; init; }

    /// <summary>The address from which he asks; null is unknown, which at the start lies in no network.</summary>
    public IPAddress? Network { get; init; }

    public string? ReasonCode { get; init; }

    public string? Ticket { get; init; }

    /// <summary>Seconds since he last proved who he is; null: never.</summary>
    public int? ProofAge { get; init; }

    /// <summary>Seconds since he last did so with a second factor; null: never in this sign-in.</summary>
    public int? SecondFactorAge { get; init; }

    /// <summary>A second person has approved this start.</summary>
    public bool IsApproved { get; init; }

    /// <summary>An emergency: the approval of a second person takes the place of the buyer's consent. The buyer is always told.</summary>
    public bool IsEmergency { get; init; }
}

/// <summary>Everything that a decision depends on. The same situation always has the same answer.</summary>
public readonly record struct Situation(Operator Operator, Subject Subject, ShopPolicy Policy, Attempt Attempt)
{
    public Mandate Mandate { get; init; } = Mandate.None;

    public Consent Consent { get; init; } = Consent.None;
}
