using Microsoft.AspNetCore.Mvc;
using OnBehalf.Data;
using OnBehalf.Host;

namespace OnBehalf.Modules.Orders;

/// <summary>One order on a page: of a buyer or for staff, on the screen or on paper. Who may see it is part of the query.</summary>
public abstract class ShownOrder(Database database, OrdersQueries orders) : ShopPage
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
