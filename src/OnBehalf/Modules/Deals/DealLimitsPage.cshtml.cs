using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using OnBehalf.Data;
using OnBehalf.Deals;
using OnBehalf.Host;
using OnBehalf.Identity;
using OnBehalf.Kernel;
using OnBehalf.Modules.Catalog;
using OnBehalf.Modules.Pricing;

namespace OnBehalf.Modules.Deals;

/// <summary>How far staff go below the prices of the shop by themselves: the limits, and a new one.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.PricesChange)]
public sealed class DealLimitsPage(DealLimits limits, CustomerGroups groups, Categories categories) : ShopPage
{
    public const string Here = "/admin/deal-limits";

    [BindProperty]
    public DealLimitInput Input { get; set; } = new();

    public IReadOnlyList<ListedLimit> All { get; private set; } = [];

    public DealLimitChoices Choices { get; private set; } = null!;

    public async Task OnGet()
    {
        await Load();
        Input.Place = ((All.Count == 0 ? 0 : All.Max(limit => limit.Position)) + 10).ToString(CultureInfo.InvariantCulture);
    }

    public async Task<IActionResult> OnPost()
    {
        if ((await limits.Add(Caller, Input.Draft, Input.Role, Cancel)).Refusal is not { } refusal)
        {
            return SeeOther(Here);
        }

        await Load();
        return Refused(refusal);
    }

    private async Task Load()
    {
        All = await limits.All(Cancel);
        Choices = await DealLimitChoices.Load(groups, categories, Input, Cancel);
    }
}

/// <summary>One limit: change it, take it away.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.PricesChange)]
public sealed class DealLimitPage(DealLimits limits, CustomerGroups groups, Categories categories) : ShopPage
{
    [BindProperty]
    public DealLimitInput Input { get; set; } = new();

    public Guid Id { get; private set; }

    public string Name { get; private set; } = "";

    public DealLimitChoices Choices { get; private set; } = null!;

    public async Task<IActionResult> OnGet(Guid id)
    {
        if (await limits.Of(id, Cancel) is not { } limit)
        {
            return Missing();
        }

        (Id, Name) = (id, limit.Name);
        Input = DealLimitInput.Of(limit);
        Choices = await DealLimitChoices.Load(groups, categories, Input, Cancel);
        return Page();
    }

    public async Task<IActionResult> OnPost(Guid id) => ModelState.IsValid ? await Then(id, await limits.Change(Caller, id, Input.Version, Input.Draft, Input.Role, Cancel)) : BadRequest();

    public async Task<IActionResult> OnPostRemove(Guid id) => ModelState.IsValid ? await Then(id, await limits.Remove(Caller, id, Input.Version, Cancel)) : BadRequest();

    private async Task<IActionResult> Then(Guid id, Outcome<Done> outcome)
    {
        if (outcome.Refusal is not { } refusal)
        {
            return SeeOther(DealLimitsPage.Here);
        }

        if (await limits.Of(id, Cancel) is not { } limit)
        {
            return Missing();
        }

        (Id, Name) = (id, limit.Name);
        Choices = await DealLimitChoices.Load(groups, categories, Input, Cancel);
        return Refused(refusal);
    }
}

/// <summary>From what the forms of limits let choose.</summary>
public sealed record DealLimitChoices(IReadOnlyList<(string Value, string Words)> Roles, IReadOnlyList<(string Value, string Words)> Groups, IReadOnlyList<(string Value, string Words)> Categories)
{
    internal static async Task<DealLimitChoices> Load(CustomerGroups groups, Categories categories, DealLimitInput input, CancellationToken cancel) => new(
        [("", Say("Any")), .. StaffRoles.Offered.Select(role => (Words.Kebab(role), StaffRoles.Word(role).ToString()))],
        [("", Say("Any")), .. (await groups.All(input.CustomerGroup, null, cancel)).Select(group => (group.Code, group.Name))],
        [("", Say("All articles")), .. (await categories.Tree(VisibleRange.All, cancel)).Roots.SelectMany(root => root.Subtree).Take(1_000).Select(category => (category.Code, string.Join(" › ", category.Path.Select(above => above.Name))))]);
}

/// <summary>A limit as the forms have it.</summary>
public sealed class DealLimitInput
{
    public string? Name { get; set; }

    public string? Place { get; set; }

    public string? Role { get; set; }

    public string? StaffGroup { get; set; }

    public string? CustomerGroup { get; set; }

    public string? Category { get; set; }

    public string? Currency { get; set; } = "EUR";

    public string? From { get; set; }

    public string? MostOff { get; set; }

    public string? LeastMargin { get; set; }

    public string? Month { get; set; }

    /// <summary>Of the limit that the page showed.</summary>
    public int Version { get; set; }

    internal DealLimitDraft Draft => new(Name, Place, null, StaffGroup, CustomerGroup, Category, Currency, From, MostOff, LeastMargin, Month);

    internal static DealLimitInput Of(ListedLimit limit) => new()
    {
        Name = limit.Name, Place = limit.Position.ToString(CultureInfo.InvariantCulture), Role = limit.Role, StaffGroup = limit.StaffGroup, CustomerGroup = limit.CustomerGroup, Category = limit.Category,
        Currency = limit.Currency ?? "EUR", From = limit.From?.ToPlainString(), MostOff = Percent(limit.Off), LeastMargin = Percent(limit.Margin), Month = limit.Month?.ToPlainString(), Version = limit.Version,
    };

    private static string? Percent(Percentage? share) => share is { } part ? (part.Millionths / 10_000m).ToString("0.####", CultureInfo.InvariantCulture) : null;
}
