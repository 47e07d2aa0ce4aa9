using OnBehalf.Kernel;

namespace OnBehalf.Orders;

/// <summary>What can happen to an order that is placed.</summary>
public enum OrderStep
{
    /// <summary>The seller accepts it.</summary>
    Confirmed,

    /// <summary>Some or all of it is on its way.</summary>
    Shipped,

    /// <summary>What was shipped and not charged yet is charged.</summary>
    Invoiced,

    /// <summary>All that was charged so far is paid.</summary>
    Paid,

    /// <summary>Some or all of what was not shipped will not come.</summary>
    Cancelled,

    /// <summary>Some or all of what was shipped came back.</summary>
    Returned,

    /// <summary>A sum was paid on an invoice.</summary>
    PaymentReceived,

    /// <summary>The customer says that he sends something back.</summary>
    ReturnAnnounced,

    /// <summary>All that is announced and did not come back is not taken back.</summary>
    ReturnDeclined,
}

/// <summary>How much of a line a step is about.</summary>
public readonly record struct OrderPart(int Position, Quantity Quantity);

/// <summary>How far a line of an order is. None of it is negative, and what was shipped and cancelled is never more than what was ordered.</summary>
public sealed record LineProgress(int Position, Quantity Ordered)
{
    public Quantity Shipped { get; init; }

    public Quantity Cancelled { get; init; }

    public Quantity Returned { get; init; }

    public Quantity Invoiced { get; init; }

    /// <summary>Of what was returned, what had been charged before.</summary>
    public Quantity Credited { get; init; }

    /// <summary>Neither shipped nor cancelled.</summary>
    public Quantity Open => Ordered - Shipped - Cancelled;

    /// <summary>Of what is returnable, what the customer says that he sends back.</summary>
    public Quantity Announced { get; init; }

    public Quantity Returnable => Shipped - Returned;

    /// <summary>Shipped, kept and not charged yet.</summary>
    public Quantity ToInvoice => Shipped - Returned - (Invoiced - Credited);

    internal LineProgress With(OrderStep step, Quantity quantity) => step switch
    {
        OrderStep.Shipped => this with { Shipped = Shipped + quantity },
        OrderStep.Invoiced => this with { Invoiced = Invoiced + quantity },
        OrderStep.Cancelled => this with { Cancelled = Cancelled + quantity },

        // What comes back was first of all not charged yet.
        OrderStep.ReturnAnnounced => this with { Announced = Announced + quantity },
        OrderStep.ReturnDeclined => this with { Announced = Announced - quantity },
        OrderStep.Returned => this with { Announced = Announced - Quantity.Min(Announced, quantity), Returned = Returned + quantity, Credited = Credited + (quantity - Quantity.Min(quantity, ToInvoice)) },
        _ => this,
    };
}

/// <summary>How far an order is: a value that its steps lead to, one after the other, from the lines as they were ordered.</summary>
/// <param name="IsPaid">All that was charged so far is paid.</param>
public sealed record OrderProgress(bool IsConfirmed, bool IsPaid, IReadOnlyList<LineProgress> Lines)
{
    public const string PartlyShipped = "partly-shipped";

    public static OrderProgress Of(IEnumerable<OrderPart> ordered) => new(false, false, [.. ordered.Select(line => new LineProgress(line.Position, line.Quantity))]);

    /// <summary>The one word for how far it is, as lists show it.</summary>
    public string Status =>
        Lines.All(line => line.Cancelled == line.Ordered) ? "cancelled"
        : !Lines.Any(line => line.Shipped.IsPositive) ? IsConfirmed ? "confirmed" : OrderWords.Placed
        : Lines.Any(line => line.Open.IsPositive) ? PartlyShipped
        : Lines.All(line => line.Returned == line.Shipped) ? "returned"
        : Lines.Any(line => line.ToInvoice.IsPositive) ? "shipped"
        : IsPaid ? "paid" : "invoiced";

    /// <summary>What a step could be about now: nothing when it cannot happen.</summary>
    public IReadOnlyList<OrderPart> Possible(OrderStep step) => IsWhole(step)
        ? []
        : [.. Lines.Select(line => new OrderPart(line.Position, Of(line, step))).Where(part => part.Quantity.IsPositive)];

    public bool Can(OrderStep step) => step switch
    {
        OrderStep.Confirmed => !IsConfirmed && Lines.Any(line => line.Open.IsPositive),
        OrderStep.Paid or OrderStep.PaymentReceived => !IsPaid && Lines.Any(line => (line.Invoiced - line.Credited).IsPositive),
        _ => Possible(step).Count > 0,
    };

    /// <summary>The order after a step. An invoice is about all that can be charged, a refusal to take back about all that is announced, whatever the parts say.</summary>
    /// <param name="parts">How much of which lines; nothing for a confirmation and a payment.</param>
    public Outcome<(OrderProgress After, IReadOnlyList<OrderPart> Parts)> Take(OrderStep step, IReadOnlyCollection<OrderPart> parts)
    {
        if (!Can(step))
        {
            return OrderRefusals.StepImpossible(step);
        }

        var possible = Possible(step);
        var taken = step is OrderStep.Invoiced or OrderStep.ReturnDeclined ? possible : [.. parts.Where(part => part.Quantity.IsPositive)];
        if (!IsWhole(step) && taken.Count == 0)
        {
            return OrderRefusals.StepEmpty;
        }

        foreach (var part in taken)
        {
            var most = possible.FirstOrDefault(one => one.Position == part.Position).Quantity;
            if (part.Quantity > most)
            {
                return OrderRefusals.StepTooMuch(part.Position, most);
            }
        }

        return (With(step, taken), taken);
    }

    /// <summary>The order after a step that did happen.</summary>
    public OrderProgress With(OrderStep step, IReadOnlyCollection<OrderPart> parts) => new(
        IsConfirmed || step is OrderStep.Confirmed or OrderStep.Shipped,
        step switch { OrderStep.Paid => true, OrderStep.Invoiced => false, _ => IsPaid },
        [.. Lines.Select(line => parts.FirstOrDefault(part => part.Position == line.Position) is { Quantity.IsPositive: true } part ? line.With(step, part.Quantity) : line)]);

    // About the order and not about lines.
    private static bool IsWhole(OrderStep step) => step is OrderStep.Confirmed or OrderStep.Paid or OrderStep.PaymentReceived;

    private static Quantity Of(LineProgress line, OrderStep step) => step switch
    {
        OrderStep.Shipped or OrderStep.Cancelled => line.Open,
        OrderStep.Invoiced => line.ToInvoice,
        OrderStep.ReturnAnnounced => line.Returnable - line.Announced,
        OrderStep.ReturnDeclined => line.Announced,
        _ => line.Returnable,
    };
}
