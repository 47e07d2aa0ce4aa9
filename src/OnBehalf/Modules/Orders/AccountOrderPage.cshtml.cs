using Microsoft.AspNetCore.Mvc;
using OnBehalf.Data;
using OnBehalf.Host;

namespace OnBehalf.Modules.Orders;

/// <summary>One order of the buyer.</summary>
[Access(Audience.Buyer, Delegation.View, Right = Needs.OrdersView)]
public sealed class AccountOrderPage(Database database, OrdersQueries orders) : ShopPage
{
    public OrderView Order { get; private set; } = null!;

    public bool WasJustPlaced { get; private set; }

    public async Task<IActionResult> OnGet(string number, bool placed)
    {
        await using var db = database.Read();
        if (await orders.Find(db, Caller, number, Cancel) is not { } order)
        {
            return Missing();
        }

        (Order, WasJustPlaced) = (order, placed);
        return Page();
    }
}

/// <summary>The same on paper.</summary>
[Access(Audience.Buyer, Delegation.View, Right = Needs.OrdersView)]
public sealed class AccountOrderPrintPage(Database database, OrdersQueries orders) : ShopPage
{
    public OrderView Order { get; private set; } = null!;

    public async Task<IActionResult> OnGet(string number)
    {
        await using var db = database.Read();
        if (await orders.Find(db, Caller, number, Cancel) is not { } order)
        {
            return Missing();
        }

        Order = order;
        return Page();
    }
}
