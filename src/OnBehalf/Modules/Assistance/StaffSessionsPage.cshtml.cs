using Microsoft.AspNetCore.Mvc;
using OnBehalf.Host;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Assistance;

/// <summary>A staff member's own sessions: what runs, and those that were, from new to old.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.StaffDesk)]
public sealed class StaffSessionsPage(AssistedSessionQueries running, SessionHistoryQueries history) : ShopPage
{
    public IReadOnlyList<RunningSession> Running { get; private set; } = [];

    public PastSessions Past { get; private set; } = null!;

    public bool IsFirst { get; private set; } = true;

    public async Task<IActionResult> OnGet(string? before)
    {
        var place = SessionPlace.Read(before);
        IsFirst = place is null;
        Running = await running.RunningOf(OperatorKey.Of(Caller.Staff!.Id), Cancel);
        Past = await history.Of(Caller.Staff, place, Cancel);
        return Page();
    }
}
