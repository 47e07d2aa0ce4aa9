using CsvHelper;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Companies;

/// <summary>Assignments as a file: written, and read back line by line.</summary>
internal static class RepFile
{
    private static readonly CsvWriterOptions Options = CsvWriterOptions.Default with { Injection = CsvInjection.Escape };

    public static async Task Write(HttpContext context, RepQueries reps, CancellationToken cancel)
    {
        context.Response.ContentType = "text/csv; charset=utf-8";
        context.Response.Headers.ContentDisposition = "attachment; filename=\"assignments.csv\"";
        await using var csv = CsvWriter.Create(context.Response.Body, Options, leaveOpen: true);
        csv.WriteHeader("company_number", "rep_email", "primary");
        await foreach (var row in reps.All(cancel))
        {
            await csv.WriteRecordAsync([row.Number, row.Email, row.IsPrimary ? "yes" : "no"], cancel);
        }

        await csv.FlushAsync(cancel);
    }

    /// <summary>Commas, semicolons or tabs between; empty lines and the heading are passed over. No value of it needs quotes inside.</summary>
    public static IReadOnlyList<RepLine> Read(string text)
    {
        var lines = new List<RepLine>();
        var number = 0;
        foreach (var line in text.Split('\n'))
        {
            number++;
            string[] cells = [.. line.Trim('\r', '\uFEFF', ' ').Split([',', ';', '\t']).Select(cell => cell.Trim().Trim('"').Trim())];
            if (cells is [""] || (number == 1 && cells[0] == "company_number"))
            {
                continue;
            }

            var primary = cells.Length > 2 ? cells[2].ToLowerInvariant() : "no";
            var fault = cells.Length is < 2 or > 3 ? "Number of the company, address of the staff member, and yes or no."
                : primary is not ("yes" or "no" or "") ? "The third value is yes or no." : null;
            lines.Add(new RepLine(number, cells[0], cells.Length > 1 ? EmailAddress.Normalize(cells[1]) : "", primary == "yes", fault is null ? null : new RepFault(number, fault)));
        }

        return lines;
    }
}
