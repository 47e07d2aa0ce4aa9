using System.Globalization;
using OnBehalf.Kernel;

namespace OnBehalf.Assistance;

/// <summary>Rules as people read them: "Sales reps may act for people of companies that are assigned to them."</summary>
public static class PolicyWords
{
    public static string Of(PolicyRule rule)
    {
        var who = rule.Kinds.Count == 0 ? rule.Allows ? Say("Everybody but people of dealers") : Say("Everybody") : And(rule.Kinds.Select(PluralOf));
        var groups = rule.Groups.Count == 0 ? "" : Say($" of the group {Or(rule.Groups)}");
        var roles = rule.CompanyRoles.Count == 0 ? "" : Say($" who are {Or(rule.CompanyRoles.Select(role => Identity.BuyerRoles.Word(role).ToString()))}");
        // Where both count it is the company that one thinks of.
        var isBoth = rule.Subjects.Contains(SubjectKind.Employee) && rule.Subjects.Contains(SubjectKind.Company);
        var whom = And(rule.Subjects.Where(kind => !isBoth || kind != SubjectKind.Employee).Select(kind => kind switch
        {
            SubjectKind.Employee => Say("people of companies"),
            SubjectKind.Company => isBoth ? Say("companies and their people") : Say("companies as a whole"),
            _ => Say("private customers"),
        }));
        var (actors, subjects) = ($"{who}{groups}{roles}", $"{whom}{Which(rule)}{When(rule)}");
        var sentence = rule.Allows ? Say($"{actors} may act for {subjects}.") : Say($"{actors} may not act for {subjects}.");
        return char.ToUpperInvariant(sentence[0]) + sentence[1..];
    }

    /// <summary>What a rule grants and asks for, as short phrases; empty for a rule that denies.</summary>
    public static IReadOnlyList<string> Terms(PolicyRule rule)
    {
        if (!rule.Allows)
        {
            return [];
        }

        var (terms, words) = (rule.Terms, new List<string>());
        words.Add(terms.OpensIn == terms.Highest ? Say($"mode {Word(terms.Highest)}") : Say($"opens in {Word(terms.OpensIn)}, up to {Word(terms.Highest)}"));
        Add(terms.OpensIn < terms.Highest, Phrase.Made(Raising(terms)));
        Add(terms.IdleSeconds is not null, $"ends after {Length(terms.IdleSeconds ?? 0)} without activity");
        Add(terms.HardSeconds is not null, $"ends after {Length(terms.HardSeconds ?? 0)} in any case");
        Add(terms.NeedsTicket, "asks for a ticket");
        Add(terms.NeedsSecondFactor, terms.ProofSeconds is { } old ? Phrase.Of($"asks for the second step after {Length(old)}") : Phrase.Of("asks for a sign-in with a second step"));
        Add(terms.ProofSeconds is not null && !terms.NeedsSecondFactor, $"asks for a proof of who he is after {Length(terms.ProofSeconds ?? 0)}");
        Add(terms.NeedsApproval, "asks for the approval of a second person");
        Add(terms.Consent != ConsentNeed.None, $"asks for consent: {ConsentWord(terms.Consent)}");
        Add(terms.PerOrder.Count > 0, $"orders of at most {Or(terms.PerOrder.Select(amount => amount.ToString()))}");
        Add(terms.PerMonth.Count > 0, $"at most {Or(terms.PerMonth.Select(amount => amount.ToString()))} per customer and month");
        Add(terms.Withheld != Rights.None, $"without the right to {Or(terms.Withheld.Names().Select(right => right.Sentence.ToString()))}");
        return words;

        void Add(bool isSet, Phrase phrase)
        {
            if (isSet)
            {
                words.Add(phrase);
            }
        }
    }

    /// <summary>What is set for all rules.</summary>
    public static IReadOnlyList<string> General(ShopPolicy policy) =>
    [
        Say($"Sessions end after {Length(policy.IdleSeconds)} without activity and after {Length(policy.HardSeconds)} in any case, where a rule says nothing else."),
        policy.SessionsAtOnce == 1 ? Say("Everybody has one session at a time.") : Say($"Everybody may have {policy.SessionsAtOnce} sessions at once, each for another customer."),
        Say($"Reasons: {Or(policy.Reasons.Select(Reasons.Word))}."),
        policy.TicketPattern is null ? Say("Tickets may look as they like.")
            : policy.TicketExample is null ? Say($"Tickets fit {PolicyDraft.Of(policy).TicketPattern}.") : Say($"Tickets fit {PolicyDraft.Of(policy).TicketPattern}, such as {policy.TicketExample}."),
        policy.Finders.Count == 0 ? Say("Nobody finds companies that are not his.") : Say($"{Capital(And(policy.Finders.Select(PluralOf)))} find companies that are not theirs, by name only."),
    ];

    public static string Of(OperatorKind kind) => kind switch
    {
        OperatorKind.SalesRep => Say("Sales rep"),
        OperatorKind.SupportAgent => Say("Support agent"),
        OperatorKind.Supervisor => Say("Supervisor"),
        OperatorKind.Administrator => Say("Administrator"),
        OperatorKind.TelesalesOperator => Say("Telesales operator"),
        OperatorKind.Colleague => Say("Colleague of the buyer"),
        _ => Say("Dealer, for his end customers"),
    };

    /// <summary>What is asked for at a start.</summary>
    public static string Of(Need need) => need switch
    {
        Need.Reason => Say("the reason"),
        Need.Ticket => Say("a ticket"),
        Need.Proof => Say("the password or the second step"),
        Need.Approval => Say("the approval of a second person"),
        _ => Say("the customer’s consent"),
    };

    public static string ConsentWord(ConsentNeed need) => need switch
    {
        ConsentNeed.None => Say("none"),
        ConsentNeed.AssignedIsEnough => Say("none of those who are assigned, a standing one of others"),
        ConsentNeed.Standing => Say("a standing one"),
        _ => Say("for each session"),
    };

    public static string Length(int seconds) => seconds switch
    {
        3600 => Say("1 hour"),
        60 => Say("1 minute"),
        1 => Say("1 second"),
        _ when seconds % 3600 == 0 => Say($"{seconds / 3600} hours"),
        _ when seconds % 60 == 0 => Say($"{seconds / 60} minutes"),
        _ => Say($"{seconds} seconds"),
    };

    private static string Raising(PolicyTerms terms) =>
        (terms.RaiseNeedsReason, terms.RaiseNeedsSecondFactor ? Say("the second step") : terms.RaiseNeedsProof ? Say("the password") : null) switch
        {
            (true, { } proof) => Say($"raising it asks for a reason and {proof}"),
            (true, null) => Say("raising it asks for a reason"),
            (false, { } proof) => Say($"raising it asks for {proof}"),
            _ => Say("it can be raised"),
        }
        + Say($", and falls back after {Length(terms.RaiseSeconds)}");

    private static string Which(PolicyRule rule) =>
        (rule.Reach switch
        {
            Reach.Assigned => Say(" that are assigned to them"),
            Reach.Tree => Say(" that are assigned to them, or belong to one that is"),
            Reach.Access => Say(", if they have access to all customers"),
            _ => "",
        })
        + (rule.Countries.Count == 0 ? "" : Say($" in {And(rule.Countries)}"))
        + (rule.Statuses.Count == 0 ? "" : Say($" that are {Or(rule.Statuses.Select(StatusWord))}"))
        + (rule.CompanyKinds.Count == 0 ? "" : Say($" of the kind {Or(rule.CompanyKinds.Select(Word))}"))
        + (rule.NeedsMandate ? Say(" where the company has given a mandate") : "");

    private static string When(PolicyRule rule)
    {
        var hours = rule.Hours;
        var days = hours.Days.Count == 0 ? "" : Say($" on {And(hours.Days.Order().Select(day => CultureInfo.CurrentCulture.DateTimeFormat.GetDayName(day)))}");
        var times = hours.From == hours.To ? "" : Say($" from {hours.From:HH:mm} to {hours.To:HH:mm}");
        return days + times + (rule.Networks.Count == 0 ? "" : Say($" from the network {Or(rule.Networks.Select(network => network.ToString()))}"));
    }

    private static string PluralOf(OperatorKind kind) => kind switch
    {
        OperatorKind.Colleague => Say("colleagues"),
        OperatorKind.Dealer => Say("people of dealers"),
        OperatorKind.SalesRep => Say("sales reps"),
        OperatorKind.SupportAgent => Say("support agents"),
        OperatorKind.Supervisor => Say("supervisors"),
        OperatorKind.Administrator => Say("administrators"),
        _ => Say("telesales operators"),
    };

    private static string Word<T>(T value)
        where T : struct, Enum => PolicySpelling.Of(value).Replace('-', ' ');

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    private static string StatusWord(CompanyStatus status) => status switch
    {
        CompanyStatus.Active => Say("active"),
        CompanyStatus.OnHold => Say("on hold"),
        _ => Say("blocked"),
    };

    private static string And(IEnumerable<string> words) => List(words, Say(" and "));

    private static string Or(IEnumerable<string> words) => List(words, Say(" or "));

    private static string List(IEnumerable<string> words, string last)
    {
        var all = words.ToList();
        return all.Count <= 1 ? string.Concat(all) : string.Join(", ", all.SkipLast(1)) + last + all[^1];
    }
}
