using System.Collections.Concurrent;
using OnBehalf.Catalog;
using OnBehalf.Data;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Catalog;

/// <summary>How many articles of a category have a value: of a colour, of a size, or at a base price ("3 EUR": the step and the currency).</summary>
internal sealed record KeptLine(Guid? Category, int Kind, string? Value, int Count);

/// <summary>
/// Counts of more articles than a <see cref="ProductShelf"/> looks at, kept in memory: of all articles and of each large assortment for itself, so that they tell
/// of nothing that is not there for the caller. They are at most a minute old; whoever asks later gets them as they are and new ones are counted meanwhile.
/// What changes the number of articles of an assortment is waited for.
/// </summary>
public sealed class KeptCounts(Database database, TimeProvider clock, ILogger<KeptCounts> log)
{
    private static readonly TimeSpan Freshness = TimeSpan.FromMinutes(1);

    // Larger shops have few large assortments.
    private const int MostKept = 100;

    private readonly ConcurrentDictionary<Guid, Kept> _kept = [];

    private readonly string _all = Text("product p", "");
    private readonly string _ofAssortment = Text("assortment_product a join product p on p.id = a.product_id", " and a.assortment_id = {0}");

    /// <summary>Null where everything is counted anyway: an assortment that a shelf holds.</summary>
    internal async ValueTask<Kept?> Of(VisibleRange range, CancellationToken cancel)
    {
        if (!range.IsAll && range.Products <= ProductShelf.Most)
        {
            return null;
        }

        var key = range.Assortment?.Value ?? Guid.Empty;
        if (_kept.GetValueOrDefault(key) is not { } kept || kept.Products != range.Products)
        {
            return await Count(range, cancel);
        }

        if (clock.GetElapsedTime(kept.ReadAt) > Freshness && Interlocked.Exchange(ref kept.IsCountedAnew, 1) == 0)
        {
            _ = CountMeanwhile(range, kept);
        }

        return kept;
    }

    private async Task CountMeanwhile(VisibleRange range, Kept old)
    {
        try
        {
            // Not on the thread of whoever asked: SQLite answers on it.
            await Task.Run(() => Count(range, CancellationToken.None));
        }
        catch (Exception error) when (error is System.Data.Common.DbException or ObjectDisposedException)
        {
            log.LogWarning(error, "The counts of articles could not be brought up to date.");
            Volatile.Write(ref old.IsCountedAnew, 0);
        }
    }

    private async Task<Kept> Count(VisibleRange range, CancellationToken cancel)
    {
        await using var db = database.Read();
        var lines = await (range.Assortment is { } assortment ? db.Rows<KeptLine>(_ofAssortment, assortment.Value) : db.Rows<KeptLine>(_all)).ToListAsync(cancel);
        if (_kept.Count >= MostKept)
        {
            _kept.Clear();
        }

        return _kept[range.Assortment?.Value ?? Guid.Empty] = new Kept(lines.ToLookup(line => line.Category ?? Guid.Empty), range.Products, clock.GetTimestamp());
    }

    private static string Text(string from, string where)
    {
        return string.Join(" union all ", Of("0", "null", ""), Of("2", "p.color", " and p.color is not null"), Of("3", "p.size", " and p.size is not null"), Prices());

        string Of(string kind, string value, string has) => $"""
            select p.category_id as "Category", {kind} as "Kind", cast({value} as text) as "Value", cast(count(*) as integer) as "Count"
            from {from} where p.status = 'active'{has}{where} group by p.category_id{(value == "null" ? "" : ", " + value)}
            """;

        string Prices() => $"""
            select category_id, 4, cast(band as text) || ' ' || currency, cast(count(*) as integer)
            from (select p.category_id, p.currency, case {string.Concat(CurrencyBands())}end as band from {from} where p.status = 'active'{where}) b group by category_id, band, currency
            """;

        // Currencies have 0 to 4 decimals; almost all have two.
        IEnumerable<string> CurrencyBands() => Currency.All.GroupBy(currency => currency.MinorPerMajor).Where(group => group.Key != 100)
            .Select(group => $"when p.currency in ({string.Join(", ", group.Select(currency => $"'{currency.Code}'"))}) then {ProductShelf.Band("p.price_minor * (1000 / p.price_per)", group.Key)} ")
            .Append($"else {ProductShelf.Band("p.price_minor * (1000 / p.price_per)", 100)} ");
    }

    internal sealed class Kept(ILookup<Guid, KeptLine> lines, int products, long readAt)
    {
        public int IsCountedAnew;

        private readonly Dictionary<Guid, int> _totals = lines.SelectMany(group => group).Where(line => line.Kind == 0).ToDictionary(line => line.Category ?? Guid.Empty, line => line.Count);
        private readonly int _all = lines.SelectMany(group => group).Where(line => line.Kind == 0).Sum(line => line.Count);

        public int Products => products;

        public long ReadAt => readAt;

        /// <summary>How many articles categories have, or all where none are named.</summary>
        public int Total(IReadOnlyCollection<CategoryId>? scope) => scope is null ? _all : scope.Sum(category => _totals.GetValueOrDefault(category.Value));

        public IReadOnlyDictionary<Guid, int> Categories(IReadOnlyCollection<CategoryId>? scope) =>
            Lines(scope).Where(line => line.Kind == 0 && line.Category is not null).ToDictionary(line => line.Category!.Value, line => line.Count);

        public IEnumerable<(string Value, int Count)> Values(FacetKind kind, IReadOnlyCollection<CategoryId>? scope) =>
            Lines(scope).Where(line => line.Kind == (int)kind + 1 && line.Value is not null).GroupBy(line => line.Value!, StringComparer.Ordinal)
                .Select(group => (group.Key, group.Sum(line => line.Count)));

        private IEnumerable<KeptLine> Lines(IReadOnlyCollection<CategoryId>? scope) =>
            scope is null ? lines.SelectMany(group => group) : scope.SelectMany(category => lines[category.Value]);
    }
}
