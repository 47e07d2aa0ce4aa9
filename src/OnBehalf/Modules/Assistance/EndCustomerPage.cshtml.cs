using Microsoft.AspNetCore.Mvc;
using OnBehalf.Host;

namespace OnBehalf.Modules.Assistance;

/// <summary>The last step before somebody of a dealer acts for an end customer as a whole.</summary>
[Access(Audience.Buyer, Delegation.Deny)]
public sealed class EndCustomerPage(ColleagueDesk desk) : ColleagueStart(desk)
{
    private readonly MandateQueries _mandates = desk.Mandates;

    public async Task<IActionResult> OnGet(string number) => await Show(await Find(number));

    public async Task<IActionResult> OnPost(string number) => await Begin(await Find(number));

    private async Task<ColleagueTarget?> Find(string number) =>
        Caller is { Company: not null, Buyer: not null } && await _mandates.FindEndCustomer(Caller, number, Cancel) is { IsOffered: true } found ? ColleagueTarget.Of(found) : null;
}
