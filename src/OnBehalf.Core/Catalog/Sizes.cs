namespace OnBehalf.Catalog;

/// <summary>The order in which people expect sizes: S before M before L, 6 mm before 10 mm, numbers before words.</summary>
public static class Sizes
{
    private static readonly string[] Letters = ["XXS", "XS", "S", "M", "L", "XL", "XXL", "XXXL"];

    public static int Compare(string one, string other)
    {
        var (letter, otherLetter) = (Array.IndexOf(Letters, one.ToUpperInvariant()), Array.IndexOf(Letters, other.ToUpperInvariant()));
        if (letter >= 0 && otherLetter >= 0)
        {
            return letter.CompareTo(otherLetter);
        }

        var (number, otherNumber) = (Number(one), Number(other));
        return number.CompareTo(otherNumber) is not 0 and var byNumber ? byNumber : string.CompareOrdinal(one, other);
    }

    // The digits at the beginning, with what stands behind a point; what begins with none comes last.
    private static (long Whole, long Part) Number(string size)
    {
        var (whole, at) = Digits(size, 0);
        return at == 0 ? (long.MaxValue, 0) : (whole, at < size.Length && size[at] is '.' or ',' ? Digits(size, at + 1).Value : 0);
    }

    private static (long Value, int End) Digits(string text, int from)
    {
        var (value, at) = (0L, from);
        for (; at < text.Length && char.IsAsciiDigit(text[at]) && at - from < 12; at++)
        {
            value = (value * 10) + (text[at] - '0');
        }

        return (value, at);
    }
}
