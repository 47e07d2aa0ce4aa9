using OnBehalf.Data;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Assistance;

/// <summary>Who acted for a buyer within the last day, for other modules.</summary>
public static class ActedLatelyQueries
{
    private static readonly string Sql = $$"""
        select distinct coalesce(o.first_name || ' ' || o.last_name, p.first_name || ' ' || p.last_name || coalesce(' of ' || {{OperatorKey.DealerSql("s.operator_membership_id", "s.company_id")}}, '')) as "Value"
        from assisted_session s
        left join staff o on o.id = s.operator_staff_id
        left join buyer p on p.id = s.operator_buyer_id
        where s.buyer_id = {0} and s.started_at > {1}
        order by 1
        limit 10
        """;

    private const string RunsOrEnded = """
        select count(*) > 0 as "Value" from assisted_session s where s.buyer_id = {0} and (s.status = 'active' or s.ended_at > {1})
        """;

    /// <summary>Somebody acts for him now, or did within this time.</summary>
    public static async Task<bool> Within(Tx tx, BuyerId buyer, TimeSpan time) =>
        (await tx.Db.Rows<bool>(RunsOrEnded, buyer.Value, tx.Now - time).ToListAsync(tx.Cancel))[0];

    public static async Task<IReadOnlyList<string>> Of(Tx tx, BuyerId buyer) =>
        await tx.Db.Rows<string>(Sql, buyer.Value, tx.Now.AddDays(-1)).ToListAsync(tx.Cancel);
}
