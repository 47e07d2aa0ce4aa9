using System.CommandLine;
using System.Diagnostics;
using OnBehalf.Data;

namespace OnBehalf.Bench;

/// <summary>
/// `bin/bench journey`: the whole way of an operator over HTTP, against the real server as a process of its own, for each database, size and number of
/// operators; then each page by itself, for its CPU time.
/// </summary>
internal static class JourneyBench
{
    private static readonly string[] Pages = ["empty", "authority", "login", "search", "customer", "dashboard", "category", "product", "cart", "checkout", "own orders"];

    public static Command Command()
    {
        var databases = new Option<string[]>("--databases") { DefaultValueFactory = _ => ["sqlite", "postgres"], AllowMultipleArgumentsPerToken = true };
        var data = new Option<string[]>("--data") { DefaultValueFactory = _ => ["adventure-works", "100000"], AllowMultipleArgumentsPerToken = true, Description = "The real package, or a number of customers." };
        var package = new Option<string>("--package") { DefaultValueFactory = _ => "../shared/data/adventure-works", Description = "Where the real package lies." };
        var operators = new Option<int[]>("--operators") { DefaultValueFactory = _ => [1, 8, 16], AllowMultipleArgumentsPerToken = true };
        var seconds = new Option<double>("--seconds") { DefaultValueFactory = _ => 10, Description = "Of each run." };
        var warm = new Option<double>("--warm") { DefaultValueFactory = _ => 40, Description = "Seconds before the clock starts." };
        var server = new Option<string>("--server") { DefaultValueFactory = _ => DefaultServer(), Description = "OnBehalf.dll of another build, to compare." };
        var write = new Option<bool>("--write") { Description = "Measure writers and import too, and write bench/RESULTS.md." };
        var command = new Command("journey", "Drives the journey of assisted sales over HTTP.") { databases, data, package, operators, seconds, warm, server, write };
        command.SetAction(async (parsed, _) =>
        {
            var report = new Report();
            report.Title();
            foreach (var name in parsed.GetRequiredValue(data))
            {
                if (BenchData.Of(name, parsed.GetRequiredValue(package)) is not { } chosen)
                {
                    Console.Error.WriteLine($"{name}: no package at {parsed.GetRequiredValue(package)}; left out.");
                    continue;
                }

                foreach (var kind in parsed.GetRequiredValue(databases).Select(kind => Enum.Parse<DatabaseKind>(kind, ignoreCase: true)))
                {
                    await Measure(kind, chosen, parsed.GetRequiredValue(server), parsed.GetRequiredValue(operators), parsed.GetValue(seconds), parsed.GetValue(warm), report);
                }
            }

            if (parsed.GetValue(write))
            {
                await WritersBench.Measure(DatabaseKind.Sqlite, BenchData.Of("1000", null)!, parsed.GetRequiredValue(server), parsed.GetValue(seconds), report);
                foreach (var kind in Enum.GetValues<DatabaseKind>().Where(_ => Directory.Exists(ImportBench.Package)))
                {
                    await ImportBench.Measure(kind, ImportBench.Package, runs: 3, report);
                }

                await report.Save("bench/RESULTS.md");
            }

            return 0;
        });
        return command;
    }

    public static string DefaultServer() => Path.GetFullPath("src/OnBehalf/bin/Release/net10.0/OnBehalf.dll");

    private static async Task Measure(DatabaseKind kind, BenchData data, string program, int[] operators, double seconds, double warm, Report report)
    {
        await using var shop = await BenchShop.Prepare(kind, data, program);
        var sample = await BenchSample.Draw(shop.ConnectionString);
        await using var server = await ShopServer.Start(program, shop);
        report.Begin(kind, data, server.FirstPage);
        var database = await shop.ServerProcess();
        var journeys = Enumerable.Range(0, operators.Max()).Select(number => new Journey(new BenchBrowser(server.Address), sample, number, operators.Max())).ToList();
        foreach (var journey in journeys)
        {
            await journey.SignIn();
        }

        // A method is compiled again when it has run thirty times, and once more after that; measured before, one measures the compiler.
        await Drive(journeys, warm, journey => journey.Run());
        foreach (var count in operators)
        {
            var run = await Clocked(server.Id, database, journeys.Take(count), seconds, journey => journey.Run());
            report.Add(count, run);
        }

        await MeasurePages(server, database, journeys[0], Math.Min(seconds, 2), report);
        report.End(Machine.Memory(server.Id));
    }

    /// <summary>Each page by itself, four requests at a time.</summary>
    private static async Task MeasurePages(ShopServer server, int? database, Journey journey, double seconds, Report report)
    {
        foreach (var page in Pages)
        {
            var path = await journey.PathOf(page);
            var askers = Enumerable.Range(0, 4).Select(_ => journey.Browser.Twin()).ToList();
            await Task.WhenAll(askers.Select(asker => asker.Repeat(path, TimeSpan.FromSeconds(seconds / 4))));
            var (before, beforeDatabase, clock) = (Machine.Cpu(server.Id), Cpu(database), Stopwatch.StartNew());
            var times = (await Task.WhenAll(askers.Select(asker => asker.Repeat(path, TimeSpan.FromSeconds(seconds))))).SelectMany(list => list).ToList();
            report.Add(page, times, clock.Elapsed, Machine.Cpu(server.Id) - before, Cpu(database) - beforeDatabase);
            askers.ForEach(asker => asker.Dispose());
        }

        await journey.Leave();
    }

    private static async Task<JourneyRun> Clocked(int server, int? database, IEnumerable<Journey> journeys, double seconds, Func<Journey, Task> step)
    {
        var all = journeys.ToList();
        all.ForEach(journey => journey.Forget());
        var (before, beforeDatabase, clock) = (Machine.Cpu(server), Cpu(database), Stopwatch.StartNew());
        await Drive(all, seconds, step);
        return new JourneyRun(
            all.Sum(journey => journey.Done), StepTimes.Sum(all.Select(journey => journey.Times)), clock.Elapsed, Machine.Cpu(server) - before,
            Cpu(database) - beforeDatabase);
    }

    private static Task Drive(IReadOnlyList<Journey> journeys, double seconds, Func<Journey, Task> step)
    {
        var clock = Stopwatch.StartNew();
        return Task.WhenAll(journeys.Select(async journey =>
        {
            while (clock.Elapsed.TotalSeconds < seconds)
            {
                await step(journey);
            }
        }));
    }

    private static double Cpu(int? process) => process is { } id ? Machine.CpuOfTree(id) : 0;
}

/// <summary>What N operators did; CPU in ms, of the server and of PostgreSQL.</summary>
internal sealed record JourneyRun(int Journeys, StepTimes Times, TimeSpan Elapsed, double ServerCpu, double DatabaseCpu);
