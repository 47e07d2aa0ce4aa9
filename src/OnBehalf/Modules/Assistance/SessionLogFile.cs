using System.Globalization;
using CsvHelper;
using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Ui;

namespace OnBehalf.Modules.Assistance;

/// <summary>"Who acted for me" as a file for a spreadsheet: a line for each change, and one for a session without any. Never in a session.</summary>
internal static class SessionLogFile
{
    // As much as is in memory at a time.
    private const int PerStep = 50;

    // What a spreadsheet would take for a formula gets an apostrophe before it.
    private static readonly CsvWriterOptions Options = CsvWriterOptions.Default with { Injection = CsvInjection.Escape };

    public static void Map(IEndpointRouteBuilder routes)
    {
        var own = new AccessAttribute(Audience.Buyer, Delegation.Deny);
        routes.MapGet("/account/assistance.csv", (HttpContext context, SessionLogQueries log) => Write(context, log, SessionScope.OfBuyer(context.Caller()))).WithMetadata(own);
        routes.MapGet("/account/company/assistance.csv", (HttpContext context, SessionLogQueries log) => Write(context, log, SessionScope.OfCompany(context.Caller()))).WithMetadata(own);
    }

    private static async Task Write(HttpContext context, SessionLogQueries log, SessionScope? scope)
    {
        if (scope is null)
        {
            await Refusals.Answer(context, AccessGate.RightMissing);
            return;
        }

        context.Response.ContentType = "text/csv; charset=utf-8";
        context.Response.Headers.ContentDisposition = "attachment; filename=\"assisted-sessions.csv\"";
        await using var csv = CsvWriter.Create(context.Response.Body, Options, leaveOpen: true);
        csv.WriteHeader("started_at", "ended_at", "operator", "role", "buyer", "company", "mode", "reason", "ticket", "end", "changed_at", "change", "before", "after");
        SessionPlace? before = null;
        do
        {
            var sessions = await log.Of(scope, before, PerStep, context.RequestAborted, SessionLogQueries.ManyChanges);
            foreach (var session in sessions)
            {
                foreach (var change in session.Changes.DefaultIfEmpty())
                {
                    await csv.WriteRecordAsync(Fields(session, change), context.RequestAborted);
                }
            }

            before = sessions.Count == PerStep ? new SessionPlace(sessions[^1].StartedAt, sessions[^1].Id) : null;
        }
        while (before is not null);

        await csv.FlushAsync(context.RequestAborted);
    }

    private static string[] Fields(LoggedSession session, SessionChange? change) =>
    [
        Time(session.StartedAt), Time(session.EndedAt), session.Operator, session.Role, session.Buyer ?? "", session.Company ?? "", Data.Words.Kebab(session.Mode),
        session.ReasonCode, session.Ticket ?? "", session.Cause ?? "", Time(change?.At), change?.Sentence ?? "", change?.Before ?? "", change?.After ?? "",
    ];

    private static string Time(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture) ?? "";
}
