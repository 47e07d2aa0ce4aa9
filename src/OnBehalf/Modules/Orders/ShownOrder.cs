using Microsoft.AspNetCore.Mvc;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Modules.Log;

namespace OnBehalf.Modules.Orders;

/// <summary>One order on a page: of a buyer or for staff, on the screen or on paper. Who may see it is part of the query.</summary>
public abstract class ShownOrder(Database database, OrdersQueries orders, OrderStepQueries? steps = null) : ShopPage
{
    public OrderView Order { get; private set; } = null!;

    public async Task<IActionResult> OnGet(string number)
    {
        await using var db = database.Read();
        if (await orders.Find(db, Caller, number, Cancel) is not { } order)
        {
            return Missing();
        }

        (Order, Shows) = (steps is null ? order : order with { Steps = await steps.Of(db, order.Head.Id, Cancel) }, new OrderId(order.Head.Id));
        await Shown();
        return Page();
    }

    /// <summary>What else the page shows of the order that was found.</summary>
    protected virtual Task Shown() => Task.CompletedTask;
}

/// <summary>One order on paper, with the short form of its proof.</summary>
public abstract class PrintedOrder(Database database, OrdersQueries orders, LogProofs proofs) : ShownOrder(database, orders)
{
    protected override async Task Shown() =>
        ViewData["Proof"] = Order.Head.Event is { } id ? await proofs.ShortForm(id, Cancel) : null;
}

/// <summary>The proof of an order as a file.</summary>
internal static class OrderProof
{
    public static async Task<IResult> Write(string number, HttpContext context, Database database, OrdersQueries orders, LogProofs proofs, CancellationToken cancel)
    {
        await using var db = database.Read();
        if (await orders.Find(db, context.Caller(), number, cancel) is not { Head: var head })
        {
            return Results.NotFound();
        }

        if (await proofs.WhyNone(head.Event, cancel) is { } never)
        {
            await Refusals.Answer(context, never);
            return Results.Empty;
        }

        if (await proofs.Of(head.Event!.Value, cancel) is not { } proof)
        {
            await Refusals.Answer(context, LogProofs.Pending);
            return Results.Empty;
        }

        return Results.File(System.Text.Encoding.UTF8.GetBytes(proof.Text), "text/plain; charset=utf-8", head.Number + Transparency.TlogProof.FileExtension);
    }
}
