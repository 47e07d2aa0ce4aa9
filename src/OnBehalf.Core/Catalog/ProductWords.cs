using OnBehalf.Kernel;

namespace OnBehalf.Catalog;

/// <summary>The words by which an article is found, with their weight: its number counts most, then its name, then what describes it.</summary>
public static class ProductWords
{
    public const int OfNumber = 100;

    /// <summary>Of the first word of a name; each word after it weighs one less, and so does every word of a longer name, down to <see cref="OfAttribute"/> + 1.</summary>
    public const int OfName = 60;
    public const int OfAttribute = 20;

    /// <param name="translated">Its names in other languages, in any order.</param>
    public static IReadOnlyDictionary<string, int> Of(string sku, string name, string? model, string? color, string? size, string? category, IReadOnlyCollection<string>? translated = null)
    {
        var words = new Dictionary<string, int>(StringComparer.Ordinal);
        Add(words, sku, OfNumber);
        AddName(words, name);
        foreach (var other in (translated ?? []).Order(StringComparer.Ordinal))
        {
            AddName(words, other);
        }

        Add(words, model, OfAttribute);
        Add(words, color, OfAttribute);
        Add(words, size, OfAttribute);
        Add(words, category, OfAttribute);
        return words;
    }

    /// <summary>
    /// Whether a word is worth offering to somebody who mistyped: words of letters only. Numbers are either known or not, and a hundred thousand of them
    /// would drown the words.
    /// </summary>
    public static bool IsTerm(string word) => word.Length >= 4 && word.All(char.IsLetter);

    // "Lamp" finds the article that is called so before "Holder for a lamp".
    private static void AddName(Dictionary<string, int> words, string name)
    {
        var all = SearchText.Words(name);
        for (var i = 0; i < all.Count; i++)
        {
            words.TryAdd(all[i], Math.Max(OfName - i - all.Count, OfAttribute + 1));
        }
    }

    private static void Add(Dictionary<string, int> words, string? text, int weight)
    {
        foreach (var word in SearchText.Words(text))
        {
            words.TryAdd(word, weight);
        }
    }
}
