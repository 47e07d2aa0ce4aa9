using System.Globalization;
using Microsoft.EntityFrameworkCore;
using OnBehalf.Assistance;
using OnBehalf.Companies;
using OnBehalf.Data;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Companies;

/// <summary>
/// Finds customers by the beginnings of words, among those that the staff member may see. The work is bounded whatever is typed: the rarest word, or the
/// assigned companies when they are fewer, is walked along an index for at most <see cref="Steps"/> rows, and at most 200 candidates are ranked.
/// </summary>
public sealed class CustomerSearchQueries(Database database)
{
    /// <summary>More words than this narrow nothing; the longest count.</summary>
    public const int MostWords = 4;

    /// <summary>No page shows more hits than this.</summary>
    public const int Most = 20;

    private const int Steps = 5_000;

    // Counting stops here; below it walking everything is cheap.
    private const int Few = 1_000;

    private readonly CustomerSearchSql _sql = new(database.Kind, Steps, Few);

    public async Task<FoundCustomers> Find(Caller caller, string text, CancellationToken cancel)
    {
        var words = CustomerWords.Asked(text).OrderByDescending(word => word.Length).Take(MostWords).ToList();
        if (words.Count == 0 || caller.Staff is not { } staff)
        {
            return FoundCustomers.None;
        }

        var scope = CustomerScope.Of(staff.Role, staff.AccessAllCustomers);
        await using var db = database.Read();
        var sizes = words.Count == 1 && scope.AllCompanies ? null : await Sizes(db, words, staff.Id, cancel);
        var search = new Search(db, scope, staff.Id.Value, cancel);
        var candidates = await Walk(search, words, sizes);
        if (CustomerRanking.Count(candidates) < 3 && await Correct(search, words, sizes, candidates.Count == 0) is { } corrected)
        {
            candidates.AddRange(await search.Run(_sql.Corrected(corrected.Others.Count + 1, scope), Arguments(corrected.Known, corrected.Others)));
        }

        var found = CustomerRanking.Rank(candidates, Most);
        return words.Count > 1 ? await WithPeople(search, found, words) : found;
    }

    // Of several words the rarest may be the company's own; the people are those whom most of the words name.
    private async Task<FoundCustomers> WithPeople(Search search, FoundCustomers found, List<string> words)
    {
        var companies = found.Customers.Where(customer => customer.Company is not null).Select(customer => customer.Company!.Value).ToList();
        if (companies.Count == 0)
        {
            return found;
        }

        object[] arguments = [.. Arguments(words), .. Keys.Padded(companies, Most)];
        var named = await search.Db.Rows<NamedPerson>(_sql.People(words.Count), arguments).ToListAsync(search.Cancel);
        var byCompany = named.GroupBy(person => person.Company).ToDictionary(group => group.Key, CustomerRanking.People);
        return found with
        {
            Customers = [.. found.Customers.Select(customer =>
                customer.Company is { } id && byCompany.TryGetValue(id, out var people) ? customer with { People = people } : customer)],
        };
    }

    private async Task<List<CustomerCandidate>> Walk(Search search, List<string> words, Sizes? sizes)
    {
        if (sizes is null)
        {
            return await search.Run(_sql.ByWord(words.Count, search.Scope), Arguments(words));
        }

        if (sizes.OfWords.Contains(0))
        {
            return [];
        }

        // The rarest word leads; the others only have to be there.
        var ordered = words.Zip(sizes.OfWords).OrderBy(pair => pair.Second).ToList();
        var arguments = Arguments([.. ordered.Select(pair => pair.First)]);
        var rarest = ordered[0].Second;
        if (search.Scope.AllCompanies || (rarest <= sizes.Assigned && rarest < Few))
        {
            return await search.Run(_sql.ByWord(words.Count, search.Scope), arguments);
        }

        if (sizes.Assigned < Few)
        {
            return await search.Run(_sql.ByAssignment(words.Count), arguments);
        }

        // Many customers and a common word: hits are dense along the word, unless his customers are all elsewhere.
        var found = await search.Run(_sql.ByWord(words.Count, search.Scope), arguments);
        return found.Count >= 20 ? found : await search.Run(_sql.ByAssignment(words.Count), arguments);
    }

    private async Task<Sizes> Sizes(ShopDb db, List<string> words, StaffId staff, CancellationToken cancel)
    {
        var row = (await db.Rows<SizesRow>(_sql.Sizes(words.Count), [.. Arguments(words), staff.Value]).ToListAsync(cancel))[0];
        return new Sizes([.. new[] { row.First, row.Second, row.Third, row.Fourth }.Take(words.Count)], row.Assigned);
    }

    /// <summary>The word that nothing begins with, and the known words that it may stand for.</summary>
    private async Task<(List<string> Known, List<string> Others)?> Correct(Search search, List<string> words, Sizes? sizes, bool isEmpty)
    {
        var wrong = sizes is null ? 0 : sizes.OfWords.ToList().IndexOf(0);
        if (wrong < 0 && isEmpty)
        {
            wrong = 0;
        }

        if (wrong < 0 || Typos.Allowed(words[wrong].Length) == 0 || !char.IsLetter(words[wrong][0]))
        {
            return null;
        }

        var word = words[wrong];
        var most = Typos.Allowed(word.Length);

        // A name with the same first letter; numbers are not guessed.
        var terms = await search.Db
            .Rows<string>(_sql.Terms, $"{word[0]}a", $"{word[0]}{CustomerSearchSql.Last}", word.Length - most, word.Length + most).ToListAsync(search.Cancel);
        var known = terms
            .Select(term => (Term: term, Mistakes: Typos.Between(word, term, most)))
            .Where(pair => pair.Mistakes is > 0)
            .OrderBy(pair => pair.Mistakes).ThenBy(pair => pair.Term, StringComparer.Ordinal)
            .Select(pair => pair.Term).Take(CustomerSearchSql.Corrections).ToList();
        return known.Count == 0 ? null : (known, [.. words.Where((_, i) => i != wrong)]);
    }

    private static object[] Arguments(List<string> words) => [.. words.SelectMany(word => new object[] { word, word + CustomerSearchSql.Last })];

    // The corrections take the places of the first words; the others follow as ranges.
    private static object[] Arguments(List<string> known, List<string> others) =>
        [.. Enumerable.Range(0, CustomerSearchSql.Corrections).Select(i => (object)known[Math.Min(i, known.Count - 1)]), .. Arguments(others)];

    private sealed record Search(ShopDb Db, CustomerScope Scope, Guid Staff, CancellationToken Cancel)
    {
        public Task<List<CustomerCandidate>> Run(string sql, object[] arguments) =>
            Db.Rows<CustomerCandidate>(sql, [.. arguments, Staff]).ToListAsync(Cancel);
    }
}

internal sealed record Sizes(int[] OfWords, int Assigned);

internal sealed record SizesRow(int First, int Second, int Third, int Fourth, int Assigned);
