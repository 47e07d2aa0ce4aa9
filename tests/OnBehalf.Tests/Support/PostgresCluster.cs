using System.Diagnostics;
using Npgsql;

namespace OnBehalf.Tests.Support;

/// <summary>
/// A private PostgreSQL server for this test process, started on first use and gone with the process. With
/// <c>ONBEHALF_TEST_POSTGRES</c> set, the server of that connection string is used instead. There is no third way: a missing
/// PostgreSQL is an exception that says what to install, never a skipped test.
/// </summary>
public sealed class PostgresCluster
{
    private static readonly Lazy<Task<PostgresCluster>> TheOne = new(Start);

    private readonly string _server;

    private PostgresCluster(string server) => _server = server;

    public static Task<PostgresCluster> Shared() => TheOne.Value;

    public string ConnectionString(string database) => new NpgsqlConnectionStringBuilder(_server)
    {
        Database = database,
        MaxPoolSize = 20, // many databases share the server's 200 connections
        ConnectionIdleLifetime = 10,
        ConnectionPruningInterval = 2,
        Timeout = 30,
        IncludeErrorDetail = true,
    }.ConnectionString;

    /// <summary>Makes a database: empty, or with everything that the idle database <paramref name="template"/> holds.</summary>
    public async Task CreateDatabase(string name, string? template = null)
    {
        if (template is not null)
        {
            // PostgreSQL copies a database only while nobody is connected to it, and pooled connections are.
            ForgetPool(template);
            await Execute($"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{template.Replace("'", "''")}'");
        }

        // File by file: half the work of the usual way, which logs each page.
        await Execute($"CREATE DATABASE {Quoted(name)} TEMPLATE {Quoted(template ?? "template0")} STRATEGY FILE_COPY");
    }

    /// <summary>Drops a database if it is there, together with whoever is still connected to it.</summary>
    public Task DropDatabase(string name)
    {
        ForgetPool(name);
        return Execute($"DROP DATABASE IF EXISTS {Quoted(name)} WITH (FORCE)");
    }

    private void ForgetPool(string database)
    {
        using var connection = new NpgsqlConnection(ConnectionString(database));
        NpgsqlConnection.ClearPool(connection);
    }

    private async Task Execute(string sql)
    {
        await using var connection = new NpgsqlConnection(_server);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 120 };
        await command.ExecuteNonQueryAsync();
    }

    private static string Quoted(string name) => '"' + name.Replace("\"", "\"\"") + '"';

    private static async Task<PostgresCluster> Start()
    {
        if (Environment.GetEnvironmentVariable("ONBEHALF_TEST_POSTGRES") is { Length: > 0 } given)
        {
            return new PostgresCluster(given);
        }

        var folder = Path.Combine(Repository.Scratch, $"onbehalf-postgres-{Environment.ProcessId}");
        var connectionString = await Run("start", folder, "--for", $"{Environment.ProcessId}");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Run("stop", folder).GetAwaiter().GetResult();
        return new PostgresCluster(connectionString.Trim());
    }

    private static async Task<string> Run(params string[] arguments)
    {
        var start = new ProcessStartInfo("bash", [Repository.PathTo("bin", "postgres-cluster"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"PostgreSQL for the tests: {await error}");
    }
}
