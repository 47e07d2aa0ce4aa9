using OnBehalf.Kernel;

namespace OnBehalf.Pricing;

/// <summary>An amount without tax, and the rate that is due on it.</summary>
public readonly record struct TaxedAmount(Money Net, Percentage Rate);

/// <summary>One rate of a document: what it is charged on, and the tax.</summary>
public sealed record TaxSum(Percentage Rate, Money Net, Money Tax);

/// <summary>
/// What a cart, checkout or order costs. <see cref="Total"/> is exactly <see cref="Lines"/> − <see cref="Discount"/> + <see cref="Shipping"/> +
/// <see cref="Tax"/>, and the tax exactly the
/// sum of <see cref="TaxSums"/>. Tax is rounded once per rate of the document, half up (EN 16931, rule BR-CO-17).
/// </summary>
/// <param name="TaxSums">Lowest rate first; nothing for a rate of zero.</param>
public sealed record OrderTotals(Money Lines, Money Shipping, IReadOnlyList<TaxSum> TaxSums, Money Tax, Money Total)
{
    /// <summary>Off the lines before tax.</summary>
    public Money Discount { get; init; } = Money.Zero(Lines.Currency);

    /// <param name="shipping">Null: not chosen yet.</param>
    /// <param name="off">What is taken off each line, in their order; null: nothing.</param>
    public static OrderTotals Of(Currency currency, IEnumerable<TaxedAmount> lines, TaxedAmount? shipping, IReadOnlyList<Money>? off = null)
    {
        var (sum, discount, place) = (Money.Zero(currency), Money.Zero(currency), 0);
        var byRate = new SortedDictionary<int, Money>();
        foreach (var line in lines)
        {
            var less = off?[place++] ?? Money.Zero(currency);
            sum += line.Net;
            discount += less;
            Add(line with { Net = line.Net - less });
        }

        if (shipping is { } chosen)
        {
            Add(chosen);
        }

        TaxSum[] taxSums = [.. byRate.Where(rate => rate.Key > 0).Select(rate => new TaxSum(new Percentage(rate.Key), rate.Value, rate.Value.Percent(new Percentage(rate.Key))))];
        var tax = taxSums.Aggregate(Money.Zero(currency), (total, part) => total + part.Tax);
        var shippingCost = shipping?.Net ?? Money.Zero(currency);
        return new OrderTotals(sum, shippingCost, taxSums, tax, sum - discount + shippingCost + tax) { Discount = discount };

        void Add(TaxedAmount amount) =>
            byRate[amount.Rate.Millionths] = byRate.GetValueOrDefault(amount.Rate.Millionths, Money.Zero(currency)) + amount.Net;
    }
}
