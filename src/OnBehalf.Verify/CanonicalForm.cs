using System.Buffers.Text;
using System.Globalization;

namespace OnBehalf.Verify;

/// <summary>The one spelling that texts, numbers, ids and times have in an entry.</summary>
internal static class CanonicalForm
{
    private const int MostExactDigits = 15;

    /// <summary>Whether only that is escaped which must be, in the one way: quote, backslash, and the control characters, the common ones by a letter.</summary>
    public static bool IsText(ReadOnlySpan<byte> raw)
    {
        for (var at = raw.IndexOf((byte)'\\'); at >= 0; at = raw.IndexOf((byte)'\\'))
        {
            var rest = raw[(at + 1)..];
            if ("\"\\bfnrt"u8.Contains(rest[0]))
            {
                raw = rest[1..];
                continue;
            }

            if (rest.Length < 5 || !rest.StartsWith("u00"u8) || rest[3] is not ((byte)'0' or (byte)'1')
                || !int.TryParse(rest.Slice(3, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code)
                || code is '\b' or '\t' or '\n' or '\f' or '\r' || rest[4] is >= (byte)'A' and <= (byte)'F')
            {
                return false;
            }

            raw = rest[5..];
        }

        return true;
    }

    /// <summary>Whole numbers, and decimals short enough to be written in one way only. Entries need no others.</summary>
    public static bool IsNumber(ReadOnlySpan<byte> text)
    {
        var digits = text[0] == '-' ? text[1..] : text;
        var dot = digits.IndexOf((byte)'.');
        return digits.IndexOfAnyExceptInRange((byte)'0', (byte)'9') == dot
            && (dot < 0 ? digits.Length <= 19 && (text.Length == digits.Length || digits[0] != '0')
                : digits.Length - 1 <= MostExactDigits && digits[^1] != '0' && digits[(dot + 1)..].IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0
                && (digits[0] != '0' || digits[(dot + 1)..].IndexOfAnyExcept((byte)'0') < 6));
    }

    // In small letters, as ids are written everywhere.
    public static bool TryReadId(ReadOnlySpan<byte> text, out Guid id) =>
        Utf8Parser.TryParse(text, out id, out var used, 'D') && used == text.Length && text.IndexOfAnyInRange((byte)'A', (byte)'F') < 0;

    /// <summary>`2026-11-22T11:40:00.123456Z` and nothing else.</summary>
    public static bool TryReadTime(ReadOnlySpan<byte> text, out long microseconds)
    {
        microseconds = 0;
        if (text.Length != 27 || text[4] != '-' || text[7] != '-' || text[10] != 'T' || text[13] != ':' || text[16] != ':' || text[19] != '.' || text[26] != 'Z'
            || !TryDigits(text[..4], out var year) || !TryDigits(text.Slice(5, 2), out var month) || !TryDigits(text.Slice(8, 2), out var day)
            || !TryDigits(text.Slice(11, 2), out var hour) || !TryDigits(text.Slice(14, 2), out var minute) || !TryDigits(text.Slice(17, 2), out var second)
            || !TryDigits(text.Slice(20, 6), out var fraction) || year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)
            || hour > 23 || minute > 59 || second > 59)
        {
            return false;
        }

        microseconds = (new DateTime(year, month, day, hour, minute, second, DateTimeKind.Utc).Ticks / TimeSpan.TicksPerMicrosecond) + fraction;
        return true;
    }

    private static bool TryDigits(ReadOnlySpan<byte> text, out int number)
    {
        number = 0;
        foreach (var digit in text)
        {
            if (digit is < (byte)'0' or > (byte)'9')
            {
                return false;
            }

            number = (number * 10) + (digit - '0');
        }

        return true;
    }
}
