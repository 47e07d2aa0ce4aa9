using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Modules.Log;
using OnBehalf.Modules.Mail;
using OnBehalf.Modules.Orders;
using OnBehalf.Orders;

namespace OnBehalf.Bench;

/// <summary>
/// `bin/bench audit`: what the audit log costs on PostgreSQL. An order through the door with its events against the same order without them, in one run and by turns;
/// how many leaves a second the sequencer makes of a queue; how long an event waits for its signed checkpoint while five hundred come in every second.
/// </summary>
internal static class AuditBench
{
    private const int Writers = 16;
    private const int Rate = 500;

    public static Command Command()
    {
        var seconds = new Option<double>("--seconds") { DefaultValueFactory = _ => 10 };
        var leaves = new Option<int>("--leaves") { DefaultValueFactory = _ => 200_000 };
        var command = new Command("audit", "What the audit log costs: orders with and without it, leaves a second, lag.") { seconds, leaves };
        command.SetAction(async (parsed, _) => await Measure(parsed.GetValue(seconds), parsed.GetValue(leaves)) ? 0 : 1);
        return command;
    }

    private static async Task<bool> Measure(double seconds, int leaves)
    {
        var server = BenchShop.Postgres();
        const string Name = "bench_log";
        await BenchShop.Execute(server, $"drop database if exists {Name} with (force)");
        await BenchShop.Execute(server, $"create database {Name}");
        var folder = Directory.CreateTempSubdirectory("onbehalf-bench-log-").FullName;
        try
        {
            var connection = new NpgsqlConnectionStringBuilder(server) { Database = Name }.ConnectionString;
            var builder = ShopHost.Builder([$"--ConnectionStrings:Shop={connection}", $"--DataFolder={folder}", "--urls=http://127.0.0.1:0", "--Log:Run=false", "--Log:Receipts=false"]);
            builder.Logging.SetMinimumLevel(LogLevel.Error);
            await using var app = ShopHost.Build(builder);
            await app.Services.GetRequiredService<Migrator>().Migrate();
            var database = app.Services.GetRequiredService<Database>();
            var leader = app.Services.GetRequiredService<LogLeader>();
            await leader.Round(atOnce: true, default);

            var (with, without) = await Orders(database, seconds);
            Console.WriteLine($"An order with its events: {with:F0}/s; the same without: {without:F0}/s: {with / without:F2} times (goal: at least 0.60).");
            await leader.Round(atOnce: true, default);

            var made = await Leaves(database, leader, leaves);
            Console.WriteLine($"The sequencer makes {made:F0} leaves/s with tiles, bundles and signed checkpoints, from a queue of {leaves:N0} (goal: at least 20,000).");

            var lag = await Lag(database, leader, seconds);
            Console.WriteLine($"At {lag.Rate:F0} events/s an event waits for its signed checkpoint p50 {lag.P50:F2} s, p99 {lag.P99:F2} s (goal: p99 below 2 s).");
            return with / without >= 0.6 && made >= 20_000 && lag.P99 < 2;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
            NpgsqlConnection.ClearAllPools();
            await BenchShop.Execute(server, $"drop database if exists {Name} with (force)");
        }
    }

    // By turns, so that both see the same machine.
    private static async Task<(double With, double Without)> Orders(Database database, double seconds)
    {
        await Run(database, withEvents: true, 1);
        await Run(database, withEvents: false, 1);
        var (with, without) = (0.0, 0.0);
        const int Turns = 4;
        for (var turn = 0; turn < Turns; turn++)
        {
            with += await Run(database, withEvents: true, seconds / Turns);
            without += await Run(database, withEvents: false, seconds / Turns);
        }

        return (with / Turns, without / Turns);
    }

    private static async Task<double> Run(Database database, bool withEvents, double seconds)
    {
        var (clock, placed) = (Stopwatch.StartNew(), 0);
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => Task.Run(async () =>
        {
            while (clock.Elapsed.TotalSeconds < seconds)
            {
                await (withEvents ? Told(database) : Untold(database));
                Interlocked.Increment(ref placed);
            }
        })));
        return placed / clock.Elapsed.TotalSeconds;
    }

    private static Task Told(Database database) => database.Write<Done>(Caller.Machine("bench"), async tx =>
    {
        var (id, number) = Place(tx.Db, await tx.NextNumber("order_number"), tx.Now);
        tx.Add(new OrderPlaced(id, number, null, new Money(30_000, Currency.Of("EUR")), 3));
        tx.Add(new Carts.LinesOrdered(IId<CartId>.New(), id, 3, 0));
        return Done.It;
    });

    // The door stores nothing of which no event tells, so this one goes round it, and saves the door's own command too: the comparison is against the log.
    private static async Task Untold(Database database)
    {
        await using var db = database.Read();
        await using var transaction = await db.Database.BeginTransactionAsync();
        var next = (await db.Rows<long>("select nextval('order_number') as \"Value\"").ToListAsync(CancellationToken.None))[0];
        Place(db, next, TimeProvider.System.GetUtcNow());
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
    }

    // What the checkout writes: the order with three lines and its mail.
    private static (OrderId Id, string Number) Place(ShopDb db, long next, DateTimeOffset now)
    {
        var id = IId<OrderId>.New();
        var euro = Currency.Of("EUR");
        var number = string.Create(CultureInfo.InvariantCulture, $"SO-{next}");
        db.Add(new OrderRow
        {
            Id = id, Number = number, Status = "placed", PlacedAt = now, Currency = euro, LinesMinor = 30_000, TotalMinor = 30_000, BuyerName = "Bench", BillingAddress = "Street 1\n24103 Kiel",
            ShippingAddress = "Street 1\n24103 Kiel", ShippingCode = "parcel", ShippingName = "Parcel", PaymentMethod = "invoice", Version = 1,
        });
        for (var line = 1; line <= 3; line++)
        {
            db.Add(new OrderLineRow { OrderId = id, Position = line, Sku = $"P-{line}", Name = "Article", QuantityThousandths = 1000, PriceMinor = 10_000, TotalMinor = 10_000 });
        }

        db.Add(new MailRow
        {
            Id = IId<MailId>.New(), Kind = "bench", ToAddress = "a@example.com", Subject = number, Body = new string('x', 800), Status = "sent", CreatedAt = now, NextAttemptAt = now, OrderId = id,
        });
        return (id, number);
    }

    private static async Task<double> Leaves(Database database, LogLeader leader, int leaves)
    {
        await BenchShop.Execute(database.ConnectionString, $$"""
            insert into audit_event (id, at, name, outcome, entry)
            select gen_random_uuid(), clock_timestamp(), 'bench.event', 'done', '{"name":"bench.event","number":' || number || ',"text":"' || repeat('x', 450) || '"}' from generate_series(1, {{leaves}}) number
            """);
        var clock = Stopwatch.StartNew();
        await leader.Round(atOnce: true, default);
        return leaves / clock.Elapsed.TotalSeconds;
    }

    private static async Task<(double Rate, double P50, double P99)> Lag(Database database, LogLeader leader, double seconds)
    {
        await using var db = database.Read();
        var from = (await db.Rows<long>("select size as \"Value\" from audit_tree").ToListAsync(default))[0];
        using var stop = new CancellationTokenSource();
        // As the worker does it.
        var worker = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                await leader.Round(atOnce: false, default);
                await Task.Delay(250);
            }
        });
        var (clock, sent) = (Stopwatch.StartNew(), 0);
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => Task.Run(async () =>
        {
            while (clock.Elapsed.TotalSeconds < seconds)
            {
                var mine = Interlocked.Increment(ref sent);
                var due = TimeSpan.FromSeconds(mine / (double)Rate) - clock.Elapsed;
                await Task.Delay(due > TimeSpan.Zero ? due : TimeSpan.Zero);
                await database.Record(Caller.Machine("bench"), new BenchEvent(mine));
            }
        })));
        var rate = sent / clock.Elapsed.TotalSeconds;
        await stop.CancelAsync();
        await worker;
        await leader.Round(atOnce: true, default);

        // When a leaf could be seen first: the checkpoint's row is written after its tiles and its signature, and bears the time before them.
        const string Waits = """
            select cast(round(1000 * extract(epoch from (select min(c.at) from audit_checkpoint c where c.size > l.leaf_index) - e.at)) as bigint) as "Value"
            from audit_leaf l join audit_event e on e.id = l.event_id where l.leaf_index >= {0} order by 1
            """;
        var waits = await db.Rows<long>(Waits, from).ToListAsync(default);
        return (rate, waits[waits.Count / 2] / 1000.0, waits[(int)(waits.Count * 0.99)] / 1000.0);
    }

    private sealed record BenchEvent(int Number) : Fact
    {
        public override string Name => "bench.event";
    }
}
