using OnBehalf.Data;
using OnBehalf.Kernel;
using OnBehalf.Orders;

namespace OnBehalf.Modules.Orders;

/// <summary>Something that happened to an order, as its page shows it.</summary>
/// <param name="Parts">How much of which lines, with the share in money where it was charged or credited.</param>
public sealed record ShownStep(
    int Number, OrderStep Step, DateTimeOffset At, string By, string? Reason, string? Note, string? Document, long? LinesMinor, long? ShippingMinor, long? TaxMinor, long? TotalMinor,
    IReadOnlyList<(OrderPart Part, long? AmountMinor)> Parts)
{
    /// <summary>Of a payment: the step that is its invoice, and the day.</summary>
    public (int Invoice, string PaidOn)? Payment { get; init; }

    /// <summary>Why a line comes back, by its position, where that was said.</summary>
    public IReadOnlyDictionary<int, string> Reasons { get; init; } = new Dictionary<int, string>();

    /// <summary>Of an invoice or credit note: its tax, a row for each rate.</summary>
    public IReadOnlyList<(Percentage Rate, long NetMinor, long TaxMinor)> Taxes { get; init; } = [];

    /// <summary>"Delivery note SO-2026-000123-1"</summary>
    public string? DocumentName => Document is null || Step == OrderStep.PaymentReceived ? null : Step switch
    {
        OrderStep.Shipped => Say($"Delivery note {Document}"),
        OrderStep.Invoiced => Say($"Invoice {Document}"),
        _ => Say($"Credit note {Document}"),
    };
}

/// <summary>What happened to orders; one command for all steps of one, and one for the taxes of a document.</summary>
public sealed class OrderStepQueries
{
    private const string Sql = """
        select s.number as "Number", s.kind as "Kind", s.at as "At", coalesce(p.first_name || ' ' || p.last_name || case when b.id is null then '' else ' for ' || b.first_name || ' ' || b.last_name end, b.first_name || ' ' || b.last_name, '') as "By", s.reason_code as "Reason", s.note as "Note", s.document as "Document",
            s.lines_minor as "LinesMinor", s.shipping_minor as "ShippingMinor", s.tax_minor as "TaxMinor", s.total_minor as "TotalMinor", s.invoice_number as "Invoice", s.paid_on as "PaidOn",
            l.position as "Position", l.quantity_thousandths as "Quantity", l.amount_minor as "Amount", l.reason_code as "LineReason"
        from order_step s
        left join staff p on p.id = s.staff_id
        left join buyer b on b.id = s.buyer_id
        left join order_step_line l on l.order_id = s.order_id and l.number = s.number
        where s.order_id = {0}
        order by s.number, l.position
        """;

    /// <summary>A step with its taxes.</summary>
    public static async Task<ShownStep> Taxed(ShopDb db, Guid order, ShownStep step, CancellationToken cancel) => step.TotalMinor is null ? step : step with
    {
        Taxes = [.. (await db.Rows<TaxRow>(
            """
            select rate_millionths as "Rate", net_minor as "Net", tax_minor as "Tax" from order_step_tax where order_id = {0} and number = {1} order by rate_millionths
            """, order, step.Number).ToListAsync(cancel)).Select(row => (new Percentage(row.Rate), row.Net, row.Tax))],
    };

    public async Task<IReadOnlyList<ShownStep>> Of(ShopDb db, Guid order, CancellationToken cancel) =>
    [
        .. (await db.Rows<Row>(Sql, order).ToListAsync(cancel)).GroupBy(row => row.Number).Select(rows => rows.First() is var step
            ? new ShownStep(
                step.Number, Words.Parse<OrderStep>(step.Kind), step.At, step.By, step.Reason, step.Note, step.Document, step.LinesMinor, step.ShippingMinor, step.TaxMinor, step.TotalMinor,
                [.. rows.Where(row => row.Position is not null).Select(row => (new OrderPart(row.Position!.Value, new Quantity(row.Quantity!.Value)), row.Amount))])
            {
                Payment = step.Invoice is { } invoice ? (invoice, step.PaidOn ?? "") : null,
                Reasons = rows.Where(row => row.LineReason is not null).ToDictionary(row => row.Position!.Value, row => row.LineReason!),
            }
            : null!),
    ];

    private sealed record TaxRow(int Rate, long Net, long Tax);

    private sealed record Row(
        int Number, string Kind, DateTimeOffset At, string By, string? Reason, string? Note, string? Document, long? LinesMinor, long? ShippingMinor, long? TaxMinor, long? TotalMinor,
        int? Invoice, string? PaidOn, int? Position, long? Quantity, long? Amount, string? LineReason);
}
