using OnBehalf.Kernel;

namespace OnBehalf.Pricing;

/// <summary>
/// The amounts of a document as somebody sees them who is shown prices with tax: <see cref="Articles"/> − <see cref="Discount"/> + <see cref="Shipping"/> is the total to the cent, and the
/// lines sum to the articles. What is owed is computed without tax as ever; here its tax is only shared out (docs/decisions/0067).
/// </summary>
/// <param name="Lines">Of each line, before what coupons take off.</param>
/// <param name="Discounts">Off each line.</param>
public sealed record GrossAmounts(IReadOnlyList<Money> Lines, IReadOnlyList<Money> Discounts, Money Articles, Money Discount, Money Shipping)
{
    /// <param name="totals">Of the same lines, shipping and discounts.</param>
    /// <param name="lines">Without tax, before what coupons take off.</param>
    /// <param name="shipping">Null: none.</param>
    /// <param name="off">Off each line; null: nothing.</param>
    public static GrossAmounts Of(OrderTotals totals, IReadOnlyList<TaxedAmount> lines, TaxedAmount? shipping, IReadOnlyList<Money>? off)
    {
        var none = Money.Zero(totals.Total.Currency);
        TaxedAmount[] amounts = [.. lines.Select((line, i) => line with { Net = line.Net - (off?[i] ?? none) }), shipping ?? new TaxedAmount(none, Percentage.Zero)];
        var taxes = new Money[amounts.Length];
        Array.Fill(taxes, none);
        foreach (var sum in totals.TaxSums)
        {
            int[] places = [.. Enumerable.Range(0, amounts.Length).Where(i => amounts[i].Rate == sum.Rate)];

            // Rounded for each line it is the tax of the lines; rounded once it is shared out.
            Money[] own = [.. places.Select(i => amounts[i].Net.Percent(sum.Rate))];
            var parts = own.Aggregate(none, (all, tax) => all + tax) == sum.Tax ? own : Prorate.Split(sum.Tax, [.. places.Select(i => amounts[i].Net.Minor)]);
            for (var i = 0; i < places.Length; i++)
            {
                taxes[places[i]] = parts[i];
            }
        }

        Money[] less = [.. lines.Select((line, i) => off?[i] is { } taken ? taken + taken.Percent(line.Rate) : none)];
        Money[] shown = [.. lines.Select((_, i) => amounts[i].Net + taxes[i] + less[i])];
        return new GrossAmounts(shown, less, Sum(shown), Sum(less), amounts[^1].Net + taxes[^1]);

        Money Sum(IEnumerable<Money> all) => all.Aggregate(none, (sum, amount) => sum + amount);
    }
}
