using System.Globalization;
using System.Text;

namespace OnBehalf.Kernel;

/// <summary>
/// The one way in which text becomes search words, at storing and at asking, on both databases: NFKD without accents, lower case, letters and digits only.
/// Letters that have no decomposition are spelled out: ß is ss, ø is o, ł is l, æ is ae.
/// </summary>
public static class SearchText
{
    /// <summary>Longer words are cut, when stored and when asked for.</summary>
    public const int LongestWord = 40;

    /// <summary>The distinct words of a text, in order of appearance. "Müller &amp; Søn, LED-12" gives muller, son, led, 12 and led12.</summary>
    public static IReadOnlyList<string> Words(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return [];
        }

        var words = new List<string>();
        foreach (var chunk in Fold(text).Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = chunk.Split('-', StringSplitOptions.RemoveEmptyEntries);
            foreach (var part in parts)
            {
                Add(words, part);
            }

            if (parts.Length > 1)
            {
                Add(words, string.Concat(parts));
            }
        }

        return words;
    }

    /// <summary>Sorts people and things as they are looked for: accents and case do not count.</summary>
    public static string SortName(string text) => string.Join(' ', Fold(text).Split([' ', '-'], StringSplitOptions.RemoveEmptyEntries));

    // Blanks between chunks; a hyphen where punctuation stood inside a chunk.
    private static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length + 8);
        foreach (var c in Readable(text).Normalize(NormalizationForm.FormKD))
        {
            if (char.IsLetterOrDigit(c))
            {
                var lower = char.ToLowerInvariant(c);
                _ = lower switch
                {
                    'ß' => folded.Append("ss"),
                    'ø' => folded.Append('o'),
                    'ł' => folded.Append('l'),
                    'đ' => folded.Append('d'),
                    'æ' => folded.Append("ae"),
                    'œ' => folded.Append("oe"),
                    'ı' => folded.Append('i'),
                    _ => folded.Append(lower),
                };
            }
            else if (char.IsWhiteSpace(c) || c is ',' or ';' or '&' or '|')
            {
                folded.Append(' ');
            }
            else if (CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark)
            {
                folded.Append('-');
            }
        }

        return folded.ToString();
    }

    // Half a surrogate pair and the byte-order noncharacter are no text, and normalizing them throws.
    private static string Readable(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(text[i]) || text[i] == '\uFFFE')
            {
                return Readable($"{text.AsSpan(0, i)} {text.AsSpan(i + 1)}");
            }
        }

        return text;
    }

    private static void Add(List<string> words, string word)
    {
        var cut = word.Length > LongestWord ? word[..LongestWord] : word;
        if (!words.Contains(cut, StringComparer.Ordinal))
        {
            words.Add(cut);
        }
    }
}
