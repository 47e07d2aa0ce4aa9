using System.Data;
using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace OnBehalf.Data;

/// <summary>
/// A connection of their own for the workers that move many rows with SQL: import, backup, the sequencer of the log. One transaction at a time; the same SQL runs on both databases,
/// with times as parameters. Writers of such a connection bypass <see cref="Database.Write"/> and are listed by name in the architecture test.
/// </summary>
internal sealed class WorkConnection(Database database, DbConnection connection) : IAsyncDisposable
{
    private DbTransaction? _transaction;
    private long? _toldAt;

    public Database Database => database;

    public DatabaseKind Kind => database.Kind;

    public DbConnection Connection => connection;

    public DbTransaction? Transaction => _transaction;

    public string TypeOf(string postgresType) => Kind == DatabaseKind.Postgres ? postgresType : postgresType switch
    {
        "text" or "uuid" => "text",
        "bytea" => "blob",
        _ => "integer",
    };

    /// <summary>
    /// Begins a transaction that sees the database as it is now, to its end. On SQLite one that writes takes the writer's lock at once; the process's own
    /// writers are kept waiting by <see cref="Database.WriterGate"/>, which the caller holds.
    /// </summary>
    public async Task Begin(bool writes, CancellationToken cancel)
    {
        _toldAt = null;
        _transaction = connection is SqliteConnection sqlite
            ? sqlite.BeginTransaction(deferred: !writes)
            : await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancel);
    }

    /// <summary>From now on its events have their time, and it may last so long and no longer.</summary>
    internal void Tells() => _toldAt ??= Stopwatch.GetTimestamp();

    public async Task Commit(CancellationToken cancel)
    {
        if (_toldAt is { } told && Stopwatch.GetElapsedTime(told) > Database.LongestOfParts)
        {
            await RollBack();
            throw new TimeoutException("This transaction took too long for its events: nothing was stored.");
        }

        // Over in any case: what fails here is said as it is, and not hidden by rolling back what has rolled back.
        await using var transaction = _transaction!;
        _transaction = null;
        await transaction.CommitAsync(cancel);
    }

    public async Task RollBack()
    {
        if (_transaction is not null)
        {
            await _transaction.RollbackAsync(CancellationToken.None);
            await Forget();
        }
    }

    /// <summary>Runs statements with `@name` parameters and returns how many rows they touched.</summary>
    public async Task<int> Run(string sql, CancellationToken cancel, params (string Name, object? Value)[] values)
    {
        await using var command = Command(sql, values);
        return await command.ExecuteNonQueryAsync(cancel);
    }

    public async Task<long> Count(string sql, CancellationToken cancel, params (string Name, object? Value)[] values)
    {
        await using var command = Command(sql, values);
        return Convert.ToInt64(await command.ExecuteScalarAsync(cancel), CultureInfo.InvariantCulture);
    }

    public async Task<List<T>> Rows<T>(string sql, Func<DbDataReader, T> read, CancellationToken cancel, params (string Name, object? Value)[] values)
    {
        var rows = new List<T>();
        await foreach (var row in Each(sql, read, cancel, values))
        {
            rows.Add(row);
        }

        return rows;
    }

    public async IAsyncEnumerable<T> Each<T>(
        string sql, Func<DbDataReader, T> read, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel,
        params (string Name, object? Value)[] values)
    {
        await using var command = Command(sql, values);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
        {
            yield return read(reader);
        }
    }

    public BulkWriter Load(string table, params IEnumerable<string> columns) => BulkWriter.Into(connection, _transaction, table, columns);

    public async ValueTask DisposeAsync()
    {
        await RollBack();
        await connection.DisposeAsync();
    }

    private DbCommand Command(string sql, (string Name, object? Value)[] values)
    {
        var command = connection.CreateCommand();
        command.Transaction = _transaction;
        command.CommandText = sql;
        command.CommandTimeout = 0;
        foreach (var (name, value) in values)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = "@" + name;
            parameter.Value = value switch
            {
                null => DBNull.Value,
                DateTimeOffset time when Kind == DatabaseKind.Sqlite => MicrosecondsConverter.ToMicroseconds(time),
                _ => value,
            };
            command.Parameters.Add(parameter);
        }

        return command;
    }

    private async Task Forget()
    {
        await _transaction!.DisposeAsync();
        _transaction = null;
    }
}
