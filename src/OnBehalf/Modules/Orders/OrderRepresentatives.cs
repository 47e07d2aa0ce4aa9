using Microsoft.EntityFrameworkCore;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Modules.Companies;
using OnBehalf.Orders;

namespace OnBehalf.Modules.Orders;

/// <summary>An order whose representative is to be chosen.</summary>
public sealed record RepresentedOrder(Guid Id, string Number, string? Customer, string? OperatorName, string? Representative);

/// <summary>The Back Office says who represents orders. Who placed them, and what they are, stays as it was; no session can do it.</summary>
public sealed class OrderRepresentatives(Database database, RepQueries reps)
{
    /// <summary>At once.</summary>
    public const int Most = 100;

    private static readonly Refusal NotHis = Refusal.Forbidden("orders.representative-self", "Nobody makes himself the representative of an order. Ask somebody else to do it.");
    private static readonly Refusal Unknown = Refusal.Invalid("orders.representative-unknown", "Choose a staff member, or nobody.", "Staff");
    private static readonly Refusal Unsaid = Refusal.Invalid("orders.representative-reason", $"Please say why, in at most {Representation.LongestReason} characters on one line.", "Reason");
    private static readonly Refusal None = Refusal.Invalid("orders.representative-none", $"Choose from one to {Most} orders.", "Orders");

    /// <summary>Those of the numbers that the caller may see.</summary>
    public async Task<IReadOnlyList<RepresentedOrder>> Find(ShopDb db, Caller caller, IReadOnlyCollection<string> numbers, CancellationToken cancel)
    {
        var filter = OrderScopes.OfStaff(caller);
        filter.And(database.OneOf("o.number", "?"), database.List([.. numbers.Distinct(StringComparer.Ordinal).Take(Most + 1)]));
        return await db.Rows<RepresentedOrder>(
            $"""
            select o.id as "Id", o.number as "Number", coalesce(o.company_name, o.buyer_name) as "Customer", o.operator_name as "OperatorName",
                (select r.first_name || ' ' || r.last_name from staff r where r.id = o.sales_rep_id) as "Representative"
            from orders o where {filter} order by o.number
            """,
            filter.Values).ToListAsync(cancel);
    }

    /// <summary>All of them, or none when one of them is not there. An order that has him already is left as it is.</summary>
    /// <param name="after">Null: nobody.</param>
    /// <param name="reason">In words; asked for, because earnings may follow.</param>
    public Task<Outcome<int>> Change(Caller caller, IReadOnlyCollection<string> numbers, StaffId? after, string? reason, CancellationToken cancel) =>
        database.Write(caller, tx => Change(tx, numbers, after, reason), cancel);

    /// <summary>The same with something else that depends on it.</summary>
    internal async Task<Outcome<int>> Change(Tx tx, IReadOnlyCollection<string> numbers, StaffId? after, string? reason)
    {
        var caller = tx.Caller;
        if (caller.IsAssisting)
        {
            return AccessGate.NotInSession;
        }

        if (caller.Staff is not { } staff || !caller.May(Right.BackOffice) || !caller.May(Right.AccessGrant))
        {
            return AccessGate.RightMissing;
        }

        if (after == staff.Id)
        {
            return NotHis;
        }

        if (reason?.Trim() is not { Length: > 0 and <= Representation.LongestReason } why || why.Any(char.IsControl))
        {
            return Unsaid;
        }

        if (after is { } chosen && !await reps.IsActive(tx.Db, chosen, tx.Cancel))
        {
            return Unknown;
        }

        var wanted = numbers.Distinct(StringComparer.Ordinal).ToList();
        if (wanted.Count is 0 or > Most)
        {
            return None;
        }

        var found = await Find(tx.Db, caller, wanted, tx.Cancel);
        if (found.Count != wanted.Count)
        {
            return OrderRefusals.OrderMissing;
        }

        var ids = found.Select(order => new OrderId(order.Id)).ToList();
        var changed = 0;
        foreach (var order in await tx.Db.Set<OrderRow>().Where(row => ids.Contains(row.Id)).OrderBy(row => row.Id).ToListAsync(tx.Cancel))
        {
            if (order.SalesRepId == after)
            {
                continue;
            }

            tx.Add(new OrderRepresentativeChanged(order.Id, order.Number, order.BuyerId, order.CompanyId, order.SalesRepId, after, why));
            (order.SalesRepId, order.Version) = (after, order.Version + 1);
            changed++;
        }

        return changed;
    }
}
