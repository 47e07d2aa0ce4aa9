using Microsoft.AspNetCore.Mvc;
using OnBehalf.Assistance;
using OnBehalf.Host;
using OnBehalf.Identity;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Assistance;

/// <summary>One rule of a draft, new or changed.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.PolicyChange)]
public sealed class PolicyRulePage(PolicyQueries queries, PolicyVersions versions) : ShopPage
{
    public static IReadOnlyList<(string, string)> Kinds => [.. Enum.GetValues<OperatorKind>().Select(kind => (PolicySpelling.Of(kind), PolicyWords.Of(kind)))];

    public static IReadOnlyList<(string, string)> Subjects =>
        [("employee", Say("People of companies")), ("company", Say("Companies as a whole")), ("consumer", Say("Private customers"))];

    public static IReadOnlyList<(string, string)> Reaches =>
    [
        ("assigned", Say("Those assigned to the operator")), ("tree", Say("Those, and what belongs to them in the tree of companies")),
        ("access", Say("All, if he has access to all customers")), ("all", Say("All")),
    ];

    public static IReadOnlyList<(string, string)> Statuses => [("active", Say("Active")), ("on-hold", Say("On hold"))];

    public static IReadOnlyList<(string, string)> CompanyKinds =>
        [.. Enum.GetValues<CompanyKind>().Select(kind => (PolicySpelling.Of(kind), Companies.CompanyKinds.Word(kind)))];

    public static IReadOnlyList<(string, string)> Days =>
        [.. Enumerable.Range(1, 7).Select(day => (DayOfWeek)(day % 7)).Select(day => (PolicySpelling.Of(day), day.ToString()))];

    public static IReadOnlyList<(string, string)> Modes => [("view", Say("View: look only")), ("cart", Say("Cart: fill the cart")), ("order", Say("Order: place orders, change addresses and account data"))];

    public static IReadOnlyList<(string, string)> Rights =>
        [.. (SessionRights.Lendable | SessionRights.Extras).Names().Select(right => (right.Name, right.Sentence.Capital))];

    public static IReadOnlyList<(string, string)> CompanyRoles =>
        [.. Enum.GetValues<BuyerRole>().Where(role => role != BuyerRole.Consumer).Select(role => (PolicySpelling.Of(role), BuyerRoles.Word(role)))];

    public static IReadOnlyList<(string, string)> Consents =>
    [
        ("none", Say("None")), ("assigned-is-enough", Say("None of those who are assigned, a standing one of others")), ("standing", Say("A standing one")),
        ("ask-each-time", Say("Ask each time: by code, mail or a tap")),
    ];

    [BindProperty]
    public PolicyRuleInput Input { get; set; } = new();

    public PolicyVersion Version { get; private set; } = null!;

    public bool IsNew { get; private set; }

    public string Path => $"/admin/assistance/policy/{Version.Version}";

    public async Task<IActionResult> OnGet(int version, string? id)
    {
        if (!await Load(version, id))
        {
            return Missing();
        }

        Input = IsNew ? new PolicyRuleInput() : PolicyRuleInput.Of(Version.Draft.Rules.First(rule => rule.Id == id));
        return Page();
    }

    public async Task<IActionResult> OnPost(int version, string? id)
    {
        if (!await Load(version, id))
        {
            return Missing();
        }

        var rule = Input.ToDraft();
        if (rule.Read().Refusals is { Count: > 0 } refusals)
        {
            return Refused(refusals);
        }

        if (rule.Id != id && Version.Draft.Rules.Any(other => other.Id == rule.Id))
        {
            return Refused(Refusal.Invalid("policy.field-invalid", "Short name: another rule has it already.", nameof(RuleDraft.Id)));
        }

        var outcome = await versions.Change(Caller, version, IsNew ? "rule-added" : "rule-changed", draft => draft.With(id, rule), Cancel);
        return outcome.Refusal is { } refusal ? Refused(refusal) : SeeOther(Path);
    }

    public string? ErrorOf(string field) => ModelState["Input." + field]?.Errors is [var first, ..] ? first.ErrorMessage : null;

    private async Task<bool> Load(int version, string? id)
    {
        if (await queries.Find(version, Cancel) is not { IsDraft: true } found || found.Creator != Caller.Staff!.Id)
        {
            return false;
        }

        Version = found;
        IsNew = string.IsNullOrEmpty(id);
        return IsNew || found.Draft.Rules.Any(rule => rule.Id == id);
    }
}

/// <summary>The form of a rule: the fields of <see cref="RuleDraft"/>, several ticks where it has a list of words.</summary>
public sealed class PolicyRuleInput
{
    public string? Id { get; set; }
    public string? Name { get; set; }
    public string? Effect { get; set; } = "allow";
    public string? Why { get; set; }
    public string? Remedy { get; set; }
    public string[]? Kinds { get; set; }
    public string? Groups { get; set; }
    public string[]? CompanyRoles { get; set; }
    public string[]? Subjects { get; set; }
    public string? Reach { get; set; } = "assigned";
    public string? Countries { get; set; }
    public string[]? Statuses { get; set; }
    public string[]? CompanyKinds { get; set; }
    public bool Mandate { get; set; }
    public string[]? Days { get; set; }
    public string? From { get; set; }
    public string? To { get; set; }
    public string? Networks { get; set; }
    public string? OpensIn { get; set; } = "order";
    public string? Highest { get; set; } = "order";
    public bool RaiseReason { get; set; }
    public bool RaiseProof { get; set; }
    public bool RaiseSecondFactor { get; set; }
    public string? RaiseSeconds { get; set; }
    public string[]? Withheld { get; set; }
    public string? Idle { get; set; }
    public string? Hard { get; set; }
    public bool Ticket { get; set; }
    public string? Proof { get; set; }
    public bool SecondFactor { get; set; }

    public bool Approval { get; set; }
    public string? Consent { get; set; } = "none";
    public string? PerOrder { get; set; }
    public string? PerMonth { get; set; }

    public static PolicyRuleInput Of(RuleDraft rule) => new()
    {
        Id = rule.Id, Name = rule.Name, Effect = rule.Effect, Why = rule.Why, Remedy = rule.Remedy, Kinds = Parts(rule.Kinds), Groups = rule.Groups,
        CompanyRoles = Parts(rule.CompanyRoles), Subjects = Parts(rule.Subjects), Reach = rule.Reach, Countries = rule.Countries, Statuses = Parts(rule.Statuses), CompanyKinds = Parts(rule.CompanyKinds),
        Mandate = rule.Mandate == "true", Days = Parts(rule.Days), From = rule.From, To = rule.To, Networks = rule.Networks, OpensIn = rule.OpensIn,
        Highest = rule.Highest, RaiseReason = rule.RaiseReason == "true", RaiseProof = rule.RaiseProof == "true", RaiseSecondFactor = rule.RaiseSecondFactor == "true", RaiseSeconds = rule.RaiseSeconds,
        Consent = rule.Consent ?? "none", Withheld = Parts(rule.Withheld), Idle = rule.Idle, Hard = rule.Hard, Ticket = rule.Ticket == "true", Proof = rule.Proof, SecondFactor = rule.SecondFactor == "true", Approval = rule.Approval == "true", PerOrder = rule.PerOrder,
        PerMonth = rule.PerMonth,
    };

    public RuleDraft ToDraft()
    {
        var typed = new RuleDraft
        {
            Id = Id?.Trim(), Name = Name, Effect = Effect, Why = Why, Remedy = Remedy, Kinds = Join(Kinds), Groups = Groups, CompanyRoles = Join(CompanyRoles), Subjects = Join(Subjects),
            Reach = Reach, Countries = Countries, Statuses = Join(Statuses), CompanyKinds = Join(CompanyKinds), Mandate = Mandate ? "true" : null, Days = Join(Days), From = From, To = To, Networks = Networks,
            OpensIn = OpensIn, Highest = Highest, RaiseReason = RaiseReason ? "true" : null, RaiseProof = RaiseProof ? "true" : null, RaiseSecondFactor = RaiseSecondFactor ? "true" : null, RaiseSeconds = RaiseSeconds,
            Consent = Consent, Withheld = Join(Withheld), Idle = Idle, Hard = Hard, Ticket = Ticket ? "true" : null, Proof = Proof, SecondFactor = SecondFactor ? "true" : null, Approval = Approval ? "true" : null, PerOrder = PerOrder, PerMonth = PerMonth,
        };

        // Stored in the one spelling, so that versions can be compared.
        return typed.Read().Rule is { } rule ? RuleDraft.Of(rule) : typed;
    }

    private static string[]? Parts(string? words) => words?.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static string? Join(string[]? words) => words is { Length: > 0 } ? string.Join(' ', words) : null;
}
