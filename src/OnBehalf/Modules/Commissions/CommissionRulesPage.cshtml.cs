using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using OnBehalf.Commissions;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Modules.Catalog;

namespace OnBehalf.Modules.Commissions;

/// <summary>What the fields of a rule offer.</summary>
public sealed record CommissionRuleFields(CommissionRuleInput Input, CommissionChoices Choices, IReadOnlyList<(string Value, string Words)> Categories)
{
    public IEnumerable<(string Value, string Words)> Bases => Enum.GetValues<CommissionBasis>().Select(one => (Words.Kebab(one), CommissionWords.Of(one).ToString()));

    public IEnumerable<(string Value, string Words)> Moments => Enum.GetValues<CommissionEarned>().Select(one => (Words.Kebab(one), CommissionWords.Of(one).ToString()));

    public IEnumerable<(string Value, string Words)> Parts => Enum.GetValues<CommissionPart>().Select(one => (Words.Kebab(one), CommissionWords.Of(one).ToString()));

    public IEnumerable<(string Value, string Words)> Channels =>
        [("", Say("however it came about")), .. Enum.GetValues<CommissionChannel>().Select(one => (Words.Kebab(one), CommissionWords.Of(one).ToString()))];

    public IEnumerable<(string Value, string Words)> Staff => [("", Say("everybody")), .. Choices.Staff];

    public IEnumerable<(string Value, string Words)> Groups => [("", Say("all groups")), .. Choices.Groups];

    public IEnumerable<(string Value, string Words)> Switch => [("true", Say("yes")), ("false", Say("no"))];

    internal static async Task<CommissionRuleFields> Of(CommissionRuleInput input, CommissionQueries queries, Categories categories, CancellationToken cancel) => new(
        input, await queries.Choices(cancel),
        [
            ("", Say("All articles")),
            .. (await categories.Tree(VisibleRange.All, cancel)).Roots.SelectMany(root => root.Subtree).Take(1_000).Select(category => (category.Code, string.Join(" › ", category.Path.Select(above => above.Name)))),
        ]);
}

/// <summary>The rules of commissions, and a new one.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.CommissionsChange)]
public sealed class CommissionRulesPage(CommissionQueries queries, CommissionRules rules, CommissionTrials trials, Categories categories) : ShopPage
{
    public const string Here = "/admin/commissions";

    [BindProperty]
    public CommissionRuleInput Input { get; set; } = new();

    public CommissionTrial? Trial { get; private set; }

    public IReadOnlyList<ListedRule> All { get; private set; } = [];

    public CommissionRuleFields Fields { get; private set; } = null!;

    public async Task OnGet() => (All, Fields) = (await queries.AllRules(Cancel), await CommissionRuleFields.Of(Input, queries, categories, Cancel));

    public async Task<IActionResult> OnPost()
    {
        if ((await rules.Store(Caller, null, Input, Cancel)).Refusal is not { } refusal)
        {
            return SeeOther(Here);
        }

        await OnGet();
        return Refused(refusal);
    }

    /// <summary>What it would have come to; nothing is stored.</summary>
    public async Task<IActionResult> OnPostTry()
    {
        await OnGet();
        var tried = await trials.Try(null, Input, Cancel);
        Trial = tried.IsRefused ? null : tried.Value;
        return tried.Refusal is { } refusal ? Refused(refusal) : Page();
    }
}

/// <summary>One rule: what it says now, which is stored as another version, and what it said before.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.CommissionsChange)]
public sealed class CommissionRulePage(CommissionQueries queries, CommissionRules rules, CommissionTrials trials, Categories categories) : ShopPage
{
    [BindProperty]
    public CommissionRuleInput Input { get; set; } = new();

    public CommissionTrial? Trial { get; private set; }

    public IReadOnlyList<ListedRule> Versions { get; private set; } = [];

    public CommissionRuleFields Fields { get; private set; } = null!;

    public async Task<IActionResult> OnGet(Guid id)
    {
        if (!await Load(id))
        {
            return Missing();
        }

        var now = Versions[0];
        Input = new CommissionRuleInput
        {
            Name = now.Name, Share = now.Share.ToString().TrimEnd('%', ' '), Basis = now.Basis, Earned = now.Earned, Part = now.Part,
            Window = now.WindowDays == 0 ? null : now.WindowDays.ToString(CultureInfo.InvariantCulture), Channel = now.Channel, Staff = now.Staff?.ToString(), Group = now.Group, Category = now.Category,
            Customer = now.Customer, IsOn = now.IsOn ? "true" : "false", Version = now.Version,
        };
        Fields = Fields with { Input = Input };
        return Page();
    }

    public async Task<IActionResult> OnPost(Guid id) =>
        !await Load(id) ? Missing()
        : (await rules.Store(Caller, new CommissionRuleId(id), Input, Cancel)).Refusal is { } refusal ? Refused(refusal)
        : SeeOther(CommissionRulesPage.Here);

    public async Task<IActionResult> OnPostTry(Guid id)
    {
        if (!await Load(id))
        {
            return Missing();
        }

        var tried = await trials.Try(new CommissionRuleId(id), Input, Cancel);
        Trial = tried.IsRefused ? null : tried.Value;
        return tried.Refusal is { } refusal ? Refused(refusal) : Page();
    }

    private async Task<bool> Load(Guid id)
    {
        Versions = await queries.Versions(id, Cancel);
        Fields = await CommissionRuleFields.Of(Input, queries, categories, Cancel);
        return Versions.Count > 0;
    }
}
