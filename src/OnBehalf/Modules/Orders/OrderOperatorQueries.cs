using OnBehalf.Data;
using OnBehalf.Kernel;
using OnBehalf.Modules.Assistance;

namespace OnBehalf.Modules.Orders;

/// <summary>Somebody who placed orders for others: one of the staff, else a buyer.</summary>
public sealed record OrderOperator(Guid Id, bool IsStaff, string Name);

/// <summary>By whom lists of orders can be narrowed.</summary>
public sealed class OrderOperatorQueries(Database database)
{
    // Of the last sessions, so that the work stays the same however long somebody has been a customer.
    private static readonly string OfCompany = Choices("x.company_id = {0}");
    private static readonly string OfMembership = Choices("x.membership_id = {0}");

    private readonly string _named = $"""
        select s.id as "Id", {(database.Kind == DatabaseKind.Postgres ? "true" : "1")} as "IsStaff", s.first_name || ' ' || s.last_name as "Name" from staff s
        where lower(s.first_name || ' ' || s.last_name) like {"{0}"} escape '!' or s.email_normalized = {"{1}"}
        union all select b.id, {(database.Kind == DatabaseKind.Postgres ? "false" : "0")}, b.first_name || ' ' || b.last_name from buyer b where b.email_normalized = {"{1}"}
        limit 200
        """;

    /// <summary>Who acted lately for the caller, or for the company when he sees all of it; by name.</summary>
    public async Task<IReadOnlyList<OrderOperator>> Of(ShopDb db, Caller caller, CancellationToken cancel)
    {
        var rows = await (OrderScopes.SeesCompany(caller)
            ? db.Rows<Row>(OfCompany, caller.Company!.Id.Value)
            : db.Rows<Row>(OfMembership, caller.Buyer!.Membership.Value)).ToListAsync(cancel);
        return [.. rows.Select(row => new OrderOperator(row.Id, row.IsStaff, OperatorKey.Name(row.Name, row.Dealer))).OrderBy(one => one.Name, StringComparer.CurrentCulture)];
    }

    /// <summary>Whom staff mean by a part of a name, or by a whole mail address; colleagues of buyers by the address alone.</summary>
    public async Task<IReadOnlyList<OrderOperator>> Named(ShopDb db, string text, CancellationToken cancel) =>
        await db.Rows<OrderOperator>(_named, SqlFilter.Anywhere(text.Trim()), text.Trim().ToLowerInvariant()).ToListAsync(cancel);

    private static string Choices(string whose) => $"""
        select coalesce(d.operator_staff_id, d.operator_buyer_id) as "Id", d.operator_staff_id is not null as "IsStaff",
            coalesce(s.first_name || ' ' || s.last_name, b.first_name || ' ' || b.last_name) as "Name", d."Dealer"
        from (
            select distinct y.operator_staff_id, y.operator_buyer_id, {OperatorKey.DealerSql("y.operator_membership_id", "y.company_id")} as "Dealer"
            from (select x.* from assisted_session x where {whose} order by x.started_at desc, x.id desc limit 300) y) d
        left join staff s on s.id = d.operator_staff_id
        left join buyer b on b.id = d.operator_buyer_id
        """;

    private sealed record Row(Guid Id, bool IsStaff, string Name, string? Dealer);
}
