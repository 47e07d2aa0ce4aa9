using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using OnBehalf.Kernel;

namespace OnBehalf.Assistance;

/// <summary>
/// A policy as it is typed and stored: texts only, in one spelling. The names of the properties are the names of the form's fields and of the stored JSON;
/// <see cref="Read"/> is the only way to a <see cref="ShopPolicy"/>, so what is stored has been found to be in order.
/// </summary>
public sealed record PolicyDraft
{
    /// <summary>Seconds.</summary>
    public string? Idle { get; init; }

    /// <summary>Seconds.</summary>
    public string? Hard { get; init; }

    /// <summary>How many sessions at once; nothing is one.</summary>
    public string? AtOnce { get; init; }

    /// <summary>Words or codes, one a line.</summary>
    public string? Reasons { get; init; }

    /// <summary>A regular expression for the whole ticket.</summary>
    public string? TicketPattern { get; init; }

    public string? TicketExample { get; init; }

    /// <summary>Kinds of operators, separated by blanks.</summary>
    public string? Finders { get; init; }

    /// <summary>`true`: changed rules count only when a second administrator has approved them.</summary>
    public string? FourEyes { get; init; }

    public IReadOnlyList<RuleDraft> Rules { get; init; } = [];

    public static PolicyDraft Of(ShopPolicy policy) => new()
    {
        Idle = Text(policy.IdleSeconds), Hard = Text(policy.HardSeconds), AtOnce = policy.SessionsAtOnce == 1 ? null : Text(policy.SessionsAtOnce), Reasons = string.Join('\n', policy.Reasons),
        TicketPattern = policy.TicketPattern is { } pattern ? Bare(pattern) : null, TicketExample = policy.TicketExample,
        Finders = RuleDraft.Join(policy.Finders), FourEyes = RuleDraft.Yes(policy.ChangesNeedSecond), Rules = [.. policy.Rules.Select(RuleDraft.Of)],
    };

    /// <summary>Throws on what is not JSON of ours: it has been stored by us.</summary>
    public static PolicyDraft Parse(string json) => JsonSerializer.Deserialize<PolicyDraft>(json, JsonSerializerOptions.Web)!;

    public string ToJson() => JsonSerializer.Serialize(this, Written);

    /// <summary>The policy, or everything that is wrong with it; what is wrong with a rule names its field as `Rules[2].PerOrder`.</summary>
    public (ShopPolicy? Policy, IReadOnlyList<Refusal> Refusals) Read(int version)
    {
        var fields = new DraftFields();
        var policy = General(fields, version);
        var rules = new List<PolicyRule>();
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (draft, i) in Rules.Select((draft, i) => (draft, i)))
        {
            var (rule, refusals) = draft.Read();
            fields.Refusals.AddRange(refusals.Select(refusal => refusal with { Field = $"Rules[{i}].{refusal.Field}" }));
            if (rule is not null && !ids.Add(rule.Id))
            {
                fields.Refuse("Id", $"Rule “{rule.Name}”: there are two with the short name {rule.Id}.");
            }

            rules.AddRange(rule is null ? [] : [rule]);
        }

        return fields.Refusals.Count > 0 ? (null, fields.Refusals) : (policy with { Rules = rules }, []);
    }

    /// <summary>Without a rule, by its short name.</summary>
    public PolicyDraft Without(string? id) => this with { Rules = [.. Rules.Where(rule => rule.Id != id)] };

    /// <summary>With a rule one place further up; the first stays where it is.</summary>
    public PolicyDraft MovedUp(string? id)
    {
        var rules = Rules.ToList();
        var i = rules.FindIndex(rule => rule.Id == id);
        if (i > 0)
        {
            (rules[i - 1], rules[i]) = (rules[i], rules[i - 1]);
        }

        return this with { Rules = rules };
    }

    /// <summary>With a rule in the place of one, or as the last.</summary>
    public PolicyDraft With(string? id, RuleDraft rule) => id is not null && Rules.Any(old => old.Id == id)
        ? this with { Rules = [.. Rules.Select(old => old.Id == id ? rule : old)] }
        : this with { Rules = [.. Rules, rule] };

    /// <summary>All but the rules.</summary>
    public IReadOnlyList<Refusal> CheckGeneral()
    {
        var fields = new DraftFields();
        _ = General(fields, 0);
        return fields.Refusals;
    }

    private ShopPolicy General(DraftFields fields, int version)
    {
        var idle = fields.Number(nameof(Idle), "Without activity", Idle, ShopPolicy.ShortestSeconds, ShopPolicy.LongestSeconds);
        var hard = fields.Number(nameof(Hard), "At most", Hard, ShopPolicy.ShortestSeconds, ShopPolicy.LongestSeconds);
        if (idle is null && string.IsNullOrWhiteSpace(Idle))
        {
            fields.Refuse(nameof(Idle), "Without activity: please type the seconds.");
        }

        if (hard is null && string.IsNullOrWhiteSpace(Hard))
        {
            fields.Refuse(nameof(Hard), "At most: please type the seconds.");
        }

        var reasons = new List<string>();
        foreach (var line in (Reasons ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (Assistance.Reasons.CodeOf(line) is not { } code)
            {
                fields.Refuse(nameof(Reasons), $"Reasons: “{line}” has more than letters, digits and blanks, or more than {Assistance.Reasons.Longest} of them.");
            }
            else if (!reasons.Contains(code))
            {
                reasons.Add(code);
            }
        }

        if (reasons.Count is 0 or > 30)
        {
            fields.Refuse(nameof(Reasons), "Reasons: at least one and at most 30, each on its line.");
        }

        var example = fields.Line(nameof(TicketExample), "Example of a ticket", TicketExample, 60);
        return new ShopPolicy(version, [])
        {
            IdleSeconds = idle ?? 0, HardSeconds = hard ?? 0,
            SessionsAtOnce = fields.Number(nameof(AtOnce), "Sessions at once", AtOnce, 1, ShopPolicy.MostAtOnce) ?? 1, Reasons = reasons, TicketPattern = Pattern(fields, example), TicketExample = example,
            Finders = fields.Words<OperatorKind>(nameof(Finders), "Who finds others' customers", Finders), ChangesNeedSecond = FourEyes == "true",
        };
    }

    private Regex? Pattern(DraftFields fields, string? example)
    {
        if (fields.Line(nameof(TicketPattern), "Tickets", TicketPattern, 200) is not { } typed)
        {
            return null;
        }

        try
        {
            // Without backtracking no ticket can keep the server busy.
            var pattern = new Regex($"^(?:{typed})$", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, TimeSpan.FromMilliseconds(100));
            if (example is not null && !pattern.IsMatch(example))
            {
                fields.Refuse(nameof(TicketExample), "Example of a ticket: it does not fit the pattern.");
            }

            return pattern;
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException)
        {
            fields.Refuse(nameof(TicketPattern), "Tickets: this is not a regular expression, or looks back or ahead. An example: T-[0-9]{4,6}");
            return null;
        }
    }

    private static readonly JsonSerializerOptions Written = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
    };

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Bare(Regex pattern) => pattern.ToString()[4..^2];
}
