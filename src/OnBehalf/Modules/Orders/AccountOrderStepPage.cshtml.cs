using Microsoft.AspNetCore.Mvc;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Orders;

namespace OnBehalf.Modules.Orders;

/// <summary>What the form sends.</summary>
public sealed class AccountOrderStepInput
{
    /// <summary>Of the order as the page showed it.</summary>
    public int Version { get; set; }

    /// <summary>By the position of the line: how much of it, as it was typed.</summary>
    public Dictionary<int, string?> Parts { get; set; } = [];

    /// <summary>Why a line comes back, by its position.</summary>
    public Dictionary<int, string?> Reasons { get; set; } = [];

    /// <summary>Why all of it is cancelled.</summary>
    public string? Reason { get; set; }

    public string? Note { get; set; }
}

/// <summary>What a buyer does with a placed order: cancel it while nothing is shipped, or say what he sends back and why.</summary>
[Access(Audience.Buyer, Delegation.Allow, Right = Needs.OrdersPlace, Mode = Mode.Order)]
public sealed class AccountOrderStepPage(Database database, OrdersQueries orders, OrderStepQueries steps, OrderSteps verbs, TimeProvider clock) : ShopPage
{
    [BindProperty]
    public AccountOrderStepInput Input { get; set; } = new();

    public OrderView Order { get; private set; } = null!;

    public OrderStep Step { get; private set; }

    public IReadOnlyList<OrderPart> Possible { get; private set; } = [];

    public string Back => $"/account/orders/{Uri.EscapeDataString(Order.Head.Number)}";

    public async Task<IActionResult> OnGet(string number, string kind)
    {
        if (!await Load(number, kind))
        {
            return Missing();
        }

        Input = new() { Version = Order.Head.Version };
        await using var db = database.Read();
        return Possible.Count > 0 && Order.IsHandledHere && await verbs.TooLate(db, Order, Step, clock.GetUtcNow(), Cancel) is null ? Page() : SeeOther(Back);
    }

    public async Task<IActionResult> OnPost(string number, string kind)
    {
        if (!await Load(number, kind))
        {
            return Missing();
        }

        var parts = new List<OrderPart>();
        foreach (var (position, typed) in Input.Parts.Where(part => !string.IsNullOrWhiteSpace(part.Value)))
        {
            if (!Quantity.TryParse(typed!.Trim(), out var quantity))
            {
                return Refused(Refusal.Invalid("orders.step-quantity-unreadable", "A number, such as 5.", $"Parts[{position}]"));
            }

            parts.Add(new OrderPart(position, quantity));
        }

        // Cancelled is all of it that is still to come.
        var wish = new StepWish(Step, Input.Version, Step == OrderStep.Cancelled ? Possible : parts, Input.Reason, string.IsNullOrWhiteSpace(Input.Note) ? null : Input.Note.Trim()) { Reasons = Input.Reasons };
        var outcome = await verbs.Take(Caller, number, wish, Cancel);
        return outcome.Refusal is { } refusal ? Refused(refusal) : SeeOther(Back);
    }

    public string? ErrorOf(string field) => ModelState.TryGetValue("Input." + field, out var entry) && entry.Errors is [var error, ..] ? error.ErrorMessage : null;

    private async Task<bool> Load(string number, string kind)
    {
        await using var db = database.Read();
        if (!Words.TryParse<OrderStep>(kind, out var step) || step is not (OrderStep.Cancelled or OrderStep.ReturnAnnounced) || await orders.Find(db, Caller, number, Cancel) is not { } order || !OrderSteps.IsHis(Caller, order))
        {
            return false;
        }

        (Step, Order, Shows) = (step, order with { Steps = await steps.Of(db, order.Head.Id, Cancel) }, new OrderId(order.Head.Id));
        Possible = Order.Progress.Possible(Step);
        return true;
    }
}
