using System.Collections.Frozen;
using System.Globalization;

namespace OnBehalf.Kernel;

/// <summary>
/// The words of this product in other languages, by their English. Filled once when the program starts; a phrase that is not in it is said in English,
/// and a test fails.
/// </summary>
public static class Phrasebook
{
    private static FrozenDictionary<string, FrozenDictionary<string, string>> _books = FrozenDictionary<string, FrozenDictionary<string, string>>.Empty;

    private static readonly AsyncLocal<string?> OfWriter = new();

    /// <summary>As the product speaks when nobody says otherwise, and in what it writes down.</summary>
    public static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-GB");

    /// <summary>The pattern of a date as the language writes it: "d MMM yyyy" is "1 Mar 2026" and "1. März 2026".</summary>
    public static string DatePattern(string english) =>
        english.StartsWith("d MMM", StringComparison.Ordinal) && CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "de" ? "d. " + english[2..] : english;

    /// <summary>Two letters: "de".</summary>
    public static IEnumerable<string> Languages => _books.Keys;

    /// <summary>
    /// Two letters: the language of who asks, also inside a write, where what is said is English. What somebody was shown of an article is what his order keeps.
    /// </summary>
    public static string Asked => OfWriter.Value ?? CultureInfo.CurrentUICulture.TwoLetterISOLanguageName;

    /// <summary>From here on, until the method that calls this is left, English is spoken, and <see cref="Asked"/> still knows who asks.</summary>
    public static void SpeakEnglish()
    {
        OfWriter.Value = Asked;
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = English;
    }

    /// <summary>Nothing has to be looked up.</summary>
    public static bool IsEnglish => Current is null;

    private static FrozenDictionary<string, string>? Current =>
        CultureInfo.CurrentUICulture.TwoLetterISOLanguageName is var language && language != "en" && _books.TryGetValue(language, out var book) ? book : null;

    /// <summary>What is said in a language where English says this; the English itself where the book has nothing.</summary>
    public static string Find(string english) => Current?.TryGetValue(english, out var words) == true ? words : english;

    /// <summary>All that is known in a language.</summary>
    public static IReadOnlyDictionary<string, string> Of(string language) => _books.TryGetValue(language, out var book) ? book : FrozenDictionary<string, string>.Empty;

    /// <param name="books">By two letters of a language.</param>
    public static void Fill(IEnumerable<(string Language, IEnumerable<KeyValuePair<string, string>> Words)> books) =>
        _books = books.GroupBy(book => book.Language, StringComparer.Ordinal).ToFrozenDictionary(
            language => language.Key, language => language.SelectMany(book => book.Words).ToFrozenDictionary(StringComparer.Ordinal), StringComparer.Ordinal);
}
