using System.Globalization;
using OnBehalf.Data;

namespace OnBehalf.Modules.Audit;

/// <summary>Events that were found, in the order in which they were asked for.</summary>
/// <param name="Next">Where what was not looked at begins; null when all was.</param>
/// <param name="IsCut">The search stopped there because it had looked at enough, and not because the page was full.</param>
internal sealed record AuditHits(IReadOnlyList<Guid> Events, long? Next, bool IsCut);

/// <summary>
/// Finds events along indexes that end in the sequence, so that a page is a walk along one of them from where the last page ended. What the index does not say is asked of
/// each row on the way, of so many rows and no more: then the reader is told how far it has looked. Nothing is counted, sorted or read as a whole.
/// </summary>
internal sealed class AuditSearch(Database database)
{
    public const int PageSize = 50;

    /// <summary>So many rows are looked at in one search.</summary>
    public const int Most = 10_000;

    /// <summary>So many rows of each index tell which of them is the thinnest.</summary>
    private const int Probe = 400;

    /// <summary>No transaction takes longer from its start, which is the time of its events, to their numbers.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    private static readonly string[] Columns =
        ["seq", "id", "at", "name", "operator_staff_ref", "operator_buyer_ref", "buyer_ref", "company_id", "session_id", "order_id", "about", "session_mode", "reason_code", "ticket_ref", "outcome"];

    public async Task<AuditHits> Find(ShopDb db, AuditWanted filter, long? place, CancellationToken cancel)
    {
        if (filter.Person is { IsKnown: false } || filter.Operator is { IsKnown: false })
        {
            return new AuditHits([], null, false);
        }

        var ask = new Ask(filter, database.Kind);
        await Bound(db, ask, filter, place, cancel);
        var source = await Choose(db, ask, cancel);
        var rest = ask.Sources.Where(one => one != source).Select(one => one.Of("c")).Concat(ask.Times("c")).ToList();

        // Each branch by itself is a walk along an index; together they are merged.
        var looked = rest.Count == 0 ? PageSize + 1 : Math.Max(PageSize + 1, Most / source.Branches.Count);
        var where = rest.Count == 0 ? "" : $"where {string.Join(" and ", rest)}";
        var found = await db.Rows<Hit>(
            string.Join("\nunion all ", source.Branches.Select((branch, i) =>
                $"""
                select b.seq as "Seq", b.id as "Id", {i} as "Branch" from (
                    select c.seq, c.id from (select {string.Join(", ", Columns.Select(column => "e." + column))} from {ask.Along(branch)} limit {looked}) c
                    {where} order by {ask.Order("c", branch)} limit {PageSize + 1}) b
                """)),
            ask.Arguments).ToListAsync(cancel);

        // A branch that has given less than a page may have been left before its end: behind that place nothing of the others counts.
        var edge = rest.Count == 0 ? null : await Edge(db, ask, source, found, looked, cancel);
        var hits = found.DistinctBy(hit => hit.Seq).OrderBy(hit => ask.IsUp ? hit.Seq : -hit.Seq).Where(hit => edge is not { } end || (ask.IsUp ? hit.Seq <= end : hit.Seq >= end)).ToList();
        return hits.Count > PageSize
            ? new AuditHits([.. hits.Take(PageSize).Select(hit => hit.Id)], hits[PageSize - 1].Seq, false)
            : new AuditHits([.. hits.Select(hit => hit.Id)], edge, edge is not null);
    }

    /// <summary>The nearest place at which a branch was left before its end.</summary>
    private static async Task<long?> Edge(ShopDb db, Ask ask, AuditSource source, List<Hit> found, int looked, CancellationToken cancel)
    {
        var open = source.Branches.Where((_, i) => found.Count(hit => hit.Branch == i) <= PageSize).ToList();
        var full = source.Branches.Count == 1 ? []
            : found.GroupBy(hit => hit.Branch).Where(branch => branch.Count() > PageSize).Select(branch => ask.IsUp ? branch.Max(hit => hit.Seq) : branch.Min(hit => hit.Seq));
        var ends = open.Count == 0 ? [] : await db.Rows<long>(string.Join("\nunion all ", open.Select(branch => ask.PlaceOf(branch, looked))), ask.Arguments).ToListAsync(cancel);
        var all = ends.Concat(full).ToList();
        return all.Count == 0 ? null : ask.IsUp ? all.Min() : all.Max();
    }

    /// <summary>From when to when is from where to where: numbers are given in the order of time, but for those of transactions that ran meanwhile.</summary>
    private static async Task Bound(ShopDb db, Ask ask, AuditWanted filter, long? place, CancellationToken cancel)
    {
        if (place is { } behind)
        {
            ask.Narrow(ask.IsUp ? behind : null, ask.IsUp ? null : behind);
        }

        var low = filter.From is { } from ? ask.Add(from - Longest) : null;
        var high = filter.To is { } to ? ask.Add(to + Longest) : null;
        if (low is null && high is null)
        {
            return;
        }

        var lowest = low is null ? "cast(null as bigint)" : $"(select e.seq from audit_event e where e.at < {low} order by e.at desc limit 1)";
        var highest = high is null ? "cast(null as bigint)" : $"(select e.seq from audit_event e where e.at >= {high} order by e.at limit 1)";
        var bounds = (await db.Rows<Bounded>($"select {lowest} as \"Low\", {highest} as \"High\"", ask.Arguments).ToListAsync(cancel))[0];
        ask.Narrow(bounds.Low, bounds.High);
    }

    /// <summary>Along which index: one that knows few rows by its nature, else the one whose next rows lie farthest apart.</summary>
    private async Task<AuditSource> Choose(ShopDb db, Ask ask, CancellationToken cancel)
    {
        if (ask.Sources.FirstOrDefault(source => source.IsThin) is { } thin)
        {
            return thin;
        }

        var walks = ask.Sources.Where(source => source.IsIndexed).ToList();
        if (walks.Count < 2)
        {
            return walks.FirstOrDefault() ?? AuditSource.All;
        }

        await using var together = database.Together();
        var probes = walks.ConvertAll(source => together.Rows<long>(string.Join("\nunion all ", source.Branches.Select(branch => ask.PlaceOf(branch, Probe))), ask.Arguments));
        await together.Read(cancel);
        return walks.Zip(probes, (source, probe) => (source, Near: probe() switch { [] => long.MaxValue, var places => ask.IsUp ? places.Min() : -places.Max() })).MaxBy(one => one.Near).source;
    }

    private sealed record Hit(long Seq, Guid Id, int Branch);

    private sealed record Bounded(long? Low, long? High);

    /// <summary>The arguments of one search and the conditions that are made with them.</summary>
    private sealed class Ask
    {
        private readonly List<object?> _arguments = [];
        private readonly bool _isPostgres;
        private long _low;
        private long _high = long.MaxValue;
        private readonly string? _from;
        private readonly string? _to;

        public Ask(AuditWanted filter, DatabaseKind kind)
        {
            _isPostgres = kind == DatabaseKind.Postgres;
            IsUp = filter.OldestFirst;
            Sources = [.. AuditSource.Of(filter, Add)];
            _from = filter.From is { } from ? Add(from) : null;
            _to = filter.To is { } to ? Add(to) : null;
        }

        public bool IsUp { get; }

        public IReadOnlyList<AuditSource> Sources { get; }

        private string Way => IsUp ? "asc" : "desc";

        /// <summary>Behind all others the numbers between which the search lies.</summary>
        public object?[] Arguments => [.. _arguments, _low, _high];

        public string Add(object value)
        {
            _arguments.Add(value);
            return Place(_arguments.Count - 1);
        }

        public void Narrow(long? low, long? high) => (_low, _high) = (Math.Max(_low, low ?? 0), Math.Min(_high, high ?? long.MaxValue));

        /// <summary>
        /// Rows of a walk in its order. On PostgreSQL as a range of the whole index: of "this value, in the order of the sequence" its planner thinks that reading
        /// the table along its primary key is as good, and for a rare value reads all of it (measured).
        /// </summary>
        public string Along(AuditWalk walk)
        {
            var (low, high) = (Place(_arguments.Count), Place(_arguments.Count + 1));
            var order = Order("e", walk);
            return walk.Column is not { } column ? $"audit_event e where e.seq > {low} and e.seq < {high} order by {order}"
                : _isPostgres ? $"audit_event e where (e.{column}, e.seq) > ({walk.Value}, {low}) and (e.{column}, e.seq) < ({walk.Value}, {high}) and e.{column} is not null{walk.Besides} order by {order}"
                : $"audit_event e where e.{column} = {walk.Value} and e.seq > {low} and e.seq < {high}{walk.Besides} order by {order}";
        }

        public IEnumerable<string> Times(string row)
        {
            if (_from is not null)
            {
                yield return $"{row}.at >= {_from}";
            }

            if (_to is not null)
            {
                yield return $"{row}.at < {_to}";
            }
        }

        public string Order(string row, AuditWalk walk) => walk.Column is { } column && _isPostgres ? $"{row}.{column} {Way}, {row}.seq {Way}" : $"{row}.seq {Way}";

        /// <summary>The place of the row with this number, counted along a branch; none when there are fewer.</summary>
        public string PlaceOf(AuditWalk branch, int number) => $"select p.seq as \"Value\" from (select e.seq from {Along(branch)} limit 1 offset {number - 1}) p";

        private static string Place(int number) => $"{{{number.ToString(CultureInfo.InvariantCulture)}}}";
    }
}
