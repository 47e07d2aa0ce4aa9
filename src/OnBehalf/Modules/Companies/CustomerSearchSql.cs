using OnBehalf.Assistance;
using OnBehalf.Data;

namespace OnBehalf.Modules.Companies;

/// <summary>Along which index a search walks.</summary>
internal enum SearchWalk
{
    /// <summary>The first word, everybody's customers.</summary>
    Word,

    /// <summary>The first word, held against the set of assigned companies.</summary>
    WordOfAssigned,

    /// <summary>The first word, each row held against the assignments by itself: for somebody who has a large part of all customers.</summary>
    WordOfManyAssigned,

    /// <summary>The assigned companies, when they are few.</summary>
    Assignments,
}

/// <summary>
/// The SQL of customer search. What is not walked is asked for in scalar subqueries behind a limit, so that no planner can turn it into a join over
/// everything. Arguments: two per word (its beginning and the end of its range), then the staff member.
/// </summary>
internal sealed class CustomerSearchSql(DatabaseKind kind)
{
    /// <summary>How many known words a mistyped one may stand for.</summary>
    public const int Corrections = 4;

    /// <summary>So many matching words are ranked.</summary>
    private const int Candidates = 120;

    /// <summary>So many rows of an index are looked at where each costs next to nothing.</summary>
    private const int CheapSteps = 20_000;

    /// <summary>And so many where each may cost a look into another index.</summary>
    private const int Steps = 2_000;

    /// <summary>Sorts behind every letter in both databases.</summary>
    public const string Last = "\U0010FFFF";

    public static readonly string Terms =
        """
        select term as "Value" from search_term
        where kind = 'customer' and term >= {0} and term < {1} and length(term) >= {2} and length(term) <= {3}
            and (term like {4} or term like {5} or term like {6})
        limit 1000
        """;

    /// <summary>How many rows each word has and how many companies are assigned, counted up to a limit.</summary>
    public static string Sizes(int words, int mostRows, int mostAssigned)
    {
        string[] names = ["First", "Second", "Third", "Fourth"];
        var counts = names.Select((name, i) => i >= words
            ? $"0 as \"{name}\""
            : $"(select count(*) from (select 1 from customer_word w where {Range("w", i)} limit {mostRows}) r{i}) as \"{name}\"");
        return $"""
            select {string.Join(", ", counts)},
                (select count(*) from (select 1 from staff_assignment a where a.staff_id = {P(2 * words)} limit {mostAssigned}) a) as "Assigned"
            """;
    }

    /// <summary>The best customers for words of which the first one leads.</summary>
    public string Find(SearchWalk walk, int words, CustomerScope scope)
    {
        var staff = P(2 * words);
        var others = Enumerable.Range(1, words - 1).Select(i => Range("x", i)).ToList();
        var steps = walk == SearchWalk.Word && words > 1 ? Steps : CheapSteps;
        var companies = scope.Consumers ? "" : " and v.company_id is not null";
        var rows = walk != SearchWalk.Assignments
            ? $"select v.* from customer_word v where {Range("v", 0)}{companies} order by v.word limit {steps}"
            : kind == DatabaseKind.Postgres
                ? $"select v.* from staff_assignment a cross join lateral (select * from customer_word t where t.company_id = a.company_id and {Range("t", 0)} limit 20) v"
                    + $" where a.staff_id = {staff} limit {steps}"
                : $"select v.* from staff_assignment a cross join customer_word v where a.staff_id = {staff} and v.company_id = a.company_id and {Range("v", 0)} limit {steps}";
        return Ranked(staff, rows, $"w.weight + case when w.word = {P(0)} then 100 else 0 end", [.. Visible(walk, staff), .. others.Select(Also)], others);
    }

    /// <summary>The same along the known words that the mistyped one may stand for; those are the first arguments.</summary>
    public string Corrected(SearchWalk walk, int others, CustomerScope scope)
    {
        var ranges = Enumerable.Range(0, others).Select(i => $"x.word >= {P(Corrections + (2 * i))} and x.word < {P(Corrections + (2 * i) + 1)}").ToList();
        var companies = scope.Consumers ? "" : " and v.company_id is not null";
        return Ranked(
            P(Corrections + (2 * others)),
            $"select v.* from customer_word v where v.word in ({Keys.Places(0, Corrections)}){companies} order by v.word limit {Steps}",
            "w.weight", [.. Visible(walk, P(Corrections + (2 * others))), .. ranges.Select(Also)], ranges);
    }

    /// <summary>The three people of each of the given companies whom the words name best. Arguments: two per word, then the companies.</summary>
    public string People(int words)
    {
        var named = string.Join(" union all ", Enumerable.Range(0, words).Select(i =>
            $"select x.membership_id, x.weight + case when x.word = {P(2 * i)} then 100 else 0 end as points from customer_word x"
            + $" where x.company_id = c.id and x.membership_id is not null and {Range("x", i)}"));
        var best = $"select n.membership_id from ({named}) n group by n.membership_id order by sum(n.points) desc, n.membership_id limit 3";
        var people = kind == DatabaseKind.Postgres
            ? $"company c cross join lateral ({best}) p join membership m on m.id = p.membership_id"
            : $"company c join membership m on m.id in ({best})";
        return $"select {StoredListedPerson.Columns} from {people} join buyer b on b.id = m.buyer_id where c.id in ({Keys.Places(2 * words, CustomerSearchQueries.Most)}) order by m.sort_name, m.id";
    }

    // Grouped to customers and ranked: the better match, then the more recent order, then the name.
    private string Ranked(string staff, string rows, string points, IReadOnlyList<string> conditions, IReadOnlyList<string> others)
    {
        var where = conditions.Count == 0 ? "" : " where " + string.Join(" and ", conditions);
        var together = string.Concat(others.Select(range =>
            $" + case when (select x.weight from customer_word x where x.membership_id = f.membership_id and {range} limit 1) is null then 0 else 60 end"));
        var company = kind == DatabaseKind.Postgres ? "left join lateral (select * from company t where t.id = g.company_id limit 1) c on true" : "left join company c on c.id = g.company_id";
        return $"""
            select g.company_id as "Company", g.consumer as "Consumer", {StoredCompany.Columns(staff)}
            from (
                select f.company_id, case when f.company_id is null then f.membership_id end as consumer, max(f.points{together}) as score
                from (select w.company_id, w.membership_id, {points} as points from ({rows}) w{where} limit {Candidates}) f
                group by f.company_id, case when f.company_id is null then f.membership_id end) g
            {company}
            order by g.score desc, c.last_order_at desc nulls last, c.sort_name, g.company_id, g.consumer
            limit {CustomerSearchQueries.Most + 1}
            """;
    }

    private static IEnumerable<string> Visible(SearchWalk walk, string staff) => walk switch
    {
        SearchWalk.WordOfAssigned => [$"case when w.company_id in (select a.company_id from staff_assignment a where a.staff_id = {staff}) then 1 else 0 end = 1"],
        SearchWalk.WordOfManyAssigned => [$"(select 1 from staff_assignment a where a.staff_id = {staff} and a.company_id = w.company_id limit 1) is not null"],
        _ => [],
    };

    // The other word is one of the same person, or of his company, or of anybody in it when the first one is the company's own.
    private static string Also(string range) =>
        "case when w.company_id is null"
        + $" then (select 1 from customer_word x where x.membership_id = w.membership_id and {range} limit 1)"
        + $" else (select 1 from customer_word x where x.company_id = w.company_id and {range}"
        + " and (w.membership_id is null or x.membership_id is null or x.membership_id = w.membership_id) limit 1) end is not null";

    private static string Range(string alias, int word) => $"{alias}.word >= {P(2 * word)} and {alias}.word < {P((2 * word) + 1)}";

    private static string P(int place) => $"{{{place}}}";
}
