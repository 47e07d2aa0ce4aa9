using System.Globalization;
using Microsoft.EntityFrameworkCore;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Modules.Assistance;
using OnBehalf.Modules.Catalog;
using OnBehalf.Modules.Mail;
using OnBehalf.Modules.Pricing;
using OnBehalf.Modules.Settings;
using OnBehalf.Orders;
using OnBehalf.Pricing;

namespace OnBehalf.Modules.Orders;

/// <summary>What staff want to happen to an order.</summary>
/// <param name="Version">Of the order as the page showed it.</param>
public sealed record StepWish(OrderStep Step, int Version, IReadOnlyCollection<OrderPart> Parts, string? Reason, string? Note)
{
    /// <summary>Of a payment.</summary>
    public PaymentWish? Payment { get; init; }

    /// <summary>Of a return that the customer announces: why, by the position of the line.</summary>
    public IReadOnlyDictionary<int, string?> Reasons { get; init; } = new Dictionary<int, string?>();
}

/// <summary>A payment as it was typed.</summary>
/// <param name="Invoice">The step that is the invoice.</param>
public sealed record PaymentWish(int Invoice, string? Amount, string? PaidOn);

/// <summary>
/// Takes placed orders along: confirmed, shipped, invoiced, paid, cancelled, returned. Each step is a row that is never changed, with who and when; where the order stands follows from all of
/// them (<see cref="OrderProgress"/>). The buyer may cancel while nothing is shipped, and announce what he sends back, for as long as the settings say. The customer is told by mail of what was shipped, cancelled and taken back.
/// </summary>
public sealed class OrderSteps(Database database, OrdersQueries orders, OrderStepQueries steps, ShopSettings settings, Outbox outbox)
{
    public Task<Outcome<Done>> Take(Caller caller, string number, StepWish wish, CancellationToken cancel) => database.Write<Done>(
        caller,
        async tx =>
        {
            var isBuyers = caller.IsCustomer && wish.Step is OrderStep.Cancelled or OrderStep.ReturnAnnounced;
            if (!isBuyers && caller.IsAssisting)
            {
                return AccessGate.NotInSession;
            }

            if (isBuyers ? !caller.May(Right.OrdersPlace) : caller.Staff is null || !caller.May(Right.OrdersProcess) || wish.Step == OrderStep.ReturnAnnounced)
            {
                return AccessGate.RightMissing;
            }

            if (await orders.Find(tx.Db, caller, number, tx.Cancel) is not { } view)
            {
                return OrderRefusals.OrderMissing;
            }

            if (isBuyers && !IsHis(caller, view))
            {
                return AccessGate.RightMissing;
            }

            var order = await tx.Db.Set<OrderRow>().SingleAsync(row => row.Id == new OrderId(view.Head.Id), tx.Cancel);
            if (Judge(order, wish) is { } refusal)
            {
                return refusal;
            }

            var before = await Progress(tx, view);
            view = view with { Steps = before.All };
            if (wish.Step == OrderStep.Shipped && view.IsPaidFirst && view.Due.Minor > 0 && await ShopSettings.Exact(tx, ShopSettings.ShipWhenPaid) == "true")
            {
                return OrderRefusals.NotPaidYet;
            }

            if (isBuyers && await TooLate(tx.Db, view, wish.Step, tx.Now, tx.Cancel) is { } late)
            {
                return late;
            }

            var payment = ReadPayment(view, wish, tx.Now);
            if (payment.IsRefused)
            {
                return payment.Refusal;
            }

            var outcome = before.Now.Take(wish.Step, wish.Parts);
            if (outcome.IsRefused)
            {
                return outcome.Refusal;
            }

            var (after, parts) = outcome.Value;
            if (wish.Step == OrderStep.ReturnAnnounced && parts.Any(part => OrderStepReasons.Of(wish.Step).All(reason => reason.Code != wish.Reasons.GetValueOrDefault(part.Position))))
            {
                return OrderRefusals.StepReasonMissing;
            }

            var status = order.Status;
            var payments = new List<OrderStepRow>();
            foreach (var one in wish.Step == OrderStep.Paid ? view.Account.Invoices.Where(invoice => view.Account.MostOn(invoice).Minor > 0).ToList() : [])
            {
                // "Mark as paid" is a payment of what is open.
                if (PaidNow(view, payments, one) is { Minor: > 0 } open)
                {
                    payments.Add(PaymentOf(tx, order, before.Steps + payments.Count + 1, one, open, Today(tx.Now), null));
                }
            }

            if (payment.Value is { } paid)
            {
                payments.Add(PaymentOf(tx, order, before.Steps + 1, paid.Invoice, paid.Amount, paid.PaidOn, wish.Note));
            }

            foreach (var one in payments)
            {
                tx.Db.Add(one);
            }

            var owed = view.Account.Open;
            foreach (var one in payments)
            {
                var amount = new Money(one.TotalMinor!.Value, order.Currency);
                tx.Add(new OrderPaymentReceived(order.Id, order.Number, order.BuyerId, order.CompanyId, one.Document!, amount, one.PaidOn!, owed, owed - amount));
                owed -= amount;
            }

            var step = wish.Step == OrderStep.PaymentReceived ? payments[^1]
                : await Store(tx, order, view, wish, before with { Steps = before.Steps + payments.Count }, after, parts);
            var advance = view.Account.Advance.Minor;
            var left = wish.Step switch { OrderStep.Returned => owed.Minor - (step.TotalMinor ?? 0), OrderStep.Invoiced => owed.Minor + (step.TotalMinor ?? 0) - advance, _ => owed.Minor };
            if (wish.Step is OrderStep.PaymentReceived or OrderStep.Returned or OrderStep.Invoiced && left <= 0
                && (payments.Count > 0 || view.Account.Paid.Minor > 0 || advance > 0) && after.Can(OrderStep.Paid))
            {
                // Settled by this.
                var settled = new OrderStepRow { OrderId = order.Id, Number = step.Number + 1, Kind = Words.Kebab(OrderStep.Paid), At = tx.Now, StaffId = caller.Staff?.Id };
                tx.Db.Add(settled);
                var unpaid = after.Status;
                after = after.With(OrderStep.Paid, []);
                tx.Add(new OrderPaid(order.Id, order.Number, order.BuyerId, order.CompanyId, unpaid, after.Status));
            }

            (order.Status, order.Version) = (after.Status, order.Version + 1);
            await Move(tx, order.Id, wish.Step, parts);
            if (wish.Step != OrderStep.PaymentReceived)
            {
                tx.Add(FactOf(order, step, status, parts.Count));
            }

            if (after.Status == "cancelled")
            {
                await GiveBack(tx, order);
            }

            await Tell(tx, order, view, wish, step, parts);
            return Done.It;
        },
        cancel);

    private static Task Move(Tx tx, OrderId order, OrderStep step, IReadOnlyList<OrderPart> parts)
    {
        var moved = parts.Select(part => (part.Position, part.Quantity));
        return step switch
        {
            OrderStep.Shipped => StockBook.Take(tx, order, moved),
            OrderStep.Cancelled => StockBook.Release(tx, order, moved),
            OrderStep.Returned => StockBook.Return(tx, order, moved),
            _ => Task.CompletedTask,
        };
    }

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

    /// <summary>Whether the caller may cancel it or send something back: his own order, that of the company as a whole for which he acts, or any of the company that he administers, but none of its subsidiaries.</summary>
    public static bool IsHis(Caller caller, OrderView view) => caller.May(Right.OrdersPlace)
        && (caller.IsForCompany ? view.Head.Membership is null : view.Head.Membership == caller.Buyer?.Membership.Value
            || (caller.May(Right.CompanyManage) && caller.Company is { } company && view.Head.Company == company.Id.Value));

    /// <summary>Why the buyer cannot cancel an order, or announce a return, any more; null: he can.</summary>
    public async Task<Refusal?> TooLate(ShopDb db, OrderView view, OrderStep step, DateTimeOffset now, CancellationToken cancel)
    {
        var hours = int.Parse(await settings.Get(db, ShopSettings.CancelHours, cancel), CultureInfo.InvariantCulture);
        var days = int.Parse(await settings.Get(db, ShopSettings.ReturnDays, cancel), CultureInfo.InvariantCulture);
        var lastShipped = view.Steps.LastOrDefault(one => one.Step == OrderStep.Shipped)?.At;
        return step == OrderStep.Cancelled
            ? lastShipped is not null || now >= view.Head.PlacedAt.AddHours(hours) ? OrderRefusals.CancelTooLate : null
            : lastShipped is null || now >= lastShipped.Value.AddDays(days) ? OrderRefusals.ReturnTooLate : null;
    }

    private static Outcome<(InvoiceAccount Invoice, Money Amount, string PaidOn)?> ReadPayment(OrderView view, StepWish wish, DateTimeOffset now)
    {
        if (wish.Step != OrderStep.PaymentReceived)
        {
            return ((InvoiceAccount, Money, string)?)null;
        }

        if (view.Account.Invoices.FirstOrDefault(one => one.Step == wish.Payment?.Invoice) is not { } invoice)
        {
            return OrderRefusals.InvoiceMissing;
        }

        if (!Money.TryParse(wish.Payment!.Amount?.Trim(), view.Currency, out var amount))
        {
            return OrderRefusals.PaymentUnreadable;
        }

        if (!DateOnly.TryParseExact(wish.Payment.PaidOn?.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) || day > DateOnly.FromDateTime(now.UtcDateTime.AddDays(1)))
        {
            return OrderRefusals.PaymentDay;
        }

        var paid = view.Account.Pay(invoice.Step, amount);
        return paid.IsRefused ? paid.Refusal : ((InvoiceAccount, Money, string)?)(invoice, amount, day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
    }

    internal static string Today(DateTimeOffset now) => now.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    // What is still open on an invoice, when the order owes less than its invoices say.
    private static Money PaidNow(OrderView view, List<OrderStepRow> steps, InvoiceAccount invoice)
    {
        var left = view.Account.Open - new Money(steps.Sum(step => step.TotalMinor ?? 0), view.Currency);
        return invoice.Open < left ? invoice.Open : left;
    }

    private static OrderStepRow PaymentOf(Tx tx, OrderRow order, int number, InvoiceAccount invoice, Money amount, string paidOn, string? reference) => new()
    {
        OrderId = order.Id, Number = number, Kind = Words.Kebab(OrderStep.PaymentReceived), At = tx.Now, StaffId = tx.Caller.Staff?.Id, Note = reference,
        Document = invoice.Document, InvoiceNumber = invoice.Step, PaidOn = paidOn, TotalMinor = amount.Minor,
    };

    private static Refusal? Judge(OrderRow order, StepWish wish) =>
        order.IsImported ? OrderRefusals.StepImported
        : !OrderWords.IsPlaced(order.Status) ? OrderRefusals.StepNotPlaced
        : order.Version != wish.Version ? OrderRefusals.StepChanged
        : wish.Step != OrderStep.ReturnAnnounced && OrderStepReasons.Of(wish.Step) is { Count: > 0 } reasons && reasons.All(reason => reason.Code != wish.Reason) ? OrderRefusals.StepReasonMissing
        : wish.Note is { } note && (note.Length > OrderStepReasons.LongestNote || note.Any(char.IsControl)) ? OrderRefusals.StepNoteTooLong
        : null;

    private async Task<(OrderProgress Now, int Steps, int Shipped, bool IsInvoiced, IReadOnlyList<ShownStep> All)> Progress(Tx tx, OrderView view)
    {
        var done = await steps.Of(tx.Db, view.Head.Id, tx.Cancel);
        return ((view with { Steps = done }).Progress, done.Count, done.Count(step => step.Step == OrderStep.Shipped), done.Any(step => step.Step == OrderStep.Invoiced), done);
    }

    private async Task<OrderStepRow> Store(
        Tx tx, OrderRow order, OrderView view, StepWish wish, (OrderProgress Now, int Steps, int Shipped, bool IsInvoiced, IReadOnlyList<ShownStep> All) before, OrderProgress after, IReadOnlyList<OrderPart> parts)
    {
        var lines = view.ChargedLines;
        var shipping = before.IsInvoiced ? (TaxedAmount?)null : new TaxedAmount(view.Amount(order.ShippingMinor), new Percentage(order.ShippingRateMillionths ?? 0));
        var isCharged = wish.Step is OrderStep.Invoiced or OrderStep.Returned;
        var totals = isCharged ? OrderCharges.Of(order.Currency, wish.Step, before.Now, after, lines, shipping, view.Basis) : null;
        totals = wish.Step == OrderStep.Returned && totals!.Total.IsZero ? null : totals;
        var amounts = totals is null ? [] : OrderCharges.Parts(wish.Step, before.Now, after, lines).ToDictionary(part => part.Line.Position, part => part.Amount.Minor);
        var step = new OrderStepRow
        {
            OrderId = order.Id, Number = before.Steps + 1, Kind = Words.Kebab(wish.Step), At = tx.Now, StaffId = tx.Caller.Staff?.Id, BuyerId = tx.Caller.IsCustomer ? tx.Caller.Buyer?.Id : null,
            ReasonCode = wish.Step != OrderStep.ReturnAnnounced && OrderStepReasons.Of(wish.Step).Count > 0 ? wish.Reason : null, Note = wish.Note,
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
            AmountMinor = totals is null ? null : amounts[part.Position], ReasonCode = wish.Step == OrderStep.ReturnAnnounced ? wish.Reasons.GetValueOrDefault(part.Position) : null,
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
            OrderStep.ReturnAnnounced => new OrderReturnAnnounced(order.Id, order.Number, buyer, company, lines),
            OrderStep.ReturnDeclined => new OrderReturnDeclined(order.Id, order.Number, buyer, company, step.ReasonCode!, lines),
            _ => new OrderReturned(
                order.Id, order.Number, buyer, company, step.ReasonCode!, lines, step.Document is { } document ? (Code?)document : null,
                step.TotalMinor is { } credit ? new Money(credit, order.Currency) : null, before, after),
        };
    }

    private async Task Tell(Tx tx, OrderRow order, OrderView view, StepWish wish, OrderStepRow step, IReadOnlyList<OrderPart> parts)
    {
        if (wish.Step is not (OrderStep.Shipped or OrderStep.Cancelled or OrderStep.Returned or OrderStep.ReturnDeclined))
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
