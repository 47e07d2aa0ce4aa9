using Microsoft.AspNetCore.Mvc;
using OnBehalf.Assistance;
using OnBehalf.Host;

namespace OnBehalf.Modules.Assistance;

/// <summary>What counts for all rules of a draft.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.PolicyChange)]
public sealed class PolicyGeneralPage(PolicyQueries queries, PolicyVersions versions) : ShopPage
{
    public static readonly IReadOnlyList<(string, string)> Finding =
        [.. PolicyRulePage.Kinds.Where(kind => kind.Item1 is "sales-rep" or "telesales-operator")];

    [BindProperty]
    public PolicyGeneralInput Input { get; set; } = new();

    public PolicyVersion Version { get; private set; } = null!;

    public string Path => $"/admin/assistance/policy/{Version.Version}";

    public async Task<IActionResult> OnGet(int version)
    {
        if (!await Load(version))
        {
            return Missing();
        }

        var draft = Version.Draft;
        Input = new PolicyGeneralInput
        {
            Idle = draft.Idle, Hard = draft.Hard, AtOnce = draft.AtOnce ?? "1", Reasons = string.Join('\n', Version.Policy.Reasons.Select(Reasons.Word)), TicketPattern = draft.TicketPattern,
            TicketExample = draft.TicketExample, Finders = draft.Finders?.Split(' '), FourEyes = draft.FourEyes == "true",
        };
        return Page();
    }

    public async Task<IActionResult> OnPost(int version)
    {
        if (!await Load(version))
        {
            return Missing();
        }

        var typed = Version.Draft with
        {
            Idle = Input.Idle?.Trim(),
            Hard = Input.Hard?.Trim(),
            AtOnce = Input.AtOnce?.Trim(),
            Reasons = Input.Reasons,
            TicketPattern = Input.TicketPattern,
            TicketExample = Input.TicketExample,
            Finders = Input.Finders is { Length: > 0 } ? string.Join(' ', Input.Finders) : null,
            FourEyes = Input.FourEyes ? "true" : null,
        };
        if (typed.CheckGeneral() is { Count: > 0 } refusals)
        {
            return Refused(refusals);
        }

        // Stored in the one spelling, so that versions can be compared.
        var stored = PolicyDraft.Of(typed.Read(version).Policy!);
        var outcome = await versions.Change(Caller, version, "general-changed", draft => stored with { Rules = draft.Rules }, Cancel);
        return outcome.Refusal is { } refusal ? Refused(refusal) : SeeOther(Path);
    }

    public string? ErrorOf(string field) => ModelState["Input." + field]?.Errors is [var first, ..] ? first.ErrorMessage : null;

    private async Task<bool> Load(int version)
    {
        if (await queries.Find(version, Cancel) is not { IsDraft: true } found || found.Creator != Caller.Staff!.Id)
        {
            return false;
        }

        Version = found;
        return true;
    }
}

public sealed class PolicyGeneralInput
{
    public string? Idle { get; set; }
    public string? Hard { get; set; }
    public string? AtOnce { get; set; }
    public string? Reasons { get; set; }
    public string? TicketPattern { get; set; }
    public string? TicketExample { get; set; }
    public string[]? Finders { get; set; }
    public bool FourEyes { get; set; }
}
