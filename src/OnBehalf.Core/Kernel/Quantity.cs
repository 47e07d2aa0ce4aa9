using System.Globalization;

namespace OnBehalf.Kernel;

/// <summary>How much of an article: whole thousandths of its unit, so 1.5 m is 1500. Range of an order line: above 0, at most 1,000,000 units.</summary>
public readonly record struct Quantity(long Thousandths) : IComparable<Quantity>
{
    public static readonly Quantity Zero = new(0);

    public static readonly Quantity One = new(1_000);

    /// <summary>The most that one line may hold.</summary>
    public static readonly Quantity Most = Of(1_000_000);

    public bool IsPositive => Thousandths > 0;

    public bool IsWhole => Thousandths % 1_000 == 0;

    public static Quantity Of(long units) => new(checked(units * 1_000));

    public static Quantity operator +(Quantity left, Quantity right) => new(checked(left.Thousandths + right.Thousandths));

    public static Quantity operator -(Quantity left, Quantity right) => new(checked(left.Thousandths - right.Thousandths));

    public static bool operator <(Quantity left, Quantity right) => left.Thousandths < right.Thousandths;

    public static bool operator >(Quantity left, Quantity right) => left.Thousandths > right.Thousandths;

    public static bool operator <=(Quantity left, Quantity right) => left.Thousandths <= right.Thousandths;

    public static bool operator >=(Quantity left, Quantity right) => left.Thousandths >= right.Thousandths;

    public static Quantity Min(Quantity left, Quantity right) => left <= right ? left : right;

    /// <summary>Reads "12" or "1.5" (dot, at most three decimals, no sign).</summary>
    public static bool TryParse(string? text, out Quantity quantity)
    {
        quantity = default;
        if (text is null || text.Length is 0 or > 12
            || !decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var units)
            || decimal.Round(units, 3) != units)
        {
            return false;
        }

        quantity = new Quantity((long)(units * 1_000));
        return true;
    }

    public int CompareTo(Quantity other) => Thousandths.CompareTo(other.Thousandths);

    public override string ToString() => (Thousandths / 1000m).ToString("0.###", CultureInfo.InvariantCulture);
}
