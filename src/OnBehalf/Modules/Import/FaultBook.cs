using OnBehalf.Data;

namespace OnBehalf.Modules.Import;

/// <summary>What is wrong with a cell of a package, a row (no column), a file (no line) or the package (no file of the format).</summary>
internal sealed record ImportFault(string File, long? Line, string? Column, string? Value, string Reason)
{
    public const int LongestValue = 200;
}

/// <summary>
/// All faults of an import, kept in a temporary table, so that a million of them take no memory. A row that only depends on a faulty one is rejected with a
/// fault that is not its own: it is reported when rows are skipped, and is no news otherwise.
/// </summary>
internal sealed class FaultBook(WorkConnection work)
{
    private const int Buffered = 5_000;
    private const int Pictures = -1;

    private readonly List<(int File, long Line, string? Column, string? Value, string Reason)> _buffer = [];

    public bool IsFull => _buffer.Count >= Buffered;

    /// <summary>Faults of a file or of the package as a whole: they cannot be skipped, and are few.</summary>
    public List<ImportFault> OfFiles { get; } = [];

    /// <summary>Pictures that cannot be used; they are skipped with the rows.</summary>
    public List<ImportFault> OfPictures { get; } = [];

    /// <summary>SQL of whether the picture of a name is among them.</summary>
    public static string IsBadPicture(string name) => $"{name} in (select subject from import_rejected where file = {Pictures})";

    public async Task AddPicture(string name, string reason, CancellationToken cancel)
    {
        OfPictures.Add(new ImportFault($"{PackageFormat.Images}/{name}", null, null, null, reason));
        await work.Run($"insert into import_rejected (file, subject) values ({Pictures}, @name)", cancel, ("name", name));
    }

    /// <summary>Whether the header of a file is faulty, so that nothing can be said of what refers to its rows.</summary>
    public bool IsBroken(PackageFile file) => OfFiles.Exists(fault => fault.File == file.Csv);

    public async Task Open(CancellationToken cancel)
    {
        await Close(cancel);
        await work.Run(
            $"""
            create temp table import_fault (file integer, line {work.TypeOf("bigint")}, field text, value text, reason text, own {work.TypeOf("boolean")});
            create temp table import_rejected (file integer, line {work.TypeOf("bigint")}, subject text);
            """,
            cancel);
    }

    public Task Close(CancellationToken cancel) => work.Run("drop table if exists import_fault; drop table if exists import_rejected", cancel);

    public void Add(PackageFile file, long line, string? column, string? value, string reason) => _buffer.Add((file.Number, line, column, Cut(value), reason));

    public void Add(PackageFile file, string? column, string reason) => OfFiles.Add(new ImportFault(file.Csv, 1, column, null, reason));

    /// <summary>Stores what has been gathered; not while a load is under way on the same connection.</summary>
    public void Flush()
    {
        using var rows = work.Load("import_fault", "file", "line", "field", "value", "reason", "own");
        foreach (var (file, line, column, value, reason) in _buffer)
        {
            rows.StartRow();
            rows.Write(file);
            rows.Write((long?)line);
            rows.Write(column);
            rows.Write(value);
            rows.Write(reason);
            rows.Write(true);
        }

        rows.Complete();
        _buffer.Clear();
    }

    /// <summary>Takes the rows with faults out of a staging table and remembers what they were about. Returns how many there were.</summary>
    public async Task<int> Reject(PackageFile file, CancellationToken cancel)
    {
        var faulty = $"bad or line in (select line from import_fault where file = {file.Number})";
        var rejected = await work.Run(
            $"insert into import_rejected (file, line, subject) select {file.Number}, line, \"{file.Subject}\" from {file.Stage} where {faulty}", cancel);
        if (rejected > 0)
        {
            await work.Run($"delete from {file.Stage} where {faulty}", cancel);
        }

        return rejected;
    }

    public Task<long> CountOwn(CancellationToken cancel) => work.Count("select count(*) from import_fault where own", cancel);

    public Task<long> CountRows(PackageFile file, CancellationToken cancel) =>
        work.Count($"select count(distinct line) from import_fault where file = {file.Number}", cancel);

    /// <summary>In the order of files and lines; first those of whole files.</summary>
    public IAsyncEnumerable<ImportFault> OfRows(bool andDependents, CancellationToken cancel) => work.Each(
        $"select file, line, field, value, reason from import_fault{(andDependents ? "" : " where own")} order by file, line, field",
        reader => new ImportFault(
            PackageFormat.CsvOf(reader.GetInt32(0)), reader.GetInt64(1), Text(reader, 2), Text(reader, 3), reader.GetString(4)),
        cancel);

    private static string? Text(System.Data.Common.DbDataReader reader, int i) => reader.IsDBNull(i) ? null : reader.GetString(i);

    private static string? Cut(string? value) => value is { Length: > ImportFault.LongestValue } ? value[..ImportFault.LongestValue] + "…" : value;
}
