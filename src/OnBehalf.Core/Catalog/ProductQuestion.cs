using OnBehalf.Kernel;

namespace OnBehalf.Catalog;

/// <summary>
/// What somebody typed into the search, chunk by chunk. A chunk with punctuation in it ("FR-R92B") can be known as one word ("frr92b") or as its parts
/// ("fr", "r92b").
/// </summary>
public sealed record ProductQuestion(string Text, IReadOnlyList<AskedChunk> Chunks)
{
    public const int LongestText = 100;

    /// <summary>Chunks after these are not looked at.</summary>
    public const int MostChunks = 6;

    private static readonly char[] Separators = [' ', '\t', '\n', '\r', '\u00A0', ',', ';', '&', '|'];

    /// <summary>All words that must be looked up to answer.</summary>
    public IReadOnlyList<string> Words => [.. Chunks.SelectMany(chunk => chunk.Parts.Append(chunk.Whole)).Distinct(StringComparer.Ordinal)];

    public static ProductQuestion Of(string? text)
    {
        var asked = (text ?? "").Trim();
        asked = asked.Length > LongestText ? asked[..LongestText] : asked;
        var chunks = asked.Split(Separators, StringSplitOptions.RemoveEmptyEntries).Select(SearchText.Words).Where(words => words.Count > 0)
            .Take(MostChunks).Select(words => new AskedChunk(words[^1], words.Count == 1 ? words : [.. words.SkipLast(1).Take(4)]));
        return new ProductQuestion(asked, [.. chunks]);
    }
}

/// <param name="Whole">The chunk without its punctuation.</param>
/// <param name="Parts">What stands between the punctuation; the whole where there is none.</param>
public sealed record AskedChunk(string Whole, IReadOnlyList<string> Parts);
