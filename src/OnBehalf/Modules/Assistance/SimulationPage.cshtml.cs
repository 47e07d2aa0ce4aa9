using Microsoft.AspNetCore.Mvc;
using OnBehalf.Host;

namespace OnBehalf.Modules.Assistance;

/// <summary>What a version of the rules would have changed in the last 30 days.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.PolicyChange)]
public sealed class SimulationPage(PolicyQueries queries, SimulationQueries simulations, TimeProvider clock) : ShopPage
{
    public const int Shown = 100;

    public PolicyVersion Version { get; private set; } = null!;

    public PolicyVersion InForce { get; private set; } = null!;

    public Simulation Result { get; private set; } = null!;

    public async Task<IActionResult> OnGet(int version)
    {
        var all = await queries.All(Cancel);
        if (all.FirstOrDefault(found => found.Version == version) is not { } wanted)
        {
            return Missing();
        }

        Version = wanted;
        InForce = all.First(found => found.Status == "active");
        Result = await simulations.Run(InForce.Policy, Version.Policy, clock.GetUtcNow(), Cancel);
        return Page();
    }
}
