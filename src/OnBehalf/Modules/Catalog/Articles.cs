using OnBehalf.Catalog;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Catalog;

/// <summary>A line of a file with articles: its number in the file, and its values by the names of the columns.</summary>
public sealed record ArticleLine(int Line, string Sku, IReadOnlyDictionary<string, string?> Values);

/// <summary>A line of a file that will not do, and why.</summary>
public sealed record WrongArticle(int Line, string Text, string Why);

/// <summary>What staff do with articles. Each verb is one transaction, each changed value a fact with what was before and after; search, lists and assortments show it at its end.</summary>
public sealed class Articles(Database database)
{
    /// <summary>Articles that are changed at once, from the list or by a file.</summary>
    public const int Most = 2_000;

    private static readonly Refusal Gone = Refusal.Missing("catalog.article-gone", "There is no such article.");

    private static readonly Refusal ChangedMeanwhile = Refusal.Conflict(
        "catalog.article-changed", "Somebody has changed this article meanwhile. Look at it as it is now and decide again.");

    private static readonly Refusal Wrong = Refusal.Invalid("catalog.article-wrong", "Nothing was stored: please look at what is marked.");

    private static readonly Refusal TooMany = Refusal.Invalid("catalog.articles-too-many", $"At most {Most:N0} articles at once; the import on the command line takes any number.");

    private static readonly Refusal NothingChosen = Refusal.Invalid("catalog.articles-none", "Choose articles first: tick them in the list.");

    /// <summary>A new article; all that is wrong with its values comes together.</summary>
    public async Task<(Outcome<string> Sku, IReadOnlyList<Refusal> Wrong)> Add(Caller caller, IReadOnlyDictionary<string, string?> values, CancellationToken cancel)
    {
        IReadOnlyList<Refusal> wrong = [];
        var sku = values.GetValueOrDefault("sku")?.Trim() ?? "";
        var outcome = await Write<string>(
            caller,
            async tx =>
            {
                var open = await OpenArticles.Load(tx, sku.Length == 0 ? [] : [sku], [values]);
                wrong = open.Find(sku) is not null ? [Refusal.Invalid("catalog.article-taken", "Number: another article has it already.", "sku")]
                    : sku.Length == 0 ? ArticleSheet.Read(values).Wrong : open.Put(sku, values);
                if (wrong.Count > 0)
                {
                    return Wrong;
                }

                await open.Finish();
                return sku;
            },
            cancel);
        return (outcome, wrong);
    }

    /// <param name="caller">Who does it.</param>
    /// <param name="sku">Of the article.</param>
    /// <param name="seen">The version that was shown.</param>
    /// <param name="values">What it gets; what they do not name stays.</param>
    /// <param name="cancel">Ends it early.</param>
    public async Task<(Outcome<Done> Outcome, IReadOnlyList<Refusal> Wrong)> Change(Caller caller, string sku, int seen, IReadOnlyDictionary<string, string?> values, CancellationToken cancel)
    {
        IReadOnlyList<Refusal> wrong = [];
        var outcome = await Write<Done>(
            caller,
            async tx =>
            {
                var open = await OpenArticles.Load(tx, [sku], [values]);
                if (open.Find(sku) is not { } row)
                {
                    return Gone;
                }

                if (row.Version != seen)
                {
                    return ChangedMeanwhile;
                }

                wrong = open.Put(sku, values);
                if (wrong.Count > 0)
                {
                    return Wrong;
                }

                await open.Finish();
                return Done.It;
            },
            cancel);
        return (outcome, wrong);
    }

    /// <summary>Gives several articles the same value: all, or none. Returns how many were changed.</summary>
    public Task<Outcome<int>> ChangeMany(Caller caller, IReadOnlyCollection<string> numbers, string column, string? value, CancellationToken cancel) => Write<int>(
        caller,
        async tx =>
        {
            if (numbers.Count is 0 or > Most)
            {
                return numbers.Count == 0 ? NothingChosen : TooMany;
            }

            if (string.IsNullOrWhiteSpace(value) && ArticleSheet.NeverEmpty.Contains(column))
            {
                return Refusal.Invalid("catalog.value-missing", $"{ArticleSheet.TitleOf(column)}: type what the articles are to have. Nothing was changed.");
            }

            var values = new Dictionary<string, string?>(StringComparer.Ordinal) { [column] = value };
            var open = await OpenArticles.Load(tx, numbers, [values]);
            var changed = 0;
            foreach (var sku in numbers)
            {
                if (open.Find(sku) is null)
                {
                    return Gone;
                }

                var before = tx.Facts.Count;
                if (open.Put(sku, values) is [var wrong, ..])
                {
                    return wrong with { Field = null, Sentence = Phrase.Of($"{sku}: {wrong.Sentence} Nothing was changed.") };
                }

                changed += tx.Facts.Count > before ? 1 : 0;
            }

            await open.Finish();
            return changed;
        },
        cancel);

    /// <summary>The lines of a file: all of them, or none and every line that will not do. Articles that are not there are added.</summary>
    public async Task<(Outcome<(int Added, int Changed)> Outcome, IReadOnlyList<WrongArticle> Wrong)> Import(Caller caller, IReadOnlyList<ArticleLine> lines, CancellationToken cancel)
    {
        IReadOnlyList<WrongArticle> wrong = [];
        var outcome = await Write<(int, int)>(
            caller,
            async tx =>
            {
                if (lines.Count is 0 or > Most)
                {
                    return lines.Count == 0 ? Refusal.Invalid("catalog.articles-empty", "There is no article in this file.", "File") : TooMany with { Field = "File" };
                }

                var open = await OpenArticles.Load(tx, [.. lines.Select(line => line.Sku)], [.. lines.Select(line => line.Values)]);
                var (faults, added, changed) = (new List<WrongArticle>(), 0, 0);
                foreach (var line in lines)
                {
                    var (isNew, before) = (open.Find(line.Sku) is null, tx.Facts.Count);
                    faults.AddRange(open.Put(line.Sku, line.Values).Select(refusal => new WrongArticle(line.Line, line.Sku, refusal.Sentence)));
                    (added, changed) = tx.Facts.Count == before ? (added, changed) : isNew ? (added + 1, changed) : (added, changed + 1);
                }

                wrong = faults;
                if (faults.Count > 0)
                {
                    return FaultsIn(faults.Count);
                }

                await open.Finish();
                return (added, changed);
            },
            cancel);
        return (outcome, wrong);
    }

    internal static Refusal FaultsIn(int count) =>
        Refusal.Invalid("catalog.article-lines", count == 1 ? Phrase.Of("One line will not do; nothing was stored.") : Phrase.Of($"{count:N0} things will not do; nothing was stored."), "File");

    private async Task<Outcome<T>> Write<T>(Caller caller, Func<Tx, Task<Outcome<T>>> decide, CancellationToken cancel) =>
        caller.IsAssisting || !caller.May(Right.CatalogChange) ? AccessGate.RightMissing : await database.Write(caller, decide, cancel);
}
