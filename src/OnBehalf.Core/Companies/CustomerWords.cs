using OnBehalf.Kernel;

namespace OnBehalf.Companies;

/// <summary>The words by which staff find a customer: a company by its own, and both companies and consumers by those of their people.</summary>
public static class CustomerWords
{
    public const int OfNumber = 100;
    public const int OfDigits = 90;
    public const int OfName = 50;
    public const int OfMail = 30;

    public static IReadOnlyDictionary<string, int> OfCompany(string number, string? externalId, string name, string? contractNumber)
    {
        var words = new Dictionary<string, int>(StringComparer.Ordinal);
        Add(words, number, OfNumber);
        Add(words, externalId, OfNumber);
        Add(words, contractNumber, OfNumber);
        AddDigits(words, number);
        Add(words, name, OfName);
        return words;
    }

    // "C10001" is said as 10001 on the telephone. Fewer digits than three are no number of a customer but noise.
    private static void AddDigits(Dictionary<string, int> words, string number)
    {
        var digits = number.AsSpan().TrimStart("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");
        if (digits.Length >= 3 && digits.Length < number.Length && !digits.ContainsAnyExceptInRange('0', '9'))
        {
            words.TryAdd(digits.ToString(), OfDigits);
        }
    }

    /// <summary>The mail address counts by the words of its part before the @, and as a whole (without punctuation).</summary>
    public static IReadOnlyDictionary<string, int> OfPerson(string firstName, string lastName, string email, string? externalId)
    {
        var words = new Dictionary<string, int>(StringComparer.Ordinal);
        Add(words, externalId, OfNumber);
        Add(words, lastName, OfName);
        Add(words, firstName, OfName);
        if (SearchText.Words(email) is [.., var whole])
        {
            words.TryAdd(whole, OfMail);
        }

        // The joined form of the part before the @ is the beginning of the whole already.
        var at = email.IndexOf('@', StringComparison.Ordinal);
        var parts = SearchText.Words(at < 0 ? email : email[..at]);
        foreach (var part in parts.Count > 1 ? parts.Take(parts.Count - 1) : parts)
        {
            words.TryAdd(part, OfMail);
        }

        return words;
    }

    /// <summary>
    /// The words that somebody who looks for a customer means: a mail address as a whole, as far as it is typed; of "N-1001" both parts, without the
    /// joined one, because "Nordlicht-GmbH" is stored in two words.
    /// </summary>
    public static IReadOnlyList<string> Asked(string text)
    {
        var words = new List<string>();
        foreach (var chunk in text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = SearchText.Words(chunk);
            if (parts.Count > 1 && parts[^1] == Joined(parts))
            {
                parts = chunk.Contains('@', StringComparison.Ordinal) ? [parts[^1]] : [.. parts.Take(parts.Count - 1)];
            }

            words.AddRange(parts.Except(words, StringComparer.Ordinal));
        }

        return words;

        static string Joined(IReadOnlyList<string> parts)
        {
            var all = string.Concat(parts.Take(parts.Count - 1));
            return all.Length > SearchText.LongestWord ? all[..SearchText.LongestWord] : all;
        }
    }

    private static readonly HashSet<string> LegalForms = new(StringComparer.Ordinal)
    {
        "ab", "ag", "and", "aps", "as", "bv", "co", "corp", "ek", "eg", "ev", "gbr", "gmbh", "inc", "kg", "kgaa", "limited", "llc", "llp", "ltd", "mbh", "nv", "ohg", "oy",
        "plc", "sa", "sarl", "sas", "se", "sl", "spa", "srl", "ug", "und",
    };

    /// <summary>Two names of companies that differ in nothing but case, accents, punctuation and legal form: "Nordlicht GmbH &amp; Co. KG", "NORDLICHT".</summary>
    public static bool AreAlike(string one, string other) => Bare(one) is { Length: > 0 } bare && bare == Bare(other);

    private static string Bare(string name) =>
        string.Concat(SearchText.SortName(name).Split([' ', '.', ',', '&', '+', '/', '(', ')', '\'', '"'], StringSplitOptions.RemoveEmptyEntries).Where(word => !LegalForms.Contains(word)));

    private static void Add(Dictionary<string, int> words, string? text, int weight)
    {
        foreach (var word in SearchText.Words(text))
        {
            words.TryAdd(word, weight);
        }
    }
}
