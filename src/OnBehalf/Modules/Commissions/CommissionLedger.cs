using Microsoft.EntityFrameworkCore;
using OnBehalf.Commissions;
using OnBehalf.Data;
using OnBehalf.Kernel;
using OnBehalf.Orders;

namespace OnBehalf.Modules.Commissions;

/// <summary>
/// Writes the ledger: each entry in the transaction of the fact that brings it about, so that an order and what it earns are there together or not at all. There is no other way into it, so no
/// form and no session reaches it: who earns is who represents the order, who helped with it as sessions and the order say, and who leads them, and what, the rules that were in force when it was placed.
/// </summary>
internal static class CommissionLedger
{
    public static readonly IReadOnlyList<FactHandler> Handlers =
    [
        FactHandler.On<OrderPlaced>("commissions", async (tx, fact) => await Accrue(tx, await CommissionOrderQueries.Of(tx, fact.Order), "placed")),
        FactHandler.On<OrderShipped>("commissions", (tx, fact) => Follow(tx, fact.Order, "shipped")),
        FactHandler.On<OrderPaid>("commissions", (tx, fact) => Follow(tx, fact.Order, "paid")),
        FactHandler.On<OrderCancelled>("commissions", (tx, fact) => Follow(tx, fact.Order, "cancelled")),
        FactHandler.On<OrderReturned>("commissions", (tx, fact) => Follow(tx, fact.Order, "returned")),
        FactHandler.On<OrderRepresentativeChanged>("commissions", (tx, fact) => HandOver(tx, fact.Order)),
    ];

    /// <summary>What a placed order earns, and whom, by the rules of when it was placed: what its entries say, or will.</summary>
    public static Task<IReadOnlyList<LineCommission>> Of(Tx tx, EarningOrder order) => Of(tx, order, order.PlacedAt);

    /// <param name="tx">The transaction of what brings it about.</param>
    /// <param name="order">Whose.</param>
    /// <param name="at">By the rules that were in force then.</param>
    private static async Task<IReadOnlyList<LineCommission>> Of(Tx tx, EarningOrder order, DateTimeOffset at)
    {
        if (!order.Earns)
        {
            return [];
        }

        var (rules, group) = await CommissionOrderQueries.InForce(tx.Db, at, order.Representative, tx.Cancel);
        if (rules.Count == 0)
        {
            return [];
        }

        var assist = rules.Any(rule => rule.Part == CommissionPart.Assistant) ? await CommissionOrderQueries.AssistOf(tx.Db, order, rules.Max(rule => rule.WindowDays), tx.Cancel) : null;
        var placed = new CommissionOrder(order.Customer, order.Representative is { } staff ? new CommissionEarner(staff, group) : null, assist, order.Channel);
        return Commission.Of(rules, placed, await CommissionOrderQueries.LinesOf(tx.Database, tx.Db, order, rules, tx.Cancel));
    }

    /// <summary>A dispute about the amount was right: what everybody has goes back, and the order is counted anew by the rules of now, as far as it has come.</summary>
    /// <returns>False: that would change nothing, and nothing is written.</returns>
    public static async Task<bool> CountAnew(Tx tx, OrderId id)
    {
        var order = await CommissionOrderQueries.Of(tx, id);
        var lines = await Of(tx, order, tx.Now);
        var progress = await CommissionOrderQueries.Progress(tx, order);
        var claims = Claims(order.Currency, await EntriesOf(tx, id));
        var anew = lines.Select(line => new LineEarning(line.Staff, line.Position, KeptOf(line, progress)));
        if (CommissionDispute.IsSame(claims.Select(pair => new LineEarning(pair.First.StaffId, pair.First.Position, pair.Claim.Kept)), anew))
        {
            return false;
        }

        foreach (var (first, claim) in claims)
        {
            Put(tx, first, claim.Undo(), "dispute");
        }

        if (Accrue(tx, order, lines, "dispute") is { Count: > 0 } entries)
        {
            await Follow(tx, order, entries, "dispute");
        }

        return true;
    }

    private static Money KeptOf(LineCommission line, OrderProgress progress)
    {
        var claim = CommissionClaim.Accrue(line.Amount).Claim;
        return claim.Follow(progress.Lines.First(one => one.Position == line.Position), progress.IsPaid, line.Rule.Earned).Aggregate(claim, (now, move) => now.With(move)).Kept;
    }

    private static async Task<IReadOnlyList<CommissionEntryRow>> Accrue(Tx tx, EarningOrder order, string cause) => Accrue(tx, order, await Of(tx, order), cause);

    private static List<CommissionEntryRow> Accrue(Tx tx, EarningOrder order, IReadOnlyList<LineCommission> lines, string cause)
    {
        var entries = lines.Select(line => new CommissionEntryRow
        {
            Id = Guid.CreateVersion7(), ClaimId = IId<CommissionClaimId>.New(), StaffId = line.Staff, OrderId = order.Id, Position = line.Position, RuleId = line.Rule.Id, RuleVersion = line.Rule.Version,
            FromAccount = CommissionAccount.Shop, ToAccount = CommissionAccount.Accrued, AmountMinor = line.Amount.Minor, Currency = order.Currency, BaseMinor = line.Base.Minor, Cause = cause, At = tx.Now,
        }).ToList();
        tx.Db.AddRange(entries);
        return entries;
    }

    private static async Task Follow(Tx tx, OrderId id, string cause)
    {
        if (await EntriesOf(tx, id) is { Count: > 0 } entries)
        {
            await Follow(tx, await CommissionOrderQueries.Of(tx, id), entries, cause);
        }
    }

    private static async Task Follow(Tx tx, EarningOrder order, IReadOnlyList<CommissionEntryRow> entries, string cause)
    {
        var progress = await CommissionOrderQueries.Progress(tx, order);
        var ids = entries.Select(entry => entry.RuleId).Distinct().ToList();
        var earned = await tx.Db.Set<CommissionRuleRow>().AsNoTracking().Where(rule => ids.Contains(rule.Id)).ToDictionaryAsync(rule => (rule.Id, rule.Version), rule => rule.Earned, tx.Cancel);
        foreach (var (first, claim) in Claims(order.Currency, entries))
        {
            var line = progress.Lines.First(line => line.Position == first.Position);
            Put(tx, first, claim.Follow(line, progress.IsPaid, earned[(first.RuleId, first.RuleVersion)]), cause);
        }
    }

    // What everybody had goes back, since what others get may depend on who represents it; and the order is another one's from its beginning: with the rules of then, and as far as it has come.
    private static async Task HandOver(Tx tx, OrderId id)
    {
        var order = await CommissionOrderQueries.Of(tx, id);
        foreach (var (first, claim) in Claims(order.Currency, await EntriesOf(tx, id)))
        {
            Put(tx, first, claim.Undo(), "representative");
        }

        if (await Accrue(tx, order, "representative") is { Count: > 0 } entries)
        {
            await Follow(tx, order, entries, "representative");
        }
    }

    private static async Task<IReadOnlyList<CommissionEntryRow>> EntriesOf(Tx tx, OrderId order)
    {
        var all = tx.Db.Set<CommissionEntryRow>();
        var entries = await all.AsNoTracking().Where(entry => entry.OrderId == order).ToListAsync(tx.Cancel);
        return [.. entries, .. all.Local.Where(entry => entry.OrderId == order)];
    }

    private static List<(CommissionEntryRow First, CommissionClaim Claim)> Claims(Currency currency, IReadOnlyList<CommissionEntryRow> entries) =>
        entries.GroupBy(entry => entry.ClaimId).Select(claim => (claim.First(), CommissionClaim.Of(currency, claim.Select(entry => entry.Move)))).OrderBy(pair => pair.Item1.Position).ToList();

    private static void Put(Tx tx, CommissionEntryRow of, IReadOnlyList<CommissionMove> moves, string cause) => tx.Db.AddRange(moves.Select(move => new CommissionEntryRow
    {
        Id = Guid.CreateVersion7(), ClaimId = of.ClaimId, StaffId = of.StaffId, OrderId = of.OrderId, Position = of.Position, RuleId = of.RuleId, RuleVersion = of.RuleVersion,
        FromAccount = move.From, ToAccount = move.To, AmountMinor = move.Amount.Minor, Currency = of.Currency, Cause = cause, At = tx.Now,
    }));
}
