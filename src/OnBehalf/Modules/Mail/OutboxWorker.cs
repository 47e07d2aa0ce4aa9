using Microsoft.EntityFrameworkCore;
using OnBehalf.Data;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Mail;

/// <summary>
/// Sends what lies in the outbox. A mail is claimed by moving its next attempt into the future, sent outside any transaction, and marked; a process that
/// dies in between leaves a mail that is sent again after <see cref="Claim"/>, under the same Message-ID. Several nodes may work side by side.
/// </summary>
internal sealed partial class OutboxWorker(Database database, Outbox outbox, MailProofs proofs, Postman postman, OutboxSignal signal, Jobs jobs, ILogger<OutboxWorker> log) : BackgroundService
{
    /// <summary>How long a mail belongs to the worker that took it; longer than any attempt may last.</summary>
    public static readonly TimeSpan Claim = TimeSpan.FromMinutes(5);

    /// <summary>The wait after each failed attempt; after the last one the mail is given up and shown in the Back Office.</summary>
    public static readonly IReadOnlyList<TimeSpan> Waits =
    [
        TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30),
        TimeSpan.FromHours(2), TimeSpan.FromHours(6), TimeSpan.FromHours(12), TimeSpan.FromHours(24),
    ];

    private const int FailuresInARow = 3;

    private static readonly TimeSpan LookSoon = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(3);
    internal static readonly Job Job = new("outbox", "Sending mail", LookEvery);

    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);
    private static readonly Caller Self = Caller.Machine("outbox");

    private readonly string _due = $"select 1 as \"Value\" from mail where status = 'pending' and next_attempt_at <= {database.Now} limit 1";

    private readonly string _take = $"""
        select * from mail where status = 'pending' and next_attempt_at <= {database.Now} order by next_attempt_at limit 1
        {(database.Kind == DatabaseKind.Postgres ? "for update skip locked" : "")}
        """;

    private bool _isAwaited;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await jobs.Run(Job, () => Drain(stoppingToken), stoppingToken);
                await signal.Wait(_isAwaited ? LookSoon : LookEvery, stoppingToken);
            }
            catch (Exception) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error)
            {
                // The database is away or not yet migrated; the mails wait in it.
                LogTrouble(log, error.GetType().Name);
                await Task.Delay(LookEvery, stoppingToken);
            }
        }
    }

    /// <summary>Sends what is due, one after the other; stops early when the mail server seems to be down.</summary>
    internal async Task Drain(CancellationToken cancel)
    {
        _isAwaited = false;
        if (!await IsAnyDue(cancel))
        {
            return;
        }

        var failures = 0;
        for (var mail = await Take(cancel); mail is not null;)
        {
            var (isSent, change) = await Deliver(mail, cancel);
            failures = isSent ? 0 : failures + 1;
            mail = await Mark(mail, change, takesNext: failures < FailuresInARow && !cancel.IsCancellationRequested);
        }
    }

    private async Task<bool> IsAnyDue(CancellationToken cancel)
    {
        await using var db = database.Read();
        return await db.Rows<int>(_due).ToListAsync(cancel) is not [];
    }

    private async Task<MailRow?> Take(CancellationToken cancel) =>
        (await database.Write<MailRow?>(Self, async tx => await Take(tx), cancel)).Value;

    private async Task<MailRow?> Take(Tx tx)
    {
        var taken = (await tx.Db.Set<MailRow>().FromSqlRaw(_take).ToListAsync(tx.Cancel)).SingleOrDefault();
        if (taken is not null)
        {
            taken.Attempts++;
            taken.NextAttemptAt = tx.Now + Claim;
        }

        return taken;
    }

    private async Task<(bool IsSent, Action<MailRow, DateTimeOffset> Change)> Deliver(MailRow mail, CancellationToken cancel)
    {
        try
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            patience.CancelAfter(Longest);
            var proof = await proofs.Of(mail, patience.Token);
            if (proof.IsAwaited)
            {
                // Not an attempt: nothing was tried.
                _isAwaited = true;
                return (true, static (row, now) => (row.Attempts, row.NextAttemptAt) = (row.Attempts - 1, now + LookSoon));
            }

            await postman.Deliver(mail, outbox.Reveal(mail) + proof.Words, proof, patience.Token);
        }
        catch (Exception error) when (!cancel.IsCancellationRequested)
        {
            LogFailed(log, mail.Id.Value, mail.Kind, mail.Attempts, error.GetType().Name);
            return (false, (row, now) => Postpone(row, now, error));
        }

        return (true, static (row, now) => (row.Status, row.SentAt, row.Secret, row.LastError) = ("sent", now, null, null));
    }

    private static void Postpone(MailRow row, DateTimeOffset now, Exception error)
    {
        row.LastError = error is OperationCanceledException ? "The mail server did not answer in time." : error.Message[..Math.Min(error.Message.Length, 500)];
        if (row.Attempts > Waits.Count || Postman.IsFinal(error))
        {
            row.Status = "failed";
        }
        else
        {
            row.NextAttemptAt = now + Waits[row.Attempts - 1];
        }
    }

    // What happened to the mail is written down even while the process is being stopped; the next one is taken in the same transaction.
    private async Task<MailRow?> Mark(MailRow mail, Action<MailRow, DateTimeOffset> change, bool takesNext) => (await database.Write<MailRow?>(
        Self,
        async tx =>
        {
            change(await tx.Db.Set<MailRow>().SingleAsync(row => row.Id == mail.Id, tx.Cancel), tx.Now);
            return takesNext ? await Take(tx) : null;
        },
        CancellationToken.None)).Value;

    [LoggerMessage(LogLevel.Warning, "Mail {Id} ({Kind}) could not be sent at attempt {Attempt}: {Error}. The Back Office shows why.")]
    private static partial void LogFailed(ILogger log, Guid id, string kind, int attempt, string error);

    [LoggerMessage(LogLevel.Warning, "The outbox cannot work at the moment: {Error}")]
    private static partial void LogTrouble(ILogger log, string error);
}
