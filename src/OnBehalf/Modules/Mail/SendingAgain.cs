using Microsoft.EntityFrameworkCore;
using OnBehalf.Data;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Mail;

/// <summary>Gives a mail that was given up another round of attempts.</summary>
public sealed class SendingAgain
{
    private static readonly Refusal NoSuch = Refusal.Missing("mail.unknown", "There is no such mail.");

    private static readonly Refusal NotGivenUp = Refusal.Conflict(
        "mail.not-given-up", "This mail was sent or waits to be sent. Only one that was given up can be sent again.");

    private readonly Database _database;
    private readonly OutboxSignal _signal;

    internal SendingAgain(Database database, OutboxSignal signal) => (_database, _signal) = (database, signal);

    public Task<Outcome<Done>> Of(Caller caller, MailId id, CancellationToken cancel) => _database.Write<Done>(
        caller,
        async tx =>
        {
            var mail = await tx.Db.Set<MailRow>().SingleOrDefaultAsync(row => row.Id == id, tx.Cancel);
            if (mail is null)
            {
                return NoSuch;
            }

            if (mail.Status != "failed")
            {
                return NotGivenUp;
            }

            (mail.Status, mail.Attempts, mail.NextAttemptAt) = ("pending", 0, tx.Now);
            tx.Add(new MailSentAgain(mail.Id, mail.Kind, mail.BuyerId, mail.OrderId));
            tx.AfterCommit(_signal.Wake);
            return Done.It;
        },
        cancel);
}

/// <summary>Somebody had a mail sent again that was given up.</summary>
public sealed record MailSentAgain(MailId Mail, Code Kind, BuyerId? Buyer, OrderId? Order) : Fact
{
    public override string Name => "mail.sent-again";
}
