using System.Text;

namespace OnBehalf.Kernel;

/// <summary>
/// A mail address as it was written, and the form by which it is looked up and unique: NFKC in lower case. Letters beyond ASCII are allowed in both parts
/// (RFC 6531); quoted local parts and addresses of numbers (RFC 5321, 4.1.2) are not, because nobody has one. At most 254 characters.
/// </summary>
public readonly record struct EmailAddress
{
    private const string Symbols = "!#$%&'*+/=?^_`{|}~-.";

    private EmailAddress(string text, string normalized) => (Text, Normalized) = (text, normalized);

    public string Text { get; }

    public string Normalized { get; }

    public static bool TryParse(string? text, out EmailAddress address)
    {
        address = default;
        var trimmed = text?.Trim() ?? "";
        var at = trimmed.IndexOf('@', StringComparison.Ordinal);
        if (at is < 1 or > 64 || trimmed.Length > 254 || !IsLocalPart(trimmed.AsSpan(0, at)) || !IsDomain(trimmed.AsSpan(at + 1)))
        {
            return false;
        }

        address = new EmailAddress(trimmed, Normalize(trimmed));
        return true;
    }

    /// <summary>The form to look up whatever somebody typed: never fails, and finds nothing when it is no address.</summary>
    public static string Normalize(string? text)
    {
        var trimmed = text?.Trim() ?? "";
        return IsWellFormed(trimmed) ? trimmed.Normalize(NormalizationForm.FormKC).ToLowerInvariant() : "";
    }

    public override string ToString() => Text;

    private static bool IsLocalPart(ReadOnlySpan<char> part)
    {
        foreach (var rune in part.EnumerateRunes())
        {
            if (!IsLetter(rune) && !(rune.IsAscii && Symbols.Contains((char)rune.Value, StringComparison.Ordinal)))
            {
                return false;
            }
        }

        return part[0] != '.' && part[^1] != '.' && part.IndexOf("..") < 0;
    }

    private static bool IsDomain(ReadOnlySpan<char> domain)
    {
        var labels = 0;
        foreach (var range in domain.Split('.'))
        {
            var label = domain[range];
            if (label.Length is 0 or > 63 || label[0] == '-' || label[^1] == '-')
            {
                return false;
            }

            foreach (var rune in label.EnumerateRunes())
            {
                if (!IsLetter(rune) && rune.Value != '-')
                {
                    return false;
                }
            }

            labels++;
        }

        return labels >= 2;
    }

    // Letters, digits and the marks that follow them; a lone surrogate comes out as the replacement character, which is none of them.
    private static bool IsLetter(Rune rune) =>
        Rune.IsLetterOrDigit(rune)
        || Rune.GetUnicodeCategory(rune) is System.Globalization.UnicodeCategory.NonSpacingMark or System.Globalization.UnicodeCategory.SpacingCombiningMark;

    private static bool IsWellFormed(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune == Rune.ReplacementChar)
            {
                return false;
            }
        }

        return true;
    }
}
