using System.Text.Unicode;
using CsvHelper;
using OnBehalf.Catalog;
using OnBehalf.Data;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Catalog;

/// <summary>Articles as a file: what the page of articles gives, it takes back, and so does the import as `products.csv`.</summary>
internal static class ArticleFile
{
    public const int LargestBytes = 3 * 1024 * 1024;
    private const int MostShown = 200;
    private const int AtOnce = 2_000;

    // What a spreadsheet would take for a formula gets an apostrophe before it, and loses it when it comes back.
    private const string FormulaSigns = "=+-@\t";

    private static readonly CsvWriterOptions Options = CsvWriterOptions.Default with { Injection = CsvInjection.Escape };

    /// <summary>All articles of the list, with its filters.</summary>
    public static async Task Write(HttpContext context, string? q, string? category, string? status, Database database, ArticleQueries articles, Categories categories)
    {
        var cancel = context.RequestAborted;
        var filter = ArticlesPage.FilterOf(await categories.Tree(VisibleRange.All, cancel), q, category, status);
        context.Response.ContentType = "text/csv; charset=utf-8";
        context.Response.Headers.ContentDisposition = "attachment; filename=\"products.csv\"";
        await using var db = database.Read();
        await using var csv = CsvWriter.Create(context.Response.Body, Options, leaveOpen: true);
        csv.WriteHeader([.. ArticleSheet.Columns]);
        var after = "";
        while (await articles.List(db, filter, after, AtOnce, cancel) is { Count: > 0 } some)
        {
            foreach (var (sheet, _) in some)
            {
                var values = sheet.Values;
                await csv.WriteRecordAsync([.. ArticleSheet.Columns.Select(column => values[column])], cancel);
            }

            after = some[^1].Sheet.Sku;
        }

        await csv.FlushAsync(cancel);
    }

    /// <summary>The lines of a file, or all that is wrong with how it is written.</summary>
    public static (IReadOnlyList<ArticleLine> Lines, IReadOnlyList<WrongArticle> Wrong) Read(Stream content)
    {
        var (lines, wrong, seen) = (new List<ArticleLine>(), new List<WrongArticle>(), new Dictionary<string, int>(StringComparer.Ordinal));
        var malformed = new HashSet<long>();
        using var csv = CsvReader.Create(content, ReaderOptions(malformed), leaveOpen: true);
        try
        {
            csv.ReadHeader();
            if (csv.Headers is not { Count: > 0 } headers)
            {
                return ([], [new WrongArticle(1, "", Say("This file is empty: it needs a header row."))]);
            }

            string[] columns = [.. headers.Select(header => header.Trim().TrimStart('\uFEFF'))];
            wrong.AddRange(Header(columns));
            while (wrong.Count == 0 || columns.Contains("sku"))
            {
                if (!csv.Read())
                {
                    break;
                }

                ReadLine(csv, columns, malformed, seen, lines, wrong);
                if (lines.Count > Articles.Most || wrong.Count > MostShown)
                {
                    break;
                }
            }
        }
        catch (CsvFormatException error)
        {
            wrong.Add(new WrongArticle((int)Math.Max(error.LineNumber, 1), "", "Cannot be read as CSV from here on: a row is longer than a megabyte, or a quote is never closed."));
        }

        return (lines, wrong);
    }

    private static IEnumerable<WrongArticle> Header(string[] columns)
    {
        foreach (var (column, i) in columns.Select((column, i) => (column, i)))
        {
            if (!ArticleSheet.Columns.Contains(column))
            {
                yield return new WrongArticle(1, column, Say($"Unknown column. Known are: {string.Join(", ", ArticleSheet.Columns)}."));
            }
            else if (Array.IndexOf(columns, column) < i)
            {
                yield return new WrongArticle(1, column, Say("This column stands here twice."));
            }
        }

        if (!columns.Contains("sku"))
        {
            yield return new WrongArticle(1, "sku", "This column is required and missing.");
        }
    }

    private static void ReadLine(CsvReader csv, string[] columns, HashSet<long> malformed, Dictionary<string, int> seen, List<ArticleLine> lines, List<WrongArticle> wrong)
    {
        var line = (int)csv.LineNumber;
        if (malformed.Contains(csv.LineNumber) || csv.FieldCount != columns.Length || !Utf8.IsValid(csv.RawRecord))
        {
            wrong.Add(new WrongArticle(line, "", csv.FieldCount == columns.Length ? Say("This row is not CSV in UTF-8.") : Say($"This row has {csv.FieldCount} fields, the header {columns.Length}.")));
            return;
        }

        var values = new Dictionary<string, string?>(StringComparer.Ordinal);
        for (var i = 0; i < columns.Length; i++)
        {
            values[columns[i]] = Plain(csv.GetString(i));
        }

        var sku = values["sku"]?.Trim() ?? "";
        if (sku.Length is 0 or > ArticleSheet.LongestSku)
        {
            wrong.Add(new WrongArticle(line, sku, Say($"Number: 1 to {ArticleSheet.LongestSku} characters.")));
        }
        else if (!seen.TryAdd(sku, line))
        {
            wrong.Add(new WrongArticle(line, sku, Say($"The same number as on line {seen[sku]}.")));
        }
        else
        {
            lines.Add(new ArticleLine(line, sku, values));
        }
    }

    private static string Plain(string text) => text.Length > 1 && text[0] == '\'' && FormulaSigns.Contains(text[1], StringComparison.Ordinal) ? text[1..] : text;

    private static CsvReaderOptions ReaderOptions(HashSet<long> malformed) => CsvReaderOptions.Default with
    {
        Separator = ',',
        TrackLineNumbers = true,
        MaxRecordSize = 1024 * 1024,
        FieldCountMismatch = CsvFieldCountHandling.Allow,
        MalformedData = CsvMalformedDataHandling.Recover,
        OnMalformedRecord = record => malformed.Add(record.LineNumber),
    };
}
