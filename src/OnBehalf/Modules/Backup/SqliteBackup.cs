using Microsoft.Data.Sqlite;
using OnBehalf.Data;
using OnBehalf.Kernel;

namespace OnBehalf.Modules.Backup;

/// <summary>A backup of SQLite is a SQLite database: a compact copy as of one moment, taken while the shop runs, that any tool can open.</summary>
internal sealed class SqliteBackup(Database database)
{
    public async Task<BackupSummary> Write(string file, CancellationToken cancel)
    {
        await using (var work = await database.OpenWork(cancel))
        {
            // Reads one snapshot; in WAL mode nobody waits for it.
            await work.Run("vacuum into @file", cancel, ("file", file));
        }

        await using var copy = await Open(file, SqliteOpenMode.ReadOnly, cancel);
        return await Count(copy, cancel);
    }

    public async Task<Outcome<BackupSummary>> Restore(string file, CancellationToken cancel)
    {
        await using (var backup = await Open(file, SqliteOpenMode.ReadOnly, cancel))
        {
            if (await Look(backup, cancel) is { } refusal)
            {
                return refusal;
            }

            await using var work = await database.OpenWork(cancel);
            if (await work.Count("select count(*) from sqlite_master", cancel) > 0)
            {
                return BackupFile.NotEmpty;
            }

            backup.BackupDatabase((SqliteConnection)work.Connection);
        }

        await new Migrator(database).Migrate(cancel);
        await using var restored = await database.OpenWork(cancel);
        return await Count((SqliteConnection)restored.Connection, cancel);
    }

    private static async Task<Refusal?> Look(SqliteConnection backup, CancellationToken cancel)
    {
        try
        {
            if (await Scalar(backup, "pragma integrity_check", cancel) is not "ok" || await Scalar(backup, "pragma foreign_key_check", cancel) is not null)
            {
                return BackupFile.NotABackup;
            }

            var schema = Convert.ToInt32(await Scalar(backup, "select max(number) from schema_migration", cancel), null);
            var ours = Migrator.Scripts(DatabaseKind.Sqlite)[^1].Number;
            return schema > ours ? BackupFile.Newer(schema, ours) : null;
        }
        catch (SqliteException)
        {
            return BackupFile.NotABackup;
        }
    }

    private static async Task<BackupSummary> Count(SqliteConnection connection, CancellationToken cancel)
    {
        var schema = Convert.ToInt32(await Scalar(connection, "select max(number) from schema_migration", cancel), null);
        var tables = new List<string>();
        await using (var command = connection.CreateCommand())
        {
            command.CommandText = "select name from sqlite_master where type = 'table' and name not like 'sqlite%' and name <> 'schema_migration'";
            await using var reader = await command.ExecuteReaderAsync(cancel);
            while (await reader.ReadAsync(cancel))
            {
                tables.Add(reader.GetString(0));
            }
        }

        var rows = 0L;
        foreach (var table in tables)
        {
            rows += Convert.ToInt64(await Scalar(connection, $"select count(*) from {table}", cancel), null);
        }

        return new BackupSummary(schema, tables.Count, rows);
    }

    private static async Task<object?> Scalar(SqliteConnection connection, string sql, CancellationToken cancel)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = 0;
        return await command.ExecuteScalarAsync(cancel);
    }

    private static async Task<SqliteConnection> Open(string file, SqliteOpenMode mode, CancellationToken cancel)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Mode = mode, Pooling = false }.ConnectionString);
        await connection.OpenAsync(cancel);
        return connection;
    }
}
