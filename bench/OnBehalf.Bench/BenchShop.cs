using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;
using Npgsql;
using OnBehalf.Data;
using OnBehalf.Modules.Demo;

namespace OnBehalf.Bench;

/// <summary>How much is in a shop: a store data package, or one that is generated.</summary>
internal sealed record BenchData(string Name, string? Package, VolumeShopSize? Volume)
{
    /// <summary>`adventure-works` is the real package, which lies where `--package` says; a number is so many customers and orders and half as many articles.</summary>
    public static BenchData? Of(string name, string? package) =>
        int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var customers)
            ? new($"{customers:N0} customers, {customers:N0} orders, {customers / 2:N0} articles", null, VolumeShopSize.Of(customers, customers / 2, customers, 20))
            : Directory.Exists(package) ? new("adventure-works", package, null) : null;
}

/// <summary>
/// A shop to be measured: a copy of a database that is filled once by `onbehalf import`, and kept (SQLite under `artifacts/bench`, PostgreSQL as long as its
/// server lives). Everybody in <see cref="Operators"/> sees all customers and signs in with <see cref="Password"/>.
/// </summary>
internal sealed class BenchShop : IAsyncDisposable
{
    public const int MostOperators = 16;
    public const string Password = "a bench needs no secret";

    private const string Folder = "artifacts/bench";

    private readonly string? _server;

    private BenchShop(DatabaseKind kind, BenchData data, string folder, string connectionString, string? server)
    {
        (Kind, Data, DataFolder, ConnectionString, _server) = (kind, data, folder, connectionString, server);
    }

    public DatabaseKind Kind { get; }

    public BenchData Data { get; }

    public string ConnectionString { get; }

    public string DataFolder { get; }

    public string LogFile => Path.Combine(DataFolder, "server.log");

    public static string OperatorEmail(int number) => $"operator{number.ToString(CultureInfo.InvariantCulture)}@bench.example";

    /// <summary>A fresh copy of a filled shop.</summary>
    public static async Task<BenchShop> Prepare(DatabaseKind kind, BenchData data, string program)
    {
        var server = kind == DatabaseKind.Postgres ? Postgres() : null;
        var template = Named(kind, data, server, "template-" + Key(kind, data));
        if (!await template.Exists())
        {
            Console.Error.WriteLine($"Filling {kind}: {data.Name} ...");
            await template.Fill(program);
        }

        var copy = Named(kind, data, server, "copy");
        await copy.CopyFrom(template);
        return copy;
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            NpgsqlConnection.ClearAllPools();
            await Execute(_server, $"drop database if exists {Database(DataFolder)} with (force)");
        }
        else
        {
            SqliteConnection.ClearAllPools();
        }
    }

    /// <summary>The process of PostgreSQL's server when it runs on this machine.</summary>
    public async Task<int?> ServerProcess()
    {
        if (_server is null)
        {
            return null;
        }

        await using var connection = new NpgsqlConnection(_server);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("select pg_backend_pid()", connection);
        var backend = (int)(await command.ExecuteScalarAsync())!;
        return File.Exists($"/proc/{backend}/stat") ? Machine.ParentOf(backend) : null;
    }

    private static BenchShop Named(DatabaseKind kind, BenchData data, string? server, string name)
    {
        var folder = Path.GetFullPath(Path.Combine(Folder, name));
        var connectionString = server is null
            ? $"Data Source={Path.Combine(folder, "shop.db")}"
            : new NpgsqlConnectionStringBuilder(server) { Database = Database(folder) }.ConnectionString;
        return new BenchShop(kind, data, folder, connectionString, server);
    }

    public static string Postgres() => Environment.GetEnvironmentVariable("ONBEHALF_BENCH_POSTGRES")
        ?? throw new InvalidOperationException("ONBEHALF_BENCH_POSTGRES names no server; bin/bench starts one.");

    private static string Database(string folder) => "bench_" + Path.GetFileName(folder).Replace('-', '_');

    // Filled by an older importer or schema, it would be another shop.
    private static string Key(DatabaseKind kind, BenchData data) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', Migrator.Scripts(kind).Select(script => script.Sql).Append(data.Name)))).AsSpan(0, 6));

    private async Task<bool> Exists()
    {
        if (!File.Exists(Path.Combine(DataFolder, "filled")))
        {
            return false;
        }

        return _server is null || await Count(_server, $"select count(*) from pg_database where datname = '{Database(DataFolder)}'") == 1;
    }

    private async Task Fill(string program)
    {
        await Empty();
        var package = Data.Package ?? Path.Combine(DataFolder, "package");
        if (Data.Volume is { } size)
        {
            VolumeShop.Write(package, size);
        }

        await ShopServer.Run(program, this, "import", package);
        var staff = Path.Combine(DataFolder, "operators");
        Directory.CreateDirectory(staff);
        await File.WriteAllLinesAsync(
            Path.Combine(staff, "staff.csv"),
            Enumerable.Range(1, MostOperators).Select(number => $"{OperatorEmail(number)},Olga,Number{number},telesales-operator,bench,true")
                .Prepend("email,first_name,last_name,role,group,access_all_customers"));
        await ShopServer.Run(program, this, "import", staff, "--password", Password);
        await Execute(ConnectionString, _server is null ? "analyze" : "vacuum analyze");
        if (Data.Volume is not null)
        {
            Directory.Delete(package, recursive: true);
        }

        await File.WriteAllTextAsync(Path.Combine(DataFolder, "filled"), Data.Name);
    }

    private async Task CopyFrom(BenchShop template)
    {
        SqliteConnection.ClearAllPools();
        NpgsqlConnection.ClearAllPools();
        await Empty(create: false);
        foreach (var file in Directory.EnumerateFiles(template.DataFolder).Where(file => Path.GetFileName(file) is "shop.db" or "master.key" or "person.keys"))
        {
            File.Copy(file, Path.Combine(DataFolder, Path.GetFileName(file)));
        }

        if (_server is not null)
        {
            await Execute(_server, $"create database {Database(DataFolder)} template {Database(template.DataFolder)}");
            await Execute(_server, "checkpoint");
        }
    }

    private async Task Empty(bool create = true)
    {
        if (Directory.Exists(DataFolder))
        {
            Directory.Delete(DataFolder, recursive: true);
        }

        Directory.CreateDirectory(DataFolder);
        if (_server is not null)
        {
            await Execute(_server, $"drop database if exists {Database(DataFolder)} with (force)");
            if (create)
            {
                await Execute(_server, $"create database {Database(DataFolder)}");
            }
        }
    }

    private static async Task<long> Count(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    public static async Task Execute(string connectionString, string sql)
    {
        await using System.Data.Common.DbConnection connection = OnBehalf.Data.Database.KindOf(connectionString) == DatabaseKind.Postgres
            ? new NpgsqlConnection(connectionString)
            : new SqliteConnection(connectionString);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = 600;
        await command.ExecuteNonQueryAsync();
    }
}
