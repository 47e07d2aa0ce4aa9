using Microsoft.AspNetCore.Mvc;
using OnBehalf.Data;
using OnBehalf.Host;

namespace OnBehalf.Modules.Orders;

/// <summary>One order, with how it came about.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.StaffOrdersView)]
public sealed class StaffOrderPage(Database database, OrdersQueries orders) : ShopPage
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

/// <summary>The same on paper.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.StaffOrdersView)]
public sealed class StaffOrderPrintPage(Database database, OrdersQueries orders) : ShopPage
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
