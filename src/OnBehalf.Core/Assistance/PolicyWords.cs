using System.Globalization;
using OnBehalf.Kernel;

namespace OnBehalf.Assistance;

/// <summary>Rules as people read them: "Sales reps may act for people of companies that are assigned to them."</summary>
public static class PolicyWords
{
    public static string Of(PolicyRule rule)
    {
        var who = rule.Kinds.Count == 0 ? "Everybody" + (rule.Allows ? " but people of dealers" : "") : List(rule.Kinds.Select(PluralOf), "and");
        var groups = rule.Groups.Count == 0 ? "" : $" of the group {List(rule.Groups, "or")}";
        var roles = rule.CompanyRoles.Count == 0 ? "" : $" who are {List(rule.CompanyRoles.Select(role => role.ToString().ToLowerInvariant()), "or")}";
        // Where both count it is the company that one thinks of.
        var isBoth = rule.Subjects.Contains(SubjectKind.Employee) && rule.Subjects.Contains(SubjectKind.Company);
        var whom = List(rule.Subjects.Where(kind => !isBoth || kind != SubjectKind.Employee).Select(kind => kind switch
        {
            SubjectKind.Employee => "people of companies",
            SubjectKind.Company => isBoth ? "companies and their people" : "companies as a whole",
            _ => "private customers",
        }), "and");
        var sentence = $"{who}{groups}{roles} {(rule.Allows ? "may act" : "may not act")} for {whom}{Which(rule)}{When(rule)}.";
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
        words.Add(terms.OpensIn == terms.Highest ? $"mode {Word(terms.Highest)}" : $"opens in {Word(terms.OpensIn)}, up to {Word(terms.Highest)}");
        Add(terms.OpensIn < terms.Highest, Raising(terms));
        Add(terms.IdleSeconds is not null, $"ends after {Length(terms.IdleSeconds ?? 0)} without activity");
        Add(terms.HardSeconds is not null, $"ends after {Length(terms.HardSeconds ?? 0)} in any case");
        Add(terms.NeedsTicket, "asks for a ticket");
        Add(terms.NeedsSecondFactor, terms.ProofSeconds is { } old ? $"asks for the second step after {Length(old)}" : "asks for a sign-in with a second step");
        Add(terms.ProofSeconds is not null && !terms.NeedsSecondFactor, $"asks for a proof of who he is after {Length(terms.ProofSeconds ?? 0)}");
        Add(terms.NeedsApproval, "asks for the approval of a second person");
        Add(terms.Consent != ConsentNeed.None, $"asks for consent: {ConsentWord(terms.Consent)}");
        Add(terms.PerOrder.Count > 0, $"orders of at most {List(terms.PerOrder.Select(amount => amount.ToString()), "or")}");
        Add(terms.PerMonth.Count > 0, $"at most {List(terms.PerMonth.Select(amount => amount.ToString()), "or")} per customer and month");
        Add(terms.Withheld != Rights.None, $"without the right to {List(terms.Withheld.Names().Select(right => right.Sentence), "or")}");
        return words;

        void Add(bool isSet, string phrase)
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
        $"Sessions end after {Length(policy.IdleSeconds)} without activity and after {Length(policy.HardSeconds)} in any case, where a rule says nothing else.",
        policy.SessionsAtOnce == 1 ? "Everybody has one session at a time." : $"Everybody may have {policy.SessionsAtOnce} sessions at once, each for another customer.",
        $"Reasons: {List(policy.Reasons.Select(Reasons.Word), "or")}.",
        policy.TicketPattern is null ? "Tickets may look as they like." : $"Tickets fit {PolicyDraft.Of(policy).TicketPattern}{(policy.TicketExample is null ? "" : $", such as {policy.TicketExample}")}.",
        policy.Finders.Count == 0 ? "Nobody finds companies that are not his." : $"{Capital(List(policy.Finders.Select(PluralOf), "and"))} find companies that are not theirs, by name only.",
    ];

    public static string Of(OperatorKind kind) => kind switch
    {
        OperatorKind.SalesRep => "Sales rep",
        OperatorKind.SupportAgent => "Support agent",
        OperatorKind.Supervisor => "Supervisor",
        OperatorKind.Administrator => "Administrator",
        OperatorKind.TelesalesOperator => "Telesales operator",
        OperatorKind.Colleague => "Colleague of the buyer",
        _ => "Dealer, for his end customers",
    };

    public static string ConsentWord(ConsentNeed need) => need switch
    {
        ConsentNeed.None => "none",
        ConsentNeed.AssignedIsEnough => "none of those who are assigned, a standing one of others",
        ConsentNeed.Standing => "a standing one",
        _ => "for each session",
    };

    public static string Length(int seconds) => seconds % 3600 == 0 ? Many(seconds / 3600, "hour") : seconds % 60 == 0 ? Many(seconds / 60, "minute") : Many(seconds, "second");

    private static string Raising(PolicyTerms terms) =>
        (terms.RaiseNeedsReason, terms.RaiseNeedsSecondFactor ? "the second step" : terms.RaiseNeedsProof ? "the password" : null) switch
        {
            (true, { } proof) => $"raising it asks for a reason and {proof}",
            (true, null) => "raising it asks for a reason",
            (false, { } proof) => $"raising it asks for {proof}",
            _ => "it can be raised",
        }
        + $", and falls back after {Length(terms.RaiseSeconds)}";

    private static string Which(PolicyRule rule) =>
        (rule.Reach switch
        {
            Reach.Assigned => " that are assigned to them",
            Reach.Tree => " that are assigned to them, or belong to one that is",
            Reach.Access => ", if they have access to all customers",
            _ => "",
        })
        + (rule.Countries.Count == 0 ? "" : $" in {List(rule.Countries, "and")}")
        + (rule.Statuses.Count == 0 ? "" : $" that are {List(rule.Statuses.Select(status => status == CompanyStatus.OnHold ? "on hold" : Word(status)), "or")}")
        + (rule.CompanyKinds.Count == 0 ? "" : $" of the kind {List(rule.CompanyKinds.Select(Word), "or")}")
        + (rule.NeedsMandate ? " where the company has given a mandate" : "");

    private static string When(PolicyRule rule)
    {
        var hours = rule.Hours;
        var days = hours.Days.Count == 0 ? "" : $" on {List(hours.Days.Order().Select(day => CultureInfo.InvariantCulture.DateTimeFormat.GetDayName(day)), "and")}";
        var times = hours.From == hours.To ? "" : string.Create(CultureInfo.InvariantCulture, $" from {hours.From:HH:mm} to {hours.To:HH:mm}");
        return days + times + (rule.Networks.Count == 0 ? "" : $" from the network {List(rule.Networks.Select(network => network.ToString()), "or")}");
    }

    private static string PluralOf(OperatorKind kind) => kind switch
    {
        OperatorKind.Colleague => "colleagues",
        OperatorKind.Dealer => "people of dealers",
        _ => Of(kind).ToLowerInvariant() + "s",
    };

    private static string Word<T>(T value)
        where T : struct, Enum => PolicySpelling.Of(value).Replace('-', ' ');

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    private static string Many(int count, string what) => count == 1 ? $"1 {what}" : string.Create(CultureInfo.InvariantCulture, $"{count} {what}s");

    private static string List(IEnumerable<string> words, string last)
    {
        var all = words.ToList();
        return all.Count <= 1 ? string.Concat(all) : $"{string.Join(", ", all.SkipLast(1))} {last} {all[^1]}";
    }
}
