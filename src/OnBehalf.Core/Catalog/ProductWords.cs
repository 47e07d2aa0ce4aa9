using OnBehalf.Kernel;

namespace OnBehalf.Catalog;

/// <summary>The words by which an article is found, with their weight: its number counts most, then its name, then what describes it.</summary>
public static class ProductWords
{
    public const int OfNumber = 100;
    public const int OfName = 50;
    public const int OfAttribute = 20;

    public static IReadOnlyDictionary<string, int> Of(string sku, string name, string? model, string? color, string? size, string? category)
    {
        var words = new Dictionary<string, int>(StringComparer.Ordinal);
        Add(words, sku, OfNumber);
        Add(words, name, OfName);
        Add(words, model, OfAttribute);
        Add(words, color, OfAttribute);
        Add(words, size, OfAttribute);
        Add(words, category, OfAttribute);
        return words;
    }

    private static void Add(Dictionary<string, int> words, string? text, int weight)
    {
        foreach (var word in SearchText.Words(text))
        {
            words.TryAdd(word, weight);
        }
    }
}
