using Microsoft.AspNetCore.Mvc;
using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Modules.Orders;

namespace OnBehalf.Modules.Assistance;

/// <summary>Where a staff member begins: find a customer, go on with what runs, or with whom he had to do last.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.StaffDesk)]
public sealed class DeskPage(AssistedSessionQueries running, SessionHistoryQueries history, OrdersQueries orders) : ShopPage
{
    public IReadOnlyList<RunningSession> Running { get; private set; } = [];

    /// <summary>The buyers whom he acted for last, each once.</summary>
    public IReadOnlyList<PastSession> Recent { get; private set; } = [];

    /// <summary>The last orders of the customers whom he may see; for telesales those that it placed.</summary>
    public IReadOnlyList<OrderSummary> Orders { get; private set; } = [];

    /// <summary>Telesales sees only what it placed itself.</summary>
    public bool IsTelesales => Caller.Staff!.Role == StaffRole.TelesalesOperator;

    public string FirstName => Caller.Staff!.Name.Split(' ')[0];

    public async Task<IActionResult> OnGet()
    {
        Running = await running.RunningOf(OperatorKey.Of(Caller.Staff!.Id), Cancel);
        Recent = [.. (await history.Of(Caller.Staff, null, Cancel)).Sessions.DistinctBy(session => session.Membership).Take(8)];
        if (Caller.May(Right.StaffOrdersView))
        {
            Orders = await orders.Recent(Caller, Cancel);
        }

        return Page();
    }
}
