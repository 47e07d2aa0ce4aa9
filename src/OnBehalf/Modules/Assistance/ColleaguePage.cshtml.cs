using Microsoft.AspNetCore.Mvc;
using OnBehalf.Host;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Assistance;

/// <summary>The last step before somebody acts for a colleague, or somebody of a dealer for a person of its end customer.</summary>
[Access(Audience.Buyer, Delegation.Deny)]
public sealed class ColleaguePage(ColleagueDesk desk) : ColleagueStart(desk)
{
    private readonly MandateQueries _mandates = desk.Mandates;

    public async Task<IActionResult> OnGet(Guid membershipId) => await Show(await Find(membershipId));

    public async Task<IActionResult> OnPost(Guid membershipId) => await Begin(await Find(membershipId));

    private async Task<ColleagueTarget?> Find(Guid membershipId) =>
        Caller is { Company: not null, Buyer: not null } && await _mandates.Find(Caller, new MembershipId(membershipId), Cancel) is { IsHimself: false } found
            ? ColleagueTarget.Of(found) : null;
}
