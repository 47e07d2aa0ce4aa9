using Microsoft.AspNetCore.Mvc;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Orders;
using OnBehalf.Pricing;

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

    /// <summary>Its tax, a row for each rate.</summary>
    public IReadOnlyList<ShownTax> Taxes => Step.Taxes.Count == 0 && Step.TaxMinor is > 0
        ? [new ShownTax(null, null, Order.Amount(Step.TaxMinor.Value))]
        : [.. Step.Taxes.Select(tax => new ShownTax(tax.Rate, Order.Amount(tax.NetMinor), Order.Amount(tax.TaxMinor)))];

    /// <summary>Its amounts with tax, where the order is shown so; lines as they stand on the document.</summary>
    public GrossAmounts? Gross
    {
        get
        {
            if (!Order.Head.ShowsGross || Step.TotalMinor is null || Step.Taxes.Count == 0)
            {
                return null;
            }

            var shipping = new TaxedAmount(Order.Amount(Step.ShippingMinor!.Value), new Percentage(Order.Head.ShippingRate ?? 0));
            var totals = new OrderTotals(
                Order.Amount(Step.LinesMinor!.Value), shipping.Net, [.. Step.Taxes.Select(tax => new TaxSum(tax.Rate, Order.Amount(tax.NetMinor), Order.Amount(tax.TaxMinor)))],
                Order.Amount(Step.TaxMinor!.Value), Order.Amount(Step.TotalMinor.Value));
            return GrossAmounts.Of(totals, [.. Lines.Select(line => new TaxedAmount(line.Amount!.Value, new Percentage(line.Line.TaxRateMillionths ?? 0)))], shipping, null);
        }
    }

    /// <summary>What a coupon took off this part of the line: what it would cost at its price, less what was charged.</summary>
    public Money? DiscountOf(OrderLineView line, Quantity quantity, Money amount) => line.DiscountMinor == 0 ? null : Order.PriceOf(line).Times(quantity) - amount;

    public async Task<IActionResult> OnGet(string number, int step)
    {
        await using var db = database.Read();
        if (await orders.Find(db, Caller, number, Cancel) is not { } order
            || (await steps.Of(db, order.Head.Id, Cancel)).FirstOrDefault(one => one.Number == step && one.DocumentName is not null) is not { } found)
        {
            return Missing();
        }

        (Order, Step, Shows) = (order, await OrderStepQueries.Taxed(db, order.Head.Id, found, Cancel), new OrderId(order.Head.Id));
        return Page();
    }
}

/// <summary>For the buyer.</summary>
[Access(Audience.Buyer, Delegation.View, Right = Needs.OrdersView)]
public sealed class AccountOrderDocumentPage(Database database, OrdersQueries orders, OrderStepQueries steps) : OrderDocument(database, orders, steps);

/// <summary>For staff.</summary>
[Access(Audience.Staff, Delegation.Deny, Right = Needs.StaffOrdersView)]
public sealed class StaffOrderDocumentPage(Database database, OrdersQueries orders, OrderStepQueries steps) : OrderDocument(database, orders, steps);
