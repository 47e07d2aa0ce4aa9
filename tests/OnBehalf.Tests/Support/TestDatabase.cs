using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using OnBehalf.Data;
using OnBehalf.Host;

namespace OnBehalf.Tests.Support;

/// <summary>
/// A database of its own for each test, copied from one template that is migrated and peopled once per test process. `ONBEHALF_TEST_DATABASE` says which
/// kind: `sqlite` (default) or `postgres`.
/// </summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private const string PostgresTemplate = "onbehalf_template";

    private static readonly Lazy<Task<TestDatabase>> Template = new(CreateTemplate);
    private static readonly SemaphoreSlim OneCopyAtATime = new(1, 1);
    private static int _number;

    private TestDatabase(string connectionString, string folder) => (ConnectionString, Folder) = (connectionString, folder);

    public static DatabaseKind Kind { get; } = Environment.GetEnvironmentVariable("ONBEHALF_TEST_DATABASE") switch
    {
        null or "" or "sqlite" => DatabaseKind.Sqlite,
        "postgres" => DatabaseKind.Postgres,
        var other => throw new InvalidOperationException($"ONBEHALF_TEST_DATABASE is '{other}'; it can be 'sqlite' or 'postgres'."),
    };

    public string ConnectionString { get; }

    /// <summary>The data folder of the shop: master key, mail files, and with SQLite the database.</summary>
    public string Folder { get; }

    /// <summary>With the people and articles of <see cref="Characters"/>.</summary>
    public static async Task<TestDatabase> Peopled()
    {
        var template = await Template.Value;
        var database = await Prepare();
        foreach (var key in new[] { "master.key", "person.keys" }.Where(key => File.Exists(Path.Combine(template.Folder, key))))
        {
            File.Copy(Path.Combine(template.Folder, key), Path.Combine(database.Folder, key));
        }

        if (Kind == DatabaseKind.Postgres)
        {
            await OneCopyAtATime.WaitAsync();
            try
            {
                await (await PostgresCluster.Shared()).CreateDatabase(database.PostgresName, PostgresTemplate);
            }
            finally
            {
                OneCopyAtATime.Release();
            }
        }
        else
        {
            File.Copy(Path.Combine(template.Folder, "shop.db"), Path.Combine(database.Folder, "shop.db"));
        }

        return database;
    }

    /// <summary>Without a single table.</summary>
    public static async Task<TestDatabase> Empty()
    {
        var database = await Prepare();
        if (Kind == DatabaseKind.Postgres)
        {
            await (await PostgresCluster.Shared()).CreateDatabase(database.PostgresName);
        }

        return database;
    }

    public string[] Settings => [$"--ConnectionStrings:Shop={ConnectionString}", $"--DataFolder={Folder}", "--Log:Run=false", "--Log:Receipts=false"];

    public async ValueTask DisposeAsync()
    {
        if (Kind == DatabaseKind.Postgres)
        {
            await (await PostgresCluster.Shared()).DropDatabase(PostgresName);
        }
        else
        {
            using var connection = new SqliteConnection(ConnectionString);
            SqliteConnection.ClearPool(connection);
        }

        Directory.Delete(Folder, recursive: true);
    }

    private string PostgresName => Path.GetFileName(Folder).Replace('-', '_');

    private static async Task<TestDatabase> Prepare()
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"onbehalf-{Environment.ProcessId}-{Interlocked.Increment(ref _number)}");
        var folder = Path.Combine(Repository.Scratch, name);
        Directory.CreateDirectory(folder);
        var connectionString = Kind == DatabaseKind.Postgres
            ? (await PostgresCluster.Shared()).ConnectionString(name.Replace('-', '_'))
            : $"Data Source={Path.Combine(folder, "shop.db")}";
        return new TestDatabase(connectionString, folder);
    }

    private static async Task<TestDatabase> CreateTemplate()
    {
        var prepared = await Prepare();
        var template = prepared;
        if (Kind == DatabaseKind.Postgres)
        {
            var cluster = await PostgresCluster.Shared();
            await cluster.DropDatabase(PostgresTemplate);
            await cluster.CreateDatabase(PostgresTemplate);
            template = new TestDatabase(cluster.ConnectionString(PostgresTemplate), prepared.Folder);
        }

        await using (var app = ShopHost.Build(ShopHost.Builder(template.Settings)))
        {
            await app.Services.GetRequiredService<Migrator>().Migrate();
            await Characters.Enter(app.Services.GetRequiredService<Database>());
            _ = app.Services.GetRequiredService<Microsoft.AspNetCore.DataProtection.IDataProtectionProvider>().CreateProtector("warm").Protect([1]);
        }

        if (Kind == DatabaseKind.Sqlite)
        {
            SqliteConnection.ClearAllPools();
        }

        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(template.Folder, recursive: true);
        return template;
    }
}
