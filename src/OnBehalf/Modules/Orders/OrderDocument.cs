using Microsoft.AspNetCore.Mvc;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Orders;

namespace OnBehalf.Modules.Orders;

/// <summary>A delivery note, invoice or credit note on paper.</summary>
public abstract class OrderDocument(Database database, OrdersQueries orders, OrderStepQueries steps) : ShopPage
{
    public OrderView Order { get; private set; } = null!;

    public ShownStep Step { get; private set; } = null!;

    /// <summary>Lines of the document: how much of which line, and its sum where the document is about money.</summary>
    public IEnumerable<(OrderLineView Line, Quantity Quantity, Money? Amount)> Lines => Step.Parts
        .Where(part => Step.Step != OrderStep.Returned || part.AmountMinor is > 0)
        .Select(part => (Order.Lines[part.Part.Position - 1], part.Part.Quantity, part.AmountMinor is { } minor ? Order.Amount(minor) : (Money?)null));

    public async Task<IActionResult> OnGet(string number, int step)
    {
        await using var db = database.Read();
        if (await orders.Find(db, Caller, number, Cancel) is not { } order
            || (await steps.Of(db, order.Head.Id, Cancel)).FirstOrDefault(one => one.Number == step && one.Document is not null) is not { } found)
        {
            return Missing();
        }

        (Order, Step, Shows) = (order, found, new OrderId(order.Head.Id));
        return Page();
    }
}

/// <summary>For the buyer.</summary>
[Access(Audience.Buyer, Delegation.View, Right = Needs.OrdersView)]
public sealed class AccountOrderDocumentPage(Database database, OrdersQueries orders, OrderStepQueries steps) : OrderDocument(database, orders, steps);

/// <summary>For staff.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.StaffOrdersView)]
public sealed class StaffOrderDocumentPage(Database database, OrdersQueries orders, OrderStepQueries steps) : OrderDocument(database, orders, steps);
