using System.Reflection;
using OnBehalf.Kernel;

namespace OnBehalf.Assistance;

/// <summary>One difference between two versions of the rules.</summary>
/// <param name="Rule">The short name of the rule; null for what is set for all.</param>
/// <param name="What">What changed, for people: "Highest order", "new", "gone", "place".</param>
public sealed record PolicyChange(string? Rule, string What, string? Before, string? After);

/// <summary>What changed between two versions of the rules, field by field.</summary>
public static class PolicyDiff
{
    private static readonly Dictionary<string, Phrase> Words = new(StringComparer.Ordinal)
    {
        ["Idle"] = "Seconds without activity", ["Hard"] = "Seconds at most", ["AtOnce"] = "Sessions at once", ["TicketPattern"] = "Tickets", ["TicketExample"] = "Example of a ticket",
        ["Finders"] = "Who finds others' customers", ["FourEyes"] = "Changes need a second administrator", ["Kinds"] = "Who", ["CompanyRoles"] = "Roles of buyers who act", ["Subjects"] = "Customers",
        ["Reach"] = "Which customers", ["Countries"] = "Territory", ["Statuses"] = "States", ["CompanyKinds"] = "Kinds of companies", ["OpensIn"] = "Opens in", ["Highest"] = "Highest mode",
        ["RaiseReason"] = "Raising asks why", ["RaiseProof"] = "Raising asks for the password", ["RaiseSecondFactor"] = "Raising asks for the second step", ["RaiseSeconds"] = "Seconds until a raised session falls back",
        ["Proof"] = "Proof at most so many seconds old", ["SecondFactor"] = "Second step", ["PerOrder"] = "Highest order", ["PerMonth"] = "Highest sum of a month",
    };

    public static IReadOnlyList<PolicyChange> Between(PolicyDraft before, PolicyDraft after)
    {
        var changes = new List<PolicyChange>();
        Fields(changes, null, before, after);
        var old = before.Rules.ToDictionary(rule => rule.Id ?? "", StringComparer.Ordinal);
        var now = after.Rules.Select(rule => rule.Id ?? "").ToList();
        foreach (var rule in after.Rules)
        {
            if (old.TryGetValue(rule.Id ?? "", out var was))
            {
                Fields(changes, rule.Id, was, rule);
            }
            else
            {
                changes.Add(new PolicyChange(rule.Id, Say("new"), null, Sentence(rule)));
            }
        }

        changes.AddRange(before.Rules.Where(rule => !now.Contains(rule.Id ?? "")).Select(rule => new PolicyChange(rule.Id, Say("gone"), Sentence(rule), null)));
        var (orderBefore, orderAfter) = (Order(before, now), Order(after, [.. old.Keys]));
        if (orderBefore != orderAfter)
        {
            changes.Add(new PolicyChange(null, Say("Order of the rules"), orderBefore, orderAfter));
        }

        return changes;
    }

    private static void Fields<T>(List<PolicyChange> changes, string? rule, T before, T after)
    {
        foreach (var property in typeof(T).GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.PropertyType == typeof(string)))
        {
            var (was, now) = (Text(property.GetValue(before)), Text(property.GetValue(after)));
            if (was != now)
            {
                changes.Add(new PolicyChange(rule, Words.GetValueOrDefault(property.Name)?.ToString() ?? property.Name, was, now));
            }
        }
    }

    private static string? Text(object? value) => (value as string)?.ReplaceLineEndings(", ").Trim() is { Length: > 0 } text ? text : null;

    private static string Order(PolicyDraft draft, IReadOnlyList<string> others) =>
        string.Join(", ", draft.Rules.Select(rule => rule.Id ?? "").Where(others.Contains));

    private static string Sentence(RuleDraft draft) => draft.Read().Rule is { } rule ? string.Join("; ", [PolicyWords.Of(rule).TrimEnd('.'), .. PolicyWords.Terms(rule)]) : draft.Name ?? "";
}
