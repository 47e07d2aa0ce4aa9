using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using OnBehalf.Assistance;
using OnBehalf.Data;
using OnBehalf.Identity;
using OnBehalf.Kernel;
using OnBehalf.Modules.Mail;
using OnBehalf.Modules.Settings;

namespace OnBehalf.Modules.Assistance;

/// <summary>
/// Tells the buyer by mail that somebody acts or acted for him, in the transaction of the start or the end; so once, however the session ends. Personal
/// values of what was changed stay in the shop: the mail says what, the page says how it was before.
/// </summary>
public sealed class SessionMails(SessionLogQueries log, ShopSettings settings, Outbox outbox)
{
    private const int MostChanges = 20;

    public async Task Started(Tx tx, AssistedSessionStarted started)
    {
        if (await settings.Get(tx.Db, ShopSettings.MailAtStart, tx.Cancel) != "true" || await Reader(tx, started.Buyer) is not { } buyer)
        {
            return;
        }

        var by = tx.Caller.Actor;
        var text = Head(buyer).Append(Wrap(
            $"{by.Name} ({OperatorKey.Word(tx.Caller.Staff?.Role)}) acts for you since {Time(tx.Now)}: {Why(started.Reason.Value, started.Ticket)}."));
        await Send(tx, "session-started", buyer, started.Session, $"{by.Name} acts for you", text);
    }

    public async Task Ended(Tx tx, AssistedSessionEnded ended)
    {
        var when = await settings.Get(tx.Db, ShopSettings.MailAtEnd, tx.Cancel);
        if (when == "never" || ended.Buyer is not { } id || await Reader(tx, id) is not { } buyer)
        {
            return;
        }

        // The row is not saved yet: its end is what the fact says.
        var session = await log.One(tx, ended.Session, MostChanges) with { EndedAt = ended.EndedAt, Cause = ended.Cause.Value };
        if (session.Changes.Count == 0 && when != "always")
        {
            return;
        }

        var text = Head(buyer).Append(Wrap($"{session.Operator} ({session.Role}) acted for you on {Time(session.StartedAt)} for {session.Length}: {session.Why}."));
        text.Append("\n\n").Append(session.Changes.Count == 0 ? "Nothing was changed." : "What was done:\n");
        foreach (var change in session.Changes)
        {
            text.Append("- ").Append(change.Sentence).Append('\n');
        }

        if (session.HasMore)
        {
            text.Append("- and more.\n");
        }

        await Send(tx, "session-ended", buyer, ended.Session, $"{session.Operator} acted for you", text);
    }

    private async Task Send(Tx tx, string kind, Person buyer, AssistedSessionId session, string subject, StringBuilder text)
    {
        var (shop, address) = (await settings.Get(tx.Db, ShopSettings.ShopName, tx.Cancel), await settings.Get(tx.Db, ShopSettings.ShopAddress, tx.Cancel));
        text.Append("\n\nAll of it, and a button if you did not ask for this, is in your account\nunder \"Who acted for me\"")
            .Append(address.Length == 0 ? "." : $":\n{address.TrimEnd('/')}/account/assistance/{session}").Append("\n\n").Append(shop).Append('\n');
        outbox.Add(tx, new OutgoingMail(kind, buyer.Email, buyer.FullName, $"{subject} at {shop}", text.ToString().Replace("\n\n\n", "\n\n", StringComparison.Ordinal))
        {
            Buyer = new BuyerId(buyer.Id),
        });
    }

    // Whoever is no longer a buyer gets no mail.
    private static async Task<Person?> Reader(Tx tx, BuyerId buyer) => (await tx.Db.Rows<Person>(
        "select id as \"Id\", email as \"Email\", first_name as \"FirstName\", last_name as \"LastName\" from buyer where id = {0} and status = 'active'", buyer.Value)
        .ToListAsync(tx.Cancel)).SingleOrDefault();

    private static StringBuilder Head(Person buyer) => new StringBuilder("Dear ").Append(buyer.FullName).Append(",\n\n");

    private static string Why(string reason, string? ticket) => Reasons.Word(reason) is var word && word.Length > 0
        ? char.ToLowerInvariant(word[0]) + word[1..] + (ticket is null ? "" : $", ticket {ticket}") : "";

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("d MMM yyyy, HH:mm", CultureInfo.CurrentCulture) + " UTC";

    private static string Wrap(string text)
    {
        var (lines, length) = (new StringBuilder(text.Length + 8), 0);
        foreach (var word in text.Split(' '))
        {
            var breaks = length > 0 && length + word.Length > 76;
            lines.Append(breaks ? "\n" : length > 0 ? " " : "").Append(word);
            length = breaks ? word.Length : length + word.Length + 1;
        }

        return lines.ToString();
    }

    private sealed record Person(Guid Id, string Email, string FirstName, string LastName)
    {
        public string FullName => $"{FirstName} {LastName}";
    }
}
