using OnBehalf.Kernel;

namespace OnBehalf.Companies;

/// <summary>The words by which staff find a customer: a company by its own, and both companies and consumers by those of their people.</summary>
public static class CustomerWords
{
    public const int OfNumber = 100;
    public const int OfName = 50;
    public const int OfMail = 30;

    public static IReadOnlyDictionary<string, int> OfCompany(string number, string? externalId, string name, string? contractNumber)
    {
        var words = new Dictionary<string, int>(StringComparer.Ordinal);
        Add(words, number, OfNumber);
        Add(words, externalId, OfNumber);
        Add(words, contractNumber, OfNumber);
        Add(words, name, OfName);
        return words;
    }

    /// <summary>The mail address counts by the words of its part before the @, and as a whole (without punctuation).</summary>
    public static IReadOnlyDictionary<string, int> OfPerson(string firstName, string lastName, string email, string? externalId)
    {
        var words = new Dictionary<string, int>(StringComparer.Ordinal);
        Add(words, externalId, OfNumber);
        Add(words, lastName, OfName);
        Add(words, firstName, OfName);
        var at = email.IndexOf('@', StringComparison.Ordinal);
        Add(words, at < 0 ? email : email[..at], OfMail);
        if (SearchText.Words(email) is [.., var whole])
        {
            words.TryAdd(whole, OfMail);
        }

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
