using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using OnBehalf.Data;
using OnBehalf.Kernel;
using OnBehalf.Modules.Audit;
using OnBehalf.Tests.Assistance;
using OnBehalf.Tests.Support;

namespace OnBehalf.Tests.Audit;

/// <summary>However the log is searched, the database walks along indexes: it reads no table of the log as a whole, and sorts none.</summary>
[Collection(Budget.Alone)]
public sealed partial class PlanTests
{
    [Fact]
    public async Task No_search_of_the_log_reads_a_table_as_a_whole()
    {
        await using var shop = await TestShop.Start();
        var (karim, inside) = await Sessions.Act(await shop.As("karim"), "ines", ("Input.Reason", "visit"), ("Input.Ticket", "T-77"));
        await karim.Post(inside + "/cart/lines", [("Sku", "P-100"), ("Quantity", "2")], from: inside + "/cart");
        var now = TimeProvider.System.GetUtcNow();
        var ines = new AuditPerson(Guid.Parse(await shop.RefOf(Characters.BuyerIdOf("ines").Value)), "buyer", "Ines Albrecht");
        var staff = new AuditPerson(Guid.Parse(await shop.RefOf(Characters.StaffIdOf("karim").Value)), "staff", "Karim Weiss");
        AuditWanted[] searches =
        [
            new(), new(TicketRef: "x"), new(Order: IId<OrderId>.New()), new(Session: IId<AssistedSessionId>.New()), new(About: "setting:shop.name"), new(Person: ines), new(Person: staff),
            new(Person: ines with { Kind = null }), new(Operator: staff), new(Company: Characters.Nordlicht), new(Action: "carts"), new(Action: "carts.line-added"), new(Reason: "visit"),
            new(Mode: "order"), new(Outcome: "refused"), new(Outcome: "done"), new(From: now.AddDays(-1), To: now), new(Company: Characters.Nordlicht, Action: "carts", Reason: "visit"),
            new(Person: ines, Mode: "order", Outcome: "done", From: now.AddDays(-1)), new(Operator: staff, Company: Characters.Nordlicht, To: now),
        ];
        var (audit, asked) = (shop.Services.GetRequiredService<AuditQueries>(), new ConcurrentDictionary<string, object?[]>());
        SqlCommands.Watch = (sql, arguments) => asked.TryAdd(sql, arguments);
        try
        {
            foreach (var wanted in searches)
            {
                await audit.Find(wanted, null, default);
                await audit.Find(wanted with { OldestFirst = true }, 1, default);
            }

            await shop.Services.GetRequiredService<AuditTimelineQueries>().Of(IId<AssistedSessionId>.New(), 0, default);
        }
        finally
        {
            SqlCommands.Watch = null;
        }

        var complaints = new List<string>();
        foreach (var (sql, arguments) in asked.Where(one => one.Key.Contains("audit_", StringComparison.Ordinal)))
        {
            complaints.AddRange((await Faults(shop, sql, arguments)).Select(fault => $"{fault}\n{sql}"));
        }

        Assert.True(asked.Count > 30, $"Only {asked.Count} queries were seen.");
        Assert.True(complaints.Count == 0, string.Join("\n\n", complaints));

        // The guard sees what it is there for.
        Assert.NotEmpty(await Faults(shop, "select e.id from audit_event e where e.entry = {0} limit 50", ["x"]));
    }

    private static async Task<List<string>> Faults(TestShop shop, string sql, object?[] arguments)
    {
        await using var db = shop.Database.Read();
        if (shop.Database.Kind == DatabaseKind.Postgres)
        {
            // The tables of a test are so small that reading all of one is cheapest. Where it is the only way left, that is seen all the same.
            await using var transaction = await db.Database.BeginTransactionAsync();
            await db.Rows<string>("select set_config('enable_seqscan', 'off', true) || set_config('enable_bitmapscan', 'off', true) || set_config('enable_sort', 'off', true)").ToListAsync(default);
            return (await db.Rows<string>("explain " + sql, arguments).ToListAsync(default)).FindAll(line => line.Contains("Seq Scan on audit_", StringComparison.Ordinal));
        }

        var names = Aliases().Matches(sql).Select(match => match.Groups["alias"].Value).ToHashSet(StringComparer.Ordinal);
        var plan = await db.Rows<Step>("explain query plan " + sql, arguments).ToListAsync(default);
        return [.. plan.Select(step => step.detail).Where(line => Scan().Match(line) is { Success: true } scan && names.Contains(scan.Groups["alias"].Value))];
    }

    [GeneratedRegex(@"\b(from|join)\s+audit_\w+\s+(?<alias>\w+)", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Aliases();

    [GeneratedRegex(@"^SCAN (?<alias>\w+)", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 100)]
    private static partial Regex Scan();

    // As SQLite calls them.
    private sealed record Step(long id, long parent, long notused, string detail);
}
