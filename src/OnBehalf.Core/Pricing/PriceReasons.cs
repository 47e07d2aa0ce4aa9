using OnBehalf.Kernel;

namespace OnBehalf.Pricing;

/// <summary>Why another price was agreed: a list of the shop, so that it can be counted. A word's code is made of it, as with the reasons of sessions.</summary>
public static class PriceReasons
{
    /// <summary>With these a shop begins (<c>systems.md</c>: price editing of MageB2B).</summary>
    public const string Text =
        "volume, loyalty, promotion, price match, custom quote, special agreement, contract, damaged goods, sample, replacement, promotional item, warranty";

    public const int Longest = 40;

    private static readonly IReadOnlyList<(string Code, Phrase Word)> Known =
    [
        ("volume", "volume"), ("loyalty", "loyalty"), ("promotion", "promotion"), ("price-match", "price match"), ("custom-quote", "custom quote"), ("special-agreement", "special agreement"),
        ("contract", "contract"), ("damaged-goods", "damaged goods"), ("sample", "sample"), ("replacement", "replacement"), ("promotional-item", "promotional item"), ("warranty", "warranty"),
    ];

    /// <summary>The reasons of a setting, in its order.</summary>
    public static IReadOnlyList<string> Codes(string text) =>
        [.. text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(CodeOf).OfType<string>().Distinct(StringComparer.Ordinal)];

    /// <summary>The code of words: "Price match" is `price-match`; null when there is more in them than letters, digits and blanks.</summary>
    public static string? CodeOf(string words)
    {
        var parts = words.ToLowerInvariant().Split([' ', '-'], StringSplitOptions.RemoveEmptyEntries);
        return parts.Length > 0 && words.Length <= Longest && parts.All(part => part.All(char.IsLetterOrDigit)) ? string.Join('-', parts) : null;
    }

    /// <summary>Inside a sentence: "price match".</summary>
    public static string Inside(string code)
    {
        foreach (var (known, word) in Known)
        {
            if (known == code)
            {
                return word;
            }
        }

        // The name of a price of the shop may stand in its place, and is not changed.
        return code.All(c => c == '-' || char.IsLower(c) || char.IsDigit(c)) ? code.Replace('-', ' ') : code;
    }

    /// <summary>On its own: "Price match".</summary>
    public static string Word(string code) => Inside(code) is { Length: > 0 } word ? char.ToUpperInvariant(word[0]) + word[1..] : code;
}
