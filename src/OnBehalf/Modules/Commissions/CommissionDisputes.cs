using Microsoft.EntityFrameworkCore;
using OnBehalf.Commissions;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Modules.Mail;
using OnBehalf.Modules.Orders;

namespace OnBehalf.Modules.Commissions;

/// <summary>Somebody says that the commissions of an order are wrong, and somebody else answers. No answer has an amount in it: another representative, or the rules of now, say what the order earns.</summary>
public sealed class CommissionDisputes(Database database, CommissionDisputeQueries queries, OrderRepresentatives representatives, Outbox outbox)
{
    /// <param name="caller">Who earns, or should.</param>
    /// <param name="number">Of an order that he can see, or at which he earns.</param>
    /// <param name="wish">`representative` or `amount`.</param>
    /// <param name="text">Why.</param>
    /// <param name="cancel">Ends it early.</param>
    public Task<Outcome<Done>> Open(Caller caller, string? number, string? wish, string? text, CancellationToken cancel) => database.Write<Done>(
        caller,
        async tx =>
        {
            if (caller.IsAssisting)
            {
                return AccessGate.NotInSession;
            }

            if (caller.Staff is not { } staff || !caller.May(Right.StaffDesk))
            {
                return AccessGate.RightMissing;
            }

            if (await queries.OrderOf(tx.Db, caller, number?.Trim() ?? "", tx.Cancel) is not { } found)
            {
                return DisputeRefusals.OrderMissing;
            }

            DisputeWish? wanted = wish switch { "representative" => DisputeWish.Representative, "amount" => DisputeWish.Amount, _ => null };
            if (wanted is not { } what)
            {
                return DisputeRefusals.WishMissing;
            }

            var id = new OrderId(found);
            var order = await CommissionOrderQueries.Of(tx, id);
            var open = await tx.Db.Set<CommissionDisputeRow>().Where(row => row.StaffId == staff.Id && row.Status == DisputeStatus.Open).Select(row => row.OrderId).ToListAsync(tx.Cancel);
            if (CommissionDispute.Open(what, text, order.Representative == staff.Id, order.Earns, open.Contains(id), open.Count) is { } refusal)
            {
                return refusal;
            }

            var row = new CommissionDisputeRow { Id = Guid.CreateVersion7(), OrderId = id, StaffId = staff.Id, Wish = what, Text = text!.Trim(), Status = DisputeStatus.Open, OpenedAt = tx.Now };
            tx.Db.Add(row);
            tx.Add(new CommissionDisputed(row.Id, id, Words.Kebab(what)));
            return Done.It;
        },
        cancel);

    /// <param name="caller">Who answers; not who opened it, and nobody who earns at the order.</param>
    /// <param name="id">Of the dispute.</param>
    /// <param name="isRight">Yes: the order gets him as its representative, or is counted anew by the rules of now.</param>
    /// <param name="answer">Why.</param>
    /// <param name="cancel">Ends it early.</param>
    public Task<Outcome<Done>> Answer(Caller caller, Guid id, bool isRight, string? answer, CancellationToken cancel) => database.Write<Done>(
        caller,
        async tx =>
        {
            if (caller.IsAssisting)
            {
                return AccessGate.NotInSession;
            }

            if (caller.Staff is not { } by || !caller.May(Right.CommissionsChange))
            {
                return AccessGate.RightMissing;
            }

            if (await tx.Db.Set<CommissionDisputeRow>().SingleOrDefaultAsync(row => row.Id == id, tx.Cancel) is not { } row || await queries.One(tx.Db, id, tx.Cancel) is not { } shown)
            {
                return DisputeRefusals.Unknown;
            }

            if (CommissionDispute.Answer(row.Status, await IsConcerned(tx, row, by.Id), answer) is { } refusal)
            {
                return refusal;
            }

            if (isRight && await Correct(tx, row, shown, by.Id, answer!.Trim()) is { } stopped)
            {
                return stopped;
            }

            (row.Status, row.Answer, row.AnsweredAt, row.AnsweredById, row.Version) = (isRight ? DisputeStatus.Accepted : DisputeStatus.Declined, answer!.Trim(), tx.Now, by.Id, row.Version + 1);
            var wish = Words.Kebab(row.Wish);
            tx.Add(isRight ? new CommissionDisputeAccepted(row.Id, row.OrderId, row.StaffId, wish) : new CommissionDisputeDeclined(row.Id, row.OrderId, row.StaffId, wish));
            outbox.Add(tx, DisputeMails.Answered(shown, row.StaffId, by.Name, isRight, answer.Trim()));
            return Done.It;
        },
        cancel);

    private async Task<Refusal?> Correct(Tx tx, CommissionDisputeRow row, ShownDispute shown, StaffId by, string answer)
    {
        if (row.Wish == DisputeWish.Representative)
        {
            return (await representatives.Change(tx, [shown.Order], row.StaffId, answer)).Refusal;
        }

        // Also by rules that he has just written nobody gives himself something.
        return !await CommissionLedger.CountAnew(tx, row.OrderId) ? DisputeRefusals.Same
            : tx.Db.Set<CommissionEntryRow>().Local.Any(entry => entry.StaffId == by) ? DisputeRefusals.Own
            : null;
    }

    private static async Task<bool> IsConcerned(Tx tx, CommissionDisputeRow row, StaffId by) =>
        row.StaffId == by || (await CommissionOrderQueries.Of(tx, row.OrderId)).Representative == by
            || await tx.Db.Set<CommissionEntryRow>().AnyAsync(entry => entry.OrderId == row.OrderId && entry.StaffId == by, tx.Cancel);
}

/// <summary>What who opened a dispute reads by mail.</summary>
internal static class DisputeMails
{
    public static OutgoingMail Answered(ShownDispute dispute, StaffId to, string by, bool isRight, string answer) => new(
        "commission-dispute-answered", dispute.Email, dispute.Name, isRight ? Phrase.Of($"Accepted: your dispute about order {dispute.Order}") : Phrase.Of($"Declined: your dispute about order {dispute.Order}"),
        $"""
        Dear {dispute.Name},

        {(!isRight ? Phrase.Of($"{by} has declined what you said about the commissions of order {dispute.Order}. They stay as they are.")
            : dispute.What == DisputeWish.Representative ? Phrase.Of($"{by} has made you the representative of order {dispute.Order}, from its beginning.")
            : Phrase.Of($"{by} has had order {dispute.Order} counted anew by the rules of now."))}

        "{answer}"

        Your statement stands in the Sales Portal, under "Your commissions".
        """)
    { Staff = to };
}
