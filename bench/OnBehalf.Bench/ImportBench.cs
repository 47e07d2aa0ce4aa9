using System.CommandLine;
using System.Data.Common;
using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using OnBehalf.Data;
using OnBehalf.Host;
using OnBehalf.Modules.Import;

namespace OnBehalf.Bench;

/// <summary>
/// `bin/bench import`: a package into an empty shop, beside the same rows into the same tables with the same indexes by bare binary COPY or one prepared
/// insert per table, in one transaction, in the same run. The rows of the bare load lie in memory; it checks nothing and knows all ids.
/// </summary>
internal static class ImportBench
{
    public const string Package = "../shared/data/online-retail";

    private const double Most = 3;

    public static Command Command()
    {
        var package = new Option<string>("--package") { DefaultValueFactory = _ => Package, Description = "The store data package." };
        var databases = new Option<string[]>("--databases") { DefaultValueFactory = _ => ["sqlite", "postgres"], AllowMultipleArgumentsPerToken = true };
        var runs = new Option<int>("--runs") { DefaultValueFactory = _ => 3, Description = "How often; the median counts." };
        var command = new Command("import", "A package into an empty shop, beside its bare rows.") { package, databases, runs };
        command.SetAction(async (parsed, _) =>
        {
            if (!Directory.Exists(parsed.GetRequiredValue(package)))
            {
                Console.Error.WriteLine($"No package at {parsed.GetRequiredValue(package)}.");
                return 1;
            }

            var isFastEnough = true;
            foreach (var kind in parsed.GetRequiredValue(databases).Select(kind => Enum.Parse<DatabaseKind>(kind, ignoreCase: true)))
            {
                isFastEnough &= await Measure(kind, parsed.GetRequiredValue(package), parsed.GetValue(runs), new Report());
            }

            return isFastEnough ? 0 : 1;
        });
        return command;
    }

    /// <summary>Whether the import took at most three times as long as the bare load.</summary>
    public static async Task<bool> Measure(DatabaseKind kind, string package, int runs, Report report)
    {
        var (imports, loads, rows) = (new List<double>(), new List<double>(), 0L);
        for (var run = 0; run < runs; run++)
        {
            await using var imported = await EmptyShop.Create(kind, "import");
            var importer = ActivatorUtilities.CreateInstance<Importer>(imported.Services);
            imports.Add(await Clocked(() => importer.Run(new ImportOptions(package))));
            var tables = await Tables(imported);
            rows = tables.Sum(table => (long)table.Rows.Count);
            await using var bare = await EmptyShop.Create(kind, "bare");
            loads.Add(await Clocked(() => Load(bare, tables)));
        }

        var (import, load) = (StepTimes.Percentile(imports, 0.5), StepTimes.Percentile(loads, 0.5));
        report.AddImport(kind, Path.GetFileName(Path.TrimEndingDirectorySeparator(package)), rows, import, load);
        return import <= Most * load;
    }

    private static async Task<double> Clocked(Func<Task> work)
    {
        GC.Collect();
        var begun = Stopwatch.GetTimestamp();
        await work();
        return Stopwatch.GetElapsedTime(begun).TotalSeconds;
    }

    private static async Task<List<Table>> Tables(EmptyShop shop)
    {
        await using var work = await shop.Database.OpenWork();
        var names = await work.Rows(
            shop.Database.Kind == DatabaseKind.Postgres
                ? "select table_name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'"
                : "select name from sqlite_master where type = 'table' and name not like 'sqlite%'",
            reader => reader.GetString(0), default);
        var tables = new List<Table>();
        foreach (var name in names.Except(["schema_migration", "data_protection_key", "counter"]).Order(StringComparer.Ordinal))
        {
            string[] columns = [];
            var rows = await work.Rows(
                $"select * from {name}",
                reader =>
                {
                    columns = columns.Length > 0 ? columns : [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetName)];
                    var row = new object[reader.FieldCount];
                    reader.GetValues(row);
                    return row;
                },
                default);
            if (rows.Count > 0)
            {
                tables.Add(new Table(name, columns, rows));
            }
        }

        return tables;
    }

    private static async Task Load(EmptyShop shop, List<Table> tables)
    {
        await using var connection = await shop.Database.Open();
        await using var transaction = await connection.BeginTransactionAsync();
        foreach (var table in tables)
        {
            if (connection is NpgsqlConnection postgres)
            {
                Copy(postgres, table);
            }
            else
            {
                Insert((SqliteConnection)connection, (SqliteTransaction)transaction, table);
            }
        }

        await transaction.CommitAsync();
    }

    private static void Copy(NpgsqlConnection connection, Table table)
    {
        using var copy = connection.BeginBinaryImport($"copy {table.Name} ({string.Join(", ", table.Columns)}) from stdin (format binary)");
        foreach (var row in table.Rows)
        {
            copy.WriteRow(row);
        }

        copy.Complete();
    }

    private static void Insert(SqliteConnection connection, SqliteTransaction transaction, Table table)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = $"insert into {table.Name} ({string.Join(", ", table.Columns)}) values ({string.Join(", ", table.Columns.Select((_, i) => $"@p{i}"))})";
        var parameters = table.Columns.Select((_, i) => command.Parameters.Add(new SqliteParameter { ParameterName = $"@p{i}" })).ToArray();
        command.Prepare();
        foreach (var row in table.Rows)
        {
            for (var i = 0; i < row.Length; i++)
            {
                parameters[i].Value = row[i];
            }

            command.ExecuteNonQuery();
        }
    }

    private sealed record Table(string Name, string[] Columns, List<object[]> Rows);

    /// <summary>A migrated shop without a row, gone when it is disposed.</summary>
    private sealed class EmptyShop(Microsoft.AspNetCore.Builder.WebApplication app, string folder, string? server, string name) : IAsyncDisposable
    {
        public IServiceProvider Services => app.Services;

        public Database Database => app.Services.GetRequiredService<Database>();

        public static async Task<EmptyShop> Create(DatabaseKind kind, string name)
        {
            var folder = Directory.CreateTempSubdirectory("onbehalf-bench-").FullName;
            var server = kind == DatabaseKind.Postgres ? BenchShop.Postgres() : null;
            if (server is not null)
            {
                await BenchShop.Execute(server, $"drop database if exists bench_{name} with (force)");
                await BenchShop.Execute(server, $"create database bench_{name}");
            }

            var connection = server is null ? $"Data Source={Path.Combine(folder, "shop.db")}" : new NpgsqlConnectionStringBuilder(server) { Database = $"bench_{name}" }.ConnectionString;
            var app = ShopHost.Build(ShopHost.Builder([$"--ConnectionStrings:Shop={connection}", $"--DataFolder={folder}"]));
            await app.Services.GetRequiredService<Migrator>().Migrate();
            return new EmptyShop(app, folder, server, name);
        }

        public async ValueTask DisposeAsync()
        {
            await app.DisposeAsync();
            if (server is not null)
            {
                await BenchShop.Execute(server, $"drop database if exists bench_{name} with (force)");
            }

            SqliteConnection.ClearAllPools();
            Directory.Delete(folder, recursive: true);
        }
    }
}
