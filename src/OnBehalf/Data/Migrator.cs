using System.Data.Common;
using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace OnBehalf.Data;

/// <summary>
/// Brings a database to the schema of this version: numbered SQL scripts, each in its own transaction, under a lock that lets one node do it.
/// A database that knows a script this version does not is newer, and is refused.
/// </summary>
/// <param name="owner">Connection string of the role that owns the tables of PostgreSQL, when that is another one than the shop's.</param>
internal sealed class Migrator(Database database, string? owner = null)
{
    private const long PostgresLock = 7_205_759_403_792_793L;

    public static IReadOnlyList<(int Number, string Name, string Sql)> Scripts(DatabaseKind kind)
    {
        var assembly = typeof(Migrator).Assembly;
        var folder = $"OnBehalf.Data.Migrations.{(kind == DatabaseKind.Postgres ? "postgres" : "sqlite")}.";
        return [.. assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(folder, StringComparison.Ordinal))
            .Select(name => Script(assembly, name, folder))
            .OrderBy(script => script.Number)];
    }

    /// <summary>Applies what is missing and returns the names of the scripts that it ran.</summary>
    /// <param name="upTo">The number of the last script wanted: the restore of an old backup needs the old schema first.</param>
    public async Task<IReadOnlyList<string>> Migrate(CancellationToken cancel = default, int upTo = int.MaxValue)
    {
        await using var connection = await Open(cancel);
        if (database.Kind == DatabaseKind.Postgres)
        {
            await Execute(connection, null, $"select pg_advisory_lock({PostgresLock})", cancel);
        }
        else
        {
            await Execute(connection, null, "pragma journal_mode = wal", cancel);
        }

        try
        {
            return await Apply(connection, upTo, cancel);
        }
        finally
        {
            if (database.Kind == DatabaseKind.Postgres)
            {
                await Execute(connection, null, $"select pg_advisory_unlock({PostgresLock})", CancellationToken.None);
            }
        }
    }

    private async Task<List<string>> Apply(DbConnection connection, int upTo, CancellationToken cancel)
    {
        var ran = new List<string>();
        if (!await IsKnown(connection, cancel))
        {
            await Execute(connection, null, "create table if not exists schema_migration (number integer primary key, name text not null, digest text not null, applied_at text not null)", cancel);
        }

        var scripts = Scripts(database.Kind);
        var applied = await Applied(connection, null, cancel);
        var newest = applied.Count == 0 ? 0 : applied.Keys.Max();
        if (newest > scripts[^1].Number)
        {
            throw new NewerDatabaseException(newest, scripts[^1].Number);
        }

        foreach (var (number, name, sql) in scripts.Where(script => script.Number <= upTo && !applied.ContainsKey(script.Number)))
        {
            await using var transaction = await connection.BeginTransactionAsync(cancel);
            if ((await Applied(connection, transaction, cancel)).ContainsKey(number))
            {
                // SQLite has no lock to wait for before this point: another process was first.
                continue;
            }

            await Execute(connection, transaction, sql, cancel);
            var record = $"insert into schema_migration (number, name, digest, applied_at) values ({number.ToString(CultureInfo.InvariantCulture)}, '{name}', '{Digest(sql)}', '{TimeProvider.System.GetUtcNow():O}')";
            await Execute(connection, transaction, record, cancel);
            await transaction.CommitAsync(cancel);
            ran.Add(name);
        }

        return ran;
    }

    private async Task<DbConnection> Open(CancellationToken cancel)
    {
        if (database.Kind == DatabaseKind.Sqlite || string.IsNullOrEmpty(owner))
        {
            return await database.Open(cancel);
        }

        var connection = new Npgsql.NpgsqlConnection(new Npgsql.NpgsqlConnectionStringBuilder(owner) { Pooling = false, CommandTimeout = 0 }.ConnectionString);
        await connection.OpenAsync(cancel);
        return connection;
    }

    // Who may not make a table may not even ask for one that is there.
    private async Task<bool> IsKnown(DbConnection connection, CancellationToken cancel)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = database.Kind == DatabaseKind.Postgres ? "select count(to_regclass('schema_migration'))" : "select count(*) from sqlite_master where name = 'schema_migration'";
        return Convert.ToInt64(await command.ExecuteScalarAsync(cancel), CultureInfo.InvariantCulture) > 0;
    }

    private static async Task<Dictionary<int, string>> Applied(DbConnection connection, DbTransaction? transaction, CancellationToken cancel)
    {
        await using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = "select number, name from schema_migration";
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var applied = new Dictionary<int, string>();
        while (await reader.ReadAsync(cancel))
        {
            applied[reader.GetInt32(0)] = reader.GetString(1);
        }

        return applied;
    }

    private static async Task Execute(DbConnection connection, DbTransaction? transaction, string sql, CancellationToken cancel)
    {
        await using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(cancel);
    }

    private static string Digest(string sql) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(sql)));

    private static (int Number, string Name, string Sql) Script(Assembly assembly, string resource, string folder)
    {
        var name = resource[folder.Length..^".sql".Length];
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        return (int.Parse(name.AsSpan(0, 4), CultureInfo.InvariantCulture), name, reader.ReadToEnd());
    }
}

/// <summary>The database was made by a newer version of the product.</summary>
public sealed class NewerDatabaseException(int theirs, int ours)
    : Exception($"The database has schema {theirs}; this version knows schemas up to {ours}. Start the newer version, or restore a backup from before the upgrade.");
