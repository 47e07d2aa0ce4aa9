using System.Text;

namespace OnBehalf.Transparency;

/// <summary>
/// The strict readings that all formats here share. Every byte sequence has one spelling: white space, missing padding or spare bits are refused, so that no
/// bit of a signed text can change without being noticed.
/// </summary>
internal static class Base64
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static byte[]? Decode(string? text)
    {
        if (text is null || text.Length % 4 != 0)
        {
            return null;
        }

        var bytes = new byte[text.Length / 4 * 3];
        if (!Convert.TryFromBase64String(text, bytes, out var written))
        {
            return null;
        }

        Array.Resize(ref bytes, written);
        return Convert.ToBase64String(bytes) == text ? bytes : null;
    }

    /// <summary>A whole number as the formats write it: decimal digits, no sign, no leading zero.</summary>
    public static bool TryReadNumber(ReadOnlySpan<char> text, out long number)
    {
        number = 0;
        if (text.Length is 0 or > 19 || (text.Length > 1 && text[0] == '0'))
        {
            return false;
        }

        foreach (var digit in text)
        {
            if (!char.IsAsciiDigit(digit) || number > (long.MaxValue - (digit - '0')) / 10)
            {
                return false;
            }

            number = (number * 10) + (digit - '0');
        }

        return true;
    }

    /// <summary>The text in these bytes, or null when they are not UTF-8.</summary>
    public static string? ReadUtf8(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return Utf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
