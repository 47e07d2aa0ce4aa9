using OnBehalf.Catalog;
using OnBehalf.Data;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Orders;

/// <summary>A file that was bought.</summary>
/// <param name="PaidAt">Null: not paid yet.</param>
/// <param name="Times">How often it was taken.</param>
public sealed record BoughtFile(
    Guid Order, string Number, int Position, string Sku, string Article, Guid File, string Name, string Digest, long Size, int Times, DateTimeOffset? PaidAt);

/// <summary>What somebody has bought to download: of his own orders alone, and of lines that were not cancelled or given back as a whole.</summary>
public sealed class DownloadQueries
{
    private const string Sql = $$"""
        select o.id as "Order", o.number as "Number", l.position as "Position", l.sku as "Sku", l.name as "Article", f.id as "File", f.name as "Name", f.digest as "Digest",
            f.size_bytes as "Size", coalesce(d.times, 0) as "Times",
            (select min(p.at) from order_step i
                join order_step_line il on il.order_id = i.order_id and il.number = i.number and il.position = l.position
                join order_step p on p.order_id = i.order_id and p.kind = 'paid' and p.number > i.number
                where i.order_id = o.id and i.kind = 'invoiced') as "PaidAt"
        from orders o
        join order_line l on l.order_id = o.id and l.kind = '{{ArticleKind.Downloadable}}'
        join product_file f on f.product_id = l.product_id and f.removed_at is null
        left join download d on d.order_id = o.id and d.position = l.position and d.file_id = f.id
        where o.membership_id = {0} and o.status not in ('waiting-for-approval', 'declined', 'cancelled') and l.quantity_thousandths > (
            select coalesce(sum(rl.quantity_thousandths), 0) from order_step r join order_step_line rl on rl.order_id = r.order_id and rl.number = r.number
            where r.order_id = o.id and r.kind in ('cancelled', 'returned') and rl.position = l.position)
        """;

    /// <summary>All of them, the newest order first.</summary>
    public async Task<IReadOnlyList<BoughtFile>> Of(ShopDb db, Caller caller, CancellationToken cancel) =>
        caller.Buyer is not { } buyer ? [] : await db.Rows<BoughtFile>(Sql + " order by o.placed_at desc, o.id desc, l.position, f.name, f.id limit 500", buyer.Membership.Value).ToListAsync(cancel);

    /// <summary>One of them; null when it is not his.</summary>
    public async Task<BoughtFile?> Find(ShopDb db, Caller caller, Guid order, int position, Guid file, CancellationToken cancel) =>
        caller.Buyer is { } buyer && await db.Rows<BoughtFile>(Sql + " and o.id = {1} and l.position = {2} and f.id = {3}", buyer.Membership.Value, order, position, file).ToListAsync(cancel) is [var found] ? found : null;
}
