using Microsoft.AspNetCore.Mvc;
using OnBehalf.Assistance;
using OnBehalf.Host;

namespace OnBehalf.Modules.Assistance;

/// <summary>The rules in force, in sentences, and how they came about.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.PolicyChange)]
public sealed class PolicyPage(PolicyQueries queries, PolicyVersions versions) : ShopPage
{
    public IReadOnlyList<PolicyVersion> Versions { get; private set; } = [];

    public PolicyVersion InForce { get; private set; } = null!;

    public ShopPolicy Policy { get; private set; } = null!;

    /// <summary>The draft or the proposal that there is.</summary>
    public PolicyVersion? Open { get; private set; }

    public async Task OnGet() => await Load();

    /// <summary>Begins a draft, or goes on with the one that there is.</summary>
    public async Task<IActionResult> OnPost()
    {
        var outcome = await versions.Begin(Caller, Cancel);
        if (outcome.Refusal is not { } refusal)
        {
            return SeeOther($"/admin/assistance/policy/{outcome.Value}");
        }

        await Load();
        return Refused(refusal);
    }

    private async Task Load()
    {
        Versions = await queries.All(Cancel);
        InForce = Versions.First(version => version.Status == "active");
        Policy = InForce.Policy;
        Open = Versions.FirstOrDefault(version => version.IsDraft || version.IsProposed);
    }
}
