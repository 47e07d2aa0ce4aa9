using OnBehalf.Kernel;
using OnBehalf.Pricing;

namespace OnBehalf.Orders;

/// <summary>A line of an order as it was charged for: its sum without tax and without what coupons took off, and the rate.</summary>
public readonly record struct ChargedLine(int Position, Quantity Ordered, Money Total, Percentage Rate);

/// <summary>
/// What an invoice or a credit note is about in money. A part of a line costs its share of the line: the shares of all parts sum to the line to the cent, in whatever parts it is
/// shipped. Shipping is charged once, with the first invoice. Tax is rounded once for each rate of a document, as the order's own is
/// (docs/decisions/0010); so the taxes of several invoices may differ by cents from that of the order, and what counts is what stands on the invoice. Of credit notes all are rounded together.
/// </summary>
public static class OrderCharges
{
    /// <param name="shipping">Only on the first invoice.</param>
    public static OrderTotals Of(Currency currency, OrderStep step, OrderProgress before, OrderProgress after, IReadOnlyList<ChargedLine> lines, TaxedAmount? shipping) => step == OrderStep.Invoiced
        ? OrderTotals.Of(currency, Parts(step, before, after, lines).Where(part => !part.Amount.IsZero).Select(part => new TaxedAmount(part.Amount, part.Line.Rate)), shipping)
        : Less(Credited(currency, after, lines), Credited(currency, before, lines));

    // The tax of all credit notes together is that of one: else many small ones would give back more tax than was charged.
    private static OrderTotals Credited(Currency currency, OrderProgress progress, IReadOnlyList<ChargedLine> lines) =>
        OrderTotals.Of(currency, lines.Select(line => new TaxedAmount(Share(line, Charged(progress, OrderStep.Returned, line)), line.Rate)), null);

    private static OrderTotals Less(OrderTotals all, OrderTotals before) => all with
    {
        Lines = all.Lines - before.Lines,
        Tax = all.Tax - before.Tax,
        Total = all.Total - before.Total,
        TaxSums = [.. all.TaxSums.Select(sum => before.TaxSums.FirstOrDefault(one => one.Rate == sum.Rate) is { } known ? sum with { Net = sum.Net - known.Net, Tax = sum.Tax - known.Tax } : sum)],
    };

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
