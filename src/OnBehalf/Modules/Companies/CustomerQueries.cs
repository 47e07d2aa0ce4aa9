using Microsoft.EntityFrameworkCore;
using OnBehalf.Assistance;
using OnBehalf.Companies;
using OnBehalf.Data;
using OnBehalf.Identity;
using OnBehalf.Kernel;
using OnBehalf.Modules.Assistance;

namespace OnBehalf.Modules.Companies;

/// <summary>A company as its page shows it to staff.</summary>
public sealed record CompanyData(
    CompanyId Id, string Number, string Name, string? ExternalId, string? ContractNumber, string? Country, Currency Currency, CompanyStatus Status,
    string? ParentNumber, string? ParentName, string? SalesRep, string? PriceList, int OrderCount, DateTimeOffset? LastOrderAt,
    bool IsAssigned, bool IsAssignedInTree, string? Segment, string? TaxId, string? OrderEmail, bool IsProtected, CompanyKind Kind, string? Language, int Version, LastHand Hand)
{
    /// <summary>What it agreed to about the caller acting for it as a whole.</summary>
    internal StoredAgreement Agreement { get; init; } = new(null, null, null);

    /// <summary>What the seller keeps about it.</summary>
    public CompanyMaster Master => new(Name, Number, ExternalId, ContractNumber, Country, Language, Currency, Segment, TaxId, OrderEmail);

    public SubjectCompany Subject => new(Id, Name, Status, Country) { Kind = Kind, IsProtected = IsProtected };
}

/// <summary>One page of people, by name.</summary>
public sealed record PeoplePage(IReadOnlyList<CustomerPerson> People, CustomerPerson? Next);

/// <summary>Who would be acted for, and where he belongs.</summary>
public sealed record PersonOfCustomer(CustomerPerson Person, CompanyData? Company)
{
    public string PathIn(string root) => CustomerPaths.Customer(root, Company?.Number, Person.Membership);
}

/// <summary>A company's address in its book.</summary>
public sealed record CustomerAddress(
    string? Label, string? Recipient, string Line1, string? Line2, string City, string? Region, string? PostalCode, string Country, bool IsBilling,
    bool IsShipping, LastHand Hand);

/// <summary>Customers as one staff member may see them: what is not his is not found.</summary>
public sealed class CustomerQueries(Database database, ShopPolicies policies)
{
    private const int PeoplePerPage = 50;

    private readonly string _company =
        $"""
        select c.id as "Id", c.number as "Number", c.name as "Name", c.external_id as "ExternalId", c.contract_number as "ContractNumber",
            c.country as "Country", c.currency as "Currency", c.status as "Status", p.number as "ParentNumber", p.name as "ParentName",
            r.first_name as "RepFirstName", r.last_name as "RepLastName", pl.name as "PriceList", c.order_count as "OrderCount",
            c.last_order_at as "LastOrderAt", {Operators.IsAssigned(database, "c", "{2}")} as "IsAssigned",
            {Operators.IsAssignedInTree(database, "c", "{2}")} as "IsAssignedInTree",
            c.segment as "Segment", c.tax_id as "TaxId", c.order_email as "OrderEmail",
            exists (select 1 from assist_protection y where y.lifted_at is null and y.company_id = c.id) as "IsProtected", c.kind as "Kind",
            c.language as "Language", c.version as "Version", {LastHand.Columns}, {ConsentSql.Columns}
        from company c
        left join company p on p.id = c.parent_id
        left join staff r on r.id = c.sales_rep_id
        left join price_list pl on pl.id = c.price_list_id
        {LastHand.Joins("c")}
        {ConsentSql.Join(database, "{2}", "null", "c.id", Operators.IsAssigned(database, "c", "{2}"), "null")}
        where ({"{1}"} or {Operators.IsAssigned(database, "c", "{2}")} or ({"{3}"} and {Operators.IsAssignedInTree(database, "c", "{2}")}))
        """;

    private static readonly string Addresses =
        $$"""
        select a.label as "Label", a.recipient as "Recipient", a.line1 as "Line1", a.line2 as "Line2", a.city as "City", a.region as "Region",
            a.postal_code as "PostalCode", a.country as "Country", a.is_billing as "IsBilling", a.is_shipping as "IsShipping", {{LastHand.Columns}}
        from address a {{LastHand.Joins("a")}}
        where a.company_id = {0} or a.buyer_id = {1} order by a.created_at, a.id limit 50
        """;

    private readonly string _people = $"""
        select {StoredPerson.Columns} from membership m join buyer b on b.id = m.buyer_id {StoredPerson.Consents(database, "{4}")}
        where m.company_id = {"{0}"} and (m.sort_name, m.id) >= ({"{1}"}, {"{2}"})
            and ({"{5}"} = '' or lower(hs.first_name || ' ' || hs.last_name) = lower({"{5}"}) or lower(ho.first_name || ' ' || ho.last_name) = lower({"{5}"}))
        order by m.sort_name, m.id limit {"{3}"}
        """;

    private readonly string _person = $"""
        select {StoredPerson.Columns} from membership m join buyer b on b.id = m.buyer_id {StoredPerson.Consents(database, "{1}")} where m.id = {"{0}"}
        """;

    public Task<CompanyData?> Find(Caller caller, string number, CancellationToken cancel) => FindCompany(caller, " and c.number = {0}", number, cancel);

    /// <summary>Whether a person is one of the company with that number, or without a number a private customer; whoever asks may not be told.</summary>
    internal async Task<bool> IsIn(string? number, MembershipId membership, CancellationToken cancel)
    {
        await using var db = database.Read();
        return await db.Rows<StoredPlace>("select c.number as \"Number\" from membership m left join company c on c.id = m.company_id where m.id = {0}", membership.Value).ToListAsync(cancel)
            is [var place] && place.Number == number;
    }

    /// <summary>What the policy says about acting for a company as a whole that the caller has found.</summary>
    public async Task<AssistanceDecision> Whole(Caller caller, CompanyData company, CancellationToken cancel)
    {
        var judge = await policies.JudgeFor(caller.Staff!, cancel);
        return judge.Of(
            Subject.OfCompany(company.Subject with { Consent = ConsentSql.Need(company.Agreement.CompanyAsks) }, BuyerRoles.OfCompany), company.IsAssigned, company.IsAssignedInTree,
            ConsentSql.Consent(company.Agreement.Agreed, company.Agreement.AgreedUntil));
    }

    /// <summary>For what a page shows of a customer that the caller has found, on one way.</summary>
    public SqlTogether Together() => database.Together();

    /// <summary>People of a company that the caller has found, from <paramref name="fromName"/> on.</summary>
    /// <param name="by">The name of who entered or changed them last for somebody else; empty: whoever it was.</param>
    public async Task<Func<PeoplePage>> PeopleOf(SqlTogether together, Caller caller, CompanyData company, string fromName, Guid fromId, string by, CancellationToken cancel)
    {
        if (caller.Staff is not { } staff)
        {
            return () => new PeoplePage([], null);
        }

        var judge = await policies.JudgeFor(staff, cancel);
        var rows = together.Rows<StoredPerson>(_people, company.Id.Value, fromName, fromId, PeoplePerPage + 1, staff.Id.Value, by);
        return () =>
        {
            var people = rows().ConvertAll(row => row.Judge(judge, company));
            return new PeoplePage([.. people.Take(PeoplePerPage)], people.ElementAtOrDefault(PeoplePerPage));
        };
    }

    /// <summary>One person of a customer, company or consumer.</summary>
    public async Task<PersonOfCustomer?> FindPerson(Caller caller, MembershipId membership, CancellationToken cancel)
    {
        if (caller.Staff is not { } staff)
        {
            return null;
        }

        StoredPerson row;
        await using (var db = database.Read())
        {
            if (await db.Rows<StoredPerson>(_person, membership.Value, staff.Id.Value).ToListAsync(cancel) is not [var found])
            {
                return null;
            }

            row = found;
        }

        var judge = await policies.JudgeFor(staff, cancel);
        if (row.Company is not { } companyId)
        {
            return Acting.Scope(caller).Consumers ? new PersonOfCustomer(row.Judge(judge, null), null) : null;
        }

        return await FindCompany(caller, " and c.id = {0}", companyId, cancel) is { } company
            ? new PersonOfCustomer(row.Judge(judge, company), company) : null;
    }

    public static Func<IReadOnlyList<CustomerAddress>> AddressesOf(SqlTogether together, CompanyId? company, BuyerId? consumer) =>
        together.Rows<CustomerAddress>(Addresses, company?.Value ?? Guid.Empty, consumer?.Value ?? Guid.Empty);

    private async Task<CompanyData?> FindCompany(Caller caller, string condition, object key, CancellationToken cancel)
    {
        if (caller.Staff is not { } staff)
        {
            return null;
        }

        var sql = _company + condition;
        var reachesTree = (await policies.Shown(cancel)).ReachesTree(Operators.Of(staff));
        await using var db = database.Read();
        return await db.Rows<CompanyDataRow>(sql, key, Acting.Scope(caller).AllCompanies, staff.Id.Value, reachesTree).ToListAsync(cancel) is [var row]
            ? row.ToData() : null;
    }

    private sealed record CompanyDataRow(
        Guid Id, string Number, string Name, string? ExternalId, string? ContractNumber, string? Country, string Currency, string Status,
        string? ParentNumber, string? ParentName, string? RepFirstName, string? RepLastName, string? PriceList, int OrderCount, DateTimeOffset? LastOrderAt,
        bool IsAssigned, bool IsAssignedInTree, string? Segment, string? TaxId, string? OrderEmail, bool IsProtected, string Kind, string? Language, int Version, LastHand Hand, StoredAgreement Agreement)
    {
        public CompanyData ToData() => new(
            new CompanyId(Id), Number, Name, ExternalId, ContractNumber, Country, Kernel.Currency.Of(Currency), Words.Parse<CompanyStatus>(Status),
            ParentNumber, ParentName, RepLastName is null ? null : $"{RepFirstName} {RepLastName}", PriceList, OrderCount, LastOrderAt, IsAssigned, IsAssignedInTree,
            Segment, TaxId, OrderEmail, IsProtected, Words.Parse<CompanyKind>(Kind), Language, Version, Hand)
        { Agreement = Agreement };
    }

    private sealed record StoredPlace(string? Number);
}
