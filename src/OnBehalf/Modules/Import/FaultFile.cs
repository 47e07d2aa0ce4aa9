using CsvHelper;

namespace OnBehalf.Modules.Import;

/// <summary>Writes all faults into a CSV file: file, line, column, value, reason, and for rejected rows the row itself as it stood in its file.</summary>
internal static class FaultFile
{
    /// <summary>Returns the first of them, for the screen.</summary>
    public static async Task<List<ImportFault>> Write(FaultBook faults, Package package, string path, bool withDependents, CancellationToken cancel)
    {
        var first = new List<ImportFault>();
        var options = CsvWriterOptions.Default with { NewLine = "\n", Injection = CsvInjection.Escape };
        await using var csv = CsvWriter.ToFile(path, options);
        csv.WriteHeader("file", "line", "column", "value", "reason", "row");
        using var rows = new RawRows(package.Folder);
        await foreach (var fault in All(faults, withDependents, cancel))
        {
            if (first.Count < ImportReport.Shown)
            {
                first.Add(fault);
            }

            var row = fault.Line is { } line && withDependents ? rows.Find(fault.File, line) : null;
            csv.WriteRecord(fault.File, fault.Line?.ToString(null, null), fault.Column, fault.Value, fault.Reason, row);
        }

        return first;
    }

    private static async IAsyncEnumerable<ImportFault> All(
        FaultBook faults, bool withDependents, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        foreach (var fault in faults.OfFiles.Concat(faults.OfPictures))
        {
            yield return fault;
        }

        await foreach (var fault in faults.OfRows(withDependents, cancel))
        {
            yield return fault;
        }
    }

    /// <summary>Rows by file and line, asked for in ascending order: the file is read along once more.</summary>
    private sealed class RawRows(string folder) : IDisposable
    {
        private string? _file;
        private CsvReader? _csv;

        public string? Find(string file, long line)
        {
            if (_file != file)
            {
                _csv?.Dispose();
                _csv = CsvReader.FromFile(Path.Combine(folder, file), PackageLoader.Options([]));
                _file = file;
            }

            while (_csv!.LineNumber < line && _csv.Read())
            {
                // The faults come in the order of the lines.
            }

            return _csv.LineNumber == line ? _csv.Current.ToString() : null;
        }

        public void Dispose() => _csv?.Dispose();
    }
}
