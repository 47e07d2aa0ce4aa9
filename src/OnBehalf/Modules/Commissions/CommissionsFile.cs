using System.Globalization;
using CsvHelper;
using OnBehalf.Commissions;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Modules.Settings;

namespace OnBehalf.Modules.Commissions;

/// <summary>The statement of a month as a file for a spreadsheet: at most <see cref="CommissionQueries.MostInFile"/> entries, newest first.</summary>
internal static class CommissionsFile
{
    // What a spreadsheet would take for a formula gets an apostrophe before it.
    private static readonly CsvWriterOptions Options = CsvWriterOptions.Default with { Injection = CsvInjection.Escape };

    public static async Task Write(HttpContext context, string? month, string? staff, Database database, CommissionQueries queries, ShopSettings settings, TimeProvider clock)
    {
        if (await Found(context, month, staff, database, queries, settings, clock) is not var (of, statement))
        {
            return;
        }

        var cancel = context.RequestAborted;
        context.Response.ContentType = "text/csv; charset=utf-8";
        context.Response.Headers.ContentDisposition = $"attachment; filename=\"commissions-{of}.csv\"";
        await using var csv = CsvWriter.Create(context.Response.Body, Options, leaveOpen: true);
        csv.WriteHeader("at", "staff", "order", "line", "article", "from", "to", "amount", "currency", "base", "share", "rule", "version", "as", "cause");
        foreach (var entry in statement.Entries)
        {
            await csv.WriteRecordAsync(
            [
                entry.At.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture), entry.Staff, entry.Order, entry.Position.ToString(CultureInfo.InvariantCulture), entry.Sku, entry.From, entry.To,
                entry.Amount.ToPlainString(), entry.Currency, entry.Base?.ToPlainString() ?? "", entry.Share.ToString(), entry.Rule, entry.Version.ToString(CultureInfo.InvariantCulture), entry.Part, entry.Cause,
            ], cancel);
        }

        await csv.FlushAsync(cancel);
    }

    /// <summary>The same for a program, with where it stands now; amounts are text, because numbers of JSON are not exact.</summary>
    public static async Task WriteJson(HttpContext context, string? month, string? staff, Database database, CommissionQueries queries, ShopSettings settings, TimeProvider clock)
    {
        if (await Found(context, month, staff, database, queries, settings, clock) is not var (of, statement))
        {
            return;
        }

        await context.Response.WriteAsJsonAsync(
            new
            {
                Month = of.ToString(),
                Balances = statement.Balances.Select(one => new { Staff = one.Name, one.Currency, Accrued = one.Accrued.ToPlainString(), Earned = one.Earned.ToPlainString(), PaidOut = one.PaidOut.ToPlainString() }),
                Entries = statement.Entries.Select(entry => new
                {
                    At = entry.At.UtcDateTime, entry.Staff, entry.Order, Line = entry.Position, Article = entry.Sku, entry.From, entry.To, Amount = entry.Amount.ToPlainString(), entry.Currency,
                    Base = entry.Base?.ToPlainString(), Share = entry.Share.ToString(), entry.Rule, entry.Version, As = entry.Part, entry.Cause,
                }),
            },
            context.RequestAborted);
    }

    // Null: it is not there for him, and answered.
    private static async Task<(CommissionMonth Of, CommissionStatement Statement)?> Found(
        HttpContext context, string? month, string? staff, Database database, CommissionQueries queries, ShopSettings settings, TimeProvider clock)
    {
        var (caller, cancel) = (context.Caller(), context.RequestAborted);
        if (!CommissionsPage.TryWhose(caller, staff, out var whose))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return null;
        }

        var zone = await settings.TimeZone(cancel);
        var of = CommissionMonth.Read(month, clock.GetUtcNow(), zone);
        var (from, until) = of.Bounds(zone);
        var statement = await queries.Statement(whose, from, until, null, cancel, CommissionQueries.MostInFile);
        await database.Record(caller, new CommissionsExported(whose is { } one ? new StaffId(one) : null, statement.Entries.Count), cancel);
        return (of, statement);
    }

    /// <summary>What one run paid, a row for each person and currency: for whoever does the wages.</summary>
    public static async Task WritePayOut(HttpContext context, int? number, Database database, CommissionQueries queries)
    {
        var (caller, cancel) = (context.Caller(), context.RequestAborted);
        var paid = await queries.PayOuts(cancel, number ?? 0);
        if (paid.Count == 0)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        await database.Record(caller, new CommissionsExported(null, paid.Count), cancel);
        context.Response.ContentType = "text/csv; charset=utf-8";
        context.Response.Headers.ContentDisposition = $"attachment; filename=\"pay-out-{paid[0].Number.ToString(CultureInfo.InvariantCulture)}.csv\"";
        await using var csv = CsvWriter.Create(context.Response.Body, Options, leaveOpen: true);
        csv.WriteHeader("run", "at", "staff", "email", "amount", "currency");
        foreach (var one in paid)
        {
            await csv.WriteRecordAsync(
            [
                one.Number.ToString(CultureInfo.InvariantCulture), one.At.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture), one.Name, one.Email, one.Paid.ToPlainString(), one.Currency,
            ], cancel);
        }

        await csv.FlushAsync(cancel);
    }
}
