using System.Runtime.CompilerServices;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Mail;

/// <summary>A mail to be sent, as plain text.</summary>
/// <param name="Kind">What it is about, as a word of the log: `order-placed`, `password-reset`.</param>
/// <param name="Subject">Said, as the body is, in the language of whoever reads it.</param>
/// <param name="Body">Lines of plain text. <see cref="Outbox.SecretPlace"/> stands where the one-time link or code belongs.</param>
public sealed record OutgoingMail(string Kind, string To, string? ToName, Phrase Subject, Phrase Body)
{
    /// <summary>A one-time link or code: kept encrypted until the mail is sent, then erased; nobody sees it in the Back Office.</summary>
    public string? Secret { get; init; }

    public BuyerId? Buyer { get; init; }

    public StaffId? Staff { get; init; }

    public OrderId? Order { get; init; }
}

/// <summary>
/// Mail leaves through rows of the same transaction as what it reports: with the order there is its mail, without the order there is none, and a dead
/// mail server holds up neither.
/// </summary>
public sealed class Outbox
{
    public const string SecretPlace = "{secret}";

    private readonly MasterKey _key;
    private readonly OutboxSignal _signal;

    private readonly MailLanguages _languages;
    private readonly ConditionalWeakTable<Tx, List<OutgoingMail>> _waiting = [];

    internal Outbox(MasterKey key, OutboxSignal signal, MailLanguages languages) => (_key, _signal, _languages) = (key, signal, languages);

    /// <summary>Lays a mail ready; it is written down with everything else, when it is known in which language its reader reads.</summary>
    public void Add(Tx tx, OutgoingMail mail)
    {
        if (!_waiting.TryGetValue(tx, out var mails))
        {
            _waiting.Add(tx, mails = []);
            tx.BeforeSave(() => Put(tx, mails));
        }

        mails.Add(mail);
    }

    private async Task Put(Tx tx, List<OutgoingMail> mails)
    {
        var languages = await _languages.Of(tx.Db, tx.Database, mails.ConvertAll(mail => (mail.Buyer, mail.Staff)), tx.Cancel);
        for (var i = 0; i < mails.Count; i++)
        {
            using var spoken = Spoken.To(languages[i]);
            Put(tx, mails[i]);
        }
    }

    private void Put(Tx tx, OutgoingMail mail)
    {
        var row = new MailRow
        {
            Id = IId<MailId>.New(),
            Kind = mail.Kind,
            ToAddress = OneLine(mail.To),
            ToName = mail.ToName is null ? null : DisplayName(mail.ToName),
            Subject = OneLine(mail.Subject),
            Body = mail.Body,
            Secret = mail.Secret is null ? null : _key.Encrypt(mail.Secret),
            BuyerId = mail.Buyer,
            StaffId = mail.Staff,
            OrderId = mail.Order,
            Status = "pending",
            CreatedAt = tx.Now,
            NextAttemptAt = tx.Now,
        };
        tx.Db.Add(row);
        tx.AfterCommit(_signal.Wake);
    }

    /// <summary>The body as it is sent.</summary>
    internal string Reveal(MailRow mail) => mail.Secret is null ? mail.Body : mail.Body.Replace(SecretPlace, _key.Decrypt(mail.Secret), StringComparison.Ordinal);

    // MailAddress writes quotes as they come, and then what stands in brackets behind one reads as another recipient.
    private static string DisplayName(string name) => OneLine(string.Concat(name.Select(c => c is '"' or '<' or '>' or '\\' ? ' ' : c)));

    // A line break in a subject or a name would start a header of its own.
    private static string OneLine(string text) => string.Concat(text.Select(c => char.IsControl(c) || c is '\u2028' or '\u2029' ? ' ' : c)).Trim();
}

/// <summary>Wakes the worker of this process; other nodes and retries are found by looking every few seconds.</summary>
internal sealed class OutboxSignal : IDisposable
{
    private readonly SemaphoreSlim _semaphore = new(0, 1);

    public void Wake()
    {
        try
        {
            _semaphore.Release();
        }
        catch (SemaphoreFullException)
        {
            // Somebody has rung already.
        }
    }

    public Task Wait(TimeSpan atMost, CancellationToken cancel) => _semaphore.WaitAsync(atMost, cancel);

    public void Dispose() => _semaphore.Dispose();
}
