using Microsoft.AspNetCore.Mvc;
using OnBehalf.Host;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Assistance;

/// <summary>A staff member's own sessions: the one that runs, and the last ones.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.StaffDesk)]
public sealed class StaffSessionsPage(AssistedSessionQueries running, SessionHistoryQueries history) : ShopPage
{
    public RunningSession? Running { get; private set; }

    public IReadOnlyList<PastSession> Last { get; private set; } = [];

    public async Task<IActionResult> OnGet()
    {
        Running = await running.RunningOf(OperatorKey.Of(Caller.Staff!.Id), Cancel);
        Last = await history.Of(Caller.Staff, Cancel);
        return Page();
    }
}
