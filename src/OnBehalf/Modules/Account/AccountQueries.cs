using Microsoft.EntityFrameworkCore;
using OnBehalf.Data;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Account;

/// <summary>The dashboard in one row: the buyer, his company, and how much there is of what.</summary>
public sealed record Overview(string? Phone, string? ContractNumber, int Addresses, string? SalesRep, string? SalesRepEmail, int Lists, int Approvals, bool AllowsTracking);

/// <summary>What the account pages show.</summary>
public sealed class AccountQueries(Database database)
{
    private const string OverviewSql = """
        select b.phone as "Phone", c.contract_number as "ContractNumber",
            (select cast(count(*) as integer) from (select 1 from address a where a.company_id = c.id or a.buyer_id = b.id limit 201) book) as "Addresses",
            s.first_name || ' ' || s.last_name as "SalesRep", s.email as "SalesRepEmail",
            (select cast(count(*) as integer) from saved_list w where w.membership_id = m.id or (w.company_id = c.id and w.share <> 'none')) as "Lists",
            (select cast(count(*) as integer) from (select 1 from order_approval a where a.company_id = c.id and a.status = 'waiting' limit 100) open) as "Approvals",
            coalesce(t.allows_tracking, false) as "AllowsTracking"
        from membership m
        join buyer b on b.id = m.buyer_id
        left join buyer_preference t on t.buyer_id = b.id
        left join company c on c.id = m.company_id
        left join staff s on s.id = c.sales_rep_id and s.status = 'active'
        where m.id = {0}
        """;

    private const string OfCompany = """
        select cast(null as text) as "Phone", c.contract_number as "ContractNumber",
            (select cast(count(*) as integer) from (select 1 from address a where a.company_id = c.id limit 201) book) as "Addresses",
            s.first_name || ' ' || s.last_name as "SalesRep", s.email as "SalesRepEmail", 0 as "Lists", 0 as "Approvals", false as "AllowsTracking"
        from company c
        left join staff s on s.id = c.sales_rep_id and s.status = 'active'
        where c.id = {0}
        """;

    public async Task<Overview> Overview(ShopDb db, Caller caller, CancellationToken cancel) => (await (caller.IsForCompany
        ? db.Rows<Overview>(OfCompany, caller.Company!.Id.Value)
        : db.Rows<Overview>(OverviewSql, caller.Buyer!.Membership.Value)).ToListAsync(cancel))[0];

    public ShopDb Read() => database.Read();
}
