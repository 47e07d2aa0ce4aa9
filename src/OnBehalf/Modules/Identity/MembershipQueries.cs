using Microsoft.EntityFrameworkCore;
using OnBehalf.Data;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Identity;

/// <summary>In which companies a buyer may work now.</summary>
public sealed class MembershipQueries
{
    private const string Usable =
        "from membership m left join company c on c.id = m.company_id where m.buyer_id = {0} and m.status = 'active' and (c.id is null or c.status <> 'blocked')";

    private const string LastUsedSql = $$"""
        select m.id as "Value" {{Usable}}
        order by case when m.id = (select i.membership_id from sign_in i where i.buyer_id = {0} order by i.created_at desc limit 1) then 0 else 1 end,
            m.created_at, m.id
        limit 1
        """;

    private const string ChoicesSql = $"""select m.id as "Id", c.name as "Company" {Usable} order by c.sort_name, m.id limit 100""";

    /// <summary>The one that he used last, else his first; null when there is none to work in.</summary>
    public async Task<MembershipId?> LastUsed(ShopDb db, BuyerId buyer, CancellationToken cancel) =>
        await db.Rows<Guid>(LastUsedSql, buyer.Value).ToListAsync(cancel) is [var id] ? new MembershipId(id) : null;

    /// <summary>All of them, by name.</summary>
    public async Task<IReadOnlyList<CompanyChoice>> Choices(ShopDb db, BuyerId buyer, CancellationToken cancel)
    {
        var rows = await db.Rows<Choice>(ChoicesSql, buyer.Value).ToListAsync(cancel);
        return [.. rows.Select(row => new CompanyChoice(new MembershipId(row.Id), row.Company ?? Say("For myself")))];
    }

    private sealed record Choice(Guid Id, string? Company);
}
