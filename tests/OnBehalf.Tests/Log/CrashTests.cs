using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Kernel;
using OnBehalf.Modules.Log;
using OnBehalf.Tests.Support;
using OnBehalf.Transparency;

namespace OnBehalf.Tests.Log;

/// <summary>The real server beside a database of its own, both killed in the middle of everything, again and again.</summary>
public sealed class CrashTests
{
    [Fact]
    [Trait("Category", "Long")]
    public async Task However_server_and_database_are_killed_every_committed_event_has_its_leaf_and_every_leaf_its_event()
    {
        if (TestDatabase.Kind == DatabaseKind.Sqlite)
        {
            // There the server is the one writer, and dies with its writes.
            return;
        }

        var folder = Directory.CreateTempSubdirectory("onbehalf-crash-").FullName;
        var cluster = Path.Combine(Repository.Scratch, $"onbehalf-crash-{Environment.ProcessId}");
        var server = (await Run("bash", Repository.PathTo("bin", "postgres-cluster"), "start", cluster, "--for", $"{Environment.ProcessId}", "--durable")).Trim();
        try
        {
            var connection = new NpgsqlConnectionStringBuilder(server) { Timeout = 30, MaxPoolSize = 20 }.ConnectionString;
            await using var database = new Database(connection, new FactHandlers([]));
            await new Migrator(database).Migrate();
            var committed = new List<Guid>();
            var seed = Environment.TickCount;
            var chance = new Random(seed);
            for (var round = 0; round < 8; round++)
            {
                using var shop = Serve(connection, folder);
                using var stop = new CancellationTokenSource();
                var writers = Enumerable.Range(0, 4).Select(_ => Task.Run(() => Write(database, committed, stop.Token))).ToList();
                await Publishes(database);
                await Task.Delay(chance.Next(1500));
                if (round % 2 == 1)
                {
                    await KillDatabase(connection);
                }

                shop.Kill();
                await stop.CancelAsync();
                await Task.WhenAll(writers);
            }

            await Check(connection, folder, committed, seed);
        }
        finally
        {
            NpgsqlConnection.ClearAllPools();
            await Run("bash", Repository.PathTo("bin", "postgres-cluster"), "stop", cluster);
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task Check(string connection, string folder, List<Guid> committed, int seed)
    {
        await using var app = ShopHost.Build(ShopHost.Builder([$"--ConnectionStrings:Shop={connection}", $"--DataFolder={folder}", "--Log:Run=false", "--Log:Receipts=false"]));
        await Mailbox.Eventually(() => app.Services.GetRequiredService<LogLeader>().Round(atOnce: true, CancellationToken.None), "the place of who was killed");
        await using var db = app.Services.GetRequiredService<Database>().Read();
        var leaves = await db.Rows<LeafRow>("select l.event_id as \"Event\", e.entry as \"Entry\" from audit_leaf l left join audit_event e on e.id = l.event_id order by l.leaf_index").ToListAsync(default);
        var events = await db.Rows<Guid>("select id as \"Value\" from audit_event").ToListAsync(default);
        Assert.True(events.ToHashSet().SetEquals(leaves.Select(leaf => leaf.Event)), $"Seed {seed}: events and leaves are not the same.");
        Assert.Equal(leaves.Count, leaves.Select(leaf => leaf.Event).Distinct().Count());
        Assert.True(committed.TrueForAll(leaves.Select(leaf => leaf.Event).ToHashSet().Contains), $"Seed {seed}: what was answered is not in the log.");

        // Every checkpoint that was ever signed is one of this log.
        var checkpoints = await db.Rows<CheckpointRow>("select size as \"Size\", root as \"Root\" from audit_checkpoint order by size").ToListAsync(default);
        Assert.True(checkpoints.Count > 4);
        var (tree, next) = (new Frontier(), 0);
        foreach (var leaf in leaves)
        {
            tree.Append(Merkle.LeafHash(Encoding.UTF8.GetBytes(leaf.Entry!)));
            if (next < checkpoints.Count && checkpoints[next].Size == tree.Size)
            {
                Assert.Equal(tree.Root(), Hash.Of(checkpoints[next++].Root));
            }
        }

        Assert.Equal(checkpoints.Count, next);
        Assert.Equal(leaves.Count, checkpoints[^1].Size);
    }

    // The server is up and at work: a checkpoint has been signed since it was started.
    private static async Task Publishes(Database database)
    {
        await using var db = database.Read();
        var (before, patience) = (await Published(db), Stopwatch.StartNew());
        while (await Published(db) == before)
        {
            Assert.True(patience.Elapsed < TimeSpan.FromMinutes(2), "The server signs nothing.");
            await Task.Delay(50);
        }

        static async Task<long> Published(ShopDb db)
        {
            for (var tries = 0; ; tries++)
            {
                try
                {
                    return (await db.Rows<long>("select published as \"Value\" from audit_tree").ToListAsync(default))[0];
                }
                catch (NpgsqlException) when (tries < 40)
                {
                    // A connection from before the crash.
                }
            }
        }
    }

    // An answer is a promise: only what was answered is counted.
    private static async Task Write(Database database, List<Guid> committed, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                var id = default(EventId);
                await database.Write<Done>(Caller.Machine("test"), tx =>
                {
                    id = tx.Add(new AccessRefused("test", "test"));
                    return Task.FromResult<Outcome<Done>>(Done.It);
                });
                lock (committed)
                {
                    committed.Add(id.Value);
                }
            }
            catch (Exception error) when (error is NpgsqlException or InvalidOperationException or IOException or Microsoft.EntityFrameworkCore.DbUpdateException or TimeoutException)
            {
                // The database is just being killed.
                await Task.Delay(20, CancellationToken.None);
            }
        }
    }

    private static Process Serve(string connection, string folder)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(ShopHost).Assembly.Location, "serve", "--urls", "http://127.0.0.1:0"]);
        (start.Environment["ConnectionStrings__Shop"], start.Environment["DataFolder"], start.Environment["Logging__LogLevel__Default"]) = (connection, folder, "None");
        return Process.Start(start)!;
    }

    // One backend that dies takes the whole server down, which comes up again from its journal.
    private static async Task KillDatabase(string connectionString)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("select pg_backend_pid()", connection);
        await Run("kill", "-KILL", Convert.ToString(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture)!);
        for (var patience = Stopwatch.StartNew(); ; await Task.Delay(50))
        {
            try
            {
                await using var again = new NpgsqlConnection(connection.ConnectionString);
                await again.OpenAsync();
                return;
            }
            catch (NpgsqlException) when (patience.Elapsed < TimeSpan.FromMinutes(2))
            {
                // It reads its journal.
            }
        }
    }

    private static async Task<string> Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
        return output;
    }

    private sealed record LeafRow(Guid Event, string? Entry);

    private sealed record CheckpointRow(long Size, byte[] Root);
}
