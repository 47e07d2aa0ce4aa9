using System.Globalization;
using CsvHelper;
using OnBehalf.Carts;
using OnBehalf.Data;
using OnBehalf.Host;

namespace OnBehalf.Modules.Carts;

/// <summary>The staff's list of carts as a file for a spreadsheet: the same filters, at most <see cref="StaffCartsQueries.MostInFile"/> rows, newest first.</summary>
internal static class CartsFile
{
    // What a spreadsheet would take for a formula gets an apostrophe before it.
    private static readonly CsvWriterOptions Options = CsvWriterOptions.Default with { Injection = CsvInjection.Escape };

    public static async Task Write(HttpContext context, [AsParameters] StaffCartsInput input, Database database, StaffCartsQueries carts)
    {
        var (caller, cancel) = (context.Caller(), context.RequestAborted);
        var listing = await carts.Page(caller, input.Filter, null, cancel, StaffCartsQueries.MostInFile);
        await database.Record(caller, new CartsExported(listing.Carts.Count), cancel);
        context.Response.ContentType = "text/csv; charset=utf-8";
        context.Response.Headers.ContentDisposition = "attachment; filename=\"carts.csv\"";
        await using var csv = CsvWriter.Create(context.Response.Body, Options, leaveOpen: true);
        csv.WriteHeader("cart", "state", "company_number", "company", "buyer", "articles", "changed_by", "changed_for", "changed_at");
        foreach (var cart in listing.Carts)
        {
            await csv.WriteRecordAsync(Fields(cart), cancel);
        }

        await csv.FlushAsync(cancel);
    }

    private static string[] Fields(StaffCart cart) =>
    [
        cart.Words, cart.State ?? "open", cart.CompanyNumber ?? "", cart.Company ?? "", cart.Buyer ?? "", cart.Lines.ToString(CultureInfo.InvariantCulture), cart.Hand.Operator ?? cart.ChangedBy,
        cart.Hand.HandFor ?? "", cart.ChangedAt.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
    ];
}
