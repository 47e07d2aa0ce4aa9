using System.CommandLine;
using System.Globalization;
using OnBehalf.Data;

namespace OnBehalf.Bench;

/// <summary>
/// `bin/bench volume`: every list and every search, one request after the other, in shops of several sizes: does a page cost the same however much there is?
/// The searches are what people type: a begun word, two words, a number, something mistyped, one letter.
/// </summary>
internal static class VolumeBench
{
    private static readonly string[] Shop =
    [
        "/", "/products", "/products?sort=newest", "/products?sort=price", "/products?color=Red", "/products?color=Red&size=XL&price=50-100&price=100-200", "/category/{category}",
        "/category/{category}?sort=price", "/category/{category}?color=Blue", "/search?q=drill", "/search?q=dri", "/search?q=kestrel+drill", "/search?q=red+hammer", "/search?q=a", "/search?q=screwdrver",
        "/search?q=red&color=Red&size=XL", "/search?q={sku}", "/search/suggestions?q=ha", "/search/suggestions?q=kestrel+dr", "/product/{sku}", "/account", "/account/orders",
    ];

    private static readonly string[] Staff =
    [
        "/staff", "/staff/customers", "/staff/customers?q=ber", "/staff/customers?q={number}", "/staff/customers?q=anna+berg", "/staff/customers?q=elektro", "/staff/orders", "/staff/orders?tab=customers",
        "/staff/organisations", "/staff/organisations?q=bau", "/staff/organisations?country=DE&segment=Trade",
    ];

    public static Command Command()
    {
        var databases = new Option<string[]>("--databases") { DefaultValueFactory = _ => ["sqlite", "postgres"], AllowMultipleArgumentsPerToken = true };
        var sizes = new Option<string[]>("--sizes") { DefaultValueFactory = _ => ["1000", "100000"], AllowMultipleArgumentsPerToken = true, Description = "Customers and orders; half as many articles." };
        var seconds = new Option<double>("--seconds") { DefaultValueFactory = _ => 1, Description = "Of each page." };
        var command = new Command("volume", "Every list and search in shops of several sizes.") { databases, sizes, seconds };
        command.SetAction(async (parsed, _) =>
        {
            Console.WriteLine($"{Machine.Describe()}. Load of the machine before: {Machine.Load():F1}.");
            foreach (var kind in parsed.GetRequiredValue(databases).Select(kind => Enum.Parse<DatabaseKind>(kind, ignoreCase: true)))
            {
                foreach (var size in parsed.GetRequiredValue(sizes).Select(size => BenchData.Of(size, null)!))
                {
                    await Measure(kind, size, parsed.GetValue(seconds));
                }
            }

            return 0;
        });
        return command;
    }

    private static async Task Measure(DatabaseKind kind, BenchData data, double seconds)
    {
        var program = JourneyBench.DefaultServer();
        await using var shop = await BenchShop.Prepare(kind, data, program);
        var sample = await BenchSample.Draw(shop.ConnectionString);
        await using var server = await ShopServer.Start(program, shop);
        var journey = new Journey(new BenchBrowser(server.Address), sample, 0, 1);
        await journey.SignIn();
        var inside = await journey.PathOf("cart") is var cart ? cart[..cart.LastIndexOf('/')] : "";
        Console.WriteLine($"\n## {kind}, {data.Name}. Load {Machine.Load():F1}.\n\n| page | p50 ms | p95 ms |\n|---|--:|--:|");
        var goal = kind == DatabaseKind.Postgres ? 50 : 100;
        foreach (var path in Shop.Select(path => (Shown: path, Path: inside + path)).Concat(Staff.Select(path => (Shown: path, Path: path))))
        {
            var asked = path.Path.Replace("{category}", sample.Articles[0].Category, StringComparison.Ordinal).Replace("{sku}", Uri.EscapeDataString(sample.Articles[0].Sku), StringComparison.Ordinal)
                .Replace("{number}", sample.Customers[0].Number, StringComparison.Ordinal);
            var isLimited = path.Shown.StartsWith("/search/suggestions", StringComparison.Ordinal);
            var times = isLimited ? await Some(journey.Browser, asked, 30) : await Warm(journey.Browser, asked, seconds);
            var p95 = StepTimes.Percentile(times, 0.95);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| `{path.Shown}` | {StepTimes.Percentile(times, 0.5):F1} | {p95:F1}{(p95 < goal ? "" : " (over the goal)")} |"));
        }

        await journey.Leave();
    }

    private static async Task<List<double>> Warm(BenchBrowser browser, string path, double seconds)
    {
        await browser.Repeat(path, TimeSpan.FromSeconds(seconds / 3));
        return await browser.Repeat(path, TimeSpan.FromSeconds(seconds));
    }

    // What is limited for each session.
    private static async Task<List<double>> Some(BenchBrowser browser, string path, int count)
    {
        var times = new List<double>();
        for (var i = 0; i < count; i++)
        {
            var start = System.Diagnostics.Stopwatch.GetTimestamp();
            await browser.Get(path);
            times.Add(System.Diagnostics.Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        return times;
    }
}
