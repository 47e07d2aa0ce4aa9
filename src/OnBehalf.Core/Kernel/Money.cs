using System.Globalization;

namespace OnBehalf.Kernel;

/// <summary>
/// An amount in whole minor units (cents) of one currency; negative amounts are allowed, ±9.2e18 minor units is the range and overflow throws.
/// Amounts of two currencies never mix: adding them is a bug and throws.
/// </summary>
public readonly record struct Money(long Minor, Currency Currency) : IComparable<Money>
{
    public static Money Zero(Currency currency) => new(0, currency);

    public bool IsZero => Minor == 0;

    public bool IsNegative => Minor < 0;

    public static Money operator +(Money left, Money right) => new(checked(left.Minor + right.In(left.Currency)), left.Currency);

    public static Money operator -(Money left, Money right) => new(checked(left.Minor - right.In(left.Currency)), left.Currency);

    public static Money operator -(Money amount) => new(checked(-amount.Minor), amount.Currency);

    public static bool operator <(Money left, Money right) => left.CompareTo(right) < 0;

    public static bool operator >(Money left, Money right) => left.CompareTo(right) > 0;

    public static bool operator <=(Money left, Money right) => left.CompareTo(right) <= 0;

    public static bool operator >=(Money left, Money right) => left.CompareTo(right) >= 0;

    public int CompareTo(Money other) => Minor.CompareTo(other.In(Currency));

    /// <summary>A share of this amount, rounded once.</summary>
    public Money Percent(Percentage percentage, Rounding rounding = Rounding.HalfUp) =>
        new(Round.Divide((Int128)Minor * percentage.Millionths, 1_000_000, rounding), Currency);

    /// <summary>
    /// Reads "1234.5" with a dot and at most the decimals of the currency; no sign, no blanks, no grouping. False, and nothing else, when it is not that.
    /// </summary>
    public static bool TryParse(string? text, Currency currency, out Money money)
    {
        money = default;
        if (string.IsNullOrEmpty(text) || text.Length > 18)
        {
            return false;
        }

        var dot = text.IndexOf('.', StringComparison.Ordinal);
        var whole = dot < 0 ? text : text[..dot];
        var fraction = dot < 0 ? "" : text[(dot + 1)..];
        if (whole.Length == 0 || (dot >= 0 && fraction.Length == 0) || fraction.Length > currency.Decimals || !AllDigits(whole) || !AllDigits(fraction))
        {
            return false;
        }

        var digits = whole + fraction.PadRight(currency.Decimals, '0');
        if (!long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var minor))
        {
            return false;
        }

        money = new Money(minor, currency);
        return true;
    }

    /// <summary>The amount with a dot and all decimals, without the currency: "1234.50". For files and interfaces; screens use the person's culture.</summary>
    public string ToPlainString()
    {
        if (Currency.Decimals == 0)
        {
            return Minor.ToString(CultureInfo.InvariantCulture);
        }

        var sign = Minor < 0 ? "-" : "";
        var (whole, rest) = Int128.DivRem(Int128.Abs(Minor), Currency.MinorPerMajor);
        return string.Create(CultureInfo.InvariantCulture, $"{sign}{whole}.{rest.ToString(CultureInfo.InvariantCulture).PadLeft(Currency.Decimals, '0')}");
    }

    public override string ToString() => $"{ToPlainString()} {Currency}";

    private long In(Currency currency) =>
        Currency == currency ? Minor : throw new InvalidOperationException($"Amounts in {Currency} and {currency} do not mix.");

    private static bool AllDigits(string text)
    {
        foreach (var c in text)
        {
            if (!char.IsAsciiDigit(c))
            {
                return false;
            }
        }

        return true;
    }
}
