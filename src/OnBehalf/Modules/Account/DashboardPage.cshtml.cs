using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Modules.Budgets;
using OnBehalf.Modules.Carts;
using OnBehalf.Modules.Orders;
using OnBehalf.Modules.Preferences;

namespace OnBehalf.Modules.Account;

/// <summary>Where a buyer arrives, and an operator who begins to act for him; also of a company that is acted for as a whole.</summary>
[Access(Audience.Buyer, Delegation.Allow, Right = Needs.AccountView, Mode = Mode.View)]
public sealed class DashboardPage(AccountQueries account, CartsQueries carts, OrdersQueries orders, BudgetQueries budgets, TimeProvider clock, ProposalQueries proposals) : ShopPage
{
    public Overview Overview { get; private set; } = null!;

    public IReadOnlyList<OrderSummary> Orders { get; private set; } = [];

    public ShownCart? Cart { get; private set; }

    /// <summary>On the buyer's own dashboard: what somebody has prepared for him.</summary>
    public ShownCart? Prepared { get; private set; }

    /// <summary>Those to which he has to keep.</summary>
    public IReadOnlyList<ListedBudget> Budgets { get; private set; } = [];

    /// <summary>At what he looked last, where he lets it be remembered.</summary>
    public IReadOnlyList<ViewedProduct> Viewed { get; private set; } = [];

    /// <summary>What waits for his answer.</summary>
    public IReadOnlyList<ListedProposal> Proposed { get; private set; } = [];

    /// <summary>What an operator asked for and found closed to his role.</summary>
    public ClosablePage? Closed { get; private set; }

    public string FirstName => Caller.CustomerName.Split(' ')[0];

    /// <summary>"IA" of "Ines Albrecht".</summary>
    public static string Initials(string name)
    {
        var words = name.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return string.Concat(new[] { words[0], words[^1] }.Take(words.Length).Select(word => char.ToUpperInvariant(word[0])));
    }

    public async Task OnGet(string? closed)
    {
        Closed = closed is not null && Caller.IsClosed(closed) ? ClosablePage.Find(closed) : null;
        await using var db = account.Read();
        Overview = await account.Overview(db, Caller, Cancel);
        if (Caller.May(Right.OrdersView))
        {
            Orders = await orders.Recent(db, Caller, Cancel);
        }

        // Budgets are no business of whoever acts for him.
        if (Caller.Session is null)
        {
            Budgets = await budgets.OfPerson(db, Caller, clock.GetUtcNow(), Cancel);
        }

        if (Overview.AllowsTracking)
        {
            Viewed = await PreferenceQueries.Viewed(db, Caller, Cancel);
        }

        if (Caller.May(Right.CartsView))
        {
            var shown = await carts.Shown(db, Caller, Cancel);
            Cart = shown.For(Caller);
            Prepared = Caller.IsAssisting ? null : shown.Branch;
            Proposed = Caller is { Session: null } && Caller.May(Right.CartsChange) ? await proposals.Waiting(db, Caller, Cancel) : [];
        }
    }
}
