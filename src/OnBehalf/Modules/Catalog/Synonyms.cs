using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OnBehalf.Data;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Catalog;

/// <summary>Whoever asks for <see cref="Word"/> also finds what has <see cref="Means"/>. Both as the search knows words.</summary>
public sealed class SynonymRow
{
    public required string Word { get; init; }
    public required string Means { get; init; }
}

internal sealed class SynonymTable : IEntityTypeConfiguration<SynonymRow>
{
    public void Configure(EntityTypeBuilder<SynonymRow> builder) => builder.ToTable("search_synonym").HasKey(row => new { row.Word, row.Means });
}

/// <summary>From now on one word also finds what has another.</summary>
public sealed record SynonymAdded(Code Word, Code Means) : Fact
{
    public override string Name => "catalog.synonym-added";
}

/// <summary>One word no longer finds what has another.</summary>
public sealed record SynonymRemoved(Code Word, Code Means) : Fact
{
    public override string Name => "catalog.synonym-removed";
}

/// <summary>A pair as it is shown.</summary>
/// <param name="BothWays">There is the other direction too.</param>
public sealed record ShownSynonym(string Word, string Means, bool BothWays);

/// <summary>
/// Words that mean the same to the people who search. They count when somebody asks, not when an article is stored, so a change is seen at once on this node and after
/// at most five seconds on others.
/// </summary>
public sealed class Synonyms(Database database, TimeProvider clock)
{
    /// <summary>They are read from memory; nobody keeps more by hand.</summary>
    public const int Most = 5_000;

    private const int MostOfAWord = 8;
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(5);

    private static readonly char[] Between = [';', ',', '\t'];

    private volatile Snapshot? _snapshot;

    /// <summary>What also counts for a word that somebody typed, in singular or plural.</summary>
    internal async ValueTask<IReadOnlyList<string>> Of(ShopDb db, string word, CancellationToken cancel)
    {
        var snapshot = _snapshot;
        if (snapshot is null || clock.GetElapsedTime(snapshot.ReadAt) > Freshness)
        {
            _snapshot = snapshot = new Snapshot((await Rows(db, cancel)).ToLookup(row => row.Word, row => row.Means, StringComparer.Ordinal), clock.GetTimestamp());
        }

        foreach (var ending in (ReadOnlySpan<string>)["", "s", "es"])
        {
            if (word.Length > ending.Length + 1 && word.EndsWith(ending, StringComparison.Ordinal) && snapshot.Means[word[..^ending.Length]] is var means && means.Any())
            {
                return [.. means.Take(MostOfAWord)];
            }
        }

        return [];
    }

    /// <summary>Each pair once, by word.</summary>
    public async Task<IReadOnlyList<ShownSynonym>> All(CancellationToken cancel)
    {
        await using var db = database.Read();
        var rows = await Rows(db, cancel);
        var pairs = rows.Select(row => (row.Word, row.Means)).ToHashSet();
        return [.. rows.Where(row => !pairs.Contains((row.Means, row.Word)) || string.CompareOrdinal(row.Word, row.Means) < 0)
            .Select(row => new ShownSynonym(row.Word, row.Means, pairs.Contains((row.Means, row.Word))))];
    }

    public async Task<Outcome<Done>> Add(Caller caller, string? word, string? means, bool bothWays, CancellationToken cancel) =>
        Pair(word) is not { } from ? Refusal.Invalid("catalog.synonym-word", "Type one word, of letters and digits.", "Word")
        : Pair(means) is not { } to ? Refusal.Invalid("catalog.synonym-word", "Type one word, of letters and digits.", "Means")
        : from == to ? Refusal.Invalid("catalog.synonym-same", "To the search these are the same word already.", "Means")
        : await Store(caller, [.. Directions(from, to, bothWays)], cancel);

    /// <summary>Lines of `word;means` or `word;means;both`; one that is wrong refuses all and is named.</summary>
    public async Task<Outcome<Done>> AddLines(Caller caller, string? text, CancellationToken cancel)
    {
        var pairs = new List<(string, string)>();
        var number = 0;
        foreach (var line in (text ?? "").Split('\n'))
        {
            number++;
            var cells = line.Trim().Split(Between).Select(cell => cell.Trim().Trim('"').TrimStart('\'')).ToArray();
            if (cells is [""] || (number == 1 && cells is ["word", "means", ..]))
            {
                continue;
            }

            if (cells.Length is < 2 or > 3 || Pair(cells[0]) is not { } from || Pair(cells[1]) is not { } to || from == to || (cells.Length == 3 && cells[2] is not ("both" or "one" or "")))
            {
                return Refusal.Invalid("catalog.synonym-line", $"Line {number} is not “word;means” or “word;means;both”. Nothing was changed.", "Lines");
            }

            pairs.AddRange(Directions(from, to, cells is [_, _, "both"]));
        }

        return pairs.Count == 0 ? Refusal.Invalid("catalog.synonym-line", "Paste at least one line: word;means.", "Lines") : await Store(caller, [.. pairs.Distinct()], cancel);
    }

    public async Task<Outcome<Done>> Remove(Caller caller, string? word, string? means, bool bothWays, CancellationToken cancel)
    {
        var result = await database.Write<Done>(
            caller,
            async tx =>
            {
                foreach (var (from, to) in Directions(word ?? "", means ?? "", bothWays))
                {
                    if (await tx.Db.Set<SynonymRow>().SingleOrDefaultAsync(row => row.Word == from && row.Means == to, tx.Cancel) is { } row)
                    {
                        tx.Db.Remove(row);
                        tx.Add(new SynonymRemoved(from, to));
                    }
                }

                return Done.It;
            },
            cancel);
        _snapshot = null;
        return result;
    }

    private async Task<Outcome<Done>> Store(Caller caller, (string Word, string Means)[] pairs, CancellationToken cancel)
    {
        var result = await database.Write<Done>(
            caller,
            async tx =>
            {
                var known = (await Rows(tx.Db, tx.Cancel)).Select(row => (row.Word, row.Means)).ToHashSet();
                foreach (var pair in pairs.Where(pair => !known.Contains(pair)))
                {
                    tx.Db.Add(new SynonymRow { Word = pair.Word, Means = pair.Means });
                    tx.Add(new SynonymAdded(pair.Word, pair.Means));
                    known.Add(pair);
                }

                return known.Count > Most ? Refusal.Conflict("catalog.synonym-too-many", $"There can be {Most:N0} synonyms, a pair in both directions counting twice. Remove some first.") : Done.It;
            },
            cancel);
        _snapshot = null;
        return result;
    }

    private static Task<List<ShownRow>> Rows(ShopDb db, CancellationToken cancel) =>
        db.Rows<ShownRow>("select word as \"Word\", means as \"Means\" from search_synonym order by word, means").ToListAsync(cancel);

    // As one word: "t-shirt" is tshirt, which is how an article with it is found too.
    private static string? Pair(string? text) =>
        (text ?? "").Trim() is { Length: > 1 and <= SearchText.LongestWord } typed && !typed.Any(char.IsWhiteSpace) && SearchText.Words(typed) is { Count: > 0 } words && words[^1].Length > 1 ? words[^1] : null;

    private static IEnumerable<(string Word, string Means)> Directions(string word, string means, bool bothWays) => bothWays ? [(word, means), (means, word)] : [(word, means)];

    private sealed record ShownRow(string Word, string Means);

    private sealed record Snapshot(ILookup<string, string> Means, long ReadAt);
}
