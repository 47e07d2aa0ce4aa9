using OnBehalf.Kernel;

namespace OnBehalf.Pricing;

/// <summary>An amount without tax, and the rate that is due on it.</summary>
public readonly record struct TaxedAmount(Money Net, Percentage Rate);

/// <summary>Where tax is rounded.</summary>
public enum TaxBasis
{
    /// <summary>Once for each rate of a document (EN 16931, rule BR-CO-17).</summary>
    Document,

    /// <summary>For each line; the tax of a rate is the sum of its lines.</summary>
    Line,
}

/// <summary>One rate of a document: what it is charged on, and the tax.</summary>
public sealed record TaxSum(Percentage Rate, Money Net, Money Tax);

/// <summary>
/// What a cart, checkout or order costs. <see cref="Total"/> is exactly <see cref="Lines"/> − <see cref="Discount"/> + <see cref="Shipping"/> +
/// <see cref="Tax"/>, and the tax exactly the
/// sum of <see cref="TaxSums"/>. Tax is rounded half up, where <see cref="TaxBasis"/> says.
/// </summary>
/// <param name="TaxSums">Lowest rate first; nothing for a rate of zero.</param>
public sealed record OrderTotals(Money Lines, Money Shipping, IReadOnlyList<TaxSum> TaxSums, Money Tax, Money Total)
{
    /// <summary>Off the lines before tax.</summary>
    public Money Discount { get; init; } = Money.Zero(Lines.Currency);

    /// <param name="shipping">Null: not chosen yet.</param>
    /// <param name="off">What is taken off each line, in their order; null: nothing.</param>
    /// <param name="basis">Where tax is rounded.</param>
    public static OrderTotals Of(Currency currency, IEnumerable<TaxedAmount> lines, TaxedAmount? shipping, IReadOnlyList<Money>? off = null, TaxBasis basis = TaxBasis.Document)
    {
        var (sum, discount, place) = (Money.Zero(currency), Money.Zero(currency), 0);
        var byRate = new SortedDictionary<int, (Money Net, Money OfLines)>();
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

        TaxSum[] taxSums = [.. byRate.Where(rate => rate.Key > 0).Select(rate => new TaxSum(new Percentage(rate.Key), rate.Value.Net, basis == TaxBasis.Line ? rate.Value.OfLines : rate.Value.Net.Percent(new Percentage(rate.Key))))];
        var tax = taxSums.Aggregate(Money.Zero(currency), (total, part) => total + part.Tax);
        var shippingCost = shipping?.Net ?? Money.Zero(currency);
        return new OrderTotals(sum, shippingCost, taxSums, tax, sum - discount + shippingCost + tax) { Discount = discount };

        void Add(TaxedAmount amount)
        {
            var (net, ofLines) = byRate.GetValueOrDefault(amount.Rate.Millionths, (Money.Zero(currency), Money.Zero(currency)));
            byRate[amount.Rate.Millionths] = (net + amount.Net, ofLines + amount.Net.Percent(amount.Rate));
        }
    }
}
