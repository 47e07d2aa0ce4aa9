using System.Collections.Concurrent;
using OnBehalf.Catalog;
using OnBehalf.Data;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Catalog;

/// <summary>What a search found.</summary>
/// <param name="Products">Those of the page that was asked for, best first.</param>
/// <param name="Count">Of all pages, at most <see cref="ProductSearch.Most"/>.</param>
/// <param name="HasMore">There are more than that.</param>
/// <param name="NoLongerSold">Articles that were asked for by number, or found instead of any that is sold.</param>
/// <param name="Replaced">Words that no article has, and the known word that was taken in their place.</param>
/// <param name="Ignored">Words that no article has and that resemble none.</param>
/// <param name="Others">What else could have been meant; each finds something.</param>
public sealed record FoundProducts(
    ProductQuestion Question, IReadOnlyList<ProductId> Products, int Count, bool HasMore, IReadOnlyList<(string Sku, string Name)> NoLongerSold,
    IReadOnlyList<(string Asked, string Taken)> Replaced, IReadOnlyList<string> Ignored, IReadOnlyList<string> Others);

/// <summary>
/// Search by words: an article is found when it has every chunk that was asked for, as a word or as the beginning of one. The rarest word leads, the others
/// are looked up per article, so the cost is bounded whatever the size of the catalogue. Only when a word is known nowhere are similar ones looked for.
/// </summary>
public sealed class ProductSearch
{
    // What a word is followed by at most: greater than every letter.
    private const char End = '\uffff';

    /// <summary>More articles than these are not ranked; whoever gets that many has to say more.</summary>
    public const int Most = 200;

    // What counts beside the words: the name is exactly what was asked for, begins with it, or holds it in one piece; the number is.
    private const int IsNumber = 10_000;
    private const int IsName = 5_000;
    private const int BeginsName = 60;
    private const int InName = 30;

    // The leading word of several is followed this far, best articles first; a single word needs no more than the ranking takes, with prefixes to spare.
    private const int MostLed = 4_000;
    private const int MostOfOne = 2 * Most;

    private readonly ConcurrentDictionary<int, string> _counts = [];
    private readonly ConcurrentDictionary<int, string> _candidates = [];

    private const string Terms = """
        select term as "Value" from search_term where kind = 'product' and (term >= {0} and term < {1} or term >= {2} and term < {3})
        """;

    /// <param name="page">From 1 on.</param>
    public async Task<FoundProducts> Find(ShopDb db, string? text, int page, CancellationToken cancel)
    {
        var question = ProductQuestion.Of(text);
        if (question.Chunks.Count == 0)
        {
            return new FoundProducts(question, [], 0, false, [], [], [], []);
        }

        var counts = await Counts(db, question.Words, cancel);
        var wanted = new List<string>();
        var unknown = new List<string>();
        foreach (var chunk in question.Chunks)
        {
            var known = counts[chunk.Whole] > 0 ? [chunk.Whole] : chunk.Parts;
            wanted.AddRange(known.Where(word => counts[word] > 0));
            unknown.AddRange(known.Where(word => counts[word] == 0));
        }

        var replaced = new List<(string Asked, string Taken)>();
        var ignored = new List<string>();
        var others = new List<string>();
        foreach (var word in unknown.Distinct(StringComparer.Ordinal))
        {
            if (await Similar(db, word, cancel) is [var best, .. var rest])
            {
                replaced.Add((word, best));
                others.AddRange(rest.Select(other => question.Text.Replace(word, other, StringComparison.OrdinalIgnoreCase)));
                wanted.Add(best);
            }
            else
            {
                ignored.Add(word);
            }
        }

        string[] words = [.. wanted.Distinct(StringComparer.Ordinal).OrderBy(word => counts.GetValueOrDefault(word))];
        var asked = replaced.Aggregate(question.Text, (text, word) => text.Replace(word.Asked, word.Taken, StringComparison.OrdinalIgnoreCase));
        var found = words.Length == 0 ? [] : await Candidates(db, words, asked, page, cancel);
        if (found.Count == 0 && words.Length > 1)
        {
            others.AddRange(wanted.Distinct(StringComparer.Ordinal));
        }

        var from = (page - 1) * ProductLists.PageSize;
        var shown = found.Where(line => line.OldSku is null && line.Place > from).Select(line => new ProductId(line.Id));
        var noLongerSold = found.Where(line => line.OldSku is not null).Select(line => (line.OldSku!, line.OldName!));
        var count = found.Count == 0 ? 0 : found[0].Sold;
        return new FoundProducts(question, [.. shown], Math.Min(count, Most), count > Most, [.. noLongerSold], replaced, ignored, others);
    }

    // How many articles have each word, counted only as far as it matters for who leads.
    private async Task<Dictionary<string, int>> Counts(ShopDb db, IReadOnlyList<string> words, CancellationToken cancel)
    {
        var sql = _counts.GetOrAdd(words.Count, static count => string.Join(" union all ", Enumerable.Range(0, count).Select(i => $"""
            select {i} as "Word", (select cast(count(*) as integer) from (
                select 1 from product_word where word >= {Slot(2 * i)} and word < {Slot(2 * i + 1)} limit {MostLed + 1}) x) as "Count"
            """)));
        return (await db.Rows<WordCount>(sql, Ranges(words)).ToListAsync(cancel)).ToDictionary(row => words[row.Word], row => row.Count, StringComparer.Ordinal);
    }

    // The one place that decides in which order found articles come. A word that is the same counts three times its weight, one that only begins so twice;
    // equals come by name and number, so the order is the same on both databases.
    private Task<List<CandidateLine>> Candidates(ShopDb db, IReadOnlyList<string> words, string asked, int page, CancellationToken cancel)
    {
        var sql = _candidates.GetOrAdd(words.Count, static count =>
        {
            var others = string.Concat(Enumerable.Range(1, count - 1).Select(i => $"""
                 + (select max(o.weight * case when o.word = {Slot(2 * i)} then 3 else 2 end) from product_word o
                    where o.product_id = d.product_id and o.word >= {Slot(2 * i)} and o.word < {Slot(2 * i + 1)})
                """));
            var (name, number, from) = (Slot(2 * count), Slot(2 * count + 1), Slot(2 * count + 2));
            return $"""
                with d as (
                    select product_id, max(weight * case when word = {Slot(0)} then 3 else 2 end) as score
                    from (select product_id, word, weight from product_word where word >= {Slot(0)} and word < {Slot(1)}
                        order by word, weight desc, product_id limit {(count == 1 ? MostOfOne : MostLed)}) w
                    group by product_id),
                s as materialized (select d.product_id, d.score {others} as score from d),
                m as (select product_id, score from s where score is not null order by score desc, product_id limit {MostOfOne}),
                r as (
                    select p.id, p.sku, p.name, p.sort_name, p.status, m.score
                        + case when p.sort_name = {name} then {IsName} when p.sort_name like {name} || '%' then {BeginsName}
                            when p.sort_name like '%' || {name} || '%' then {InName} else 0 end
                        + case when exists (select 1 from product_word n where n.product_id = p.id and n.word = {number} and n.weight = {ProductWords.OfNumber})
                            then {IsNumber} else 0 end as score
                    from m join product p on p.id = m.product_id),
                f as (
                    select id, sku, name, score, case when status = 'active' then 0 else 1 end as old, sum(case when status = 'active' then 1 else 0 end) over () as sold,
                        row_number() over (order by case when status = 'active' then 0 else 1 end, score desc, sort_name, sku) as place
                    from r)
                select id as "Id", cast(place as integer) as "Place", cast(sold as integer) as "Sold",
                    case when old = 1 then sku end as "OldSku", case when old = 1 then name end as "OldName"
                from f
                where place = 1 or old = 0 and place <= {Most} and place > {from} and place <= {from} + {ProductLists.PageSize}
                    or old = 1 and place <= sold + 3 and (sold = 0 or score >= {IsNumber})
                order by place
                """;
        });
        var name = SearchText.SortName(asked);
        return db.Rows<CandidateLine>(sql, [.. Ranges(words), name, name.Replace(" ", "", StringComparison.Ordinal), (page - 1) * ProductLists.PageSize]).ToListAsync(cancel);
    }

    // Known words that the typed one may have meant, nearest first. The first two letters are hardly ever both wrong.
    private async Task<string[]> Similar(ShopDb db, string typed, CancellationToken cancel)
    {
        var most = Typos.Allowed(typed.Length);
        if (most == 0 || !typed.All(char.IsLetter))
        {
            return [];
        }

        var (first, second) = (typed[..1], typed[1..2]);
        var terms = await db.Rows<string>(Terms, first, first + End, second, second + End).ToListAsync(cancel);
        return
        [
            .. terms.Select(term => (Term: term, Mistakes: Mistakes(typed, term, most))).Where(near => near.Mistakes is not null)
                .OrderBy(near => near.Mistakes).ThenBy(near => Math.Abs(near.Term.Length - typed.Length)).ThenBy(near => near.Term, StringComparer.Ordinal)
                .Select(near => near.Term).Take(3),
        ];
    }

    // The word may not be typed to its end yet: then the same letters of the known one count, as half a mistake more.
    private static int? Mistakes(string typed, string known, int most) =>
        Typos.Between(typed, known, most) is { } whole ? 2 * whole
        : known.Length > typed.Length && Typos.Between(typed, known.AsSpan(0, typed.Length), most) is { } begun ? (2 * begun) + 1
        : null;

    private static object[] Ranges(IReadOnlyList<string> words) => [.. words.SelectMany(word => new[] { word, word + End })];

    private static string Slot(int number) => $"{{{number}}}";

    private sealed record WordCount(int Word, int Count);

    private sealed record CandidateLine(Guid Id, int Place, int Sold, string? OldSku, string? OldName);
}
