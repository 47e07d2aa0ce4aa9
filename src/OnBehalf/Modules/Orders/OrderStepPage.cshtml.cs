using Microsoft.AspNetCore.Mvc;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Orders;

namespace OnBehalf.Modules.Orders;

/// <summary>What the form of a step sends.</summary>
public sealed class OrderStepInput
{
    /// <summary>Of the order as the page showed it.</summary>
    public int Version { get; set; }

    /// <summary>By the position of the line: how much of it, as it was typed.</summary>
    public Dictionary<int, string?> Parts { get; set; } = [];

    public string? Reason { get; set; }

    public string? Note { get; set; }

    /// <summary>Of a payment: the step that is its invoice.</summary>
    public int Invoice { get; set; }

    public string? Amount { get; set; }

    public string? PaidOn { get; set; }
}

/// <summary>One step of an order: how much of which lines, and why. Confirming and paying need nothing and are done from the order's page.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.OrdersProcess)]
public sealed class OrderStepPage(Database database, OrdersQueries orders, OrderStepQueries steps, OrderSteps verbs, TimeProvider clock) : ShopPage
{
    [BindProperty]
    public OrderStepInput Input { get; set; } = new();

    public OrderView Order { get; private set; } = null!;

    public OrderStep Step { get; private set; }

    public IReadOnlyList<OrderPart> Possible { get; private set; } = [];

    public string Back => $"/admin/orders/{Uri.EscapeDataString(Order.Head.Number)}";

    public async Task<IActionResult> OnGet(string number, string kind)
    {
        if (!await Load(number, kind))
        {
            return Missing();
        }

        var open = Order.Account.Invoices.FirstOrDefault(invoice => Order.Account.MostOn(invoice).Minor > 0);
        Input = new()
        {
            Version = Order.Head.Version, Invoice = open?.Step ?? 0, Amount = open is null ? null : Order.Account.MostOn(open).ToPlainString(),
            PaidOn = clock.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
            Parts = Step == OrderStep.Returned && Order.Progress.Lines.Any(line => line.Announced.IsPositive)
                ? Order.Progress.Lines.ToDictionary(line => line.Position, line => (string?)(line.Announced.IsPositive ? line.Announced.ToString() : "")) : [],
        };
        return Order.Progress.Can(Step) && Order.IsHandledHere ? Page() : SeeOther(Back);
    }

    public async Task<IActionResult> OnPost(string number, string kind)
    {
        if (!await Load(number, kind))
        {
            return Missing();
        }

        var parts = new List<OrderPart>();
        var refusals = new List<Refusal>();
        foreach (var (position, typed) in Input.Parts.Where(part => !string.IsNullOrWhiteSpace(part.Value)))
        {
            if (Quantity.TryParse(typed!.Trim(), out var quantity))
            {
                parts.Add(new OrderPart(position, quantity));
            }
            else
            {
                refusals.Add(Refusal.Invalid("orders.step-quantity-unreadable", "A number, such as 5.", $"Parts[{position}]"));
            }
        }

        if (refusals.Count > 0)
        {
            return Refused(refusals);
        }

        var note = string.IsNullOrWhiteSpace(Input.Note) ? null : Input.Note.Trim();
        var outcome = await verbs.Take(Caller, number, new StepWish(Step, Input.Version, parts, Input.Reason, note) { Payment = new PaymentWish(Input.Invoice, Input.Amount, Input.PaidOn) }, Cancel);
        return outcome.Refusal is { } refusal ? Refused(refusal) : SeeOther(Back);
    }

    /// <summary>As it was typed, else all that is possible.</summary>
    public string Typed(OrderPart part) => Input.Parts.TryGetValue(part.Position, out var typed) ? typed ?? "" : part.Quantity.ToString();

    public string? ErrorOf(string field) => ModelState.TryGetValue("Input." + field, out var entry) && entry.Errors is [var error, ..] ? error.ErrorMessage : null;

    private async Task<bool> Load(string number, string kind)
    {
        await using var db = database.Read();
        if (!Words.TryParse<OrderStep>(kind, out var step) || step == OrderStep.ReturnAnnounced || await orders.Find(db, Caller, number, Cancel) is not { } order)
        {
            return false;
        }

        (Step, Order, Shows) = (step, order with { Steps = await steps.Of(db, order.Head.Id, Cancel) }, new OrderId(order.Head.Id));
        Possible = Order.Progress.Possible(Step);
        return true;
    }
}
