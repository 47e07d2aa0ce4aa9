using OnBehalf.Assistance;
using OnBehalf.Data;
using OnBehalf.Identity;
using OnBehalf.Kernel;
using OnBehalf.Modules.Assistance;

namespace OnBehalf.Modules.Companies;

/// <summary>What organisations are narrowed down to; all of it may be absent.</summary>
/// <param name="Country">ISO 3166 alpha-2.</param>
public sealed record OrganisationFilter(string? Country, string? Segment, CompanyStatus? Status)
{
    public bool IsSet => Country is not null || Segment is not null || Status is not null;
}

/// <summary>A company in the list from which one is selected to act for it as a whole.</summary>
/// <param name="Denied">Why that cannot be; null when it can.</param>
public sealed record Organisation(
    CompanyId Id, string Number, string Name, string? ContractNumber, string? Country, string? Segment, CompanyStatus Status, string SortName, AssistanceDecision? Denied);

/// <summary>
/// The companies that a staff member serves, by name. Every filter has its index in the order of the list with the other filters beside it, so that a page is
/// read from one index; a seller's own companies are so few that they are looked at one by one.
/// </summary>
public sealed class OrganisationQueries(Database database, ShopPolicies policies, CustomerSearchQueries search)
{
    public const int PerPage = 25;

    private const string Choices = """
        with recursive country (v) as (
                select min(country) from company union all select (select min(c.country) from company c where c.country > k.v) from country k where k.v is not null),
            segment (v) as (
                select min(segment) from company union all select (select min(c.segment) from company c where c.segment > k.v) from segment k where k.v is not null)
        select * from (select 'country' as "Kind", v as "Word" from country where v is not null limit 250) c
        union all select * from (select 'segment', v from segment where v is not null limit 100) s
        """;

    private readonly string _columns = $"""
        select c.id as "Id", c.number as "Number", c.name as "Name", c.contract_number as "ContractNumber", c.country as "Country", c.segment as "Segment",
            c.status as "Status", c.kind as "CompanyKind", c.sort_name as "SortName", {Operators.IsAssigned(database, "c", "{2}")} as "IsAssigned",
            exists (select 1 from assist_protection y where y.lifted_at is null and y.company_id = c.id) as "IsProtected"
        """;

    /// <summary>A page from a place on; one more than a page when there are more.</summary>
    public async Task<IReadOnlyList<Organisation>> Page(Caller caller, OrganisationFilter wanted, CustomerPlace from, CancellationToken cancel)
    {
        if (caller.Staff is not { } staff)
        {
            return [];
        }

        var (values, where) = (new List<object> { from.SortName, from.Id, staff.Id.Value }, new List<string> { "(c.sort_name, c.id) >= ({0}, {1})" });
        Narrow(wanted, values, where);
        await using var db = database.Read();
        var companies = "company c";
        if (!Acting.Scope(caller).AllCompanies && await CustomerListQueries.IsFew(db, staff.Id, cancel))
        {
            companies = "staff_assignment a join company c on c.id = a.company_id";
            where.Add("a.staff_id = {2}");
        }
        else if (!Acting.Scope(caller).AllCompanies)
        {
            where.Add("(select 1 from staff_assignment a where a.staff_id = {2} and a.company_id = c.id limit 1) is not null");
        }

        return await Read(db, staff, $"{_columns} from {companies} where {string.Join(" and ", where)} order by c.sort_name, c.id limit {PerPage + 1}", values, cancel);
    }

    /// <summary>The best hits of a search among the companies, and whether there would be more. The filters are held against the hits.</summary>
    public async Task<(IReadOnlyList<Organisation> Found, bool HasMore)> Find(Caller caller, string text, OrganisationFilter wanted, CancellationToken cancel)
    {
        if (caller.Staff is not { } staff)
        {
            return ([], false);
        }

        await using var db = database.Read();
        var (ids, hasMore) = await search.Companies(db, staff, text, cancel);
        if (ids.Count == 0)
        {
            return ([], false);
        }

        var (values, where) = (new List<object> { "", Guid.Empty, staff.Id.Value }, new List<string>());
        Narrow(wanted, values, where);
        where.Add($"c.id in ({Keys.Places(values.Count, CustomerSearchQueries.Most)})");
        values.AddRange(Keys.Padded(ids, CustomerSearchQueries.Most));
        var rows = await Read(db, staff, $"{_columns} from company c where {string.Join(" and ", where)}", values, cancel);
        return ([.. rows.OrderBy(row => ids.TakeWhile(id => id != row.Id.Value).Count())], hasMore);
    }

    /// <summary>Countries and segments that there are, in their order.</summary>
    public async Task<(IReadOnlyList<string> Countries, IReadOnlyList<string> Segments)> ChoicesOfFilters(CancellationToken cancel)
    {
        await using var db = database.Read();
        var rows = await db.Rows<Choice>(Choices).ToListAsync(cancel);
        return ([.. rows.Where(row => row.Kind == "country").Select(row => row.Word)], [.. rows.Where(row => row.Kind == "segment").Select(row => row.Word)]);
    }

    private static void Narrow(OrganisationFilter wanted, List<object> values, List<string> where)
    {
        Add("c.country", wanted.Country);
        Add("c.segment", wanted.Segment);
        Add("c.status", wanted.Status is { } status ? Words.Kebab(status) : null);

        void Add(string column, string? value)
        {
            if (value is not null)
            {
                where.Add($"{column} = {{{values.Count}}}");
                values.Add(value);
            }
        }
    }

    private async Task<IReadOnlyList<Organisation>> Read(ShopDb db, Actor.Staff staff, string sql, List<object> values, CancellationToken cancel)
    {
        var rows = await db.Rows<Row>(sql, [.. values]).ToListAsync(cancel);
        var judge = await policies.JudgeFor(staff, cancel);
        return rows.ConvertAll(row => row.Judge(judge));
    }

    private sealed record Choice(string Kind, string Word);

    private sealed record Row(
        Guid Id, string Number, string Name, string? ContractNumber, string? Country, string? Segment, string Status, string CompanyKind, string SortName, bool IsAssigned, bool IsProtected)
    {
        public Organisation Judge(CustomerJudge judge)
        {
            var company = new SubjectCompany(new CompanyId(Id), Name, Words.Parse<CompanyStatus>(Status), Country) { Kind = Words.Parse<CompanyKind>(CompanyKind), IsProtected = IsProtected };
            return new Organisation(
                company.Id, Number, Name, ContractNumber, Country, Segment, company.Status, SortName, judge.Denial(Subject.OfCompany(company, BuyerRoles.OfCompany), IsAssigned));
        }
    }
}
