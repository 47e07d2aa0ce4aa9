using System.Collections.Concurrent;
using OnBehalf.Assistance;
using OnBehalf.Companies;
using OnBehalf.Data;
using OnBehalf.Kernel;
using OnBehalf.Modules.Assistance;

namespace OnBehalf.Modules.Companies;

/// <summary>A company that is not the operator's and that he may know by name only.</summary>
/// <param name="Denied">Why he may not act for it; null when a rule lets him all the same.</param>
public sealed record NamedCompany(CompanyId Id, string Name, string Number, AssistanceDecision? Denied)
{
    /// <summary>Access for a time would change it.</summary>
    public bool CanBeRequested => Denied is { } denied && (denied.Rule == AssistanceRule.NotAssigned || denied.Rule == AssistanceRule.OutsideTerritory);
}

/// <summary>Companies that are not one's own, for whom the policy lets find them by name. For everybody else there is none.</summary>
public sealed class FoundByNameQueries(Database database, ShopPolicies policies)
{
    private const int Most = 10;
    private const int Steps = 500;

    private readonly ConcurrentDictionary<int, string> _find = new();
    private readonly string _one = $"{Select(database, "{1}")} from company c where c.id = {{0}} and not {Operators.IsAssigned(database, "c", "{1}")}";

    /// <summary>By words of their names and numbers, never by their people.</summary>
    public async Task<IReadOnlyList<NamedCompany>> Find(Caller caller, string text, CancellationToken cancel)
    {
        var words = CustomerWords.Asked(text).OrderByDescending(word => word.Length).Take(CustomerSearchQueries.MostWords).ToList();
        if (words.Count == 0 || await JudgeOf(caller, cancel) is not { } judge)
        {
            return [];
        }

        var arguments = words.SelectMany(word => new object[] { word, word + CustomerSearchSql.Last }).Append(caller.Staff!.Id.Value);
        await using var db = database.Read();
        var rows = await db.Rows<Row>(_find.GetOrAdd(words.Count, Sql), [.. arguments]).ToListAsync(cancel);
        return rows.ConvertAll(row => row.Judge(judge));
    }

    public async Task<NamedCompany?> One(Caller caller, CompanyId company, CancellationToken cancel)
    {
        if (await JudgeOf(caller, cancel) is not { } judge)
        {
            return null;
        }

        await using var db = database.Read();
        return await db.Rows<Row>(_one, company.Value, caller.Staff!.Id.Value).ToListAsync(cancel) is [var row] ? row.Judge(judge) : null;
    }

    private async Task<CustomerJudge?> JudgeOf(Caller caller, CancellationToken cancel) =>
        caller.Staff is { } staff && !Acting.Scope(caller).AllCompanies && (await policies.Shown(cancel)).Finders.Contains(Operator.KindOf(staff.Role))
            ? await policies.JudgeFor(staff, cancel) : null;

    private string Sql(int words)
    {
        var staff = $"{{{2 * words}}}";
        var others = string.Concat(Enumerable.Range(1, words - 1).Select(i =>
            $" and exists (select 1 from customer_word x where x.company_id = c.id and x.membership_id is null and x.word >= {{{2 * i}}} and x.word < {{{(2 * i) + 1}}})"));
        return $"""
            {Select(database, staff)} from company c
            where c.id in (select w.company_id from (select company_id from customer_word
                    where word >= {"{0}"} and word < {"{1}"} and membership_id is null and company_id is not null order by word limit {Steps}) w)
                and not {Operators.IsAssigned(database, "c", staff)}{others}
            order by c.sort_name, c.id limit {Most}
            """;
    }

    private static string Select(Database database, string staff) =>
        $"""
        select c.id as "Id", c.name as "Name", c.number as "Number", c.status as "Status", c.kind as "CompanyKind", c.country as "Country", {Operators.IsAssignedInTree(database, "c", staff)} as "IsInTree"
        """;

    private sealed record Row(Guid Id, string Name, string Number, string Status, string CompanyKind, string? Country, bool IsInTree)
    {
        public NamedCompany Judge(CustomerJudge judge) => new(
            new CompanyId(Id), Name, Number,
            judge.Denial(Subject.AnybodyOf(new SubjectCompany(new CompanyId(Id), Name, Words.Parse<CompanyStatus>(Status), Country) { Kind = Words.Parse<CompanyKind>(CompanyKind) }), isAssigned: false, IsInTree));
    }
}
