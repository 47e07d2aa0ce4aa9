using System.Globalization;
using CsvHelper;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Demo;

/// <summary>
/// The CSV files of a store data package. A writer checks that every row has as many fields as the header. Not guarded against
/// spreadsheet formulas: the reader is the importer, and a guard would change telephone numbers, which begin with a plus.
/// </summary>
internal static class PackageFile
{
    private static readonly CsvWriterOptions Options = CsvWriterOptions.Default with { NewLine = "\n" };
    private static readonly Currency Euro = Currency.Of("EUR");

    public static CsvWriter Create(string folder, string name, params ReadOnlySpan<string> columns)
    {
        var csv = CsvWriter.ToFile(Path.Combine(folder, name), Options);
        csv.WriteHeader(columns);
        return csv;
    }

    public static string Text(bool value) => value ? "true" : "false";

    public static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);

    public static string Text(DateTime utc) => utc.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>Minor units as the package writes them; every currency used here has the two decimals of the euro.</summary>
    public static string Amount(long minor) => new Money(minor, Euro).ToPlainString();

    /// <summary>A share of an amount, half up to a whole <paramref name="step"/>.</summary>
    public static long Share(long minor, int percent, int step = 1) =>
        step * Round.Divide((Int128)minor * percent, 100 * step, Rounding.HalfUp);
}
