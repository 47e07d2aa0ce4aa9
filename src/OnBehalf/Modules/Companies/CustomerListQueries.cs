using OnBehalf.Assistance;
using OnBehalf.Data;
using OnBehalf.Kernel;
using OnBehalf.Modules.Assistance;

namespace OnBehalf.Modules.Companies;

/// <summary>Where a page of customers begins: the place of its first row in the order by name.</summary>
public readonly record struct CustomerPlace(string SortName, Guid Id)
{
    public static readonly CustomerPlace Beginning = new("", Guid.Empty);
}

/// <summary>Lists of customers: all that somebody may see by name, and the cards for those that a search has found.</summary>
public sealed class CustomerListQueries(Database database, ShopPolicies policies)
{
    public const int PerPage = CustomerSearchQueries.Most;

    // With more assigned companies than this, walking all names meets one of his soon enough.
    private const int ManyAssigned = 1_500;

    private static readonly string Assigned =
        "select count(*) as \"Value\" from (select 1 from staff_assignment a where a.staff_id = {0} limit " + ManyAssigned + ") a";

    private static readonly string ByMembership =
        $"select {StoredListedPerson.Columns} from membership m join buyer b on b.id = m.buyer_id where m.id in ({Keys.Places(0, PerPage + 1)})";

    private readonly string _firstThree = FirstThree(database.Kind);

    /// <summary>All customers that the caller may see, by name, from a place on; one more than a page when there are more.</summary>
    public async Task<IReadOnlyList<CustomerCard>> Page(Caller caller, CustomerPlace from, CancellationToken cancel)
    {
        if (caller.Staff is not { } staff)
        {
            return [];
        }

        var scope = Acting.Scope(caller);
        await using var db = database.Read();
        var isFew = !scope.AllCompanies && await IsFew(db, staff.Id, cancel);
        var sql = ListSql(database.Kind, scope.AllCompanies, isFew, scope.Consumers);
        var found = await db.Rows<StoredCompany>(sql, from.SortName, from.Id, staff.Id.Value).ToListAsync(cancel);
        return await Cards(db, staff, found, [], cancel);
    }

    /// <summary>So few companies are assigned to him that they are looked at one by one.</summary>
    internal static async Task<bool> IsFew(ShopDb db, StaffId staff, CancellationToken cancel) =>
        (await db.Rows<int>(Assigned, staff.Value).ToListAsync(cancel))[0] < ManyAssigned;

    /// <summary>Cards of customers that a query of the staff member's scope has found, in the same order; who is not named is filled in.</summary>
    internal async Task<IReadOnlyList<CustomerCard>> Cards(
        ShopDb db, Actor.Staff staff, IReadOnlyList<StoredCompany> found, IReadOnlyList<StoredListedPerson> named, CancellationToken cancel)
    {
        var people = named.ToLookup(person => person.Company ?? person.Membership);
        var unnamed = found.Where(customer => customer.Company is { } id && !people.Contains(id)).Select(customer => customer.Company!.Value).ToList();
        var first = unnamed.Count == 0 ? [] : await db.Rows<StoredListedPerson>(_firstThree, [.. Keys.Padded(unnamed, PerPage + 1)]).ToListAsync(cancel);
        var consumers = found.Where(customer => customer.Consumer is not null).Select(customer => customer.Consumer!.Value).ToList();
        var persons = consumers.Count == 0 ? [] : await db.Rows<StoredListedPerson>(ByMembership, [.. Keys.Padded(consumers, PerPage + 1)]).ToListAsync(cancel);
        var others = first.Concat(persons).ToLookup(person => person.Company ?? person.Membership);
        var judge = await policies.JudgeFor(staff, cancel);
        var cards = new List<CustomerCard>(found.Count);
        foreach (var customer in found)
        {
            if (customer.ToCard(judge, people.Contains(customer.Key) ? people[customer.Key] : others[customer.Key]) is { } card)
            {
                cards.Add(card);
            }
        }

        return cards;
    }

    private static string ListSql(DatabaseKind kind, bool all, bool isFew, bool consumers)
    {
        const string After = "(c.sort_name, c.id) >= ({0}, {1}) order by c.sort_name, c.id limit 21";
        var no = kind == DatabaseKind.Postgres ? "false" : "0";
        var columns = $"select c.id as \"Company\", cast(null as uuid) as \"Consumer\", {StoredCompany.Columns("{2}")} from ";
        var companies = columns + (all, isFew) switch
        {
            (true, _) => $"company c where {After}",
            (_, true) => $"staff_assignment a join company c on c.id = a.company_id where a.staff_id = {{2}} and {After}",
            _ => $"company c where (select 1 from staff_assignment a where a.staff_id = {{2}} and a.company_id = c.id limit 1) is not null and {After}",
        };
        return !consumers ? companies : $"""
            select * from (select * from ({companies}) c union all select * from (
                select cast(null as uuid) as "Company", m.id as "Consumer", cast(null as text) as "Number", cast(null as text) as "Name",
                    cast(null as text) as "Country", cast(null as text) as "Status", cast(null as text) as "CompanyKind", m.sort_name as "SortName",
                    cast(null as timestamp with time zone) as "LastOrderAt", {no} as "IsAssigned"
                from membership m
                where m.company_id is null and (m.sort_name, m.id) >= ({"{0}"}, {"{1}"}) order by m.sort_name, m.id limit 21) m) u
            order by "SortName", coalesce("Company", "Consumer") limit 21
            """;
    }

    private static string FirstThree(DatabaseKind kind)
    {
        const string First = "select t.id from membership t where t.company_id = c.id order by t.sort_name, t.id limit 3";
        var people = kind == DatabaseKind.Postgres ? $"company c cross join lateral ({First}) p join membership m on m.id = p.id" : $"company c join membership m on m.id in ({First})";
        return $"select {StoredListedPerson.Columns} from {people} join buyer b on b.id = m.buyer_id where c.id in ({Keys.Places(0, PerPage + 1)}) order by m.sort_name, m.id";
    }
}
