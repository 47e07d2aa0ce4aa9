using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Modules.Audit;

namespace OnBehalf.Bench;

/// <summary>
/// `bin/bench audit-search`: how long a search of a big audit log takes, kind by kind, as the page asks it: hits, lines and sentences. The events are made inside the database (most of
/// them pages that were looked at in sessions, as in a shop), with the indexes that the schema has.
/// </summary>
internal static class SearchBench
{
    private const int Staff = 200;
    private const int Buyers = 100_000;
    private const int Companies = 20_000;
    private const int PerSession = 25;
    private const double Goal = 200;

    public static Command Command()
    {
        var events = new Option<int>("--events") { DefaultValueFactory = _ => 10_000_000, Description = "On PostgreSQL." };
        var small = new Option<int>("--sqlite-events") { DefaultValueFactory = _ => 1_000_000, Description = "On SQLite; 0 leaves it out." };
        var rounds = new Option<int>("--rounds") { DefaultValueFactory = _ => 40, Description = "Searches of each kind." };
        var command = new Command("audit-search", "How long searches of a big audit log take.") { events, small, rounds };
        command.SetAction(async (parsed, _) =>
        {
            Console.WriteLine($"{Machine.Describe()}. Load of the machine before: {Machine.Load():F1}.");
            var isGood = parsed.GetValue(events) == 0 || await OnPostgres(parsed.GetValue(events), parsed.GetValue(rounds));
            return (parsed.GetValue(small) == 0 || await OnSqlite(parsed.GetValue(small), parsed.GetValue(rounds))) && isGood ? 0 : 1;
        });
        return command;
    }

    private static async Task<bool> OnPostgres(int events, int rounds)
    {
        var server = BenchShop.Postgres();
        const string Name = "bench_audit_search";
        await BenchShop.Execute(server, $"drop database if exists {Name} with (force)");
        await BenchShop.Execute(server, $"create database {Name}");
        try
        {
            return await Measure(new NpgsqlConnectionStringBuilder(server) { Database = Name, CommandTimeout = 0 }.ConnectionString, events, rounds);
        }
        finally
        {
            NpgsqlConnection.ClearAllPools();
            await BenchShop.Execute(server, $"drop database if exists {Name} with (force)");
        }
    }

    private static async Task<bool> OnSqlite(int events, int rounds)
    {
        var folder = Directory.CreateTempSubdirectory("onbehalf-bench-search-").FullName;
        try
        {
            return await Measure($"Data Source={Path.Combine(folder, "shop.db")};Default Timeout=0", events, rounds);
        }
        finally
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<bool> Measure(string connection, int events, int rounds)
    {
        var folder = Directory.CreateTempSubdirectory("onbehalf-bench-data-").FullName;
        var builder = ShopHost.Builder([$"--ConnectionStrings:Shop={connection}", $"--DataFolder={folder}", "--urls=http://127.0.0.1:0", "--Log:Run=false"]);
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        await using var app = ShopHost.Build(builder);
        await app.Services.GetRequiredService<Migrator>().Migrate();
        var database = app.Services.GetRequiredService<Database>();
        try
        {
            var clock = Stopwatch.StartNew();
            await Load(database, connection, events);
            Console.WriteLine($"{database.Kind}: {events:N0} events, loaded and indexed in {clock.Elapsed.TotalSeconds:F0} s.");
            return await Searches(app.Services.GetRequiredService<AuditQueries>(), events, rounds);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Without triggers, which would queue each for a log that nobody signs here, and with the indexes built afterwards.</summary>
    private static async Task Load(Database database, string connection, int events)
    {
        var isPostgres = database.Kind == DatabaseKind.Postgres;
        await using var db = database.Read();
        var indexes = await db.Rows<Index>(isPostgres
            ? """select indexname as "Name", indexdef as "Sql" from pg_indexes where tablename = 'audit_event' and indexname like 'ix_%'"""
            : """select name as "Name", sql as "Sql" from sqlite_master where type = 'index' and tbl_name = 'audit_event' and name like 'ix_%'""").ToListAsync(default);
        await BenchShop.Execute(connection, isPostgres ? "alter table audit_event disable trigger user" : "drop trigger audit_event_queue; drop trigger audit_event_of_a_page");
        await BenchShop.Execute(connection, string.Concat(indexes.Select(index => $"drop index {index.Name};")));

        var rows = isPostgres ? $"generate_series(1, {events}) i" : $"(with recursive n(i) as (select 1 union all select i + 1 from n where i < {events}) select i from n)";
        // Of twenty events of a session seventeen are pages; the rest is spread over what people do. Prime numbers keep the columns apart.
        var name = "case when i % 20 < 17 then 'pages.viewed' when i % 20 = 17 then 'carts.line-added' when i % 20 = 18 then 'carts.line-quantity-changed' "
            + "when i % 100 = 19 then 'orders.placed' when i % 1000 = 39 then 'addresses.changed' when i % 5000 = 59 then 'settings.changed' else 'access.refused' end";
        var at = isPostgres ? $"timestamptz '2020-01-01 00:00:00+00' + i * interval '10 seconds'" : "1577836800000000 + i * 10000000";
        await BenchShop.Execute(connection, $$"""
            insert into audit_event (id, at, name, operator_staff_ref, buyer_ref, company_id, session_id, order_id, about, session_mode, reason_code, ticket_ref, outcome, entry)
            select {{Guid(isPostgres, "i", "9")}}, {{at}}, {{name}}, {{Guid(isPostgres, $"(i / {PerSession} * 7) % {Staff}", "1")}}, {{Guid(isPostgres, $"(i / {PerSession} * 31) % {Buyers}", "2")}},
                case when i / {{PerSession}} % 10 = 0 then {{Guid(isPostgres, "0", "3")}} else {{Guid(isPostgres, $"(i / {PerSession} * 31) % {Companies}", "3")}} end, {{Guid(isPostgres, $"i / {PerSession}", "4")}},
                case when i % 100 = 19 then {{Guid(isPostgres, "i", "5")}} end, case when i % 20 in (17, 18) then 'product:' || {{Text(isPostgres, "i % 50000", "6")}} when i % 5000 = 59 then 'setting:shop.name' end,
                case i / {{PerSession}} % 4 when 0 then 'view' when 1 then 'cart' else 'order' end, case when i / {{PerSession}} % 500 = 1 then 'complaint' when i / {{PerSession}} % 3 = 0 then 'visit' else 'phone-order' end,
                case when i / {{PerSession}} % 5 = 0 then 'ticket-' || (i / {{PerSession}}) end, case when i % 100 = 79 then 'refused' else 'done' end,
                '{"after":"5","before":"2","number":"SO-' || i || '","page":"/product/{sku}","text":"{{new string('x', 200)}}"}'
            from {{rows}}
            """);
        await BenchShop.Execute(connection, string.Concat(indexes.Select(index => index.Sql + ";\n")));
        await BenchShop.Execute(connection, isPostgres ? "vacuum analyze audit_event" : "analyze");
    }

    private static async Task<bool> Searches(AuditQueries audit, int events, int rounds)
    {
        var random = new Random(4711);
        var sessions = events / PerSession;
        var year = new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
        AuditPerson Buyer() => new(Id(random.Next(Buyers), 2), "buyer", "");
        AuditPerson Operator() => new(Id(random.Next(Staff), 1), "staff", "");
        CompanyId Company() => new(Id(random.Next(1, Companies), 3));
        var big = new CompanyId(Id(0, 3));
        DateTimeOffset Moment() => year + TimeSpan.FromSeconds(10L * random.Next(events));
        (string Name, Func<AuditWanted> Filter)[] kinds =
        [
            ("newest", () => new AuditWanted()),
            ("oldest", () => new AuditWanted { OldestFirst = true }),
            ("buyer", () => new AuditWanted(Person: Buyer())),
            ("staff member", () => new AuditWanted(Person: Operator())),
            ("who acted", () => new AuditWanted(Operator: Operator())),
            ("company", () => new AuditWanted(Company: Company())),
            ("big company", () => new AuditWanted(Company: big)),
            ("session", () => new AuditWanted(Session: new AssistedSessionId(Id(random.Next(sessions), 4)))),
            ("order", () => new AuditWanted(Order: new OrderId(Id((random.Next(events / 100) * 100) + 19, 5)))),
            ("ticket", () => new AuditWanted(TicketRef: $"ticket-{random.Next(sessions / 5) * 5}")),
            ("article", () => new AuditWanted(About: $"product:{Id((random.Next(2499) * 20) + 17, 6)}")),
            ("setting", () => new AuditWanted(About: "setting:shop.name")),
            ("rare kind", () => new AuditWanted(Action: "settings.changed")),
            ("common kind", () => new AuditWanted(Action: "pages.viewed")),
            ("group of kinds", () => new AuditWanted(Action: "carts")),
            ("refused", () => new AuditWanted(Outcome: "refused")),
            ("rare reason", () => new AuditWanted(Reason: "complaint")),
            ("mode", () => new AuditWanted(Mode: "view")),
            ("one day", () => Moment() is var day ? new AuditWanted(From: day, To: day.AddDays(1)) : null!),
            ("company on a day", () => Moment() is var day ? new AuditWanted(Company: big, From: day, To: day.AddDays(1)) { OldestFirst = true } : null!),
            ("company and kind", () => new AuditWanted(Company: Company(), Action: "orders.placed")),
            ("big company and group", () => new AuditWanted(Company: big, Action: "identity")),
            ("staff member and buyer", () => new AuditWanted(Operator: Operator(), Person: Buyer())),
            ("staff member, reason, mode", () => new AuditWanted(Operator: Operator(), Reason: "complaint", Mode: "view")),
            ("nothing fits, big parts", () => new AuditWanted(Company: big, Reason: "visit", Mode: "cart", Outcome: "refused", Action: "carts.line-added")),
            ("nothing fits, in a year", () => new AuditWanted(Company: big, Reason: "visit", Mode: "cart", Outcome: "refused", From: year, To: year.AddYears(1))),
            ("further page", () => new AuditWanted(Company: big)),
        ];
        var isGood = true;
        foreach (var (name, filter) in kinds)
        {
            // The first of a kind compiles what the others use.
            await audit.Find(filter(), null, default);
            var times = new List<double>();
            for (var round = 0; round < rounds; round++)
            {
                var clock = Stopwatch.StartNew();
                await audit.Find(filter(), name == "further page" ? random.Next(events) : null, default);
                times.Add(clock.Elapsed.TotalMilliseconds);
            }

            times.Sort();
            var p95 = times[(int)Math.Ceiling(times.Count * 0.95) - 1];
            isGood &= p95 < Goal;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {name,-28} p50 {times[times.Count / 2],7:F1} ms   p95 {p95,7:F1} ms   most {times[^1],7:F1} ms{(p95 < Goal ? "" : "   TOO SLOW")}"));
        }

        Console.WriteLine($"  (goal: every p95 below {Goal:F0} ms)");
        return isGood;

        static Guid Id(int number, int kind) => System.Guid.Parse(string.Create(CultureInfo.InvariantCulture, $"{number:X8}-0000-4000-8000-{kind:X12}"));
    }

    private static string Guid(bool isPostgres, string number, string kind) => isPostgres ? $"cast({Text(true, number, kind)} as uuid)" : $"upper({Text(false, number, kind)})";

    // As a program writes it: small letters.
    private static string Text(bool isPostgres, string number, string kind) =>
        isPostgres ? $"(lpad(to_hex({number}), 8, '0') || '-0000-4000-8000-{kind.PadLeft(12, '0')}')" : $"printf('%08x-0000-4000-8000-{kind.PadLeft(12, '0')}', {number})";

    private sealed record Index(string Name, string Sql);
}
