using System.CommandLine;
using System.Diagnostics;
using OnBehalf.Data;

namespace OnBehalf.Bench;

/// <summary>
/// `bin/bench writers`: sixteen operators who put articles into carts at the same time, which is the hardest case of SQLite: one writer at a time. Says how
/// long a write took, whether threads were blocked by waiting, and whether everything that was answered is there.
/// </summary>
internal static class WritersBench
{
    private const string Stored = """
        select coalesce(sum(l.quantity_thousandths), 0) / 1000 as "Value" from cart c join cart_line l on l.cart_id = c.id where c.status = 'active' and c.session_id is not null
        """;

    public static Command Command()
    {
        var database = new Option<string>("--database") { DefaultValueFactory = _ => "sqlite" };
        var package = new Option<string>("--package") { DefaultValueFactory = _ => "../shared/data/adventure-works", Description = "Where the real package lies; without it the shop is generated." };
        var seconds = new Option<double>("--seconds") { DefaultValueFactory = _ => 10 };
        var server = new Option<string>("--server") { DefaultValueFactory = _ => JourneyBench.DefaultServer(), Description = "OnBehalf.dll of another build." };
        var command = new Command("writers", "Sixteen operators who fill carts at the same time.") { database, package, seconds, server };
        command.SetAction(async (parsed, _) =>
        {
            var data = BenchData.Of("adventure-works", parsed.GetRequiredValue(package)) ?? BenchData.Of("1000", null)!;
            return await Measure(Enum.Parse<DatabaseKind>(parsed.GetRequiredValue(database), ignoreCase: true), data, parsed.GetRequiredValue(server), parsed.GetValue(seconds), new Report()) ? 0 : 1;
        });
        return command;
    }

    /// <summary>Whether nothing was lost.</summary>
    public static async Task<bool> Measure(DatabaseKind kind, BenchData data, string program, double seconds, Report report)
    {
        await using var shop = await BenchShop.Prepare(kind, data, program);
        var sample = await BenchSample.Draw(shop.ConnectionString);
        await using var server = await ShopServer.Start(program, shop);
        var writers = new List<(Journey Operator, string Path, List<KeyValuePair<string, string>> Form)>();
        for (var number = 0; number < BenchShop.MostOperators; number++)
        {
            var journey = new Journey(new BenchBrowser(server.Address), sample, number, BenchShop.MostOperators);
            await journey.SignIn();
            var product = await journey.Browser.Get(await journey.PathOf("product"));
            writers.Add((journey, product.Path[..product.Path.LastIndexOf("/product/", StringComparison.Ordinal)] + "/cart/lines", product.Form("/cart/lines")));
        }

        var before = await Sum(shop);
        var (mostThreads, clock) = (0, Stopwatch.StartNew());
        await Task.WhenAll(writers.Select(async writer =>
        {
            while (clock.Elapsed.TotalSeconds < seconds)
            {
                await writer.Operator.Times.Of("write", writer.Operator.Browser.Post(writer.Path, writer.Form));
                mostThreads = Math.Max(mostThreads, Machine.Threads(server.Id));
            }
        }));
        var times = StepTimes.Sum(writers.Select(writer => writer.Operator.Times)).All.Single(step => step.Step == "write").Times;
        var stored = await Sum(shop) - before;
        report.AddWriters(kind, data, writers.Count, times, clock.Elapsed, mostThreads, stored);
        return stored == times.Count;
    }

    private static async Task<long> Sum(BenchShop shop)
    {
        await using var database = new Database(shop.ConnectionString, new FactHandlers([]));
        await using var db = database.Read();
        return (await db.Rows<long>(Stored).ToListAsync(default))[0];
    }
}
