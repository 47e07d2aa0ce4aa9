using OnBehalf.Catalog;
using OnBehalf.Data;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Catalog;

/// <summary>What a search found.</summary>
/// <param name="Products">Those of the page that was asked for, best first.</param>
/// <param name="Count">Of all pages, at most <see cref="ProductRanking.Most"/>.</param>
/// <param name="HasMore">There are more than that.</param>
/// <param name="NoLongerSold">Articles that were asked for by number, or found instead of any that is sold.</param>
/// <param name="Replaced">Words that no article has, and the known word that was taken in their place.</param>
/// <param name="Ignored">Words that no article has and that resemble none.</param>
/// <param name="Others">What else could have been meant; each finds something.</param>
public sealed record FoundProducts(
    ProductQuestion Question, IReadOnlyList<ProductId> Products, int Count, bool HasMore, IReadOnlyList<(string Sku, string Name)> NoLongerSold,
    IReadOnlyList<(string Asked, string Taken)> Replaced, IReadOnlyList<string> Ignored, IReadOnlyList<string> Others);

/// <summary>
/// Search by words: an article is found when it has every chunk that was asked for, as a word or as the beginning of one. Only when a word is known nowhere
/// are similar ones looked for. Two commands, one more for each unknown word, two where an assortment may not have what is similar.
/// </summary>
public sealed class ProductSearch
{
    private const string Terms = """
        select term as "Value" from search_term where kind = 'product' and (term >= {0} and term < {1} or term >= {2} and term < {3})
        """;

    private const int MostSimilar = 3;
    private const int LookedAt = 12;

    private readonly ProductRanking _ranking = new();

    /// <param name="page">From 1 on.</param>
    public async Task<FoundProducts> Find(ShopDb db, VisibleRange range, string? text, int page, CancellationToken cancel)
    {
        var question = ProductQuestion.Of(text);
        if (question.Chunks.Count == 0)
        {
            return new FoundProducts(question, [], 0, false, [], [], [], []);
        }

        var counts = await _ranking.Counts(db, range, question.Words, cancel);
        var asked = question.Text;
        var (replaced, ignored, others) = (new List<(string Asked, string Taken)>(), new List<string>(), new List<string>());
        var wanted = new List<string>();
        foreach (var word in question.Chunks.SelectMany(chunk => counts[chunk.Whole] > 0 ? [chunk.Whole] : chunk.Parts).Distinct(StringComparer.Ordinal))
        {
            if (counts[word] > 0)
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
        List<(string Word, int Count)> words = [.. wanted.Distinct(StringComparer.Ordinal).Select(word => (word, counts.GetValueOrDefault(word, int.MaxValue))).OrderBy(word => word.Item2)];
        var from = (page - 1) * ProductLists.PageSize;
        var found = words.Count == 0 ? [] : await _ranking.Page(db, range, words, asked, from, cancel);
        if (found.Count == 0 && words.Count > 1)
        {
            others.AddRange(wanted);
        }

        var shown = found.Where(product => product.OldSku is null && product.Place > from).Select(product => new ProductId(product.Id));
        var noLongerSold = found.Where(product => product.OldSku is not null).Select(product => (product.OldSku!, product.OldName!));
        var count = found.Count == 0 ? 0 : found[0].Sold;
        return new FoundProducts(
            question, [.. shown], Math.Min(count, ProductRanking.Most), count > ProductRanking.Most, [.. noLongerSold], replaced, ignored, others);
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
