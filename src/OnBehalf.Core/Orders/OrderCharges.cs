using OnBehalf.Kernel;
using OnBehalf.Pricing;

namespace OnBehalf.Orders;

/// <summary>A line of an order as it was charged for: its sum without tax and without what coupons took off, and the rate.</summary>
public readonly record struct ChargedLine(int Position, Quantity Ordered, Money Total, Percentage Rate);

/// <summary>
/// What an invoice or a credit note is about in money. A part of a line costs its share of the line: the shares of all parts sum to the line to the cent, in whatever parts it is
/// shipped. Shipping is charged once, with the first invoice. Tax is rounded once for each rate of a document, as the order's own is
/// (docs/decisions/0010), or for each line where the order's was (docs/decisions/0067), then the parts sum to the line here too; so the taxes of several invoices may differ by cents from that of the order, and what counts is what stands on the invoice. Of credit notes all are rounded together.
/// </summary>
public static class OrderCharges
{
    /// <param name="shipping">Only on the first invoice.</param>
    /// <param name="basis">Where the tax of the order was rounded.</param>
    public static OrderTotals Of(
        Currency currency, OrderStep step, OrderProgress before, OrderProgress after, IReadOnlyList<ChargedLine> lines, TaxedAmount? shipping, TaxBasis basis = TaxBasis.Document) =>
        basis == TaxBasis.Line ? ByLine(currency, step, before, after, lines, step == OrderStep.Invoiced ? shipping : null)
        : step == OrderStep.Invoiced
        ? OrderTotals.Of(currency, Parts(step, before, after, lines).Where(part => !part.Amount.IsZero).Select(part => new TaxedAmount(part.Amount, part.Line.Rate)), shipping)
        : Less(Credited(currency, after, lines), Credited(currency, before, lines));

    // A part of a line owes its share of the line's tax, as it owes its share of the line.
    private static OrderTotals ByLine(Currency currency, OrderStep step, OrderProgress before, OrderProgress after, IReadOnlyList<ChargedLine> lines, TaxedAmount? shipping)
    {
        var taxes = lines.Select(line => line with { Total = line.Total.Percent(line.Rate) }).ToList();
        var parts = Parts(step, before, after, lines).Zip(Parts(step, before, after, taxes), (net, tax) => (net.Line.Rate, Net: net.Amount, Tax: tax.Amount))
            .Append((Rate: shipping?.Rate ?? Percentage.Zero, Net: shipping?.Net ?? Money.Zero(currency), Tax: shipping is { } sent ? sent.Net.Percent(sent.Rate) : Money.Zero(currency))).ToList();
        TaxSum[] sums =
        [
            .. parts.Where(part => part.Rate.Millionths > 0 && !(part.Net.IsZero && part.Tax.IsZero)).GroupBy(part => part.Rate).OrderBy(rate => rate.Key.Millionths)
                .Select(rate => new TaxSum(rate.Key, Sum(rate.Select(part => part.Net)), Sum(rate.Select(part => part.Tax)))),
        ];
        var (all, tax) = (Sum(parts.Select(part => part.Net)), Sum(parts.Select(part => part.Tax)));
        return new OrderTotals(all - parts[^1].Net, parts[^1].Net, sums, tax, all + tax);

        Money Sum(IEnumerable<Money> amounts) => amounts.Aggregate(Money.Zero(currency), (sum, amount) => sum + amount);
    }

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
