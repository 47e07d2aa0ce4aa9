using System.Globalization;
using Microsoft.EntityFrameworkCore;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Modules.Assistance;
using OnBehalf.Modules.Mail;
using OnBehalf.Modules.Pricing;
using OnBehalf.Modules.Settings;
using OnBehalf.Orders;
using OnBehalf.Pricing;

namespace OnBehalf.Modules.Orders;

/// <summary>What staff want to happen to an order.</summary>
/// <param name="Version">Of the order as the page showed it.</param>
public sealed record StepWish(OrderStep Step, int Version, IReadOnlyCollection<OrderPart> Parts, string? Reason, string? Note);

/// <summary>
/// Takes placed orders along: confirmed, shipped, invoiced, paid, cancelled, returned. Each step is a row that is never changed, with who and when; where the order stands follows from all of
/// them (<see cref="OrderProgress"/>). The customer is told by mail of what was shipped, cancelled and taken back.
/// </summary>
public sealed class OrderSteps(Database database, OrdersQueries orders, OrderStepQueries steps, ShopSettings settings, Outbox outbox)
{
    public Task<Outcome<Done>> Take(Caller caller, string number, StepWish wish, CancellationToken cancel) => database.Write<Done>(
        caller,
        async tx =>
        {
            if (caller.IsAssisting)
            {
                return AccessGate.NotInSession;
            }

            if (caller.Staff is not { } staff || !caller.May(Right.OrdersProcess))
            {
                return AccessGate.RightMissing;
            }

            if (await orders.Find(tx.Db, caller, number, tx.Cancel) is not { } view)
            {
                return OrderRefusals.OrderMissing;
            }

            var order = await tx.Db.Set<OrderRow>().SingleAsync(row => row.Id == new OrderId(view.Head.Id), tx.Cancel);
            if (Judge(order, wish) is { } refusal)
            {
                return refusal;
            }

            var before = await Progress(tx, view);
            var outcome = before.Now.Take(wish.Step, wish.Parts);
            if (outcome.IsRefused)
            {
                return outcome.Refusal;
            }

            var (after, parts) = outcome.Value;
            var step = await Store(tx, order, view, wish, before, after, parts, staff.Id);
            var status = order.Status;
            (order.Status, order.Version) = (after.Status, order.Version + 1);
            tx.Add(FactOf(order, step, status, parts.Count));
            if (after.Status == "cancelled")
            {
                await GiveBack(tx, order);
            }

            await Tell(tx, order, view, wish, step, parts);
            return Done.It;
        },
        cancel);

    // Nothing of it came to pass: its coupons count again, and it leaves the sum of the month of who placed it for somebody else.
    private async Task GiveBack(Tx tx, OrderRow order)
    {
        await CouponBook.Release(tx, order.Id);
        if ((order.OperatorStaffId?.Value ?? order.OperatorBuyerId?.Value) is { } by && (order.CompanyId?.Value ?? order.MembershipId?.Value) is { } customer)
        {
            var zone = TimeZoneInfo.FindSystemTimeZoneById(await settings.Get(tx.Db, ShopSettings.ShopTimeZone, tx.Cancel));
            var month = TimeZoneInfo.ConvertTime(order.PlacedAt, zone).ToString("yyyy-MM", CultureInfo.InvariantCulture);
            await AssistedOrders.Uncount(tx, by, customer, month, new Money(order.TotalMinor, order.Currency));
        }
    }

    private static Refusal? Judge(OrderRow order, StepWish wish) =>
        order.IsImported ? OrderRefusals.StepImported
        : !OrderWords.IsPlaced(order.Status) ? OrderRefusals.StepNotPlaced
        : order.Version != wish.Version ? OrderRefusals.StepChanged
        : OrderStepReasons.Of(wish.Step) is { Count: > 0 } reasons && reasons.All(reason => reason.Code != wish.Reason) ? OrderRefusals.StepReasonMissing
        : wish.Note is { } note && (note.Length > OrderStepReasons.LongestNote || note.Any(char.IsControl)) ? OrderRefusals.StepNoteTooLong
        : null;

    private async Task<(OrderProgress Now, int Steps, int Shipped, bool IsInvoiced)> Progress(Tx tx, OrderView view)
    {
        var done = await steps.Of(tx.Db, view.Head.Id, tx.Cancel);
        return ((view with { Steps = done }).Progress, done.Count, done.Count(step => step.Step == OrderStep.Shipped), done.Any(step => step.Step == OrderStep.Invoiced));
    }

    private async Task<OrderStepRow> Store(
        Tx tx, OrderRow order, OrderView view, StepWish wish, (OrderProgress Now, int Steps, int Shipped, bool IsInvoiced) before, OrderProgress after, IReadOnlyList<OrderPart> parts, StaffId staff)
    {
        var lines = view.Lines.Select((line, i) => new ChargedLine(i + 1, line.Quantity, view.Amount(line.TotalMinor - line.DiscountMinor), new Percentage(line.TaxRateMillionths ?? 0))).ToList();
        var shipping = before.IsInvoiced ? (TaxedAmount?)null : new TaxedAmount(view.Amount(order.ShippingMinor), new Percentage(order.ShippingRateMillionths ?? 0));
        var isCharged = wish.Step is OrderStep.Invoiced or OrderStep.Returned;
        var totals = isCharged ? OrderCharges.Of(order.Currency, wish.Step, before.Now, after, lines, shipping, view.Basis) : null;
        totals = wish.Step == OrderStep.Returned && totals!.Total.IsZero ? null : totals;
        var amounts = totals is null ? [] : OrderCharges.Parts(wish.Step, before.Now, after, lines).ToDictionary(part => part.Line.Position, part => part.Amount.Minor);
        var step = new OrderStepRow
        {
            OrderId = order.Id, Number = before.Steps + 1, Kind = Words.Kebab(wish.Step), At = tx.Now, StaffId = staff,
            ReasonCode = OrderStepReasons.Of(wish.Step).Count > 0 ? wish.Reason : null, Note = wish.Note,
            Document = wish.Step == OrderStep.Shipped ? $"{order.Number}-{before.Shipped + 1}" : totals is null ? null : await DocumentNumber(tx, wish.Step),
            LinesMinor = totals?.Lines.Minor, ShippingMinor = totals?.Shipping.Minor, TaxMinor = totals?.Tax.Minor, TotalMinor = totals?.Total.Minor,
        };
        tx.Db.Add(step);
        tx.Db.AddRange((totals?.TaxSums ?? []).Where(sum => !sum.Net.IsZero || !sum.Tax.IsZero).Select(sum => new OrderStepTaxRow
        {
            OrderId = order.Id, Number = step.Number, RateMillionths = sum.Rate.Millionths, NetMinor = sum.Net.Minor, TaxMinor = sum.Tax.Minor,
        }));
        tx.Db.AddRange(parts.Select(part => new OrderStepLineRow
        {
            OrderId = order.Id, Number = step.Number, Position = part.Position, QuantityThousandths = part.Quantity.Thousandths,
            AmountMinor = totals is null ? null : amounts[part.Position],
        }));
        return step;
    }

    private async Task<string> DocumentNumber(Tx tx, OrderStep step)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(await settings.Get(tx.Db, ShopSettings.ShopTimeZone, tx.Cancel));
        return step == OrderStep.Invoiced
            ? OrderNumbers.Of(OrderNumbers.Invoice, tx.Now, zone, await tx.NextNumber("invoice_number"))
            : OrderNumbers.Of(OrderNumbers.CreditNote, tx.Now, zone, await tx.NextNumber("credit_note_number"));
    }

    private static Fact FactOf(OrderRow order, OrderStepRow step, string before, int lines)
    {
        var (buyer, company, after) = (order.BuyerId, order.CompanyId, order.Status);
        return Words.Parse<OrderStep>(step.Kind) switch
        {
            OrderStep.Confirmed => new OrderConfirmed(order.Id, order.Number, buyer, company, before),
            OrderStep.Shipped => new OrderShipped(order.Id, order.Number, buyer, company, step.Document!, lines, before, after),
            OrderStep.Invoiced => new OrderInvoiced(order.Id, order.Number, buyer, company, step.Document!, new Money(step.TotalMinor!.Value, order.Currency), before, after),
            OrderStep.Paid => new OrderPaid(order.Id, order.Number, buyer, company, before, after),
            OrderStep.Cancelled => new OrderCancelled(order.Id, order.Number, buyer, company, step.ReasonCode!, lines, before, after),
            _ => new OrderReturned(
                order.Id, order.Number, buyer, company, step.ReasonCode!, lines, step.Document is { } document ? (Code?)document : null,
                step.TotalMinor is { } credit ? new Money(credit, order.Currency) : null, before, after),
        };
    }

    private async Task Tell(Tx tx, OrderRow order, OrderView view, StepWish wish, OrderStepRow step, IReadOnlyList<OrderPart> parts)
    {
        if (wish.Step is not (OrderStep.Shipped or OrderStep.Cancelled or OrderStep.Returned))
        {
            return;
        }

        var (shop, address) = (await settings.Get(tx.Db, ShopSettings.ShopName, tx.Cancel), (await settings.Get(tx.Db, ShopSettings.ShopAddress, tx.Cancel)).TrimEnd('/'));
        foreach (var reader in await ApprovalQueries.Readers(tx, order))
        {
            outbox.Add(tx, OrderMail.Stepped(order, view, wish, step, parts, reader, shop, address));
        }
    }
}
