namespace OnBehalf.Kernel;

/// <summary>Shares an amount out so that the parts always sum to the whole.</summary>
public static class Prorate
{
    /// <summary>
    /// Splits <paramref name="amount"/> in proportion to <paramref name="weights"/> (not negative) by the largest-remainder method; ties go to the earlier part.
    /// All weights zero: equal parts. No weights: an error, unless the amount is zero.
    /// </summary>
    public static Money[] Split(Money amount, IReadOnlyList<long> weights)
    {
        if (weights.Count == 0)
        {
            return amount.IsZero ? [] : throw new ArgumentException("An amount cannot be shared out over nothing.", nameof(weights));
        }

        Int128 sum = 0;
        foreach (var weight in weights)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(weight, nameof(weights));
            sum += weight;
        }

        var even = sum == 0;
        var whole = even ? weights.Count : sum;
        var parts = new long[weights.Count];
        var remainders = new (Int128 Remainder, int Index)[weights.Count];
        var left = Int128.Abs(amount.Minor);
        for (var i = 0; i < parts.Length; i++)
        {
            var (part, remainder) = Int128.DivRem(Int128.Abs(amount.Minor) * (even ? 1 : weights[i]), whole);
            parts[i] = (long)part;
            left -= part;
            remainders[i] = (remainder, i);
        }

        Array.Sort(remainders, static (a, b) => a.Remainder == b.Remainder ? a.Index.CompareTo(b.Index) : b.Remainder.CompareTo(a.Remainder));
        for (var i = 0; i < (int)left; i++)
        {
            parts[remainders[i].Index]++;
        }

        var sign = amount.IsNegative ? -1 : 1;
        return Array.ConvertAll(parts, part => new Money(sign * part, amount.Currency));
    }
}
