using OnBehalf.Catalog;
using OnBehalf.Data;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Catalog;

/// <summary>What a search found.</summary>
/// <param name="Products">Those of the page that was asked for, best first.</param>
/// <param name="Count">Of all pages, with what was chosen; at most one more than <see cref="ProductShelf.Most"/>.</param>
/// <param name="HasMore">There are more than that.</param>
/// <param name="NoLongerSold">Articles that were asked for by number, or found instead of any that is sold.</param>
/// <param name="Replaced">Words that no article has, and the known word that was taken in their place.</param>
/// <param name="Ignored">Words that no article has and that resemble none.</param>
/// <param name="Others">What else could have been meant; each finds something.</param>
public sealed record FoundProducts(
    ProductQuestion Question, IReadOnlyList<ProductId> Products, int Count, bool HasMore, IReadOnlyList<(string Sku, string Name)> NoLongerSold,
    IReadOnlyList<(string Asked, string Taken)> Replaced, IReadOnlyList<string> Ignored, IReadOnlyList<string> Others)
{
    public IReadOnlyList<FacetGroup> Facets { get; init; } = [];

    /// <summary>Steps of prices are those of base prices.</summary>
    public bool IsByBase { get; init; }
}

/// <summary>
/// Search by words: an article is found when it has every chunk that was asked for, as a word or as the beginning of one. Only when a word is known nowhere
/// are similar ones looked for. Two commands, one more for each unknown word, two where an assortment may not have what is similar.
/// </summary>
public sealed class ProductSearch(ProductShelves shelves, Synonyms synonyms)
{
    private const string Terms = """
        select term as "Value" from search_term where kind = 'product' and (term >= {0} and term < {1} or term >= {2} and term < {3})
        """;

    private const int MostSimilar = 3;
    private const int LookedAt = 12;

    private readonly ProductRanking _ranking = new();

    /// <param name="db">To read from.</param>
    /// <param name="shelf">For whom, in which order, and what was chosen.</param>
    /// <param name="text">As it was typed.</param>
    /// <param name="cancel">Ends it early.</param>
    internal async Task<FoundProducts> Find(ShopDb db, ShelfQuestion shelf, string? text, CancellationToken cancel)
    {
        var range = shelf.Range;
        var question = ProductQuestion.Of(text);
        if (question.Chunks.Count == 0)
        {
            return new FoundProducts(question, [], 0, false, [], [], [], []);
        }

        var also = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var word in question.Words)
        {
            if (await synonyms.Of(db, word, cancel) is { Count: > 0 } means)
            {
                also[word] = means;
            }
        }

        var counts = await _ranking.Counts(db, range, also.Count == 0 ? question.Words : [.. question.Words.Concat(also.Values.SelectMany(means => means)).Distinct(StringComparer.Ordinal)], cancel);
        var asked = question.Text;
        var (replaced, ignored, others) = (new List<(string Asked, string Taken)>(), new List<string>(), new List<string>());
        var wanted = new List<string>();
        foreach (var word in question.Chunks.SelectMany(chunk => CountOf(chunk.Whole) > 0 ? [chunk.Whole] : chunk.Parts).Distinct(StringComparer.Ordinal))
        {
            if (CountOf(word) > 0)
            {
                wanted.Add(word);
            }
            else if (await Similar(db, range, word, cancel) is [var best, .. var rest])
            {
                others.AddRange(rest.Select(other => asked.Replace(word, other, StringComparison.OrdinalIgnoreCase)));
                asked = asked.Replace(word, best, StringComparison.OrdinalIgnoreCase);
                replaced.Add((word, best));
                wanted.Add(best);
            }
            else
            {
                ignored.Add(word);
            }
        }

        // How many have a word that was taken for another is not known: it is looked up last.
        List<AskedWord> words =
        [
            .. wanted.Distinct(StringComparer.Ordinal).Select(word => !counts.ContainsKey(word) ? new AskedWord([word], int.MaxValue)
                : new AskedWord([.. Alternatives(word).Where(known => counts[known] > 0)], CountOf(word))).OrderBy(word => word.Count),
        ];
        if (words.Count == 0)
        {
            return new FoundProducts(question, [], 0, false, [], replaced, ignored, others);
        }

        var found = await shelves.Search(db, shelf, chosen => _ranking.Hits(range, words, asked, chosen), cancel);
        if (found.Count == 0 && found.NoLongerSold.Count == 0 && shelf.Filter.IsEmpty && words.Count > 1)
        {
            others.AddRange(wanted);
        }

        return new FoundProducts(question, found.Products, found.Count, found.HasMore, found.NoLongerSold, replaced, ignored, others) { Facets = found.Facets, IsByBase = found.IsByBase };

        IEnumerable<string> Alternatives(string word) => also.TryGetValue(word, out var means) ? means.Where(known => known != word).Prepend(word) : [word];

        int CountOf(string word) => Alternatives(word).Sum(known => counts[known]);
    }

    // Known words that the typed one may have meant, nearest first. The first two letters are hardly ever both wrong.
    private async Task<string[]> Similar(ShopDb db, VisibleRange range, string typed, CancellationToken cancel)
    {
        var most = Typos.Allowed(typed.Length);
        if (most == 0 || !typed.All(char.IsLetter))
        {
            return [];
        }

        var (first, second) = (typed[..1], typed[1..2]);
        var terms = await db.Rows<string>(Terms, first, first + '\uffff', second, second + '\uffff').ToListAsync(cancel);
        string[] near =
        [
            .. terms.Select(term => (Term: term, Mistakes: Mistakes(typed, term, most))).Where(near => near.Mistakes is not null)
                .OrderBy(near => near.Mistakes).ThenBy(near => Math.Abs(near.Term.Length - typed.Length)).ThenBy(near => near.Term, StringComparer.Ordinal)
                .Select(near => near.Term).Take(range.IsAll ? MostSimilar : LookedAt),
        ];
        if (range.IsAll || near.Length == 0)
        {
            return near;
        }

        // A word that only articles of others have is not told to him.
        var counts = await _ranking.Counts(db, range, near, cancel);
        return [.. near.Where(term => counts[term] > 0).Take(MostSimilar)];
    }

    // The word may not be typed to its end yet: then the same letters of the known one count, as half a mistake more.
    private static int? Mistakes(string typed, string known, int most) =>
        Typos.Between(typed, known, most) is { } whole ? 2 * whole
        : known.Length > typed.Length && Typos.Between(typed, known.AsSpan(0, typed.Length), most) is { } begun ? (2 * begun) + 1
        : null;
}
