using System.Collections.Concurrent;
using OnBehalf.Catalog;
using OnBehalf.Data;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Catalog;

/// <summary>
/// The SQL that finds the articles that have all words, and the one place that decides in which order they come: a word that is the same counts three times
/// its weight, one that only begins so twice; equals come by name and number, so the order is the same on both databases. Rare words are intersected as
/// sets; common ones are looked up for what is left, so the cost is bounded whatever the size of the catalogue.
/// </summary>
internal sealed class ProductRanking
{
    /// <summary>A word of more articles than these is common. Only where all words are, the best of the first decide alone who is looked at.</summary>
    public const int Common = 4_000;

    // A single word, and whatever has all words, needs no more than what a shelf holds and one to tell that there are more.
    private const int MostRanked = ProductShelf.Most + 1;

    // Among so many of a common word is looked for what was chosen.
    private const int MostChosen = 2 * Common;

    // What counts beside the words: the name is exactly what was asked for, begins with it, or holds it in one piece; the number is.
    internal const int IsNumber = 10_000;
    private const int IsName = 5_000;
    private const int BeginsName = 60;
    private const int InName = 30;

    // What a word is followed by at most: greater than every letter.
    private const char End = '\uffff';

    /// <summary>An assortment of so few articles is looked through, whatever the words are; in a larger one the words lead, and each article is looked up in it.</summary>
    private const int Small = 2_000;

    private readonly ConcurrentDictionary<(int Words, Narrowing By), string> _counts = [];
    private readonly ConcurrentDictionary<(string Words, int Rare, Narrowing By, string Chosen), string> _texts = [];

    private static readonly string[] Plain = [.. Enumerable.Range(0, 40).Select(words => new string('1', words))];

    private enum Narrowing
    {
        None,
        Small,
        Large,
    }

    /// <summary>How many words of articles that are there for the caller each of these begins, counted up to <see cref="Common"/> and one more.</summary>
    public async Task<Dictionary<string, int>> Counts(ShopDb db, VisibleRange range, IReadOnlyList<string> words, CancellationToken cancel)
    {
        var sql = _counts.GetOrAdd((words.Count, By(range)), static key => string.Join(" union all ", Enumerable.Range(0, key.Words).Select(i => $"""
            select {i} as "Word", (select cast(count(*) as integer) from (select 1 from {Counted(key.By, key.Words, i)} limit {Common + 1}) x) as "Count"
            """)));
        return (await db.Rows<WordCount>(sql, [.. words.SelectMany(Bounds), .. Of(range)]).ToListAsync(cancel)).ToDictionary(row => words[row.Word], row => row.Count, StringComparer.Ordinal);
    }

    /// <summary>The parts that find the articles with all words, what is added to their score, and the arguments: for a <see cref="ProductShelf"/>.</summary>
    /// <param name="range">What is there for the caller.</param>
    /// <param name="words">Rarest first.</param>
    /// <param name="asked">All of what was typed.</param>
    /// <param name="chosen">Conditions on an article `z`, where more were found than a shelf holds; else empty.</param>
    public (string Hits, string Score, IEnumerable<object> Arguments) Hits(VisibleRange range, IReadOnlyList<AskedWord> words, string asked, string chosen)
    {
        var shape = words.All(word => word.Alternatives.Count == 1) ? Plain[words.Count] : string.Concat(words.Select(word => (char)('0' + word.Alternatives.Count)));
        var sql = _texts.GetOrAdd((shape, words.Count(word => word.Count <= Common), By(range), chosen), static key => Text(key.Words, key.Rare, key.By, key.Chosen));
        var name = SearchText.SortName(asked);
        return (sql, Score(words.Sum(word => word.Alternatives.Count)),
            [.. words.SelectMany(word => word.Alternatives).SelectMany(Bounds), name, name.Replace(" ", "", StringComparison.Ordinal), .. Of(range)]);
    }

    private static Narrowing By(VisibleRange range) => range.IsAll ? Narrowing.None : range.Products <= Small ? Narrowing.Small : Narrowing.Large;

    private static object[] Of(VisibleRange range) => range.Assortment is { } assortment ? [assortment.Value] : [];

    // The question in brackets is asked for each row by itself: joined, the planner might read all words of a large part of the catalogue.
    private static string Counted(Narrowing by, int words, int word) => by switch
    {
        Narrowing.None => $"product_word where {Begins("word", word)}",
        Narrowing.Small => $"assortment_product a where a.assortment_id = {Slot(2 * words)} and ({LookedUp("a", word)}) is not null",
        _ => $"product_word w where {Begins("w.word", word)} and {IsIn("w", 2 * words)}",
    };

    // Appending nothing keeps the planner off the index of words: the few words of an article are read by its id.
    private static string LookedUp(string row, int first, int alternatives = 1) => $"""
        select max(o.weight * case {string.Concat(Enumerable.Range(0, alternatives).Select(of => $"when {Begins("o.word || ''", first + of)} then {Times("o.word", first + of, of)} "))}end)
        from product_word o where o.product_id = {row}.product_id and ({string.Join(" or ", Enumerable.Range(0, alternatives).Select(of => Begins("o.word || ''", first + of)))})
        """;

    private static string IsIn(string row, int slot) =>
        $"(select 1 from assortment_product v where v.assortment_id = {Slot(slot)} and v.product_id = {row}.product_id) is not null";

    // How many alternatives each word has, a digit each.
    private static string Text(string shape, int rare, Narrowing by, string chosen)
    {
        var words = shape.Select((alternatives, i) => (First: ProductShelf.Slots / 2 + shape[..i].Sum(before => before - '0'), Count: alternatives - '0')).ToList();
        var end = ProductShelf.Slots + 2 * words.Sum(word => word.Count);
        var leading = by == Narrowing.Small ? 0 : Math.Max(rare, 1);
        var narrowed = by == Narrowing.Large ? $" and {IsIn("o", end + 2)}" : "";
        var most = chosen.Length > 0 && (words.Count == 1 || rare == 0) ? $"limit {MostChosen}" : words.Count == 1 ? $"limit {MostRanked}" : rare == 0 ? $"limit {Common / 2}" : "";
        var sets = string.Join(" union all ", words.Take(leading).Select((word, i) => $"""
            select product_id, max(score) as score from ({string.Join(" union all ", Enumerable.Range(0, word.Count).Select(of => $"""
                select product_id, weight * {Times("word", word.First + of, of)} as score
                from (select o.product_id, o.word, o.weight from product_word o where {Begins("o.word", word.First + of)}{narrowed} order by o.word, o.weight desc, o.product_id {most}) w{i}a{of}
                """))}) w{i} group by product_id
            """));
        var lookedUp = string.Concat(words.Skip(leading).Select(word => $" + ({LookedUp("d", word.First, word.Count)})"));
        var found = by == Narrowing.Small ? $"select a.product_id, 0 as score from assortment_product a where a.assortment_id = {Slot(end + 2)}"
            : $"select product_id, sum(score) as score from ({sets}) u group by product_id having count(*) = {leading}";
        return $"""
            d as ({found}),
            s as materialized (select d.product_id, d.score {lookedUp} as score from d
                {(chosen.Length == 0 ? "" : $"where exists (select 1 from product z where z.id = d.product_id and z.status = 'active'{chosen})")}),
            hits as materialized (select product_id as id, score from s where score is not null order by score desc, product_id limit {MostRanked})
            """;
    }

    private static string Score(int words)
    {
        var (name, number) = (Slot(ProductShelf.Slots + 2 * words), Slot(ProductShelf.Slots + 2 * words + 1));
        return $"""
            + case when z.sort_name = {name} then {IsName} when z.sort_name like {name} || '%' then {BeginsName} when z.sort_name like '%' || {name} || '%' then {InName} else 0 end
            + case when exists (select 1 from product_word n where n.product_id = z.id and n.word = {number} and n.weight = {ProductWords.OfNumber}) then {IsNumber} else 0 end
            """;
    }

    private static string Begins(string column, int word) => $"{column} >= {Slot(2 * word)} and {column} < {Slot(2 * word + 1)}";

    // What has a synonym comes after what has the word that was typed.
    private static string Times(string column, int word, int alternative) =>
        $"case when {column} = {Slot(2 * word)} then {(alternative == 0 ? 3 : 2)} else {(alternative == 0 ? 2 : 1)} end";

    private static string[] Bounds(string word) => [word, word + End];

    private static string Slot(int number) => $"{{{number}}}";

    private sealed record WordCount(int Word, int Count);
}

/// <summary>A word of a question with what counts for it: itself, if any article has it, and its synonyms.</summary>
/// <param name="Count">How many words of articles they begin.</param>
internal sealed record AskedWord(IReadOnlyList<string> Alternatives, int Count);
