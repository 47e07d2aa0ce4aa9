using System.Globalization;
using OnBehalf.Kernel;

namespace OnBehalf.Assistance;

/// <summary>A rule as it is typed and stored. Lists are words separated by blanks or commas (groups by commas); what is empty is no condition.</summary>
public sealed record RuleDraft
{
    public const int LongestId = 40;

    public string? Id { get; init; }
    public string? Name { get; init; }

    /// <summary>`allow` or `deny`.</summary>
    public string? Effect { get; init; }
    public string? Why { get; init; }
    public string? Remedy { get; init; }
    public string? Kinds { get; init; }
    public string? Groups { get; init; }
    public string? CompanyRoles { get; init; }
    public string? Subjects { get; init; }
    public string? Reach { get; init; }
    public string? Countries { get; init; }
    public string? Statuses { get; init; }
    public string? CompanyKinds { get; init; }

    /// <summary>`true`, or nothing; so are the other needs.</summary>
    public string? Mandate { get; init; }
    public string? Days { get; init; }
    public string? From { get; init; }
    public string? To { get; init; }
    public string? Networks { get; init; }
    public string? OpensIn { get; init; }
    public string? Highest { get; init; }
    public string? RaiseReason { get; init; }
    public string? RaiseProof { get; init; }
    public string? RaiseSecondFactor { get; init; }

    /// <summary>Seconds.</summary>
    public string? RaiseSeconds { get; init; }

    /// <summary>Names of rights: `orders.place`.</summary>
    public string? Withheld { get; init; }
    public string? Idle { get; init; }
    public string? Hard { get; init; }
    public string? Ticket { get; init; }

    /// <summary>Seconds.</summary>
    public string? Proof { get; init; }
    public string? SecondFactor { get; init; }
    public string? Approval { get; init; }
    public string? Consent { get; init; }
    public string? PerOrder { get; init; }
    public string? PerMonth { get; init; }

    public static RuleDraft Of(PolicyRule rule) => new()
    {
        Id = rule.Id, Name = rule.Name, Effect = rule.Allows ? "allow" : "deny", Why = rule.Why, Remedy = rule.Remedy, Kinds = Join(rule.Kinds),
        Groups = rule.Groups.Count == 0 ? null : string.Join(", ", rule.Groups), CompanyRoles = Join(rule.CompanyRoles), Subjects = Join(rule.Subjects), Reach = PolicySpelling.Of(rule.Reach),
        Countries = Text(rule.Countries), Statuses = Join(rule.Statuses), CompanyKinds = Join(rule.CompanyKinds), Mandate = Yes(rule.NeedsMandate), Days = Join(rule.Hours.Days),
        From = Time(rule.Hours, rule.Hours.From), To = Time(rule.Hours, rule.Hours.To), Networks = Text(rule.Networks),
        OpensIn = PolicySpelling.Of(rule.Terms.OpensIn), Highest = PolicySpelling.Of(rule.Terms.Highest),
        RaiseReason = Yes(rule.Terms.RaiseNeedsReason), RaiseProof = Yes(rule.Terms.RaiseNeedsProof), RaiseSecondFactor = Yes(rule.Terms.RaiseNeedsSecondFactor),
        RaiseSeconds = rule.Terms.RaiseSeconds == PolicyTerms.DefaultRaiseSeconds ? null : Number(rule.Terms.RaiseSeconds), Withheld = Text(rule.Terms.Withheld.Names()),
        Idle = Number(rule.Terms.IdleSeconds), Hard = Number(rule.Terms.HardSeconds), Ticket = Yes(rule.Terms.NeedsTicket),
        Proof = Number(rule.Terms.ProofSeconds), SecondFactor = Yes(rule.Terms.NeedsSecondFactor), Approval = Yes(rule.Terms.NeedsApproval),
        Consent = rule.Terms.Consent == ConsentNeed.None ? null : PolicySpelling.Of(rule.Terms.Consent),
        PerOrder = Amounts(rule.Terms.PerOrder), PerMonth = Amounts(rule.Terms.PerMonth),
    };

    /// <summary>The rule, or everything that is wrong with it, each with its field.</summary>
    public (PolicyRule? Rule, IReadOnlyList<Refusal> Refusals) Read()
    {
        var fields = new DraftFields();
        var id = Id?.Trim() ?? "";
        if (id.Length is 0 or > LongestId || !id.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-') || !char.IsAsciiLetterLower(id[0]))
        {
            fields.Refuse(nameof(Id), $"Short name: small letters, digits and hyphens, such as night-shift; at most {LongestId}.");
        }
        else if (AssistanceRule.Fixed.Any(rule => rule.Code == "assistance." + id))
        {
            fields.Refuse(nameof(Id), $"Short name: {id} is one of the rules that stand fast. Choose another.");
        }

        var name = fields.Line(nameof(Name), "Name", Name, 80);
        if (name is null)
        {
            fields.Refuse(nameof(Name), "Name: please type it.");
        }

        if (Effect is not ("allow" or "deny"))
        {
            fields.Refuse(nameof(Effect), "Effect: allow or deny.");
        }

        var subjects = fields.Words<SubjectKind>(nameof(Subjects), "Customers", Subjects);
        if (subjects.Count == 0)
        {
            fields.Refuse(nameof(Subjects), "Customers: choose at least one kind.");
        }

        var rule = new PolicyRule(id, name ?? "", Effect == "allow")
        {
            Why = fields.Line(nameof(Why), "Why", Why, 200), Remedy = fields.Line(nameof(Remedy), "What to do about it", Remedy, 200),
            Kinds = fields.Words<OperatorKind>(nameof(Kinds), "Who", Kinds), Groups = ReadGroups(fields),
            CompanyRoles = fields.Words<BuyerRole>(nameof(CompanyRoles), "Roles of buyers who act", CompanyRoles), Subjects = subjects,
            Reach = fields.Word(nameof(Reach), "Which customers", Reach, Assistance.Reach.All), Countries = ReadCountries(fields),
            Statuses = fields.Words<CompanyStatus>(nameof(Statuses), "States", Statuses), CompanyKinds = ReadCompanyKinds(fields, subjects), NeedsMandate = Mandate == "true",
            Hours = new PolicyHours(
                fields.Words<DayOfWeek>(nameof(Days), "Days", Days), fields.Time(nameof(From), "From", From), fields.Time(nameof(To), "To", To)),
            Networks = fields.Networks(nameof(Networks), "Networks", Networks), Terms = ReadTerms(fields),
        };
        return fields.Refusals.Count > 0 ? (null, fields.Refusals) : (rule, []);
    }

    internal static string? Join<T>(IReadOnlyList<T> values)
        where T : struct, Enum => values.Count == 0 ? null : string.Join(' ', values.Select(PolicySpelling.Of));

    private PolicyTerms ReadTerms(DraftFields fields)
    {
        var opens = fields.Word(nameof(OpensIn), "Opens in", OpensIn, Mode.Order);
        var highest = fields.Word(nameof(Highest), "At most", Highest, Mode.Order);
        if (opens > highest)
        {
            fields.Refuse(nameof(OpensIn), "Opens in: not more than the highest mode.");
        }

        return new PolicyTerms
        {
            OpensIn = opens, Highest = highest, RaiseNeedsReason = RaiseReason == "true", RaiseNeedsProof = RaiseProof == "true",
            RaiseNeedsSecondFactor = RaiseSecondFactor == "true",
            RaiseSeconds = fields.Number(nameof(RaiseSeconds), "Falls back after", RaiseSeconds, ShopPolicy.ShortestSeconds, ShopPolicy.LongestSeconds)
                ?? PolicyTerms.DefaultRaiseSeconds,
            Withheld = ReadWithheld(fields),
            IdleSeconds = fields.Number(nameof(Idle), "Without activity", Idle, ShopPolicy.ShortestSeconds, ShopPolicy.LongestSeconds),
            HardSeconds = fields.Number(nameof(Hard), "At most", Hard, ShopPolicy.ShortestSeconds, ShopPolicy.LongestSeconds),
            NeedsTicket = Ticket == "true", ProofSeconds = fields.Number(nameof(Proof), "Proof at most so old", Proof, 60, 86_400),
            NeedsSecondFactor = SecondFactor == "true",
            NeedsApproval = Approval == "true", Consent = fields.Word(nameof(Consent), "Consent", Consent, ConsentNeed.None),
            PerOrder = fields.Amounts(nameof(PerOrder), "Highest order", PerOrder), PerMonth = fields.Amounts(nameof(PerMonth), "Highest sum of a month", PerMonth),
        };
    }

    // A private customer has no company: the rule would seem to be about him and never is.
    private IReadOnlyList<CompanyKind> ReadCompanyKinds(DraftFields fields, IReadOnlyList<SubjectKind> subjects)
    {
        var kinds = fields.Words<CompanyKind>(nameof(CompanyKinds), "Kinds of companies", CompanyKinds);
        if (kinds.Count > 0 && subjects.Contains(SubjectKind.Consumer))
        {
            fields.Refuse(nameof(CompanyKinds), "Kinds of companies: private customers have no company. Write a rule of their own for them.");
        }

        return kinds;
    }

    private Rights ReadWithheld(DraftFields fields)
    {
        var withheld = Rights.None;
        foreach (var part in DraftFields.Parts(Withheld))
        {
            if (Right.All.Where(right => right.Name == part).ToList() is [var right])
            {
                withheld |= Rights.Of(right);
            }
            else
            {
                fields.Refuse(nameof(Withheld), $"Withheld: there is no right {part}.");
            }
        }

        return withheld;
    }

    private IReadOnlyList<string> ReadCountries(DraftFields fields)
    {
        var countries = Lines(fields, nameof(Countries), "Territory", Countries?.ToUpperInvariant());
        foreach (var code in countries.Where(code => !Country.TryParse(code, out _)))
        {
            fields.Refuse(nameof(Countries), $"Territory: {code} is not a country's code of two letters.");
        }

        return countries;
    }

    // Names of groups may hold blanks; commas part them.
    private IReadOnlyList<string> ReadGroups(DraftFields fields)
    {
        var groups = (Groups ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (groups.Length > 100 || groups.Any(group => group.Length > 100 || group.Any(char.IsControl)))
        {
            fields.Refuse(nameof(Groups), "Groups: at most 100 names of 100 characters, with commas between.");
        }

        return groups;
    }

    private static IReadOnlyList<string> Lines(DraftFields fields, string field, string what, string? typed)
    {
        var parts = DraftFields.Parts(typed);
        if (parts.Length > 100 || parts.Any(part => part.Length > 60))
        {
            fields.Refuse(field, $"{what}: at most 100 words of 60 characters.");
        }

        return parts;
    }

    private static string? Text<T>(IEnumerable<T> values) => string.Join(' ', values) is { Length: > 0 } text ? text : null;

    private static string? Amounts(IReadOnlyList<Money> amounts) => amounts.Count == 0 ? null : string.Join(", ", amounts);

    private static string? Number(int? number) => number?.ToString(CultureInfo.InvariantCulture);

    internal static string? Yes(bool isSet) => isSet ? "true" : null;

    private static string? Time(PolicyHours hours, TimeOnly time) => hours.From == hours.To ? null : time.ToString("HH:mm", CultureInfo.InvariantCulture);
}
