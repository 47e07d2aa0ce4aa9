using System.Text;

namespace OnBehalf.Data;

/// <summary>One spelling of a name into another: `SalesRep` is `sales-rep` in files, URLs and rows, and `sales_rep` as a column.</summary>
public static class Words
{
    public static string Kebab(string name) => Split(name, '-');

    public static string Kebab<T>(T value)
        where T : struct, Enum => Spelling<T>.ByValue[value];

    public static string Snake(string name) => Split(name, '_');

    public static bool TryParse<T>(string? word, out T value)
        where T : struct, Enum
    {
        value = default;
        return word is not null && Spelling<T>.ByWord.TryGetValue(word, out value);
    }

    public static T Parse<T>(string word)
        where T : struct, Enum => Spelling<T>.ByWord[word];

    /// <summary>All words of an enumeration in its order, for messages: "sales-rep, support-agent".</summary>
    public static string List<T>()
        where T : struct, Enum => string.Join(", ", Enum.GetValues<T>().Select(Kebab));

    private static string Split(string name, char separator)
    {
        var text = new StringBuilder(name.Length + 4);
        foreach (var c in name)
        {
            if (char.IsUpper(c) && text.Length > 0)
            {
                text.Append(separator);
            }

            text.Append(char.ToLowerInvariant(c));
        }

        return text.ToString();
    }

    private static class Spelling<T>
        where T : struct, Enum
    {
        public static readonly Dictionary<T, string> ByValue = Enum.GetValues<T>().ToDictionary(value => value, value => Kebab(value.ToString()));

        public static readonly Dictionary<string, T> ByWord = ByValue.ToDictionary(pair => pair.Value, pair => pair.Key, StringComparer.Ordinal);
    }
}
