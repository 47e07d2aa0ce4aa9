namespace OnBehalf.Modules.Companies;

/// <summary>A word that matched, with the customer that it belongs to. Membership null: a word of the company itself; company null: of a consumer.</summary>
internal sealed record CustomerCandidate(Guid? Company, Guid? Membership, int Score, DateTimeOffset? LastOrderAt, string? SortName);

/// <summary>One of a company's people, once for every word that names him.</summary>
internal sealed record NamedPerson(Guid Company, Guid Membership, int Score);

/// <summary>A customer that was found, and the people through whom.</summary>
public sealed record FoundCustomer(Guid? Company, Guid? Consumer, IReadOnlyList<Guid> People);

/// <param name="HasMore">More were found than are told; another letter narrows it down.</param>
public sealed record FoundCustomers(IReadOnlyList<FoundCustomer> Customers, bool HasMore)
{
    public static readonly FoundCustomers None = new([], false);
}

/// <summary>The one place that says which hit comes first: the better match, then the more recent order, then the name.</summary>
internal static class CustomerRanking
{
    private const int PeopleOfCustomer = 3;

    public static int Count(List<CustomerCandidate> candidates) => candidates.Select(KeyOf).Distinct().Take(3).Count();

    public static FoundCustomers Rank(List<CustomerCandidate> candidates, int most)
    {
        var customers = candidates.GroupBy(KeyOf)
            .OrderByDescending(group => group.Max(candidate => candidate.Score))
            .ThenByDescending(group => group.First().LastOrderAt ?? DateTimeOffset.MinValue)
            .ThenBy(group => group.First().SortName, StringComparer.Ordinal)
            .ThenBy(group => group.Key)
            .ToList();
        return new FoundCustomers(
            [.. customers.Take(most).Select(group => new FoundCustomer(group.First().Company, group.First().Company is null ? group.Key : null, People(Named(group))))],
            customers.Count > most);
    }

    private static Guid KeyOf(CustomerCandidate candidate) => candidate.Company ?? candidate.Membership ?? Guid.Empty;

    private static IEnumerable<NamedPerson> Named(IEnumerable<CustomerCandidate> candidates) =>
        candidates.Where(candidate => candidate.Membership is not null)
            .Select(candidate => new NamedPerson(candidate.Company ?? Guid.Empty, candidate.Membership!.Value, candidate.Score));

    /// <summary>The best named people first; somebody whom two words name comes before somebody whom one does.</summary>
    public static IReadOnlyList<Guid> People(IEnumerable<NamedPerson> people) =>
        [.. people.GroupBy(person => person.Membership)
            .OrderByDescending(group => group.Sum(person => person.Score)).ThenBy(group => group.Key)
            .Take(PeopleOfCustomer).Select(group => group.Key)];
}
