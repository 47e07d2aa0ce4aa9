using OnBehalf.Kernel;
using OnBehalf.Pricing;

namespace OnBehalf.Orders;

/// <summary>A line of an order as it was charged for: its sum without tax and without what coupons took off, and the rate.</summary>
public readonly record struct ChargedLine(int Position, Quantity Ordered, Money Total, Percentage Rate);

/// <summary>
/// What an invoice or a credit note is about in money. A part of a line costs its share of the line: the shares of all parts sum to the line to the cent, in whatever parts it is
/// shipped. Shipping is charged once, with the first invoice. Tax is rounded once for each rate of a document, as the order's own is
/// (docs/decisions/0010); so the taxes of several invoices may differ by cents from that of the order, and what counts is what stands on the invoice.
/// </summary>
public static class OrderCharges
{
    /// <param name="shipping">Only on the first invoice.</param>
    public static OrderTotals Of(Currency currency, OrderStep step, OrderProgress before, OrderProgress after, IReadOnlyList<ChargedLine> lines, TaxedAmount? shipping) => OrderTotals.Of(
        currency, Parts(step, before, after, lines).Where(part => !part.Amount.IsZero).Select(part => new TaxedAmount(part.Amount, part.Line.Rate)), step == OrderStep.Invoiced ? shipping : null);

    /// <summary>Each line's share; zero for those that the document is not about.</summary>
    public static IEnumerable<(ChargedLine Line, Money Amount)> Parts(OrderStep step, OrderProgress before, OrderProgress after, IReadOnlyList<ChargedLine> lines)
    {
        foreach (var line in lines)
        {
            yield return (line, Share(line, Charged(after, step, line)) - Share(line, Charged(before, step, line)));
        }
    }

    private static Quantity Charged(OrderProgress progress, OrderStep step, ChargedLine line)
    {
        var now = progress.Lines.First(one => one.Position == line.Position);
        return step == OrderStep.Invoiced ? now.Invoiced : now.Credited;
    }

    private static Money Share(ChargedLine line, Quantity charged) => Prorate.Split(line.Total, [charged.Thousandths, line.Ordered.Thousandths - charged.Thousandths])[0];
}
