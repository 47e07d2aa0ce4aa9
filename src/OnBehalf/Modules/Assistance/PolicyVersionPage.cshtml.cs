using Microsoft.AspNetCore.Mvc;
using OnBehalf.Assistance;
using OnBehalf.Host;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Assistance;

/// <summary>One version: what it says, what it changes, and what can be done with it.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.PolicyChange)]
public sealed class PolicyVersionPage(PolicyQueries queries, PolicyVersions versions) : ShopPage
{
    [BindProperty]
    public PolicyVersionInput Input { get; set; } = new();

    public PolicyVersion Version { get; private set; } = null!;

    public ShopPolicy Policy { get; private set; } = null!;

    /// <summary>With what it is compared: what is in force, or what was before it.</summary>
    public PolicyVersion Other { get; private set; } = null!;

    public IReadOnlyList<PolicyChange> Changes { get; private set; } = [];

    public bool IsMine => Version.Creator == Caller.Staff!.Id;

    public bool NeedsSecond { get; private set; }

    public string Path => $"/admin/assistance/policy/{Version.Version}";

    public async Task<IActionResult> OnGet(int version) => await Load(version) ? Page() : Missing();

    /// <summary>One button of the page: what is done stands in its name.</summary>
    public async Task<IActionResult> OnPost(int version)
    {
        if (!await Load(version))
        {
            return Missing();
        }

        var outcome = Input.Action switch
        {
            "submit" => Done(await versions.Submit(Caller, version, SessionReason.Trim(Input.Note), Cancel)),
            "discard" => await versions.Discard(Caller, version, Cancel),
            "approve" => await versions.Approve(Caller, version, Cancel),
            "reject" => await versions.Reject(Caller, version, Cancel),
            "remove" => await versions.Change(Caller, version, "rule-removed", draft => draft.Without(Input.Rule), Cancel),
            "up" => await versions.Change(Caller, version, "rule-moved", draft => draft.MovedUp(Input.Rule), Cancel),
            _ => Refusal.Invalid("policy.no-such-action", "This form has lost its button. Open the page again and retry."),
        };
        return outcome.Refusal is { } refusal ? Refused(refusal)
            : SeeOther(Input.Action is "submit" or "discard" or "approve" or "reject" ? "/admin/assistance/policy" : Path);
    }

    private static Outcome<Done> Done(Outcome<bool> submitted) => submitted.Refusal is { } refusal ? refusal : Kernel.Done.It;

    private async Task<bool> Load(int number)
    {
        var all = await queries.All(Cancel);
        if (all.FirstOrDefault(version => version.Version == number) is not { } found)
        {
            return false;
        }

        Version = found;
        Policy = found.Policy;
        var inForce = all.First(version => version.Status == "active");
        Other = found.IsDraft || found.IsProposed || found.Status == "rejected" ? inForce
            : all.FirstOrDefault(version => version.Version < number && version.Status is "replaced" or "active" && version.Version != number) ?? found;
        Changes = PolicyDiff.Between(Other.Draft, found.Draft);
        NeedsSecond = inForce.Policy.ChangesNeedSecond;
        return true;
    }
}

public sealed class PolicyVersionInput
{
    /// <summary>`submit`, `discard`, `approve`, `reject`, `remove`, `up`.</summary>
    public string? Action { get; set; }

    public string? Note { get; set; }

    /// <summary>The short name of the rule that is removed or moved.</summary>
    public string? Rule { get; set; }
}
