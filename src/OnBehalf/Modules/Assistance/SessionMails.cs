using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using OnBehalf.Assistance;
using OnBehalf.Data;
using OnBehalf.Identity;
using OnBehalf.Kernel;
using OnBehalf.Modules.Companies;
using OnBehalf.Modules.Mail;
using OnBehalf.Modules.Settings;

namespace OnBehalf.Modules.Assistance;

/// <summary>
/// Tells the buyer, or the contacts of a company as a whole, by mail that somebody acts or acted, in the transaction of the start or the end; so once, however
/// the session ends. Personal values of what was changed stay in the shop: the mail says what, the page says how it was before.
/// </summary>
public sealed class SessionMails(SessionLogQueries log, ShopSettings settings, Outbox outbox)
{
    private const int MostChanges = 20;

    public async Task Started(Tx tx, AssistedSessionStarted started)
    {
        if (await settings.Get(tx.Db, ShopSettings.MailAtStart, tx.Cancel) != "true")
        {
            return;
        }

        var dealer = OperatorKey.DealerOf(tx.Caller, started.Company);
        var by = OperatorKey.Name(tx.Caller.Actor.Name, dealer);
        foreach (var reader in await Readers(tx, started.Buyer, started.Company))
        {
            await Send(tx, "session-started", reader, started.Session, $"{by} acts for {reader.Whom} at {await Shop(tx)}", () => Wrap(
                Say($"{by} ({OperatorKey.Word(tx.Caller.Staff?.Role, dealer)}) acts for {reader.Whom} since {Time(tx.Now)}: {Why(started.Reason.Value, started.Ticket)}.")));
        }
    }

    /// <summary>Always, whatever is set about mails: somebody acts without the buyer's consent.</summary>
    public async Task Emergency(Tx tx, EmergencyStarted started)
    {
        var by = tx.Caller.Actor;
        foreach (var reader in await Readers(tx, started.Buyer, started.Company))
        {
            await Send(tx, "emergency-started", reader, started.Session, $"{by.Name} acts for {reader.Whom} in an emergency at {await Shop(tx)}", () => Wrap(
                Say($"{by.Name} ({OperatorKey.Word(tx.Caller.Staff?.Role)}) acts for {reader.Whom} since {Time(tx.Now)} without consent, in an emergency. {started.ApprovedBy} approved it. Why: {started.Note}")));
        }
    }

    public async Task Ended(Tx tx, AssistedSessionEnded ended)
    {
        var when = await settings.Get(tx.Db, ShopSettings.MailAtEnd, tx.Cancel);
        if ((when == "never" && !await HasNewAddress(tx, ended.Session)) || await Readers(tx, ended.Buyer, ended.Company) is not { Count: > 0 } readers)
        {
            return;
        }

        // The row is not saved yet: its end is what the fact says.
        var session = await log.One(tx, ended.Session, MostChanges) with { EndedAt = ended.EndedAt, Cause = ended.Cause.Value };
        if (session.Changes.Count == 0 && when != "always")
        {
            return;
        }

        foreach (var reader in readers)
        {
            await Send(tx, "session-ended", reader, ended.Session, $"{session.Operator} acted for {reader.Whom} at {await Shop(tx)}", () => What(session, reader));
        }
    }

    private static string What(LoggedSession session, Reader reader)
    {
        var text = new StringBuilder(Wrap(Say($"{session.Operator} ({session.Role}) acted for {reader.Whom} on {Time(session.StartedAt)} for {session.Length}: {session.Why}.")));
        text.Append("\n\n").Append(session.Changes.Count == 0 ? Say("Nothing was changed.") : Say("What was done:") + "\n");
        foreach (var change in session.Changes)
        {
            text.Append("- ").Append(change.Sentence).Append('\n');
        }

        return session.HasMore ? text.Append("- ").Append(Say("and more.")).Append('\n').ToString() : text.ToString();
    }

    private ValueTask<string> Shop(Tx tx) => settings.Get(tx.Db, ShopSettings.ShopName, tx.Cancel);

    private async Task Send(Tx tx, string kind, Reader reader, AssistedSessionId session, Phrase subject, Func<string> what)
    {
        var (shop, address) = (await Shop(tx), await settings.Get(tx.Db, ShopSettings.ShopAddress, tx.Cancel));
        outbox.Add(tx, new OutgoingMail(kind, reader.Email, reader.Name, subject, Phrase.Later(() => Body())) { Buyer = reader.Buyer });

        string Body() => new StringBuilder(Say($"Dear {reader.Name},")).Append("\n\n").Append(what()).Append("\n\n")
            .Append(reader.Company is null
                ? Say("All of it, and a button if you did not ask for this, is in your account\nunder \"Who acted for me\"")
                : Say("All of it, and a button if nobody of you asked for this, is where your\nadministrators see who acted for the company"))
            .Append(address.Length == 0 ? "." : $":\n{address.TrimEnd('/')}/account/{(reader.Company is null ? "" : "company/")}assistance/{session}").Append("\n\n").Append(shop).Append('\n')
            .Replace("\n\n\n", "\n\n").ToString();
    }

    // Goods can be sent there: of an address the buyer is told whatever the shop has set.
    private static async Task<bool> HasNewAddress(Tx tx, AssistedSessionId session) => (await tx.Db.Rows<int>(
        "select 1 as \"Value\" from audit_event where session_id = {0} and name in ('addresses.added', 'addresses.changed') limit 1", session.Value)
        .ToListAsync(tx.Cancel)).Count > 0;

    // Whoever is no longer a buyer gets no mail. Of a company as a whole its contacts read it.
    private static async Task<IReadOnlyList<Reader>> Readers(Tx tx, BuyerId? buyer, CompanyId? company)
    {
        if (buyer is { } id)
        {
            return (await tx.Db.Rows<Person>(
                "select email as \"Email\", first_name as \"FirstName\", last_name as \"LastName\" from buyer where id = {0} and status = 'active'", id.Value)
                .ToListAsync(tx.Cancel)).ConvertAll(person => new Reader(person.Email, $"{person.FirstName} {person.LastName}", id, null));
        }

        var contacts = await CompanyContacts.Of(tx.Db, company!.Value, tx.Cancel);
        return contacts.ConvertAll(contact => new Reader(contact.Email, contact.Name, contact.Person, contact.CompanyName));
    }

    private static string Why(string reason, string? ticket) => ticket is null ? Reasons.Inside(reason) : Say($"{Reasons.Inside(reason)}, ticket {ticket}");

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString(Phrasebook.DatePattern("d MMM yyyy, HH:mm"), CultureInfo.CurrentCulture) + " UTC";

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

    private sealed record Person(string Email, string FirstName, string LastName);

    /// <param name="Company">Name of the company that was acted for as a whole.</param>
    private sealed record Reader(string Email, string Name, BuyerId? Buyer, string? Company)
    {
        public Phrase Whom => Company is null ? Phrase.Of("you") : Phrase.Made(Company);
    }
}
