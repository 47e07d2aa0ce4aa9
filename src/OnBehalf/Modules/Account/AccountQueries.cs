using Microsoft.EntityFrameworkCore;
using OnBehalf.Data;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Account;

/// <summary>The dashboard in one row: the buyer, his company, and how much there is of what.</summary>
public sealed record Overview(string? Phone, string? ContractNumber, int Addresses, string? SalesRep, string? SalesRepEmail);

/// <summary>One of the last orders.</summary>
public sealed record LastOrder(string Number, DateTimeOffset PlacedAt, string? BuyerName, string? OperatorName, long TotalMinor, string Currency, string Status)
{
    public Money Total => new(TotalMinor, Kernel.Currency.Of(Currency));
}

/// <summary>What the account pages show.</summary>
public sealed class AccountQueries(Database database)
{
    private const string OverviewSql = """
        select b.phone as "Phone", c.contract_number as "ContractNumber",
            (select cast(count(*) as integer) from (select 1 from address a where a.company_id = c.id or a.buyer_id = b.id limit 201) book) as "Addresses",
            s.first_name || ' ' || s.last_name as "SalesRep", s.email as "SalesRepEmail"
        from membership m
        join buyer b on b.id = m.buyer_id
        left join company c on c.id = m.company_id
        left join staff s on s.id = c.sales_rep_id and s.status = 'active'
        where m.id = {0}
        """;

    private const string LastOrdersSql = """
        select number as "Number", placed_at as "PlacedAt", buyer_name as "BuyerName", operator_name as "OperatorName", total_minor as "TotalMinor",
            currency as "Currency", status as "Status"
        from orders where membership_id = {0} order by placed_at desc, id desc limit 5
        """;

    public async Task<Overview> Overview(ShopDb db, MembershipId membership, CancellationToken cancel) =>
        (await db.Rows<Overview>(OverviewSql, membership.Value).ToListAsync(cancel))[0];

    public async Task<IReadOnlyList<LastOrder>> LastOrders(ShopDb db, MembershipId membership, CancellationToken cancel) =>
        await db.Rows<LastOrder>(LastOrdersSql, membership.Value).ToListAsync(cancel);

    public ShopDb Read() => database.Read();
}
