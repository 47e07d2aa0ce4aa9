using System.Globalization;
using CsvHelper;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Modules.Settings;
using OnBehalf.Orders;

namespace OnBehalf.Modules.Orders;

/// <summary>What staff gave away in the orders of a month as a file for a spreadsheet: at most <see cref="GivenQueries.MostInFile"/> orders, newest first.</summary>
internal static class GivenFile
{
    // What a spreadsheet would take for a formula gets an apostrophe before it.
    private static readonly CsvWriterOptions Options = CsvWriterOptions.Default with { Injection = CsvInjection.Escape };

    public static async Task Write(HttpContext context, string? month, Database database, GivenQueries queries, ShopSettings settings, TimeProvider clock)
    {
        var (caller, cancel) = (context.Caller(), context.RequestAborted);
        var zone = await settings.TimeZone(cancel);
        var of = GivenPage.MonthOf(month, clock.GetUtcNow(), zone);
        var (from, until) = GivenPage.Bounds(of, zone);
        var listing = await queries.Page(from, until, null, cancel, GivenQueries.MostInFile);
        await database.Record(caller, new OrdersExported(listing.Orders.Count), cancel);
        context.Response.ContentType = "text/csv; charset=utf-8";
        context.Response.Headers.ContentDisposition = $"attachment; filename=\"given-away-{GivenPage.Text(of)}.csv\"";
        await using var csv = CsvWriter.Create(context.Response.Body, Options, leaveOpen: true);
        csv.WriteHeader("order", "placed_at", "status", "customer", "operator", "currency", "given", "total", "what");
        foreach (var order in listing.Orders)
        {
            await csv.WriteRecordAsync(
            [
                order.Number, order.PlacedAt.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture), order.Status, order.Customer ?? "", order.Operator ?? "", order.Currency,
                order.Given.ToPlainString(), order.Total.ToPlainString(), string.Join("; ", order.What),
            ], cancel);
        }

        await csv.FlushAsync(cancel);
    }
}
