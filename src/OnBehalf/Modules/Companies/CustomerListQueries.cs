using Microsoft.EntityFrameworkCore;
using OnBehalf.Assistance;
using OnBehalf.Data;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Companies;

/// <summary>Where a page of customers begins: the place of its first row in the order by name.</summary>
public readonly record struct CustomerPlace(string SortName, Guid Id)
{
    public static readonly CustomerPlace Beginning = new("", Guid.Empty);
}

/// <summary>Lists of customers: all that somebody may see by name, and the rows for those that a search has found.</summary>
public sealed class CustomerListQueries(Database database)
{
    public const int PerPage = 20;

    // With more assigned companies than this, walking all names meets one of his soon enough.
    private const int ManyAssigned = 1_500;

    private static readonly string Assigned =
        "select count(*) as \"Value\" from (select 1 from staff_assignment a where a.staff_id = {0} limit " + ManyAssigned + ") a";

    private static readonly string Companies = $"""
        select id as "Id", number as "Number", name as "Name", country as "Country", status as "Status", sort_name as "SortName",
            last_order_at as "LastOrderAt"
        from company where id in ({Keys.Places(0, PerPage)})
        """;

    private const int MostPeople = 3 * PerPage;

    private readonly string _people = People(database.Kind);

    /// <summary>All customers that the caller may see, by name, from a place on; one more than a page when there are more.</summary>
    public async Task<IReadOnlyList<CustomerCard>> Page(Caller caller, CustomerPlace from, CancellationToken cancel)
    {
        if (caller.Staff is not { } staff)
        {
            return [];
        }

        var scope = Acting.Scope(caller);
        await using var db = database.Read();
        var isFew = !scope.AllCompanies
            && (await db.Rows<int>(Assigned, staff.Id.Value).ToListAsync(cancel))[0] < ManyAssigned;
        var sql = ListSql(scope.AllCompanies, isFew, scope.Consumers);
        var places = await db.Rows<PlaceRow>(sql, from.SortName, from.Id, staff.Id.Value).ToListAsync(cancel);
        var found = places.ConvertAll(place => new FoundCustomer(place.Company, place.Company is null ? place.Id : null, []));
        return await Cards(caller, found, cancel);
    }

    /// <summary>The rows of customers that a query of the caller's scope has found, in the same order.</summary>
    public async Task<IReadOnlyList<CustomerCard>> Cards(Caller caller, IReadOnlyList<FoundCustomer> found, CancellationToken cancel)
    {
        if (found.Count == 0 || caller.Staff is not { } staff)
        {
            return [];
        }

        await using var db = database.Read();
        var companies = new Dictionary<Guid, CompanyRowOfList>();
        var companyIds = found.Where(customer => customer.Company is not null).Select(customer => customer.Company!.Value).ToList();
        foreach (var chunk in companyIds.Chunk(PerPage))
        {
            foreach (var row in await db.Rows<CompanyRowOfList>(Companies, [.. Keys.Padded(chunk, PerPage)]).ToListAsync(cancel))
            {
                companies[row.Id] = row;
            }
        }

        var named = found.SelectMany(customer => customer.Consumer is { } consumer ? [consumer] : customer.People).ToList();
        var unnamed = found.Where(customer => customer.Company is not null && customer.People.Count == 0).Select(customer => customer.Company!.Value).ToList();
        var people = (await db
            .Rows<StoredPerson>(_people, [.. Keys.Padded(named, MostPeople), .. Keys.Padded(unnamed, PerPage)]).ToListAsync(cancel))
            .ToLookup(row => row.Company ?? row.Membership);
        var actor = Acting.Operator(staff);
        var cards = new List<CustomerCard>(found.Count);
        foreach (var customer in found)
        {
            if (customer.Company is { } id && companies.TryGetValue(id, out var company))
            {
                var rows = customer.People.Count == 0 ? people[id] : customer.People.SelectMany(person => people[id].Where(row => row.Membership == person));
                cards.Add(company.ToCard(actor, rows));
            }
            else if (customer.Consumer is { } consumer && people[consumer].FirstOrDefault() is { } row)
            {
                var person = row.Judge(actor, null);
                cards.Add(new CustomerCard(
                    null, person.Membership, person.Name, null, null, CompanyStatus.Active, person.SortName, person.LastOrderAt, null, [person]));
            }
        }

        return cards;
    }

    private static string ListSql(bool all, bool isFew, bool consumers)
    {
        const string Columns = "select c.id as \"Company\", c.id as \"Id\", c.sort_name as \"SortName\" from ";
        const string After = "(c.sort_name, c.id) >= ({0}, {1}) order by c.sort_name, c.id limit 21";
        var companies = Columns + (all, isFew) switch
        {
            (true, _) => $"company c where {After}",
            (_, true) => $"staff_assignment a join company c on c.id = a.company_id where a.staff_id = {{2}} and {After}",
            _ => $"company c where (select a.staff_id from staff_assignment a where a.staff_id = {{2}} and a.company_id = c.id) is not null and {After}",
        };
        return !consumers ? companies : $"""
            select * from (select * from ({companies}) c union all select * from (
                select m.company_id as "Company", m.id as "Id", m.sort_name as "SortName" from membership m
                where m.company_id is null and (m.sort_name, m.id) >= ({"{0}"}, {"{1}"}) order by m.sort_name, m.id limit 21) m) u
            order by 3, 2 limit 21
            """;
    }

    // Those who were found by name, and of every other company the first three.
    private static string People(DatabaseKind kind)
    {
        var among = Keys.Places(MostPeople, PerPage);
        var firstThree = kind == DatabaseKind.Postgres
            ? $"""
                select p.* from company c cross join lateral (
                    select {StoredPerson.Columns} from membership m join buyer b on b.id = m.buyer_id
                    where m.company_id = c.id order by m.sort_name, m.id limit 3) p
                where c.id in ({among})
                """
            : $"""
                select {StoredPerson.Columns} from company c
                join membership m on m.id in (select t.id from membership t where t.company_id = c.id order by t.sort_name, t.id limit 3)
                join buyer b on b.id = m.buyer_id
                where c.id in ({among})
                """;
        return $"""
            select * from (
                select {StoredPerson.Columns} from membership m join buyer b on b.id = m.buyer_id where m.id in ({Keys.Places(0, MostPeople)})
                union all {firstThree}) x
            order by "SortName", "Membership"
            """;
    }

    private sealed record PlaceRow(Guid? Company, Guid Id, string SortName);

    private sealed record CompanyRowOfList(
        Guid Id, string Number, string Name, string? Country, string Status, string SortName, DateTimeOffset? LastOrderAt)
    {
        public CustomerCard ToCard(Operator actor, IEnumerable<StoredPerson> people)
        {
            var subject = new SubjectCompany(Name, Words.Parse<CompanyStatus>(Status));
            return new CustomerCard(
                new CompanyId(Id), null, Name, Number, Country, subject.Status, SortName, LastOrderAt, AssistancePolicy.DenyCompany(actor, subject),
                [.. people.Select(row => row.Judge(actor, subject))]);
        }
    }
}
