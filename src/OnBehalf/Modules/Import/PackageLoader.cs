using System.Text.RegularExpressions;
using System.Text.Unicode;
using CsvHelper;
using OnBehalf.Data;

namespace OnBehalf.Modules.Import;

/// <summary>A row on its way into the staging table.</summary>
internal sealed class StagedRow(IReadOnlyList<Column> columns)
{
    public Cell[] Cells { get; } = new Cell[columns.Count];

    public string Text(string column)
    {
        for (var i = 0; i < Cells.Length; i++)
        {
            if (columns[i].Name == column)
            {
                return Cells[i].Text ?? "";
            }
        }

        return "";
    }
}

/// <summary>A file that has been read: how many rows, its SHA-256, and its columns such as `name_fr`.</summary>
internal sealed record LoadedFile(PackageFile File, long Rows, string Digest, IReadOnlyList<Column> Translations)
{
    /// <summary>The names of the columns that stand in its header.</summary>
    public IReadOnlySet<string> Header { get; init; } = new HashSet<string>();
}

/// <summary>Reads the files of a package row by row into staging tables, and judges every cell by itself.</summary>
internal sealed partial class PackageLoader(WorkConnection work, FaultBook faults, Action<ImportProgress> progress)
{
    private const int LongestRow = 1024 * 1024;
    private const int RowsPerReport = 5_000;

    /// <summary>Blocks while it reads: call it where nobody waits for the thread.</summary>
    public LoadedFile Load(PackageFile file, string path)
    {
        Create(file, file.Columns);
        using var content = File.OpenRead(path);
        if (IsUtf16(content))
        {
            faults.Add(file, null, "This file is UTF-16. Save it as UTF-8.");
            return new LoadedFile(file, 0, "", []);
        }

        using var stream = new DigestingStream(content);
        var malformed = new Dictionary<long, CsvMalformedReason>();
        using var csv = CsvReader.Create(stream, Options(malformed), leaveOpen: true);
        if (!Next(file, csv, isHeader: true) || csv.Headers is not { Count: > 0 })
        {
            faults.Add(file, null, "This file is empty: it needs a header row.");
            return new LoadedFile(file, 0, "", []);
        }

        var header = Header(file, csv.Headers);
        IReadOnlyList<Column> columns = [.. file.Columns, .. header.OfType<Column>().Where(column => !file.Columns.Contains(column)).Distinct()];
        Create(file, columns);
        var rows = LoadRows(file, csv, columns, header, malformed, stream);
        stream.CopyTo(Stream.Null);
        progress(new ImportProgress(file.Csv, rows, stream.Length, stream.Length));
        return new LoadedFile(file, rows, stream.Digest(), [.. columns.Skip(file.Columns.Length)]) { Header = header.OfType<Column>().Select(column => column.Name).ToHashSet(StringComparer.Ordinal) };
    }

    // An endless row ends the file where it begins; what was read before it is judged all the same.
    private bool Next(PackageFile file, CsvReader csv, bool isHeader = false)
    {
        try
        {
            if (isHeader)
            {
                csv.ReadHeader();
                return true;
            }

            return csv.Read();
        }
        catch (CsvFormatException error)
        {
            const string reason = "Cannot be read as CSV from here on: a row is longer than a megabyte, or a quote is never closed.";
            faults.OfFiles.Add(new ImportFault(file.Csv, Math.Max(error.LineNumber, 1), null, null, reason));
            return false;
        }
    }

    /// <summary>The column of each field; null where a field has none. Says what is wrong with the header.</summary>
    private Column?[] Header(PackageFile file, IReadOnlyList<string> names)
    {
        var header = new Column?[names.Count];
        for (var i = 0; i < names.Count; i++)
        {
            var name = names[i].Trim();
            var column = Array.Find(file.Columns, column => column.Name == name) ?? Translation(file, name);
            if (column is null)
            {
                faults.Add(file, name.Length == 0 ? null : name, name.Length == 0 ? "A column without a name." : $"Unknown column. Known are: {string.Join(", ", file.Columns.Select(known => known.Name))}.");
            }
            else if (header.Contains(column))
            {
                faults.Add(file, name, "This column stands here twice.");
            }
            else
            {
                header[i] = column;
            }
        }

        foreach (var missing in file.Columns.Where(column => column.Required && !header.Contains(column)))
        {
            faults.Add(file, missing.Name, "This column is required and missing.");
        }

        return header;
    }

    private static Column? Translation(PackageFile file, string name) =>
        file.HasTranslations && TranslatedColumn().IsMatch(name)
            ? new Column(name, name.StartsWith('n') ? CellKind.Text : CellKind.LongText, Longest: name.StartsWith('n') ? 300 : 20_000)
            : null;

    /// <summary>Makes the staging table of a file, empty.</summary>
    public void Create(PackageFile file) => Create(file, file.Columns);

    private void Create(PackageFile file, IReadOnlyList<Column> columns)
    {
        var staged = StagedColumns(file, columns).Select(column => $"\"{column.Name}\" {work.TypeOf(column.Type)}");
        using var command = work.Connection.CreateCommand();
        command.Transaction = work.Transaction;
        command.CommandText = $"drop table if exists {file.Stage}; create temp table {file.Stage} ({string.Join(", ", staged)})";
        command.ExecuteNonQuery();
    }

    private long LoadRows(
        PackageFile file, CsvReader csv, IReadOnlyList<Column> columns, Column?[] header, Dictionary<long, CsvMalformedReason> malformed, DigestingStream stream)
    {
        var names = StagedColumns(file, columns).Select(column => $"\"{column.Name}\"").ToArray();
        var fields = columns.Select(column => Array.IndexOf(header, column)).ToArray();
        var row = new StagedRow(columns);
        var isBroken = faults.IsBroken(file);
        var count = 0L;
        var rows = work.Load(file.Stage, names);
        try
        {
            while (Next(file, csv))
            {
                if (++count % RowsPerReport == 0)
                {
                    progress(new ImportProgress(file.Csv, count, stream.Position, stream.Length));
                }

                // A row that cannot be read is staged as far as it goes: other rows may depend on it.
                var isReadable = IsReadable(file, csv, header.Length, malformed);
                var isGood = ReadCells(file, csv, columns, fields, row, isReadable) && isReadable && !isBroken;
                Stage(file, csv.LineNumber, isGood, columns, row, rows);

                if (faults.IsFull)
                {
                    rows.Complete();
                    rows.Dispose();
                    faults.Flush();
                    rows = work.Load(file.Stage, names);
                }
            }

            rows.Complete();
        }
        finally
        {
            rows.Dispose();
        }

        faults.Flush();
        return count;
    }

    private static bool IsUtf16(FileStream content)
    {
        var mark = (content.ReadByte(), content.ReadByte());
        content.Position = 0;
        return mark is (0xFF, 0xFE) or (0xFE, 0xFF);
    }

    private bool IsReadable(PackageFile file, CsvReader csv, int fields, Dictionary<long, CsvMalformedReason> malformed)
    {
        if (malformed.Count > 0 && malformed.Remove(csv.LineNumber, out var reason))
        {
            faults.Add(file, csv.LineNumber, null, csv.Current.ToString(), reason switch
            {
                CsvMalformedReason.UnterminatedQuote => "A quote is opened and never closed.",
                CsvMalformedReason.TextAfterClosingQuote => "There is text after the closing quote of a field.",
                _ => "There is a quote inside a field that is not quoted.",
            });
            return false;
        }

        if (csv.FieldCount != fields)
        {
            faults.Add(file, csv.LineNumber, null, csv.Current.ToString(), $"This row has {csv.FieldCount} fields, the header {fields}.");
            return false;
        }

        return true;
    }

    private bool ReadCells(PackageFile file, CsvReader csv, IReadOnlyList<Column> columns, int[] fields, StagedRow row, bool isReadable)
    {
        var isUtf8 = Utf8.IsValid(csv.RawRecord);
        var good = true;
        for (var i = 0; i < columns.Count; i++)
        {
            var text = fields[i] < 0 ? "" : csv.GetString(fields[i]);
            var reason = !isUtf8 && fields[i] >= 0 && !Utf8.IsValid(csv.GetSpan(fields[i])) ? "Not UTF-8." : Cell.Read(columns[i], text, out row.Cells[i]);

            // That the whole column is missing has been said once.
            if (reason is not null && fields[i] >= 0 && isReadable)
            {
                faults.Add(file, csv.LineNumber, columns[i].Name, text.Replace("\0", "␀", StringComparison.Ordinal), reason);
                good = false;
            }
        }

        return good;
    }

    private static void Stage(PackageFile file, long line, bool isGood, IReadOnlyList<Column> columns, StagedRow row, BulkWriter rows)
    {
        rows.StartRow();
        rows.Write((long?)line);
        rows.Write(!isGood);
        for (var i = 0; i < columns.Count; i++)
        {
            row.Cells[i].Stage(columns[i], rows);
        }

        foreach (var derived in file.Derived)
        {
            switch (derived.Value(row))
            {
                case Guid id:
                    rows.Write(id);
                    break;
                case string text:
                    rows.Write(text);
                    break;
            }
        }
    }

    private static IEnumerable<(string Name, string Type)> StagedColumns(PackageFile file, IReadOnlyList<Column> columns) =>
        [("line", "bigint"), ("bad", "boolean"), .. columns.SelectMany(column => column.Staged), .. file.Derived.Select(derived => (derived.Name, derived.Type))];

    internal static CsvReaderOptions Options(Dictionary<long, CsvMalformedReason> malformed) => CsvReaderOptions.Default with
    {
        Separator = ',',
        TrackLineNumbers = true,
        MaxRecordSize = LongestRow,
        FieldCountMismatch = CsvFieldCountHandling.Allow,
        MalformedData = CsvMalformedDataHandling.Recover,
        OnMalformedRecord = record => malformed.TryAdd(record.LineNumber, record.Reason),
    };

    [GeneratedRegex("^(name|description)_[a-z]{2}$", RegexOptions.None, 1_000)]
    private static partial Regex TranslatedColumn();
}
