using System.Diagnostics;
using System.Globalization;
using Spectre.Console;

namespace OnBehalf.Modules.Import;

/// <summary>An import on the command line: a progress bar with the rate on a terminal, plain lines otherwise; then what was done, or what is wrong.</summary>
internal sealed class ImportScreen(IAnsiConsole console)
{
    public async Task<ImportReport> Follow(Func<Action<ImportProgress>, Task<ImportReport>> run)
    {
        if (!console.Profile.Capabilities.Interactive)
        {
            return await run(new Lines(console.Profile.Out.Writer).Report);
        }

        // One line that moves, whatever the height of the terminal; what is done stands above it.
        ImportReport? report = null;
        await console.Progress().HideCompleted(true).AutoClear(true)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn { Width = 20 }, new SpinnerColumn())
            .StartAsync(async context =>
            {
                var bar = new Bar(console, context);
                report = await run(bar.Report);
                bar.End();
            });
        return report!;
    }

    public void Show(ImportReport report)
    {
        foreach (var fault in report.FirstFaults)
        {
            Say(Line(fault));
        }

        if (report.FirstFaults.Count > 0 && report.Written is not null)
        {
            var more = report.Faults - report.FirstFaults.Count;
            Say(more > 0 ? $"... and {Number(more)} more in {report.Written}" : $"All of this is in {report.Written}");
        }

        if (!report.Done)
        {
            Say($"{Number(report.Faults)} {(report.Faults == 1 ? "fault" : "faults")}: nothing was changed.");
            return;
        }

        Say($"{"",-20} {"read",9} {"new",9} {"changed",9} {"unchanged",9} {"removed",9} {"rejected",9}");
        foreach (var (file, read, merged, rejected, _) in report.Files)
        {
            var numbers = new[] { read, merged.New, merged.Changed, merged.Unchanged, merged.Removed, rejected }.Select(number => $"{Number(number),9}");
            Say($"{file,-20} {string.Join(' ', numbers)}");
        }

        if (report.Invited > 0)
        {
            Say($"{Number(report.Invited)} people were invited by mail.");
        }
    }

    /// <summary>"products.csv, line 7, unit_price '1.234': EUR has 2 decimals, this amount has 3."</summary>
    internal static string Line(ImportFault fault)
    {
        var line = fault.Line is { } number ? string.Create(CultureInfo.InvariantCulture, $", line {number}") : "";
        var column = fault.Column is null ? "" : $", {fault.Column}";
        var value = string.IsNullOrEmpty(fault.Value) ? "" : $" '{string.Concat(fault.Value.Select(c => char.IsControl(c) ? ' ' : c))}'";
        return $"{fault.File}{line}{column}{value}: {fault.Reason}";
    }

    // Not wrapped to the width of a screen: a line of a log is a line. The table fits into 80 columns.
    private void Say(string line) => console.Profile.Out.Writer.WriteLine(line);

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string Rate(ImportProgress step, TimeSpan since) =>
        $"{step.Step}  {Number(step.Rows)} rows, {Number((long)(step.Rows / Math.Max(since.TotalSeconds, 0.001)))}/s";

    private sealed class Lines(TextWriter output)
    {
        private long _begun = Stopwatch.GetTimestamp();

        public void Report(ImportProgress step)
        {
            if (step.Bytes == step.TotalBytes)
            {
                output.WriteLine(step.TotalBytes == 0 ? step.Step : Rate(step, Stopwatch.GetElapsedTime(_begun)));
                _begun = Stopwatch.GetTimestamp();
            }
        }
    }

    private sealed class Bar(IAnsiConsole console, ProgressContext context)
    {
        private readonly long _first = Stopwatch.GetTimestamp();
        private ProgressTask? _task;
        private ImportProgress? _last;
        private long _begun;

        public void Report(ImportProgress step)
        {
            if (_last?.Step != step.Step)
            {
                Leave();
                _begun = Stopwatch.GetTimestamp();
                _task = context.AddTask(Markup.Escape(step.Step), maxValue: Math.Max(step.TotalBytes, 1));
                _task.IsIndeterminate = step.TotalBytes == 0;
            }

            _last = step;
            if (step.TotalBytes > 0)
            {
                _task!.Value = step.Bytes;
                _task.Description = Markup.Escape($"{Rate(step, Stopwatch.GetElapsedTime(_begun))}, {100 * step.Bytes / step.TotalBytes} %");
            }
        }

        public void End()
        {
            Leave();
            console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Took {Math.Ceiling(Stopwatch.GetElapsedTime(_first).TotalSeconds)} s."));
        }

        // A file that was read leaves a line; the steps of storing leave none.
        private void Leave()
        {
            _task?.StopTask();
            if (_last is { TotalBytes: > 0 } read)
            {
                console.WriteLine(Rate(read, Stopwatch.GetElapsedTime(_begun)));
            }
        }
    }
}
