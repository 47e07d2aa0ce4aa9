using System.Text;
using OnBehalf.Data;

namespace OnBehalf.Bench;

/// <summary>Prints what was measured as it comes, and keeps it as a page.</summary>
internal sealed class Report
{
    private const string Targets = """
        Server, PostgreSQL and the load share the machine's cores; `empty` is the smallest answer that the same server can give, measured in the same run, and
        says how fast the machine was just then. Each operator asks for the next page as soon as he has one: sixteen of them keep both cores busy, and then a
        step takes as long as the queue, which on SQLite is the queue for the disk. How long a step takes by itself is told by the run of one operator.
        """;

    private const string Goals =
        "| goal | 4 | 250 | 1.5 | 5 | 5 | 25 | 25 |\n"
        + "| a shop of others, PostgreSQL | 14.5 | 881 | 63 | 99–149 | 1,000 at 100,000 customers | 1,000–2,800 | 1.1; 0.33 at 100,000 customers |";

    private readonly StringBuilder _text = new();
    private readonly List<Summary> _summaries = [];
    private readonly Dictionary<string, double> _cpu = [];
    private bool _isFirstPage;
    private int _afterTitle;

    public void Title()
    {
        Line("# Results of `bin/bench`");
        Line("");
        Line($"{TimeProvider.System.GetUtcNow().UtcDateTime:yyyy-MM-dd}, {Machine.Describe()}.");
        Line("");
        Line(Targets);
        _afterTitle = _text.Length;
    }

    public void Begin(DatabaseKind kind, BenchData data, TimeSpan firstPage)
    {
        Line("");
        Line($"## {kind}, {data.Name}");
        Line("");
        Line($"First page {firstPage.TotalSeconds:F2} s after the start. Load of the machine before: {Machine.Load():F1}.");
        _isFirstPage = true;
        _summaries.Add(new Summary($"{kind}, {data.Name}", firstPage.TotalSeconds));
    }

    public void Add(int operators, JourneyRun run)
    {
        var journeys = Math.Max(1, run.Journeys);
        Line("");
        Line($"**{operators} operators**: {run.Journeys / run.Elapsed.TotalSeconds:F1} journeys/s, {run.Times.Requests / run.Elapsed.TotalSeconds:F0} requests/s, "
            + $"a journey costs {run.ServerCpu / journeys:F1} ms of server CPU and {run.DatabaseCpu / journeys:F1} ms of database CPU.");
        var summary = _summaries[^1];
        (summary.Operators, summary.JourneyCpu, summary.Journeys) = (operators, run.ServerCpu / journeys, run.Journeys / run.Elapsed.TotalSeconds);
        summary.Alone ??= run.Times;
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

        _cpu[page] = (serverCpu + databaseCpu) / times.Count;
        if (page is not ("empty" or "authority" or "login"))
        {
            _summaries[^1].PageCpu.Add((page, serverCpu / times.Count));
        }

        Line($"| {page} | {serverCpu / times.Count:F2} | {databaseCpu / times.Count:F2} | {StepTimes.Percentile(times, 0.5):F1} | {StepTimes.Percentile(times, 0.95):F1} | "
            + $"{times.Count / elapsed.TotalSeconds:F0} |");
    }

    public void End((double Now, double Most) memory)
    {
        // What a session's smallest answer costs beyond that of nobody is finding and judging it.
        if (_cpu.TryGetValue("authority", out var asked) && _cpu.TryGetValue("empty", out var empty))
        {
            var authority = Math.Max(0, asked - empty);
            Line("");
            Line($"Authority (who acts for whom, alive and allowed by the rules of now, read anew) costs {authority:F2} ms of server and database CPU in each request of a session: "
                + string.Join(", ", _cpu.Where(page => page.Key is "dashboard" or "product" or "cart" or "checkout").Select(page => $"{authority / page.Value:P0} of {page.Key}")) + ".");
            _cpu.Clear();
        }

        Line("");
        Line($"Memory afterwards {memory.Now:F0} MB, at most {memory.Most:F0} MB.");
        _summaries[^1].Memory = memory.Most;
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

    /// <summary>With the table of what was aimed at and what was reached before everything else.</summary>
    public Task Save(string file)
    {
        var table = new StringBuilder("\n## Goals\n\n")
            .Append("| | first page s | memory MB | dearest page, server CPU ms | begin p50 ms | search p50 ms | journey, server CPU ms | journeys/s |\n")
            .Append("|---|--:|--:|--:|--:|--:|--:|--:|\n").Append(Goals).Append('\n');
        foreach (var summary in _summaries)
        {
            table.Append(summary.Row()).Append('\n');
        }

        return File.WriteAllTextAsync(file, _text.ToString().Insert(_afterTitle, table.ToString()));
    }

    private void Line(string line)
    {
        Console.WriteLine(line);
        _text.Append(line).Append('\n');
    }

    /// <summary>What the goals speak of: steps of one operator, journeys of the most.</summary>
    private sealed class Summary(string name, double firstPage)
    {
        public StepTimes? Alone { get; set; }

        public int Operators { get; set; }

        public double JourneyCpu { get; set; }

        public double Journeys { get; set; }

        public double Memory { get; set; }

        public List<(string Page, double Cpu)> PageCpu { get; } = [];

        public string Row()
        {
            var (page, cpu) = PageCpu.MaxBy(page => page.Cpu);
            return $"| {name} | {firstPage:F1} | {Memory:F0} | {cpu:F2} ({page}) | {Median("begin"):F1} | {Median("search"):F1} | {JourneyCpu:F1} | {Journeys:F1} with {Operators} operators |";
        }

        private double Median(string step) => StepTimes.Percentile(Alone!.All.Single(pair => pair.Step == step).Times, 0.5);
    }
}
