using OnBehalf.Kernel;

namespace OnBehalf.Assistance;

/// <summary>
/// Why somebody acts for a buyer: a short list, so that it can be counted; details go into the text beside it. A shop adds its own: their code is made of
/// their words, and the words of the code.
/// </summary>
public static class Reasons
{
    public const int Longest = 40;

    public static readonly IReadOnlyList<(string Code, Phrase Word)> All =
    [
        ("phone-order", "Order by telephone"),
        ("mail-order", "Order by mail"),
        ("visit", "Visit or at the counter"),
        ("support", "Help with the shop"),
        ("stand-in", "Standing in during an absence"),
        ("complaint", "Complaint or return"),
        ("other", "Something else"),
    ];

    public static string Word(string code)
    {
        foreach (var (known, word) in All)
        {
            if (known == code)
            {
                return word;
            }
        }

        return code.Length == 0 ? code : char.ToUpperInvariant(code[0]) + code[1..].Replace('-', ' ');
    }

    /// <summary>Inside a sentence: "order by telephone".</summary>
    public static string Inside(string code) => Word(code) is var word && word.Length > 0 && Phrasebook.IsEnglish ? char.ToLowerInvariant(word[0]) + word[1..] : word;

    /// <summary>The code for words as typed: "Trade fair" is `trade-fair`; null when there is more in them than letters, digits and blanks.</summary>
    public static string? CodeOf(string words)
    {
        foreach (var (code, word) in All)
        {
            if (string.Equals(word, words, StringComparison.OrdinalIgnoreCase) || string.Equals(word.Key, words, StringComparison.OrdinalIgnoreCase))
            {
                return code;
            }
        }

        var parts = words.ToLowerInvariant().Split([' ', '-'], StringSplitOptions.RemoveEmptyEntries);
        return parts.Length > 0 && words.Length <= Longest && parts.All(part => part.All(char.IsLetterOrDigit)) ? string.Join('-', parts) : null;
    }
}
