using Microsoft.EntityFrameworkCore;
using OnBehalf.Data;
using OnBehalf.Deals;
using OnBehalf.Kernel;
using OnBehalf.Modules.Mail;
using OnBehalf.Modules.Settings;

namespace OnBehalf.Modules.Deals;

/// <summary>Prices beyond somebody's limits: he asks, somebody else decides, and what was approved counts for a time. Nobody decides what he asked for himself.</summary>
public sealed class Deals(Database database, DealJudge judge, DealListQueries list, Outbox outbox)
{
    /// <summary>In the transaction in which the cart is changed.</summary>
    /// <param name="tx">Of a session.</param>
    /// <param name="line">As it would be at the price that is asked for.</param>
    /// <param name="asked">The price.</param>
    /// <param name="reason">Code of the reason.</param>
    /// <param name="value">What the cart costs at the regular prices.</param>
    internal async Task<Outcome<Done>> Ask(Tx tx, DealLine line, UnitPrice asked, string? reason, Money value)
    {
        var (caller, staff, customer) = (tx.Caller, tx.Caller.Staff!, DealCustomer.Of(tx.Caller));
        var floor = await judge.FloorOf(tx.Db, line, staff.Role, staff.Group, caller.Company?.Id, caller.Company is null ? caller.Buyer?.Membership : null, value, tx.Cancel);
        if (asked.Amount >= floor.Amount)
        {
            return DealRefusals.NotNeeded;
        }

        if (await tx.Db.Set<DealRow>().AnyAsync(
            row => row.StaffId == staff.Id && row.ProductId == line.Product && row.CompanyId == customer.Company && row.MembershipId == customer.Membership && row.Status == DealRequest.Waiting, tx.Cancel))
        {
            return DealRefusals.AskedAlready;
        }

        var id = Guid.CreateVersion7();
        tx.Db.Add(new DealRow
        {
            Id = id, StaffId = staff.Id, CompanyId = customer.Company, MembershipId = customer.Membership, ProductId = line.Product, QuantityThousandths = line.Quantity.Thousandths,
            Currency = asked.Amount.Currency, PricePer = asked.PerUnits, RegularMinor = line.Regular.Amount.Minor, AskedMinor = asked.Amount.Minor, ValueMinor = value.Minor, Reason = reason,
            Status = DealRequest.Waiting, AskedAt = tx.Now,
        });
        tx.Add(new DealAsked(id, line.Product, customer.Company, customer.Membership, line.Regular.ToString(), asked.ToString(), reason ?? "none"));
        foreach (var decider in await DealListQueries.Deciders(tx.Db, staff.Id, staff.Group, tx.Cancel))
        {
            outbox.Add(tx, DealMails.Asked(new StaffId(decider.Id), decider.Email, decider.Name, staff.Name, caller.CustomerName, line, asked));
        }

        return Done.It;
    }

    /// <summary>The price that may be agreed because it was approved, and its reason, in the transaction in which it is.</summary>
    internal async Task<Outcome<(UnitPrice Price, string? Reason)>> Approved(Tx tx, Guid id, ProductId product, Quantity quantity) =>
        (await judge.Asked(tx.Db, tx.Caller, tx.Cancel)).FirstOrDefault(deal => deal.Id == id && deal.Product == product.Value) is { Price: { } price } deal && deal.CountsFor(quantity)
            ? (price, deal.Reason) : DealRefusals.Gone;

    /// <summary>Who asked does not want it any more.</summary>
    public Task<Outcome<Done>> TakeBack(Caller caller, Guid id, CancellationToken cancel) => database.Write<Done>(
        caller,
        async tx =>
        {
            if (caller.Staff is not { } staff || await tx.Db.Set<DealRow>().SingleOrDefaultAsync(row => row.Id == id && row.StaffId == staff.Id, tx.Cancel) is not { } row)
            {
                return DealRefusals.Unknown;
            }

            if (row.Status != DealRequest.Waiting)
            {
                return DealRefusals.DecidedAlready;
            }

            (row.Status, row.DecidedAt, row.Version) = (DealRequest.TakenBack, tx.Now, row.Version + 1);
            tx.Add(new DealTakenBack(row.Id, row.ProductId));
            return Done.It;
        },
        cancel);

    /// <summary>The price that was asked for, or with <paramref name="counter"/> another one between it and the regular price.</summary>
    /// <param name="caller">Who decides.</param>
    /// <param name="id">Of the request.</param>
    /// <param name="counter">As it was typed; null: the price that was asked for.</param>
    /// <param name="note">What he says about it; null: nothing.</param>
    /// <param name="cancel">Ends it early.</param>
    public Task<Outcome<Done>> Approve(Caller caller, Guid id, string? counter, string? note, CancellationToken cancel) => Decide(
        caller, id, note, cancel,
        async (tx, row, shown, staff) =>
        {
            var request = shown.Request;
            var price = request.Asked;
            if (counter is not null)
            {
                if (!Money.TryParse(counter.Trim(), row.Currency, out var typed))
                {
                    return DealRefusals.NotBetween(request.Asked, request.Regular);
                }

                price = price with { Amount = typed };
            }

            var line = new DealLine(row.ProductId, shown.Sku, request.Quantity, request.Regular, price.Times(request.Quantity));
            UnitPrice? floor = staff.Role == StaffRole.Administrator ? null
                : await judge.FloorOf(tx.Db, line, staff.Role, staff.Group, shown.OfCompany, shown.OfCompany is null ? row.MembershipId : null, new Money(row.ValueMinor, row.Currency), tx.Cancel);
            if (request.Judge(price, floor) is { } refusal)
            {
                return refusal;
            }

            var until = tx.Now.AddDays(int.Parse(await ShopSettings.Exact(tx, ShopSettings.PriceApprovalDays), System.Globalization.CultureInfo.InvariantCulture));
            (row.Status, row.DecidedMinor, row.Until) = (price == request.Asked ? DealRequest.Approved : DealRequest.Countered, price.Amount.Minor, until);
            tx.Add(new DealApproved(row.Id, row.ProductId, row.StaffId, request.Asked.ToString(), price.ToString(), request.Quantity.ToString(), until));
            outbox.Add(tx, DealMails.Approved(shown, row.StaffId, staff.Name, price, until, note));
            return Done.It;
        });

    /// <summary>No; the note says why.</summary>
    public Task<Outcome<Done>> Decline(Caller caller, Guid id, string? note, CancellationToken cancel) => Decide(
        caller, id, note, cancel,
        (tx, row, shown, staff) =>
        {
            if (string.IsNullOrWhiteSpace(note))
            {
                return Task.FromResult<Outcome<Done>>(DealRefusals.NoteMissing);
            }

            row.Status = DealRequest.Declined;
            tx.Add(new DealDeclined(row.Id, row.ProductId, row.StaffId, shown.Request.Asked.ToString()));
            outbox.Add(tx, DealMails.Declined(shown, row.StaffId, staff.Name, note.Trim()));
            return Task.FromResult<Outcome<Done>>(Done.It);
        });

    private async Task<Outcome<Done>> Decide(Caller caller, Guid id, string? note, CancellationToken cancel, Func<Tx, DealRow, ShownDeal, Actor.Staff, Task<Outcome<Done>>> decide)
    {
        if (note?.Trim().Length > DealRequest.LongestNote)
        {
            return DealRefusals.NoteTooLong;
        }

        return await database.Write(
            caller,
            async tx =>
            {
                if (caller.Staff is not { } staff || !caller.May(Right.DealsApprove) || caller.IsAssisting)
                {
                    return Host.AccessGate.NotInSession;
                }

                if (await tx.Db.Set<DealRow>().SingleOrDefaultAsync(row => row.Id == id, tx.Cancel) is not { } row || await list.One(tx.Db, id, tx.Cancel) is not { } shown)
                {
                    return DealRefusals.Unknown;
                }

                if (row.Status != DealRequest.Waiting)
                {
                    return DealRefusals.DecidedAlready;
                }

                if (row.StaffId == staff.Id)
                {
                    return DealRefusals.Own;
                }

                (row.DecidedAt, row.DecidedById, row.Answer, row.Version) = (tx.Now, staff.Id, string.IsNullOrWhiteSpace(note) ? null : note.Trim(), row.Version + 1);
                return await decide(tx, row, shown, staff);
            },
            cancel);
    }
}
