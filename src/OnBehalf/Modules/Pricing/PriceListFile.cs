using CsvHelper;
using OnBehalf.Data;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Pricing;

/// <summary>The prices of a list as a file that the import takes back as `prices.csv`.</summary>
internal static class PriceListFile
{
    private static readonly CsvWriterOptions Options = CsvWriterOptions.Default with { Injection = CsvInjection.Escape };

    public static async Task Write(string code, HttpContext context, Database database, PriceListQueries lists, CancellationToken cancel)
    {
        await using var db = database.Read();
        if (await lists.Find(db, code, cancel) is not { } list)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        context.Response.ContentType = "text/csv; charset=utf-8";
        context.Response.Headers.ContentDisposition = "attachment; filename=\"prices.csv\"";
        await using var csv = CsvWriter.Create(context.Response.Body, Options, leaveOpen: true);
        csv.WriteHeader("price_list_code", "sku", "min_quantity", "unit_price");
        await foreach (var price in lists.AllPricesOf(db, list, cancel))
        {
            var amount = new Money(price.Minor, Currency.Of(list.Currency));
            await csv.WriteRecordAsync([list.Code, price.Sku, price.From.ToString(), amount.ToPlainString()], cancel);
        }

        await csv.FlushAsync(cancel);
    }
}
