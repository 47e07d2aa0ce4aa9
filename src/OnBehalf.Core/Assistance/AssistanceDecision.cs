using OnBehalf.Kernel;

namespace OnBehalf.Assistance;

public enum Need
{
    Reason,
    Ticket,
    Proof,
    Approval,
    Consent,
}

/// <summary>Something that is still asked for before a session may start.</summary>
public sealed record Asked(Need Need, Refusal Refusal);

/// <summary>How far a session goes.</summary>
/// <param name="IdleSeconds">Without activity.</param>
/// <param name="HardSeconds">In all.</param>
/// <param name="EndsBy">The session ends no later than this, whatever its length: hours, granted access, mandate or consent end then.</param>
/// <param name="PerOrder">Amounts of one order: one list per source (rule, mandate), each with one amount per currency. All must hold.</param>
/// <param name="PerMonth">The same for the sum of a calendar month.</param>
/// <param name="ApprovalAbove">Above this the company approves the order.</param>
public sealed record SessionLimits(
    int IdleSeconds, int HardSeconds, DateTimeOffset? EndsBy, IReadOnlyList<IReadOnlyList<Money>> PerOrder, IReadOnlyList<IReadOnlyList<Money>> PerMonth,
    IReadOnlyList<Money> ApprovalAbove)
{
    public static readonly SessionLimits None = new(0, 0, null, [], [], []);

    /// <summary>When a session that begins now ends whatever happens in it.</summary>
    public DateTimeOffset HardEnd(DateTimeOffset start)
    {
        var end = start.AddSeconds(HardSeconds);
        return EndsBy < end ? EndsBy.Value : end;
    }
}

/// <summary>
/// What the policy says about one operator and one customer, and by which rule. Words, terms and rights are made when somebody reads them: a list of
/// customers asks a hundred times only whether.
/// </summary>
public sealed class AssistanceDecision
{
    private readonly Situation _situation;
    private readonly PolicyRule? _allowing;
    private IReadOnlyList<Asked>? _asks;

    internal AssistanceDecision(AssistanceRule rule, Situation situation, PolicyRule? allowing) => (Rule, _situation, _allowing) = (rule, situation, allowing);

    /// <summary>What decided.</summary>
    public AssistanceRule Rule { get; }

    /// <summary>Whom it is about: the buyer, or the company as a whole.</summary>
    public string Name => _situation.Subject.Name;

    /// <summary>His company; none for a consumer.</summary>
    public string? Company => _situation.Subject.Company?.Name;

    /// <summary>For the words that others read.</summary>
    public string OperatorName => _situation.Operator.Name;

    /// <summary>The version of the shop's rules that was asked.</summary>
    public int PolicyVersion => _situation.Policy.Version;

    /// <summary>
    /// The mode in which the session is: at the start what was wanted, and at most that in which the rule opens; later that to which it was brought.
    /// Never more than <see cref="Highest"/>.
    /// </summary>
    public Mode Mode => _allowing is null ? Mode.View
        : _situation.Attempt.Moment == Moment.Running ? PolicyTermsNow.Lower(_situation.Attempt.Mode ?? OpensIn, Highest)
        : PolicyTermsNow.Lower(_situation.Attempt.Mode ?? OpensIn, OpensIn);

    /// <summary>The mode in which the rule opens sessions, at most <see cref="Highest"/>.</summary>
    public Mode OpensIn => _allowing is null ? Mode.View : PolicyTermsNow.Lower(_allowing.Terms.OpensIn, Highest);

    /// <summary>What the mode of a session can become, and what that asks for.</summary>
    /// <param name="raisedUntil">When a mode to which it was raised falls back.</param>
    public ModeScope ModeScope(DateTimeOffset? raisedUntil) => _allowing is null ? Kernel.ModeScope.None : new ModeScope(
        OpensIn, Highest, raisedUntil, _allowing.Terms.RaiseNeedsReason, _allowing.Terms.RaiseNeedsProof, _allowing.Terms.RaiseSeconds)
    {
        AsksSecondFactor = _allowing.Terms.RaiseNeedsSecondFactor,
    };

    /// <summary>The highest mode to which it could be raised.</summary>
    public Mode Highest => _allowing is null ? Mode.View : PolicyTermsNow.Highest(_allowing.Terms, _situation);

    /// <summary>From what <see cref="Granted"/> was made; also for other modes.</summary>
    public RightsBasis Basis => _allowing is null ? RightsBasis.None : PolicyTermsNow.Basis(_allowing.Terms, _situation);

    /// <summary>The rights of a session in that mode; none when denied.</summary>
    public Rights Granted => _allowing is null ? Rights.None : SessionRights.Effective(Basis, Mode);

    public SessionLimits Limits => _allowing is null ? SessionLimits.None : PolicyTermsNow.Limits(_allowing, _situation);

    /// <summary>What is still asked for at the start; empty for a "no".</summary>
    public IReadOnlyList<Asked> Asks => _asks ??= _allowing is null ? [] : PolicyAsks.Of(_allowing.Terms, _situation);

    /// <summary>Nothing stands against it; something may still be asked for.</summary>
    public bool IsAllowed => Rule.Allows;

    /// <summary>Allowed, and everything that is asked for is there.</summary>
    public bool MayStart => IsAllowed && Asks.Count == 0;

    /// <summary>The decision as the operator reads it: "You cannot act for Nordlicht GmbH: it is not assigned to you."</summary>
    public string Sentence => IsAllowed ? Say($"You may act for {Name}: {ForHim(Rule.Why, isShort: true)}.") : Say($"You cannot act for {Name}: {ForHim(Rule.Why, isShort: true)}.");

    /// <summary>The same as others read it: "Karim Weiss cannot act for Ines Albrecht: Nordlicht GmbH is not assigned to Karim Weiss."</summary>
    public string SentenceForOthers =>
        IsAllowed ? Say($"{OperatorName} may act for {Name}: {FilledForOthers(Rule.Why, isShort: true)}.") : Say($"{OperatorName} cannot act for {Name}: {FilledForOthers(Rule.Why, isShort: true)}.");

    /// <summary>What the operator can do about a "no"; empty for a "yes".</summary>
    public string Remedy => ForHim(Rule.Remedy, isShort: false);

    /// <summary>What would change a "no", for those who can change it; empty for a "yes".</summary>
    public string Change => FilledForOthers(Rule.Change, isShort: false);

    /// <summary>The "no", or the first thing that is asked for, as a refusal; throws when the session may start.</summary>
    public Refusal Refusal => !IsAllowed ? Refusal.Forbidden(Rule.Code, $"{Sentence} {Remedy}")
        : Asks is [var first, ..] ? first.Refusal
        : throw new InvalidOperationException($"Allowed by {Rule}");

    private string ForHim(string words, bool isShort) => Filled(words, Say("you"), Say("your"), Say("have"), Say("act"), isShort);

    private string FilledForOthers(string words, bool isShort) => Filled(words, OperatorName, Say($"{OperatorName}'s"), Say("has"), Say("acts"), isShort);

    // "it" where the sentence has just named the company; other languages would have to bend it.
    private string Filled(string words, string op, string ops, string have, string act, bool isShort) => words
        .Replace("{company}", isShort && Company == Name && Phrasebook.IsEnglish ? "it" : Company ?? Say("this customer"), StringComparison.Ordinal)
        .Replace("{ops}", ops, StringComparison.Ordinal).Replace("{op}", op, StringComparison.Ordinal)
        .Replace("{have}", have, StringComparison.Ordinal).Replace("{act}", act, StringComparison.Ordinal);
}
