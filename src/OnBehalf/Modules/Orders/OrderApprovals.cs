using System.Globalization;
using Microsoft.EntityFrameworkCore;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Modules.Assistance;
using OnBehalf.Modules.Catalog;
using OnBehalf.Modules.Budgets;
using OnBehalf.Modules.Companies;
using OnBehalf.Modules.Mail;
using OnBehalf.Modules.Pricing;
using OnBehalf.Modules.Settings;
using OnBehalf.Orders;
using OnBehalf.Pricing;

namespace OnBehalf.Modules.Orders;

/// <summary>That an order has to wait: why, and whom it waits for.</summary>
/// <param name="Month">In whose sum it counts; empty when nobody acts.</param>
internal sealed record OrderHold(string Why, Money? Above, string Month, IReadOnlyList<OrderReader> Approvers);

/// <summary>
/// Orders that wait for the company, of a session or over a budget: an administrator or approver of it whose own they are not approves or declines, once; with a chain one after the
/// other. Until then nothing is ordered and nothing confirmed. That the mandate is changed or revoked meanwhile changes nothing about what already waits; articles, month and time are judged again.
/// </summary>
public sealed class OrderApprovals(Database database, ApprovalQueries queries, BudgetQueries budgets, ShopSettings settings, Outbox outbox, TimeProvider clock)
{
    public const string Path = "/account/company/approvals";

    private const string Waiting = "waiting";

    private static readonly Caller Itself = Caller.Machine("approvals");

    /// <summary>Null when the order is placed at once; a refusal where nobody could approve what the mandate lets wait.</summary>
    /// <param name="unusual">Why its destination is.</param>
    internal async Task<Outcome<OrderHold?>> Judge(Tx tx, CountedOrder counted, string? unusual, Money total, CostCentreId? centre)
    {
        var held = unusual is not null && tx.Caller.Company is not null && await Holds(tx, unusual) ? unusual : null;
        var over = await budgets.Exceeded(tx.Db, tx.Caller, centre, total, tx.Now, tx.Cancel);
        if (counted.WaitsAbove is null && held is null && over.Count == 0)
        {
            return (OrderHold?)null;
        }

        var able = await ApprovalQueries.Able(tx, over.Count > 0);
        var why = string.Join(' ', [.. new[] { counted.WaitsAbove is null ? null : OrderWords.OverAmount, held }.OfType<string>(), .. over]);

        // Mandate and budget are the company's word; the setting is the shop's, which does not stop a company that has nobody to ask.
        return able.Count > 0 ? new OrderHold(why, counted.WaitsAbove, counted.Month ?? "", Asked(able, await budgets.Chain(tx.Db, tx.Caller.Company!.Id, tx.Cancel), 1))
            : counted.WaitsAbove is { } above ? OrderRefusals.NobodyApproves(above, tx.Caller.Company!.Name)
            : over.Count > 0 ? OrderRefusals.NobodyApproves(OrderWords.WhyWaiting(over[0], null), tx.Caller.Company!.Name)
            : (OrderHold?)null;
    }

    // Who has a mail: whose turn it is, or who stands in for him; where he cannot decide, and where there is no chain, all who can, at most ten.
    private static IReadOnlyList<OrderReader> Asked(List<AbleApprover> able, List<ListedApprover> chain, int level)
    {
        var turn = chain.Find(one => one.Level == level);
        var asked = turn is null ? null : able.Find(one => one.Membership == turn.Deputy) ?? able.Find(one => one.Membership == turn.Membership);
        return asked is null ? [.. able.Take(10).Select(one => one.Reader)] : [asked.Reader];
    }

    private static async Task<bool> Holds(Tx tx, string unusual) => await ShopSettings.Exact(tx, ShopSettings.HoldUnusual) switch
    {
        "always" => true,
        "staff" => unusual != "new-address",
        _ => false,
    };

    /// <summary>In the transaction that submits the order: what it waits for, and the mails that say so.</summary>
    internal async Task Ask(Tx tx, OrderRow order, IReadOnlyList<OrderLineRow> lines, OrderTotals totals, OrderHold hold, Percentage shippingRate)
    {
        tx.Db.Add(new OrderApprovalRow
        {
            OrderId = order.Id, CompanyId = order.CompanyId!.Value, Status = Waiting, Why = hold.Why, AboveMinor = hold.Above?.Minor, AboveCurrency = hold.Above?.Currency,
            Month = hold.Month, ShippingRateMillionths = shippingRate.Millionths, AskedAt = tx.Now, Since = tx.Now,
        });
        var (shop, address) = await Shop(tx);
        Func<string> why = () => OrderWords.WhyWaiting(hold.Why, hold.Above);
        foreach (var approver in hold.Approvers)
        {
            outbox.Add(tx, OrderMail.AsksApproval(order, lines, totals, approver, why, shop, address));
        }

        if (tx.Caller.Buyer is { } buyer && hold.Approvers.All(approver => approver.Buyer != buyer.Id))
        {
            outbox.Add(tx, OrderMail.Waits(order, lines, totals, new OrderReader(buyer.Email, buyer.Name, buyer.Id), why, shop, address));
        }
    }

    /// <summary>The order is placed, and confirmed as if it had been placed at once.</summary>
    public Task<Outcome<Done>> Approve(Caller caller, string number, CancellationToken cancel) => Decide(caller, number, cancel, async (tx, order, approval) =>
    {
        if (await queries.StatusOf(tx, approval.CompanyId) is var status && status != CompanyStatus.Active)
        {
            return OrderRefusals.CompanyCannotOrder(caller.Company!.Name, status);
        }

        if (approval.AskedAt.AddDays(await settings.Number(tx.Db, ShopSettings.ApprovalDays, tx.Cancel)) <= tx.Now)
        {
            return OrderRefusals.ApprovalExpired;
        }

        if (await ApprovalQueries.Gone(tx, order.Id, approval.CompanyId) is { } gone)
        {
            return OrderRefusals.ArticleGone(gone);
        }

        tx.Db.Add(new OrderAgreementRow { OrderId = order.Id, Level = approval.Level, AgreedAt = tx.Now, AgreedById = caller.Buyer!.Id, AgreedBy = caller.Actor.Name });
        if (await PassOn(tx, order, approval))
        {
            return Done.It;
        }

        if (OperatorOf(order) is { } by)
        {
            var zone = TimeZoneInfo.FindSystemTimeZoneById(await settings.Get(tx.Db, ShopSettings.ShopTimeZone, tx.Cancel));
            var month = TimeZoneInfo.ConvertTime(tx.Now, zone).ToString("yyyy-MM", CultureInfo.InvariantCulture);
            await AssistedOrders.Move(tx, by, approval.CompanyId.Value, approval.Month, month, new Money(order.TotalMinor, order.Currency));
            approval.Month = month;
        }

        (order.Status, order.PlacedAt, order.Version, approval.Status) = (OrderWords.Placed, tx.Now, order.Version + 1, "approved");
        var lines = await tx.Db.Set<OrderLineRow>().Where(line => line.OrderId == order.Id).OrderBy(line => line.Position).ToListAsync(tx.Cancel);
        tx.Add(new OrderApproved(order.Id, order.Number, order.BuyerId));
        tx.Add(new OrderPlaced(order.Id, order.Number, order.CompanyId, new Money(order.TotalMinor, order.Currency), lines.Count));
        var (shop, _) = await Shop(tx);
        foreach (var reader in await ApprovalQueries.Readers(tx, order))
        {
            outbox.Add(tx, OrderMail.Placed(order, lines, TotalsOf(order, lines, approval), reader, shop, caller.Actor.Name));
        }

        await OrderOrigin.Copy(tx, settings, outbox, order, lines, TotalsOf(order, lines, approval), shop);

        return Done.It;
    });

    // The next one of the chain whose amount it is above has to approve too, unless he just did.
    private async Task<bool> PassOn(Tx tx, OrderRow order, OrderApprovalRow approval)
    {
        var (chain, total) = (await budgets.Chain(tx.Db, approval.CompanyId, tx.Cancel), new Money(order.TotalMinor, order.Currency));
        if (chain.Find(one => one.Level > approval.Level && one.Value.IsFor(total) && one.Membership != tx.Caller.Buyer!.Membership.Value) is not { } next)
        {
            return false;
        }

        tx.Add(new OrderAgreed(order.Id, order.Number, order.BuyerId, approval.Level));
        (approval.Level, approval.Since, approval.RemindedAt) = (next.Level, tx.Now, null);
        (approval.DecidedAt, approval.DecidedById, approval.DecidedBy) = (null, null, null);
        await AskAgain(tx, order, approval, chain);
        return true;
    }

    private async Task AskAgain(Tx tx, OrderRow order, OrderApprovalRow approval, List<ListedApprover> chain)
    {
        var lines = await tx.Db.Set<OrderLineRow>().Where(line => line.OrderId == order.Id).OrderBy(line => line.Position).ToListAsync(tx.Cancel);
        var (shop, address) = await Shop(tx);
        Func<string> why = () => OrderWords.WhyWaiting(approval.Why, approval.AboveMinor is { } above ? new Money(above, approval.AboveCurrency!.Value) : null);
        foreach (var reader in Asked(await ApprovalQueries.Able(tx, approval), chain, approval.Level))
        {
            outbox.Add(tx, OrderMail.AsksApproval(order, lines, TotalsOf(order, lines, approval), reader, why, shop, address));
        }
    }

    /// <summary>Reminds whoever has not decided for some days, once; returns of how many orders.</summary>
    public async Task<int> Remind(CancellationToken cancel)
    {
        if (await settings.Number(ShopSettings.ApprovalReminderDays, cancel) is not (> 0 and var days))
        {
            return 0;
        }

        var before = clock.GetUtcNow().AddDays(-days);
        var late = await queries.Unreminded(before, cancel);
        foreach (var id in late)
        {
            await database.Write<Done>(
                Itself,
                async tx =>
                {
                    var approval = await tx.Db.Set<OrderApprovalRow>().SingleAsync(row => row.OrderId == new OrderId(id), tx.Cancel);
                    if (approval.Status == Waiting && approval.RemindedAt is null && approval.Since <= before)
                    {
                        var order = await tx.Db.Set<OrderRow>().SingleAsync(row => row.Id == approval.OrderId, tx.Cancel);
                        approval.RemindedAt = tx.Now;
                        tx.Add(new OrderReminded(order.Id, order.Number, order.BuyerId, approval.Level));
                        await AskAgain(tx, order, approval, await budgets.Chain(tx.Db, approval.CompanyId, tx.Cancel));
                    }

                    return Done.It;
                },
                cancel);
        }

        return late.Count;
    }

    /// <summary>The order is never placed, and no longer counts for the month of who submitted it.</summary>
    public Task<Outcome<Done>> Decline(Caller caller, string number, string? why, CancellationToken cancel) => Decide(caller, number, cancel, async (tx, order, approval) =>
    {
        var reason = DeclineReason.Read(why);
        if (reason.Refusal is { } unsaid)
        {
            return unsaid;
        }

        await Decline(tx, order, approval, reason.Value, caller.Actor.Name);
        return Done.It;
    });

    /// <summary>Declines what nobody has decided about in time; returns how many that were.</summary>
    public async Task<int> Expire(CancellationToken cancel)
    {
        var days = await settings.Number(ShopSettings.ApprovalDays, cancel);
        var late = await queries.WaitingSince(clock.GetUtcNow().AddDays(-days), cancel);
        foreach (var id in late)
        {
            await database.Write<Done>(
                Itself,
                async tx =>
                {
                    var approval = await tx.Db.Set<OrderApprovalRow>().SingleAsync(row => row.OrderId == new OrderId(id), tx.Cancel);
                    if (approval.Status == Waiting)
                    {
                        var order = await tx.Db.Set<OrderRow>().SingleAsync(row => row.Id == approval.OrderId, tx.Cancel);
                        (approval.DecidedAt, approval.DecidedBy) = (tx.Now, await settings.Get(tx.Db, ShopSettings.ShopName, tx.Cancel));
                        await Decline(tx, order, approval, $"Nobody has decided about it within {days} {(days == 1 ? "day" : "days")}.", null);
                    }

                    return Done.It;
                },
                cancel);
        }

        return late.Count;
    }

    /// <param name="decider">Null: nobody decided in time.</param>
    private async Task Decline(Tx tx, OrderRow order, OrderApprovalRow approval, string reason, string? decider)
    {
        (order.Status, order.Version, approval.Status, approval.Reason) = (OrderWords.Declined, order.Version + 1, "declined", reason);
        if (OperatorOf(order) is { } by)
        {
            await AssistedOrders.Uncount(tx, by, approval.CompanyId.Value, approval.Month, new Money(order.TotalMinor, order.Currency));
        }

        await CouponBook.Release(tx, order.Id);
        await StockBook.Release(tx, order.Id);
        tx.Add(new OrderDeclined(order.Id, order.Number, order.BuyerId, reason));
        var (shop, _) = await Shop(tx);
        OrderReader?[] told = [.. await ApprovalQueries.Readers(tx, order), await ApprovalQueries.OperatorOf(tx, order)];
        foreach (var reader in told.OfType<OrderReader>().DistinctBy(reader => reader.Email))
        {
            outbox.Add(tx, OrderMail.Declined(order, reader, decider, reason, shop));
        }
    }

    private static Guid? OperatorOf(OrderRow order) => order.OperatorStaffId?.Value ?? order.OperatorBuyerId?.Value;

    // Two who decide at once: the status of the row is part of its update, so the second finds it decided.
    private Task<Outcome<Done>> Decide(Caller caller, string number, CancellationToken cancel, Func<Tx, OrderRow, OrderApprovalRow, Task<Outcome<Done>>> decide) =>
        database.Write<Done>(
            caller,
            async tx =>
            {
                if (caller.IsAssisting)
                {
                    return AccessGate.NotInSession;
                }

                if (caller is not { Company: { } company, Buyer: { } buyer } || !caller.May(Right.OrdersApprove) || !await queries.IsApprover(tx, buyer.Membership))
                {
                    return AccessGate.RightMissing;
                }

                if (await tx.Db.Set<OrderRow>().SingleOrDefaultAsync(row => row.Number == number && row.CompanyId == company.Id, tx.Cancel) is not { } order
                    || await tx.Db.Set<OrderApprovalRow>().SingleOrDefaultAsync(row => row.OrderId == order.Id, tx.Cancel) is not { } approval)
                {
                    return OrderRefusals.ApprovalMissing;
                }

                if (approval.Status != Waiting)
                {
                    return OrderRefusals.AlreadyDecided;
                }

                if (await ApprovalQueries.IsOwn(tx, order, buyer.Id))
                {
                    return OrderRefusals.OwnDoing;
                }

                if (!await queries.IsTurn(tx, order.Id, buyer.Membership))
                {
                    return OrderRefusals.NotYourTurn;
                }

                (approval.DecidedAt, approval.DecidedById, approval.DecidedBy) = (tx.Now, buyer.Id, caller.Actor.Name);
                return await decide(tx, order, approval);
            },
            cancel);

    private async Task<(string Shop, string Address)> Shop(Tx tx) =>
        (await settings.Get(tx.Db, ShopSettings.ShopName, tx.Cancel), (await settings.Get(tx.Db, ShopSettings.ShopAddress, tx.Cancel)).TrimEnd('/'));

    // The rows hold what the totals were made of, so the confirmation reads as it would have then.
    private static OrderTotals TotalsOf(OrderRow order, IReadOnlyList<OrderLineRow> lines, OrderApprovalRow approval) => OrderTotals.Of(
        order.Currency,
        lines.Select(line => new TaxedAmount(new Money(line.TotalMinor, order.Currency), new Percentage(line.TaxRateMillionths ?? 0))),
        new TaxedAmount(new Money(order.ShippingMinor, order.Currency), new Percentage(approval.ShippingRateMillionths)),
        [.. lines.Select(line => new Money(line.DiscountMinor, order.Currency))],
        order.TaxByLine ? TaxBasis.Line : TaxBasis.Document);
}
