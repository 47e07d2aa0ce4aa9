using System.Buffers;
using System.Text.Json;
using CsvHelper;
using OnBehalf.Data;
using OnBehalf.Kernel;
using OnBehalf.Modules.Audit;

namespace OnBehalf.Modules.Exports;

/// <summary>In which form records leave.</summary>
public enum ExportForm
{
    Csv,
    Ecs,
    Ocsf,
}

/// <summary>What is taken from the log.</summary>
/// <param name="WithPersonal">Names, addresses and personal values of people who are not erased.</param>
/// <param name="By">Who ran the command; null: the caller says it.</param>
public sealed record ExportRequest(ExportForm Form, AuditFilter Filter, bool WithPersonal, string? By = null);

/// <summary>What an export has brought.</summary>
public sealed record ExportSummary(long Rows, long? FirstIndex, long? LastIndex)
{
    // They come in the order in which they were stored, which is not quite that of their numbers.
    internal ExportSummary With(IReadOnlyList<AuditRecord> records)
    {
        var (first, last) = (records.Min(record => record.Index), records.Max(record => record.Index));
        return new ExportSummary(Rows + records.Count, FirstIndex < first ? FirstIndex : first, LastIndex > last ? LastIndex : last);
    }
}

/// <summary>Somebody takes entries of the log away, in this form and found by these filters.</summary>
/// <param name="To">Before this moment.</param>
public sealed record AuditExported(
    Guid Export, ExportForm Form, DateTimeOffset? From, DateTimeOffset? To, bool WithPersonal, string? Action, [property: Personal(Whose.Nobody)] string? Person, string? ByCompany, string? ByOrder, Guid? BySession,
    [property: Personal(Whose.Actor)] string? By) : Fact
{
    [Personal(Whose.Nobody)]
    public string? ByOperator { get; init; }

    public Code? ByOutcome { get; init; }

    public Code? ByReason { get; init; }

    public Code? ByMode { get; init; }

    public Code? ByTicket { get; init; }

    public Code? ByThing { get; init; }

    /// <summary>What stands for people, where a search of the log was taken away.</summary>
    public Guid? ByPersonRef { get; init; }

    public Guid? ByOperatorRef { get; init; }

    public override string Name => "audit.exported";
}

/// <summary>So many entries were taken away; not whole when the way to the reader broke off.</summary>
public sealed record AuditExportEnded(Guid Export, long Rows, long? FirstIndex, long? LastIndex, bool IsWhole) : Fact
{
    public override string Name => "audit.export-ended";
}

/// <summary>
/// Writes entries of the log as CSV or as lines of JSON, a thousand at a time, as fast as they are taken. That it begins is stored before the first byte, and what
/// it brought when it is over, however it ends.
/// </summary>
public sealed class AuditExport(Database database, RecordQueries records)
{
    // What a spreadsheet would take for a formula gets an apostrophe before it.
    private static readonly CsvWriterOptions Csv = CsvWriterOptions.Default with { Injection = CsvInjection.Escape };

    public async Task<ExportSummary> Write(Caller caller, ExportRequest request, Stream target, CancellationToken cancel)
    {
        var (export, filter, summary, isWhole) = (Guid.CreateVersion7(), request.Filter, new ExportSummary(0, null, null), false);
        await database.Record(
            caller,
            new AuditExported(
                export, request.Form, filter.From, filter.To, request.WithPersonal, filter.Action, filter.Person, filter.Company, filter.Order, filter.Session, request.By)
            {
                ByOperator = filter.Operator, ByOutcome = Word(filter.Outcome), ByReason = Word(filter.Reason), ByMode = Word(filter.Mode), ByTicket = Word(filter.TicketRef),
                ByThing = Word(filter.About), ByPersonRef = filter.PersonRef, ByOperatorRef = filter.OperatorRef,
            },
            cancel);
        try
        {
            await using var lines = Lines.To(target, request.Form);
            await foreach (var batch in Batches(request, cancel))
            {
                foreach (var record in batch.Records)
                {
                    await lines.Write(record, cancel);
                }

                await lines.Flush(cancel);
                summary = batch.Records is [] ? summary : summary.With(batch.Records);
            }

            isWhole = true;
            return summary;
        }
        finally
        {
            await database.Record(caller, new AuditExportEnded(export, summary.Rows, summary.FirstIndex, summary.LastIndex, isWhole), CancellationToken.None);
        }
    }

    private async IAsyncEnumerable<RecordBatch> Batches(ExportRequest request, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        var newest = await records.Newest(cancel);
        for (var batch = new RecordBatch([], 0, false); !batch.IsLast;)
        {
            batch = await records.Next(request.Filter, batch.LastSeq, newest, request.WithPersonal, cancel);
            yield return batch;
        }
    }

    private static Code? Word(string? word) => word is null ? (Code?)null : new Code(word);

    private abstract class Lines : IAsyncDisposable
    {
        public static Lines To(Stream target, ExportForm form) => form == ExportForm.Csv ? new CsvLines(target) : new JsonLines(target, form);

        public abstract Task Write(AuditRecord record, CancellationToken cancel);

        public abstract Task Flush(CancellationToken cancel);

        public virtual ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    private sealed class CsvLines : Lines
    {
        private readonly CsvWriter _csv;

        public CsvLines(Stream target)
        {
            _csv = CsvWriter.Create(target, Csv, leaveOpen: true);
            _csv.WriteHeader([.. CsvForm.Columns.Select(column => column.Column)]);
        }

        public override async Task Write(AuditRecord record, CancellationToken cancel) => await _csv.WriteRecordAsync(CsvForm.Of(record), cancel);

        public override async Task Flush(CancellationToken cancel) => await _csv.FlushAsync(cancel);

        public override ValueTask DisposeAsync() => _csv.DisposeAsync();
    }

    private sealed class JsonLines(Stream target, ExportForm form) : Lines
    {
        private const int Enough = 65_536;

        private readonly ArrayBufferWriter<byte> _buffer = new(Enough * 2);

        public override async Task Write(AuditRecord record, CancellationToken cancel)
        {
            await using (var json = new Utf8JsonWriter(_buffer, new JsonWriterOptions { Encoder = RecordField.Plain.Encoder }))
            {
                (form == ExportForm.Ecs ? EcsForm.Of(record) : OcsfForm.Of(record)).WriteTo(json);
            }

            _buffer.Write("\n"u8);
            if (_buffer.WrittenCount > Enough)
            {
                await Flush(cancel);
            }
        }

        public override async Task Flush(CancellationToken cancel)
        {
            await target.WriteAsync(_buffer.WrittenMemory, cancel);
            await target.FlushAsync(cancel);
            _buffer.ResetWrittenCount();
        }
    }
}
