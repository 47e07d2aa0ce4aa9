using OnBehalf.Assistance;
using OnBehalf.Data;

namespace OnBehalf.Modules.Companies;

/// <summary>
/// The SQL of customer search. Every lookup beside the walked index is a scalar subquery, so that no planner can turn it into a join over everything.
/// Arguments: two per word (its beginning and the end of its range), then the staff member.
/// </summary>
internal sealed class CustomerSearchSql(DatabaseKind kind, int steps, int few)
{
    /// <summary>How many known words a mistyped one may stand for.</summary>
    public const int Corrections = 4;

    /// <summary>Sorts behind every letter in both databases.</summary>
    public const string Last = "\U0010FFFF";

    public string Terms =>
        """
        select term as "Value" from search_term
        where kind = 'customer' and term >= {0} and term < {1} and length(term) >= {2} and length(term) <= {3}
        limit 3000
        """;

    /// <summary>How many rows each word has and how many companies are assigned, counted up to a limit.</summary>
    public string Sizes(int words)
    {
        string[] names = ["First", "Second", "Third", "Fourth"];
        var counts = names.Select((name, i) => i >= words
            ? $"0 as \"{name}\""
            : $"(select count(*) from (select 1 from customer_word w where {Range("w", i)} limit {few}) r{i}) as \"{name}\"");
        return $"""
            select {string.Join(", ", counts)},
                (select count(*) from (select 1 from staff_assignment a where a.staff_id = {P(2 * words)} limit {few}) a) as "Assigned"
            """;
    }

    /// <summary>Along the first word. Exact matches come first in the index.</summary>
    public string ByWord(int words, CustomerScope scope) =>
        Candidates(
            $"from customer_word w where {Range("w", 0)}{Visible(scope, P(2 * words))} order by w.word limit {steps}",
            Points("w", P(0)), [.. Enumerable.Range(1, words - 1).Select(i => Range("x", i))], [.. Enumerable.Range(1, words - 1).Select(i => P(2 * i))],
            "");

    /// <summary>Along the assigned companies.</summary>
    public string ByAssignment(int words)
    {
        var walk = kind == DatabaseKind.Postgres
            ? $"from staff_assignment a cross join lateral (select * from customer_word v where v.company_id = a.company_id and {Range("v", 0)} limit 20) w"
                + $" where a.staff_id = {P(2 * words)}"
            : $"from staff_assignment a cross join customer_word w where a.staff_id = {P(2 * words)} and w.company_id = a.company_id and {Range("w", 0)}";
        return Candidates(
            $"{walk} limit {steps}",
            Points("w", P(0)), [.. Enumerable.Range(1, words - 1).Select(i => Range("x", i))], [.. Enumerable.Range(1, words - 1).Select(i => P(2 * i))],
            " order by 3 desc");
    }

    /// <summary>Along the words that the first one may stand for; those are the first arguments.</summary>
    public string Corrected(int words, CustomerScope scope)
    {
        var known = Keys.Places(0, Corrections);
        int Place(int word) => Corrections + (2 * (word - 1));
        var ranges = Enumerable.Range(1, words - 1).Select(i => $"x.word >= {P(Place(i))} and x.word < {P(Place(i) + 1)}");
        return Candidates(
            $"from customer_word w where w.word in ({known}){Visible(scope, P(Place(words)))} order by w.word limit {steps}",
            "w.weight", [.. ranges], [.. Enumerable.Range(1, words - 1).Select(i => P(Place(i)))], "");
    }

    /// <summary>The people of given companies whom the words name, once per word. Arguments: two per word, then the companies.</summary>
    public string People(int words)
    {
        var among = Keys.Places(2 * words, CustomerSearchQueries.Most);
        return string.Join(" union all ", Enumerable.Range(0, words).Select(i => $"""
            select w.company_id as "Company", w.membership_id as "Membership", {Points("w", P(2 * i))} as "Score"
            from customer_word w where w.company_id in ({among}) and w.membership_id is not null and {Range("w", i)}
            """)) + " limit 400";
    }

    private static string Candidates(string walk, string points, string[] ranges, string[] exact, string order)
    {
        var others = string.Concat(ranges.Select((range, i) => $", {Other(range, exact[i])} as p{i + 1}"));
        var sum = string.Concat(ranges.Select((_, i) => $" + f.p{i + 1}"));
        var all = ranges.Length == 0 ? "" : " where " + string.Join(" and ", ranges.Select((_, i) => $"f.p{i + 1} is not null"));
        return $"""
            select f.company_id as "Company", f.membership_id as "Membership", f.p0{sum} as "Score",
                (select c.last_order_at from company c where c.id = f.company_id) as "LastOrderAt",
                case when f.company_id is null then (select m.sort_name from membership m where m.id = f.membership_id)
                    else (select c.sort_name from company c where c.id = f.company_id) end as "SortName"
            from (select w.company_id, w.membership_id, {points} as p0{others} {walk}) f{all}{order}
            limit 200
            """;
    }

    // The same customer has to have the other word too; more points when it is the same person.
    private static string Other(string range, string exact)
    {
        var points = $"max({Points("x", exact)} + case when x.membership_id = w.membership_id then 60 else 0 end)";
        return "case when w.company_id is null"
            + $" then (select {points} from customer_word x where x.membership_id = w.membership_id and {range})"
            + $" else (select {points} from customer_word x where x.company_id = w.company_id and {range}) end";
    }

    private static string Points(string alias, string exact) => $"{alias}.weight + case when {alias}.word = {exact} then 100 else 0 end";

    private static string Visible(CustomerScope scope, string staff) => (scope.AllCompanies, scope.Consumers) switch
    {
        (true, true) => "",
        (true, false) => " and w.company_id is not null",
        _ => $" and (select a.company_id from staff_assignment a where a.staff_id = {staff} and a.company_id = w.company_id) is not null",
    };

    private static string Range(string alias, int word) => $"{alias}.word >= {P(2 * word)} and {alias}.word < {P((2 * word) + 1)}";

    private static string P(int place) => $"{{{place}}}";
}
