using System.Text;
using OnBehalf.Data;

namespace OnBehalf.Bench;

/// <summary>Prints what was measured as it comes, and keeps it as a page.</summary>
internal sealed class Report
{
    private const string Targets = """
        Targets: a page at most 1.5 ms of server CPU, the start of a session 5 ms and a customer search 5 ms (p50 of one operator), a journey 25 ms of server CPU,
        at least 25 journeys/s with 16 operators, at most 250 MB, first page at most 4 s after the start. Server, PostgreSQL and the load share the machine's
        cores; `empty` is the smallest answer that the same server can give, measured in the same run, and says how fast the machine was just then.
        """;

    private readonly StringBuilder _text = new();
    private bool _isFirstPage;

    public void Title()
    {
        Line("# Results of `bin/bench`");
        Line("");
        Line($"{TimeProvider.System.GetUtcNow().UtcDateTime:yyyy-MM-dd}, {Machine.Describe()}.");
        Line("");
        Line(Targets);
    }

    public void Begin(DatabaseKind kind, BenchData data, TimeSpan firstPage)
    {
        Line("");
        Line($"## {kind}, {data.Name}");
        Line("");
        Line($"First page {firstPage.TotalSeconds:F2} s after the start. Load of the machine before: {Machine.Load():F1}.");
        _isFirstPage = true;
    }

    public void Add(int operators, JourneyRun run)
    {
        var journeys = Math.Max(1, run.Journeys);
        Line("");
        Line($"**{operators} operators**: {run.Journeys / run.Elapsed.TotalSeconds:F1} journeys/s, {run.Times.Requests / run.Elapsed.TotalSeconds:F0} requests/s, "
            + $"a journey costs {run.ServerCpu / journeys:F1} ms of server CPU and {run.DatabaseCpu / journeys:F1} ms of database CPU.");
        Line("");
        Line("| step | p50 ms | p95 ms | p99 ms |");
        Line("|---|--:|--:|--:|");
        foreach (var (step, times) in run.Times.All)
        {
            Line($"| {step} | {StepTimes.Percentile(times, 0.5):F1} | {StepTimes.Percentile(times, 0.95):F1} | {StepTimes.Percentile(times, 0.99):F1} |");
        }
    }

    public void Add(string page, List<double> times, TimeSpan elapsed, double serverCpu, double databaseCpu)
    {
        if (_isFirstPage)
        {
            Line("");
            Line("| page, by itself | server CPU ms | database CPU ms | p50 ms | p95 ms | pages/s |");
            Line("|---|--:|--:|--:|--:|--:|");
            _isFirstPage = false;
        }

        Line($"| {page} | {serverCpu / times.Count:F2} | {databaseCpu / times.Count:F2} | {StepTimes.Percentile(times, 0.5):F1} | {StepTimes.Percentile(times, 0.95):F1} | "
            + $"{times.Count / elapsed.TotalSeconds:F0} |");
    }

    public void End((double Now, double Most) memory)
    {
        Line("");
        Line($"Memory afterwards {memory.Now:F0} MB, at most {memory.Most:F0} MB.");
    }

    public void AddWriters(DatabaseKind kind, BenchData data, int writers, List<double> times, TimeSpan elapsed, int mostThreads, long stored)
    {
        Line("");
        Line($"## {writers} writers, {kind}, {data.Name}");
        Line("");
        Line($"{times.Count / elapsed.TotalSeconds:F0} writes/s; p50 {StepTimes.Percentile(times, 0.5):F1} ms, p95 {StepTimes.Percentile(times, 0.95):F1} ms, "
            + $"p99 {StepTimes.Percentile(times, 0.99):F1} ms; at most {mostThreads} threads. "
            + (stored == times.Count ? $"Nothing lost: {stored} writes answered and stored." : $"LOST: {times.Count} writes answered, {stored} stored."));
    }

    public void AddImport(DatabaseKind kind, string package, long rows, double import, double bare)
    {
        Line("");
        Line($"## Import of {package}, {kind}");
        Line("");
        Line($"{import:F2} s for {rows:N0} rows of tables, {rows / import:N0} rows/s; the bare rows {bare:F2} s, {rows / bare:N0} rows/s: {import / bare:F2} times as long (at most 3).");
    }

    public Task Save(string file) => File.WriteAllTextAsync(file, _text.ToString());

    private void Line(string line)
    {
        Console.WriteLine(line);
        _text.Append(line).Append('\n');
    }
}
