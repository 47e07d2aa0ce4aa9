using System.Collections.Concurrent;
using OnBehalf.Assistance;
using OnBehalf.Companies;
using OnBehalf.Data;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Companies;

/// <summary>
/// Finds customers by the beginnings of words, among those that the staff member may see. The work is bounded whatever is typed and whoever asks: the
/// rarest word, or the assigned companies when they are few, is walked along an index, and only so many candidates are ranked.
/// </summary>
public sealed class CustomerSearchQueries(Database database, CustomerListQueries lists)
{
    /// <summary>More words than this narrow nothing; the longest count.</summary>
    public const int MostWords = 4;

    /// <summary>No page shows more hits than this.</summary>
    public const int Most = 20;

    private const int FewAssigned = 300;
    private const int ManyAssigned = 5_000;
    private const int ManyRows = 2_000;

    private readonly CustomerSearchSql _sql = new(database.Kind);
    private readonly ConcurrentDictionary<(SearchWalk, int, CustomerScope, bool), string> _find = new();
    private readonly ConcurrentDictionary<int, string> _people = new();
    private readonly ConcurrentDictionary<int, string> _sizes = new();

    public async Task<FoundCustomers> Find(Caller caller, string text, CancellationToken cancel)
    {
        var words = CustomerWords.Asked(text).OrderByDescending(word => word.Length).Take(MostWords).ToList();
        if (words.Count == 0 || caller.Staff is not { } staff)
        {
            return FoundCustomers.None;
        }

        await using var db = database.Read();
        (var best, var hasMore, words) = await Hits(db, staff, words, cancel);
        var companies = best.Where(customer => customer.Company is not null).Select(customer => customer.Company!.Value).ToList();
        var people = companies.Count == 0 ? []
            : await db.Rows<StoredListedPerson>(_people.GetOrAdd(words.Count, _sql.People), [.. Arguments(words), .. Keys.Padded(companies, Most)]).ToListAsync(cancel);
        var named = people.Select(person => person.Company).ToHashSet();
        return new FoundCustomers(
            await lists.Cards(db, staff, best, people, cancel),
            hasMore,
            [.. companies.Where(company => !named.Contains(company)).Select(company => new CompanyId(company))],
            [.. people.Select(person => new MembershipId(person.Membership)), .. best.Where(customer => customer.Consumer is not null).Select(customer => new MembershipId(customer.Consumer!.Value))]);
    }

    /// <summary>The same search where only companies are wanted, and nobody of them.</summary>
    internal async Task<(IReadOnlyList<Guid> Companies, bool HasMore)> Companies(ShopDb db, Actor.Staff staff, string text, CancellationToken cancel)
    {
        var words = CustomerWords.Asked(text).OrderByDescending(word => word.Length).Take(MostWords).ToList();
        if (words.Count == 0)
        {
            return ([], false);
        }

        var (best, hasMore, _) = await Hits(db, staff, words, cancel);
        return ([.. best.Where(customer => customer.Company is not null).Select(customer => customer.Company!.Value)], hasMore);
    }

    private async Task<(List<StoredCompany> Best, bool HasMore, List<string> Words)> Hits(ShopDb db, Actor.Staff staff, List<string> words, CancellationToken cancel)
    {
        var scope = CustomerScope.Of(staff.Role, staff.AccessAllCustomers);
        var search = new Search(db, scope, staff, cancel);
        var sizes = words.Count == 1 && scope.AllCompanies ? null : await Sizes(search, words);
        var walk = scope.AllCompanies ? SearchWalk.Word
            : sizes!.Assigned < FewAssigned ? SearchWalk.Assignments
            : sizes.Assigned < ManyAssigned ? SearchWalk.WordOfAssigned : SearchWalk.WordOfManyAssigned;
        var unknown = sizes is null ? -1 : Array.IndexOf(sizes.OfWords, 0);
        var found = unknown >= 0 ? [] : await search.Run(Sql(walk, words.Count, scope, isCorrected: false), Arguments(RarestFirst(words, sizes)));
        if (found.Count < 3 && await Correct(search, words, unknown, found.Count == 0) is { } corrected)
        {
            var along = walk == SearchWalk.Assignments ? SearchWalk.WordOfAssigned : walk;
            var more = await search.Run(Sql(along, corrected.Others.Count, scope, isCorrected: true), Arguments(corrected.Known, corrected.Others));
            found.AddRange(more.ExceptBy(found.Select(customer => customer.Key), customer => customer.Key));
            words = [.. corrected.Others, corrected.Known[0]];
        }

        return (found.Count > Most ? found[..Most] : found, found.Count > Most, words);
    }

    private string Sql(SearchWalk walk, int words, CustomerScope scope, bool isCorrected) => _find.GetOrAdd(
        (walk, words, scope, isCorrected),
        key => key.Item4 ? _sql.Corrected(key.Item1, key.Item2, key.Item3) : _sql.Find(key.Item1, key.Item2, key.Item3));

    private async Task<Sizes> Sizes(Search search, List<string> words)
    {
        var sql = _sizes.GetOrAdd(words.Count, count => CustomerSearchSql.Sizes(count, ManyRows, ManyAssigned));
        var row = (await search.Db.Rows<SizesRow>(sql, [.. Arguments(words), search.Staff.Id.Value]).ToListAsync(search.Cancel))[0];
        return new Sizes([.. new[] { row.First, row.Second, row.Third, row.Fourth }.Take(words.Count)], row.Assigned);
    }

    private static List<string> RarestFirst(List<string> words, Sizes? sizes) =>
        sizes is null ? words : [.. words.Zip(sizes.OfWords).OrderBy(pair => pair.Second).Select(pair => pair.First)];

    /// <summary>The known words that a mistyped one may stand for: the one that nothing begins with, or the only one when nobody of his has it.</summary>
    private static async Task<(List<string> Known, List<string> Others)?> Correct(Search search, List<string> words, int unknown, bool isEmpty)
    {
        var wrong = unknown >= 0 ? unknown : isEmpty && words.Count == 1 ? 0 : -1;
        if (wrong < 0 || Typos.Allowed(words[wrong].Length) == 0 || !char.IsLetter(words[wrong][0]))
        {
            return null;
        }

        var known = await Known(search, words[wrong], 1);
        if (known.Count == 0 && Typos.Allowed(words[wrong].Length) > 1)
        {
            known = await Known(search, words[wrong], 2);
        }

        return known.Count == 0 ? null : (known, [.. words.Where((_, i) => i != wrong)]);
    }

    // A name with the same first letter; numbers are not guessed. One mistake leaves a half of the word as it is, unless two letters changed places in
    // the middle; two mistakes leave a third.
    private static async Task<List<string>> Known(Search search, string word, int most)
    {
        var part = word.Length / (most + 1);
        var (start, end) = ($"{word[..part]}%", $"%{word[^part..]}");
        var middle = most == 1 ? $"{word[..(part - 1)]}{word[part]}%" : $"%{word.Substring(part, part)}%";
        var terms = await search.Db.Rows<string>(
            CustomerSearchSql.Terms, $"{word[0]}a", $"{word[0]}{CustomerSearchSql.Last}", word.Length - most, word.Length + most, start, middle, end)
            .ToListAsync(search.Cancel);
        return [.. terms
            .Select(term => (Term: term, Mistakes: Typos.Between(word, term, most)))
            .Where(pair => pair.Mistakes is > 0)
            .OrderBy(pair => pair.Mistakes).ThenBy(pair => pair.Term, StringComparer.Ordinal)
            .Select(pair => pair.Term).Take(CustomerSearchSql.Corrections)];
    }

    private static object[] Arguments(List<string> words) => [.. words.SelectMany(word => new object[] { word, word + CustomerSearchSql.Last })];

    // The corrections take the places of the first word; the others follow as ranges.
    private static object[] Arguments(List<string> known, List<string> others) =>
        [.. Enumerable.Range(0, CustomerSearchSql.Corrections).Select(i => (object)known[Math.Min(i, known.Count - 1)]), .. Arguments(others)];

    private sealed record Search(ShopDb Db, CustomerScope Scope, Actor.Staff Staff, CancellationToken Cancel)
    {
        public Task<List<StoredCompany>> Run(string sql, object[] arguments) => Db.Rows<StoredCompany>(sql, [.. arguments, Staff.Id.Value]).ToListAsync(Cancel);
    }
}

/// <param name="HasMore">More were found than are told; another letter narrows it down.</param>
/// <param name="Companies">Those that were found by words of their own.</param>
/// <param name="People">Those who were named, consumers among them.</param>
public sealed record FoundCustomers(
    IReadOnlyList<CustomerCard> Customers, bool HasMore, IReadOnlyList<CompanyId> Companies, IReadOnlyList<MembershipId> People)
{
    public static readonly FoundCustomers None = new([], false, [], []);
}

internal sealed record Sizes(int[] OfWords, int Assigned);

internal sealed record SizesRow(int First, int Second, int Third, int Fourth, int Assigned);
