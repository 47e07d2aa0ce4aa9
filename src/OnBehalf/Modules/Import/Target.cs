using OnBehalf.Data;

namespace OnBehalf.Modules.Import;

/// <summary>What became of the rows of a file.</summary>
internal sealed record Merged(long New, long Changed, long Unchanged, long Removed = 0);

/// <summary>
/// A table of the shop and how a row of it is made from staged rows: found by its key, inserted when it is not there, updated when anything differs, and not
/// touched otherwise. What it did stays in the temporary table <see cref="Plan"/>, whose `change` is 0, 1 (changed) or 2 (new).
/// </summary>
internal sealed record Target(string Table, string From, (string Column, string Value)[] Key, (string Column, string Value)[] Columns)
{
    /// <summary>Columns that are set when a row is new, and never again.</summary>
    public (string Column, string Value)[] AtFirst { get; init; } = [];

    /// <summary>Columns whose value before the change is kept in the plan as `old_…`.</summary>
    public string[] Remember { get; init; } = [];

    public bool HasVersion { get; init; }

    /// <summary>Its rows show who made them for somebody else; what a file says is nobody's but the file's.</summary>
    public bool IsDelegated { get; init; }

    /// <summary>With columns that the file need not have: where it has them not, a row that is there keeps its value, and a new one begins with what an empty cell means.</summary>
    public Target With(IReadOnlySet<string> header, params (string Cell, string Column, string Value)[] optional) => this with
    {
        Columns = [.. Columns, .. optional.Where(one => header.Contains(one.Cell)).Select(one => (one.Column, one.Value))],
        AtFirst = [.. AtFirst, .. optional.Where(one => !header.Contains(one.Cell)).Select(one => (one.Column, one.Value))],
    };

    public string Plan => "plan_" + Table;

    public async Task<Merged> Merge(WorkConnection work, CancellationToken cancel, params (string Name, object? Value)[] values)
    {
        await Prepare(work, cancel, values);
        var version = (HasVersion ? ", version = version + 1" : "") + (IsDelegated ? ", session_id = null, audit_event_id = null" : "");
        var changed = Columns.Length == 0 ? 0 : await work.Run(
            $"""
            update {Table} as t set {string.Join(", ", Columns.Select(column => $"{column.Column} = p.{column.Column}"))}{version}
            from {Plan} p where p.change = 1 and {SameKey("p")}
            """,
            cancel);
        var all = Key.Concat(Columns).Concat(AtFirst).Select(column => column.Column).ToArray();
        var added = await work.Run(
            $"""
            insert into {Table} ({string.Join(", ", all)}{(HasVersion ? ", version" : "")})
            select {string.Join(", ", all.Select(column => "p." + column))}{(HasVersion ? ", 1" : "")} from {Plan} p where p.change = 2 order by p.line
            """,
            cancel);
        return new Merged(added, changed, await work.Count($"select count(*) from {Plan} where change = 0", cancel));
    }

    private async Task Prepare(WorkConnection work, CancellationToken cancel, (string Name, object? Value)[] values)
    {
        var differs = Columns.Length == 0 ? "false" : string.Join(" or ", Columns.Select(column => $"t.{column.Column} is distinct from p.{column.Column}"));
        var wanted = Key.Concat(Columns).Concat(AtFirst).Select(column => $"{column.Value} as {column.Column}");
        var old = string.Concat(Remember.Select(column => $", t.{column} as old_{column}"));
        await work.Run($"drop table if exists {Plan}", cancel);
        await work.Run(
            $"""
            create temp table {Plan} as
            select p.*{old}, case when t.{Key[0].Column} is null then 2 when {differs} then 1 else 0 end as change
            from (select s.line, {string.Join(", ", wanted)} from {From}) p
            left join {Table} t on {SameKey("p")}
            """,
            cancel, values);
        if (work.Kind == DatabaseKind.Postgres)
        {
            await work.Run($"analyze {Plan}", cancel);
        }
    }

    private string SameKey(string plan) => string.Join(" and ", Key.Select(key =>
        key.Column == "company_id" ? $"t.company_id is not distinct from {plan}.company_id" : $"t.{key.Column} = {plan}.{key.Column}"));
}
