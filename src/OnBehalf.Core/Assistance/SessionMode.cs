using OnBehalf.Kernel;

namespace OnBehalf.Assistance;

/// <summary>The mode of a session: the one in which it stays, and perhaps a higher one for a time.</summary>
/// <param name="Stays">In which it is when it is not raised, and to which it falls back.</param>
/// <param name="Raised">Higher than <paramref name="Stays"/>, until <paramref name="Until"/>; both or neither.</param>
public readonly record struct SessionMode(Mode Stays, Mode? Raised, DateTimeOffset? Until)
{
    public static readonly Refusal TooHigh = Refusal.Forbidden(
        "assistance.mode-too-high", "This session cannot be raised to that mode: the rule that lets you act, the company or the customer does not go so far.");

    public static readonly Refusal ReasonNeeded = Refusal.Invalid(
        "assistance.raise-reason-needed", "Why: say in a few words, or by the ticket, why you need the higher mode.", "Reason");

    public static readonly Refusal ProofNeeded = Refusal.Invalid(
        "assistance.raise-proof-needed", "Password: enter your own; raising the mode asks for it.", "Password");

    public static readonly Refusal SecondFactorNeeded = Refusal.Invalid(
        "assistance.raise-second-factor-needed",
        "Code: raising the mode asks for your second step. Who has none sets it up under \"Sign-in and security\" of the Sales Portal.", "Code");

    /// <summary>For how long a proof with the second step counts for raising a mode.</summary>
    public const int SecondFactorSeconds = 300;

    /// <summary>What counts at a time.</summary>
    public Mode At(DateTimeOffset now) => IsRaisedAt(now) ? Raised!.Value : Stays;

    public bool IsRaisedAt(DateTimeOffset now) => Raised is not null && Until > now;

    /// <summary>
    /// Another mode, or why not. Lower is always possible and asks for nothing; up to the mode in which the rule opens it stays for good; above that it asks
    /// for what the rule says and falls back.
    /// </summary>
    /// <param name="hasReason">One was given now, or earlier in this session.</param>
    /// <param name="isProved">He has just typed his password.</param>
    /// <param name="secondFactorAge">Seconds since he proved himself with his second step; null: never in this sign-in.</param>
    public Outcome<SessionMode> To(Mode wanted, ModeScope scope, bool hasReason, bool isProved, DateTimeOffset now, int? secondFactorAge = null)
    {
        if (wanted <= At(now))
        {
            return wanted <= Stays ? new SessionMode(wanted, null, null) : this with { Raised = wanted };
        }

        return wanted > scope.Highest ? TooHigh
            : wanted <= scope.OpensIn ? new SessionMode(wanted, null, null)
            : scope.AsksReason && !hasReason ? ReasonNeeded
            : scope.AsksSecondFactor ? secondFactorAge <= SecondFactorSeconds ? new SessionMode(Stays, wanted, now.AddSeconds(scope.Seconds)) : SecondFactorNeeded
            : scope.AsksProof && !isProved ? ProofNeeded
            : new SessionMode(Stays, wanted, now.AddSeconds(scope.Seconds));
    }
}
