using System.Globalization;
using CsvHelper;

namespace OnBehalf.Modules.Demo;

/// <summary>The CSV files of a store data package. A writer checks that every row has as many fields as the header. Not guarded
/// against spreadsheet formulas: the reader is the importer, and a guard would change phone numbers that begin with a plus.</summary>
internal static class PackageFile
{
    private static readonly CsvWriterOptions Options = CsvWriterOptions.Default with { NewLine = "\n" };

    public static CsvWriter Create(string folder, string name, params ReadOnlySpan<string> columns)
    {
        var csv = CsvWriter.ToFile(Path.Combine(folder, name), Options);
        csv.WriteHeader(columns);
        return csv;
    }

    public static string Text(bool value) => value ? "true" : "false";

    public static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>Minor units of a currency with two decimals (all that are used here) as the package writes them.</summary>
    public static string Amount(long minor) => string.Create(CultureInfo.InvariantCulture, $"{minor / 100}.{minor % 100:00}");
}
