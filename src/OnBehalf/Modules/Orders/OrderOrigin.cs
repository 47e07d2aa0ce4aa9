using OnBehalf.Assistance;
using OnBehalf.Data;
using OnBehalf.Kernel;
using OnBehalf.Modules.Commissions;
using OnBehalf.Modules.Mail;
using OnBehalf.Modules.Settings;
using OnBehalf.Pricing;

namespace OnBehalf.Modules.Orders;

/// <summary>What a shop lets say where an order came from: a sentence in its comment, a mail to staff. Both by setting, at first off.</summary>
internal static class OrderOrigin
{
    /// <summary>The comment of the order that the caller places: who he is where he acts for somebody, and below what was typed.</summary>
    public static async Task<string?> Comment(Tx tx, ShopSettings settings, string? typed)
    {
        if (tx.Caller.Session is not { } session || await settings.Get(tx.Db, ShopSettings.OriginInComment, tx.Cancel) != "true")
        {
            return typed;
        }

        var customer = tx.Caller.Buyer?.Name ?? tx.Caller.Company?.Name;
        string said = tx.Caller.Staff?.Group is { } group
            ? Say($"Placed by {tx.Caller.Actor.Name} ({group}) for {customer}.")
            : Say($"Placed by {tx.Caller.Actor.Name} for {customer}.");
        said = session.ReasonCode is { } reason ? $"{said} {Say($"Reason: {Reasons.Word(reason)}")}" : said;
        return string.IsNullOrEmpty(typed) ? said : $"{said}\n{typed}";
    }

    /// <summary>Tells whom the setting names of the staff; one who is both reads it once.</summary>
    public static async Task Copy(Tx tx, ShopSettings settings, Outbox outbox, OrderRow order, IReadOnlyList<OrderLineRow> lines, OrderTotals totals, string shop)
    {
        var who = await settings.Get(tx.Db, ShopSettings.StaffCopy, tx.Cancel);
        if (who == "nobody" || (order.OperatorStaffId is null && order.SalesRepId is null))
        {
            return;
        }

        var told = new[] { who is "operator" or "both" ? order.OperatorStaffId : null, who is "representative" or "both" ? order.SalesRepId : null }.OfType<StaffId>().Distinct().ToList();
        var staff = await tx.Db.Rows<Reader>(
            $"""
            select id as "Id", first_name || ' ' || last_name as "Name", email as "Email", status as "Status" from staff
            where {tx.Database.OneOf("id", "{0}")} order by last_name, id
            """,
            tx.Database.List(new[] { order.OperatorStaffId?.Value, order.SalesRepId?.Value }.OfType<Guid>().Distinct())).ToListAsync(tx.Cancel);
        var representative = staff.Find(one => one.Id == order.SalesRepId?.Value)?.Name;
        var earned = told.Count > 0 && await settings.Get(tx.Db, ShopSettings.StaffCopyCommission, tx.Cancel) == "true"
            ? (await CommissionLedger.Of(tx, await CommissionOrderQueries.Of(tx, order.Id))).ToLookup(line => line.Staff, line => line.Amount)
            : null;
        foreach (var one in staff.Where(one => one.Status == "active" && told.Contains(new StaffId(one.Id))))
        {
            outbox.Add(tx, OrderMail.StaffCopy(order, lines, totals, new OrderReader(one.Email, one.Name, null) { Staff = new StaffId(one.Id) }, representative, Sum(earned?[new StaffId(one.Id)]), shop));
        }
    }

    private static Money? Sum(IEnumerable<Money>? amounts) => amounts?.Aggregate((Money?)null, (sum, one) => sum is { } before ? before + one : one);

    private sealed record Reader(Guid Id, string Name, string Email, string Status);
}
