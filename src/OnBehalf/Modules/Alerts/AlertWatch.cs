using System.Globalization;
using Microsoft.EntityFrameworkCore;
using OnBehalf.Data;
using OnBehalf.Kernel;
using OnBehalf.Modules.Assistance;
using OnBehalf.Modules.Exports;
using OnBehalf.Modules.Log;
using OnBehalf.Modules.Mail;
using OnBehalf.Modules.Settings;

namespace OnBehalf.Modules.Alerts;

/// <summary>
/// Looks at what has come into the log, in its order and each entry once: alerts, their mails and the cursor are stored together, or nothing is. What somebody does
/// never waits for it. Several nodes may look: who comes second finds the cursor moved.
/// </summary>
public sealed class AlertWatch(Database database, AlertQueries queries, RecordQueries records, LogWatch log, CaseQueries staff, ShopSettings settings, Outbox outbox)
{
    public const int Most = 500;

    // Somebody who switches the product on after a long time wants no mails about last year; the alerts themselves he finds on their page.
    private static readonly TimeSpan News = TimeSpan.FromDays(1);

    private static readonly Caller Self = Caller.Machine("alerts");

    /// <summary>Looks at all there is to look at; returns how many alerts were raised.</summary>
    public async Task<int> Round(CancellationToken cancel)
    {
        var raised = 0;
        for (var (next, isAny) = await queries.Cursor(cancel); isAny; (next, isAny) = await queries.Cursor(cancel))
        {
            var batch = await records.Leaves(next, Most, 4_000_000, cancel);
            if (batch.Count == 0)
            {
                break;
            }

            var found = await Found(batch, cancel);
            raised += (await database.Write<int>(Self, tx => Keep(tx, next, batch[^1].Index + 1, found), cancel)).Value;
        }

        return raised + await State(cancel);
    }

    // Counting happens before the write: what people do meanwhile does not wait for it.
    private async Task<IReadOnlyList<Finding>> Found(IReadOnlyList<AuditRecord> batch, CancellationToken cancel)
    {
        await using var db = database.Read();
        var rules = (await AlertQueries.Rules(db, cancel)).Where(rule => rule.IsOn).ToList();
        var (found, said, counted) = (new List<Finding>(), new HashSet<(string, string)>(), new Dictionary<(string, Guid), IReadOnlyList<Counted>>());
        foreach (var record in batch)
        {
            foreach (var rule in rules.Where(rule => rule.Rule.Fits(record, rule.Threshold)))
            {
                if (About(rule.Rule, record) is not { } about || said.Contains((rule.Rule.Code, about)))
                {
                    Join(rule.Rule, record);
                    continue;
                }

                // What was said already is not counted again: somebody who did much would be counted at each of his events.
                var isSaid = await AlertQueries.Has(db, rule.Rule.Code, about, cancel);
                if (!isSaid && await Events(rule, record) is { } events)
                {
                    found.Add(new Finding(rule, about, events, record.At));
                    isSaid = true;
                }

                if (isSaid)
                {
                    said.Add((rule.Rule.Code, about));
                }
            }
        }

        return found;

        // Of what is told once for many, those are named that come together.
        void Join(AlertRule rule, AuditRecord record)
        {
            if (rule.Counts == AlertCounts.Percent && found.FindIndex(one => one.Rule.Rule == rule && one.About == About(rule, record)) is >= 0 and var at && found[at].Events.Count < AlertQueries.MostNamed)
            {
                found[at] = found[at] with { Events = [.. found[at].Events, Guid.Parse(record.Id)] };
            }
        }

        // The events that an alert names, or nothing when there are too few of them. The database is asked once for each person, for as long as the whole batch needs.
        async Task<IReadOnlyList<Guid>?> Events(RuleNow rule, AuditRecord record)
        {
            if (!IsCounted(rule.Rule))
            {
                return [Guid.Parse(record.Id)];
            }

            var (person, isCustomers) = (Guid.Parse(rule.Rule.PersonOf(record)!), rule.Rule.Counts == AlertCounts.Customers);
            if (!counted.TryGetValue((rule.Rule.Code, person), out var all))
            {
                var most = ((rule.Threshold + 1) * (isCustomers ? 20 : 1)) + Most;
                all = counted[(rule.Rule.Code, person)] = await AlertQueries.Events(db, record.Name, person, !isCustomers, batch.Min(one => one.At) - rule.Rule.Within, batch.Max(one => one.At), most, cancel);
            }

            var within = all.Where(one => one.At > record.At - rule.Rule.Within && one.At <= record.At);
            var events = (isCustomers ? within.DistinctBy(one => one.Customer) : within).Take((int)Math.Min(rule.Threshold + 1, int.MaxValue)).Select(one => one.Id).ToList();
            return events.Count > rule.Threshold ? events : null;
        }
    }

    private static bool IsCounted(AlertRule rule) => rule.Counts is AlertCounts.PerPerson or AlertCounts.Customers;

    // What an alert is about: the event, or a person in a span of time; nothing when the event names nobody.
    private static string? About(AlertRule rule, AuditRecord record) =>
        // An import lowers thousands of prices at once, as somebody does who pastes a list: that is one thing to be told.
        rule.Counts == AlertCounts.Percent && (record["actor-part"] ?? rule.PersonOf(record)) is { } part ? $"{part}-{AlertQueries.Span(record.At, rule.Within)}"
        : !IsCounted(rule) ? record.Id
        : Guid.TryParse(rule.PersonOf(record), out var person) ? $"{person}-{AlertQueries.Span(record.At, rule.Within)}"
        : null;

    private async Task<Outcome<int>> Keep(Tx tx, long from, long next, IReadOnlyList<Finding> found)
    {
        var cursor = await Cursor(tx);
        if (cursor.NextIndex != from)
        {
            return 0;
        }

        foreach (var finding in found)
        {
            await Raise(tx, finding.Rule, finding.About, finding.Events, isNews: finding.At > tx.Now - News);
        }

        cursor.NextIndex = next;
        return found.Count;
    }

    // What is no event: how the log is, and how long somebody acts already.
    private async Task<int> State(CancellationToken cancel)
    {
        var rules = await queries.Rules(cancel);
        var found = new List<(RuleNow Rule, string About)>();
        var state = await log.State(cancel);
        if (state.IsRed && rules.First(rule => rule.Rule.Code == "log-red") is { IsOn: true } red)
        {
            found.Add((red, $"{state.Published}"));
        }

        if (rules.First(rule => rule.Rule.Code == "long-session") is { IsOn: true } late)
        {
            found.AddRange((await queries.LongSessions(late.Threshold, cancel)).Select(id => (late, id.ToString())));
        }

        var raised = 0;
        foreach (var (rule, about) in found)
        {
            raised += (await database.Write<int>(
                Self,
                async tx =>
                {
                    await Cursor(tx);
                    if (await AlertQueries.Has(tx.Db, rule.Rule.Code, about, tx.Cancel))
                    {
                        return 0;
                    }

                    await Raise(tx, rule, about, [], isNews: true);
                    return 1;
                },
                cancel)).Value;
        }

        return raised;
    }

    // Whoever looks holds it, so that nobody raises the same twice.
    private async Task<AlertCursorRow> Cursor(Tx tx) =>
        (await tx.Db.Set<AlertCursorRow>().FromSqlRaw(database.Kind == DatabaseKind.Postgres ? "select * from alert_cursor for update" : "select * from alert_cursor").ToListAsync(tx.Cancel)).Single();

    private async Task Raise(Tx tx, RuleNow rule, string about, IReadOnlyList<Guid> events, bool isNews)
    {
        var named = events.Take(AlertQueries.MostNamed).ToList();
        var row = new AlertRow { Id = Guid.CreateVersion7(), Rule = rule.Rule.Code, About = about, At = tx.Now, Threshold = rule.Threshold, Events = string.Join(' ', named) };
        tx.Db.Add(row);
        tx.Add(new AlertRaised(row.Id, rule.Rule.Code, rule.Threshold, named.Count));
        if (rule.Rule.IsToldElsewhere || !isNews)
        {
            return;
        }

        var shop = await settings.Get(tx.Db, ShopSettings.ShopName, tx.Cancel);
        var address = (await settings.Get(tx.Db, ShopSettings.ShopAddress, tx.Cancel)).TrimEnd('/');
        foreach (var reader in await staff.Supervisors(tx))
        {
            // Nothing that anybody typed, and nobody's name: who did it stands behind the link, for who may see it.
            outbox.Add(tx, new OutgoingMail(
                "alert", reader.Email, reader.FullName, Phrase.Of($"Alert: {rule.Rule.Title}"),
                $"""
                Dear {reader.FullName},

                {Phrase.Later(() => rule.Rule.Words(rule.Threshold))}
                That may be quite in order. What the audit log says of it:
                {(address.Length == 0 ? Phrase.Of("Back Office, Alerts") : Phrase.Made($"{address}/admin/audit/alerts"))}
                {string.Join('\n', named.Take(5).Select(id => address.Length == 0 ? $"Event {id}" : $"{address}/admin/audit/{id}"))}

                {shop}
                """)
            { Staff = new StaffId(reader.Id) });
        }
    }

    private sealed record Finding(RuleNow Rule, string About, IReadOnlyList<Guid> Events, DateTimeOffset At);
}

/// <summary>Looks every five seconds, on the nodes that may lead the log.</summary>
internal sealed partial class AlertWorker(AlertWatch watch, Jobs jobs, IConfiguration configuration, ILogger<AlertWorker> log) : BackgroundService
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(5);

    internal static readonly Job Job = new("alerts", "Looking for alerts", Beat) { IsOfTheLog = true };

    private readonly bool _runs = configuration.GetValue("Log:Run", true);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (_runs && !stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(Beat, stoppingToken);
                await jobs.Run(Job, () => watch.Round(stoppingToken), stoppingToken);
            }
            catch (Exception) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error)
            {
                // The database is away; it goes on from the cursor.
                LogTrouble(log, error.GetType().Name);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "The audit log cannot be looked at for alerts at the moment: {Error}")]
    private static partial void LogTrouble(ILogger log, string error);
}
