using Microsoft.EntityFrameworkCore;
using OnBehalf.Data;
using OnBehalf.Kernel;
using OnBehalf.Modules.Identity;

namespace OnBehalf.Modules.Assistance;

/// <summary>The dealer through whom an end customer buys.</summary>
public sealed record KnownDealer(CompanyId Id, string Name);

/// <summary>An end customer as its dealer sees it who has no mandate.</summary>
public sealed record ListedEndCustomer(string Number, string Name);

/// <summary>Dealers and their end customers, seen from either side.</summary>
public sealed class EndCustomerQueries(Database database)
{
    public const int MostWithout = 200;

    private const string DealerSql =
        """
        select d.id as "Id", d.name as "Name" from company c join company d on d.id = c.parent_id where c.id = {0} and c.kind = 'end-customer' and d.kind = 'dealer'
        """;

    // Who may only look or approve in his own company could do no more here.
    private static readonly string PeopleSql =
        $$"""
        select m.id as "Id", b.first_name || ' ' || b.last_name as "Name" from membership m join buyer b on b.id = m.buyer_id
        where m.company_id = {0} and m.status = 'active' and b.status = 'active' and {{RoleSql.May("m", Right.CartsChange)}} order by m.sort_name, m.id limit 500
        """;

    private readonly string _without =
        $$"""
        select c.number as "Number", c.name as "Name" from company c
        where c.parent_id = {0} and c.kind = 'end-customer' and not exists (
            select 1 from assist_mandate y where y.company_id = c.id and y.status = 'active' and (y.until is null or y.until > {{database.Now}})
                and (y.operator_company_id = {0} or y.operator_membership_id = {1}))
        order by c.sort_name, c.id limit {{MostWithout + 1}}
        """;

    public async Task<bool> IsDealer(CompanyId company, CancellationToken cancel)
    {
        await using var db = database.Read();
        return await db.Rows<int>("select 1 as \"Value\" from company where id = {0} and kind = 'dealer'", company.Value).ToListAsync(cancel) is [_];
    }

    /// <summary>The dealer of an end customer with those of its people who can be given a mandate; null and nobody for every other company.</summary>
    public async Task<(KnownDealer? Dealer, IReadOnlyList<(string Value, string Words)> People)> Dealer(CompanyId company, CancellationToken cancel)
    {
        await using var db = database.Read();
        return await DealerOf(db, company, cancel) is not { } dealer ? (null, [])
            : (dealer, (await db.Rows<Named>(PeopleSql, dealer.Id.Value).ToListAsync(cancel)).ConvertAll(row => (row.Id.ToString(), row.Name)));
    }

    /// <summary>End customers of the caller's company that have given him no mandate, by name; one more than <see cref="MostWithout"/> tells that there are more.</summary>
    public async Task<IReadOnlyList<ListedEndCustomer>> Without(Caller caller, CancellationToken cancel)
    {
        await using var db = database.Read();
        return await db.Rows<ListedEndCustomer>(_without, caller.Company!.Id.Value, caller.Buyer!.Membership.Value).ToListAsync(cancel);
    }

    internal static async Task<KnownDealer?> DealerOf(ShopDb db, CompanyId company, CancellationToken cancel) =>
        await db.Rows<Row>(DealerSql, company.Value).ToListAsync(cancel) is [var row] ? new KnownDealer(new CompanyId(row.Id), row.Name) : null;

    private sealed record Row(Guid Id, string Name);

    private sealed record Named(Guid Id, string Name);
}
