using OnBehalf.Data;

namespace OnBehalf.Modules.Import;

/// <summary>What rows owe to each other and to the shop, judged by SQL over the staging tables. Every check adds faults and leaves the rows where they are.</summary>
internal sealed class Checks(WorkConnection work, FaultBook faults, CancellationToken cancel)
{
    /// <summary>The largest amount of a cell in minor units: with the largest quantity a line still fits into 64 bits.</summary>
    private const long LargestAmount = 1_000_000_000_000;

    public async Task NoTwoRowsShareTheKey(PackageFile file)
    {
        if (file.Key.Length == 0)
        {
            return;
        }

        var key = string.Join(", ", file.Key);
        var given = string.Join(" and ", file.Key.Where(column => IsNeverEmpty(file, column)).Select(column => column + " is not null").DefaultIfEmpty("true"));
        await Fault(
            file, Plain(file.Key[0]), file.Key[0], $"'The same {Words(file.Key)} as on line ' || first_line || '.'",
            $"(select *, min(line) over (partition by {key}) as first_line from {file.Stage} where {given}) s where s.line <> s.first_line");
    }

    /// <summary>A reference to a row of another file or of the shop. Depending on a rejected row is a fault that is not its own.</summary>
    public Task Refers(PackageFile file, string column, PackageFile to, string table, string key) => work.Run(
        $"""
        insert into import_fault (file, line, field, value, reason, own)
        select {file.Number}, s.line, '{column}', s.{column},
            case when r.line is null then '{Capital(Words([key]))} not found, neither in {to.Csv} nor in the shop.'
                else 'Depends on {to.Csv}, line ' || r.line || ', which was rejected.' end, r.line is null and {(faults.IsBroken(to) ? "false" : "true")}
        from {file.Stage} s
        left join {table} t on t.{key} = s.{column}
        left join (select subject, min(line) as line from import_rejected where file = {to.Number} group by subject) r on r.subject = s.{column}
        where s.{column} is not null and t.{key} is null
        """,
        cancel);

    /// <summary>A reference to a row of the same file, which may come later, or of the shop; and what follows from a parent that is rejected.</summary>
    public async Task RefersToParent(PackageFile file, string column, string table, string key)
    {
        await Mark(file);
        var found = 1;
        while (found > 0)
        {
            found = await work.Run(
                $"""
                insert into import_fault (file, line, field, value, reason, own)
                select {file.Number}, s.line, '{column}', s.{column},
                    case when p.line is null then '{Capital(Words([key]))} not found, neither in {file.Csv} nor in the shop.'
                        else 'Depends on {file.Csv}, line ' || p.line || ', which was rejected.' end, p.line is null
                from {file.Stage} s
                left join {table} t on t.{key} = s.{column}
                left join (select {key}, min(line) as line, min(case when bad then 1 else 0 end) as bad from {file.Stage} group by {key}) p on p.{key} = s.{column}
                where s.{column} is not null and t.{key} is null and (p.line is null or p.bad = 1)
                    and not exists (select 1 from import_fault f where f.file = {file.Number} and f.line = s.line and f.field = '{column}')
                """,
                cancel);
            await Mark(file);
        }

        await NoCircle(file, column, table, key);
    }

    /// <summary>The amount has the decimals of its currency, which <paramref name="currency"/> finds for the row `s`.</summary>
    public Task Amount(PackageFile file, string column, string currency, string joins = "") => work.Run(
        $"""
        insert into import_fault (file, line, field, value, reason, own)
        select {file.Number}, s.line, '{column}', {Text("s." + column)},
            case when s.{column}_places > c.decimals then c.code || ' has ' || case c.decimals when 0 then 'no' else cast(c.decimals as text) end || ' decimals, this amount has ' || s.{column}_places || '.'
                else 'Larger than any amount that can be kept.' end, true
        from {file.Stage} s {joins} join import_currency c on c.code = {currency}
        where s.{column}_places > c.decimals or s.{column} / c.divisor > {LargestAmount}
        """,
        cancel);

    /// <param name="value">SQL of the value to show, as text.</param>
    /// <param name="reason">SQL of the sentence.</param>
    /// <param name="rows">From and where; the faulty rows are called `s`.</param>
    /// <param name="own">SQL of whether the fault is the row's own, and not that of a row on which it depends.</param>
    public Task Fault(PackageFile file, string column, string value, string reason, string rows, string own = "true") => work.Run(
        $"""
        insert into import_fault (file, line, field, value, reason, own)
        select {file.Number}, s.line, '{column}', cast({value} as text), {reason}, {own} from {rows}
        """,
        cancel);

    private async Task NoCircle(PackageFile file, string column, string table, string key)
    {
        if (await work.Count($"select count(*) from {file.Stage} where {column} is not null and not bad", cancel) == 0)
        {
            return;
        }

        // What no walk down from the top reaches hangs in a circle.
        await Fault(
            file, column, $"s.{column}", "'The parents of this row lead back to itself.'",
            $"""
            {file.Stage} s where not s.bad and s.{column} is not null and s.{key} not in (
                with recursive node as (
                    select {key} as key, {column} as parent from {file.Stage} where not bad
                    union all
                    select t.{key}, p.{key} from {table} t left join {table} p on p.id = t.parent_id
                    where not exists (select 1 from {file.Stage} x where not x.bad and x.{key} = t.{key})),
                reached as (
                    select key from node where parent is null
                    union all
                    select n.key from node n join reached r on n.parent = r.key)
                select key from reached)
            """);
        await Mark(file);
    }

    // The amount as it was written.
    private static string Text(string amount) =>
        $"case {amount}_places when 0 then cast({amount} / 10000 as text) "
        + $"else ({amount} / 10000) || '.' || substr(cast(10000 + {amount} % 10000 as text), 2, cast({amount}_places as integer)) end";

    private Task<int> Mark(PackageFile file) =>
        work.Run($"update {file.Stage} set bad = true where not bad and line in (select line from import_fault where file = {file.Number})", cancel);

    private static bool IsNeverEmpty(PackageFile file, string staged) =>
        Array.Find(file.Columns, column => column.Name == Plain(staged)) is { } column && (column.Required || column.Default is not null);

    private static string Plain(string staged) => staged.Replace("_normalized", "", StringComparison.Ordinal);

    private static string Words(string[] columns) => string.Join(" and ", columns.Select(Plain)).Replace('_', ' ');

    private static string Capital(string words) => char.ToUpperInvariant(words[0]) + words[1..];
}
