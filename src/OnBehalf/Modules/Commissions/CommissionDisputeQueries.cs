using OnBehalf.Commissions;
using OnBehalf.Data;
using OnBehalf.Kernel;
using OnBehalf.Modules.Orders;

namespace OnBehalf.Modules.Commissions;

/// <summary>A dispute as lists show it. The customer is not in it: to earn at an order does not mean to see whose it is.</summary>
public sealed record ShownDispute(
    Guid Id, Guid StaffId, string Order, string Name, string Email, string Wish, string? Text, string Status, DateTimeOffset OpenedAt, string? Answer, DateTimeOffset? AnsweredAt, string? By, string? Representative)
{
    public DisputeWish What => Words.Parse<DisputeWish>(Wish);

    public DisputeStatus Stands => Words.Parse<DisputeStatus>(Status);

    public string Colour => Stands switch { DisputeStatus.Open => "yellow", DisputeStatus.Accepted => "green", _ => "secondary" };
}

/// <summary>What somebody earned at orders about which there are open disputes: it waits for the answers.</summary>
public sealed record HeldCommission(Guid Staff, string Name, string Currency, long Minor)
{
    public Money Amount => new(Minor, Kernel.Currency.Of(Currency));
}

/// <summary>Disputes, and what they hold back.</summary>
public sealed class CommissionDisputeQueries(Database database)
{
    public const int PageSize = 50;

    private const string Columns = """
        select d.id as "Id", d.staff_id as "StaffId", o.number as "Order", s.first_name || ' ' || s.last_name as "Name", s.email as "Email", d.wish as "Wish", d.text as "Text", d.status as "Status", d.opened_at as "OpenedAt",
            d.answer as "Answer", d.answered_at as "AnsweredAt", b.first_name || ' ' || b.last_name as "By", r.first_name || ' ' || r.last_name as "Representative"
        from commission_dispute d join orders o on o.id = d.order_id join staff s on s.id = d.staff_id left join staff b on b.id = d.answered_by_id left join staff r on r.id = o.sales_rep_id
        """;

    /// <summary>The caller's own, the newest first.</summary>
    public async Task<IReadOnlyList<ShownDispute>> Own(Caller caller, CancellationToken cancel)
    {
        await using var db = database.Read();
        return await db.Rows<ShownDispute>($"{Columns} where d.staff_id = {{0}} order by d.opened_at desc, d.id desc limit {PageSize}", caller.Staff!.Id.Value).ToListAsync(cancel);
    }

    /// <summary>Those of everybody that stand like this, the newest first.</summary>
    /// <param name="status">How they stand.</param>
    /// <param name="before">Behind this one; null: from the beginning.</param>
    /// <param name="cancel">Ends it early.</param>
    public async Task<(IReadOnlyList<ShownDispute> Shown, OrderPlace? Older)> All(DisputeStatus status, OrderPlace? before, CancellationToken cancel)
    {
        await using var db = database.Read();
        var word = Words.Kebab(status);
        var found = before is { } place
            ? await db.Rows<ShownDispute>($"{Columns} where d.status = {{0}} and (d.opened_at, d.id) < ({{1}}, {{2}}) order by d.opened_at desc, d.id desc limit {PageSize + 1}", word, place.PlacedAt, place.Id.Value).ToListAsync(cancel)
            : await db.Rows<ShownDispute>($"{Columns} where d.status = {{0}} order by d.opened_at desc, d.id desc limit {PageSize + 1}", word).ToListAsync(cancel);
        var shown = found.Take(PageSize).ToList();
        return (shown, found.Count > PageSize ? new OrderPlace(shown[^1].OpenedAt, new OrderId(shown[^1].Id)) : null);
    }

    /// <summary>What open disputes hold back.</summary>
    /// <param name="staff">Null: of everybody.</param>
    /// <param name="cancel">Ends it early.</param>
    public async Task<IReadOnlyList<HeldCommission>> Held(Guid? staff, CancellationToken cancel)
    {
        await using var db = database.Read();
        return await db.Rows<HeldCommission>(
            $"""
            select s.id as "Staff", s.first_name || ' ' || s.last_name as "Name", h.currency as "Currency", cast(sum(h.minor) as bigint) as "Minor" from (
                select e.staff_id, e.currency, sum(case when e.to_account = 'earned' then e.amount_minor when e.from_account = 'earned' then -e.amount_minor else 0 end) as minor
                from commission_entry e where e.order_id in (select d.order_id from commission_dispute d where d.status = 'open'){(staff is null ? "" : " and e.staff_id = {0}")}
                group by e.staff_id, e.currency, e.claim_id) h
            join staff s on s.id = h.staff_id where h.minor > 0 group by s.id, s.first_name, s.last_name, h.currency order by s.last_name, s.first_name, s.id, h.currency limit 1000
            """,
            staff is { } one ? [one] : []).ToListAsync(cancel);
    }

    internal async Task<ShownDispute?> One(ShopDb db, Guid id, CancellationToken cancel) => (await db.Rows<ShownDispute>(Columns + " where d.id = {0}", id).ToListAsync(cancel)).FirstOrDefault();

    /// <summary>The order with this number, where the caller can see it or earns at it.</summary>
    internal async Task<Guid?> OrderOf(ShopDb db, Caller caller, string number, CancellationToken cancel)
    {
        var seen = OrderScopes.OfStaff(caller);
        var count = seen.Values.Length;
        return (await db.Rows<FoundOrder>(
            $"""
            select o.id as "Id" from orders o
            where o.number = {"{" + count + "}"} and (({seen}) or exists (select 1 from commission_entry e where e.order_id = o.id and e.staff_id = {"{" + (count + 1) + "}"}))
            """,
            [.. seen.Values, number, caller.Staff!.Id.Value]).ToListAsync(cancel)).FirstOrDefault()?.Id;
    }

    private sealed record FoundOrder(Guid Id);
}
