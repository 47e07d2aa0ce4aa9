using System.Collections.Concurrent;
using System.Data.Common;
using System.Diagnostics.Metrics;
using System.Linq.Expressions;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace OnBehalf.Data;

/// <summary>
/// SQL of our own, read into records: `db.Rows&lt;Row&gt;("select … where id = {0}", id).ToListAsync(cancel)`. Columns go to the record's parameters by name; a
/// single value is the first column. It runs in the transaction of its context. EF's own `SqlQueryRaw` builds its command anew at every call, which
/// cost 30 KB and a third more time (measured), so hot reads come here.
/// </summary>
public static class SqlRows
{
    public static SqlRows<T> Rows<T>(this ShopDb db, string sql, params object?[] arguments)
    {
        SqlCommands.Watch?.Invoke(sql, arguments);
        return new(db, sql, arguments);
    }
}

/// <summary>A lock that PostgreSQL takes before something is read. SQLite has one writer at a time and takes none.</summary>
public readonly record struct SqlLock(string Sql, params object?[] Arguments);

public readonly struct SqlRows<T>(ShopDb db, string sql, object?[] arguments, IReadOnlyList<SqlLock>? locks = null)
{
    /// <summary>
    /// Takes locks first, one after the other, on the same way to the server. What is read is as it stands when all of them have been got: each statement
    /// sees what was committed when its turn came. Only inside a transaction, to whose end they are held.
    /// </summary>
    public SqlRows<T> Behind(params IReadOnlyList<SqlLock> first) => new(db, sql, arguments, first);

    public Task<List<T>> ToListAsync(CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        SqlCommands.Count.Add(1);
        return db.IsPostgres ? OfPostgres(cancel) : Task.FromResult(OfSqlite());
    }

    // The driver of SQLite has nothing to wait for: its asynchronous methods are the others in disguise.
    private List<T> OfSqlite()
    {
        var query = SqlQuery<T>.Of(sql, isPostgres: false);
        return db.Writing is { } writing
            ? writing.Rows(query, (SqliteTransaction?)db.Database.CurrentTransaction?.GetDbTransaction(), arguments)
            : db.Database.CurrentTransaction is null && db.Readers is { } readers ? readers.Rows(query, arguments)
            : OnContext(query);
    }

    // The transaction of a worker.
    private List<T> OnContext(SqlQuery<T> query)
    {
        using var command = (SqliteCommand)query.Command(db.Database.GetDbConnection(), arguments);
        command.Transaction = (SqliteTransaction?)db.Database.CurrentTransaction?.GetDbTransaction();
        using var reader = command.ExecuteReader();
        var read = query.Reader(reader);
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    private async Task<List<T>> OfPostgres(CancellationToken cancel)
    {
        var query = SqlQuery<T>.Of(sql, isPostgres: true);
        var isInside = db.Database.CurrentTransaction is not null || db.Source is null;
        if (locks is not null)
        {
            return await OfBatch((NpgsqlConnection)db.Database.GetDbConnection(), query, cancel);
        }

        var connection = isInside ? db.Database.GetDbConnection() : await db.Source!.OpenConnectionAsync(cancel);
        try
        {
            await using var command = query.Command(connection, arguments);
            await using var reader = await command.ExecuteReaderAsync(cancel);
            return await query.ToListAsync(reader, cancel);
        }
        finally
        {
            if (!isInside)
            {
                await connection.DisposeAsync();
            }
        }
    }

    private async Task<List<T>> OfBatch(NpgsqlConnection connection, SqlQuery<T> query, CancellationToken cancel)
    {
        await using var batch = new NpgsqlBatch(connection);
        foreach (var (lockSql, lockArguments) in locks!)
        {
            batch.BatchCommands.Add(SqlCommands.InBatch(SqlQuery<int>.Of(lockSql, isPostgres: true).Text, lockArguments));
        }

        batch.BatchCommands.Add(SqlCommands.InBatch(query.Text, arguments));
        SqlCommands.Count.Add(locks!.Count);
        await using var reader = await batch.ExecuteReaderAsync(cancel);
        for (var i = 0; i < locks.Count; i++)
        {
            await reader.NextResultAsync(cancel);
        }

        return await query.ToListAsync(reader, cancel);
    }
}

/// <summary>What is kept of a query between its calls: its text for the driver, and how a row becomes a record.</summary>
internal sealed partial class SqlQuery<T>(string text, bool isPostgres)
{
    private static readonly ConcurrentDictionary<(string Sql, bool IsPostgres), SqlQuery<T>> All = new();

    private Func<DbDataReader, T>? _read;

    public string Text => text;

    public static SqlQuery<T> Of(string sql, bool isPostgres) =>
        All.GetOrAdd((sql, isPostgres), static key => new SqlQuery<T>(
            key.IsPostgres
                ? Placeholder().Replace(key.Sql, match => "$" + (int.Parse(match.Groups[1].ValueSpan, null) + 1))
                : Placeholder().Replace(key.Sql, "@p$1"),
            key.IsPostgres));

    public DbCommand Command(DbConnection connection, object?[] arguments)
    {
        var command = connection.CreateCommand();
        command.CommandText = text;
        for (var i = 0; i < arguments.Length; i++)
        {
            var parameter = command.CreateParameter();
            if (!isPostgres)
            {
                parameter.ParameterName = SqlCommands.Names[i];
            }

            parameter.Value = isPostgres ? SqlCommands.OnPostgres(arguments[i]) : SqlCommands.OnSqlite(arguments[i]);
            command.Parameters.Add(parameter);
        }

        return command;
    }

    public Func<DbDataReader, T> Reader(DbDataReader reader) => _read ??= Compile(reader);

    public async Task<List<T>> ToListAsync(DbDataReader reader, CancellationToken cancel)
    {
        var read = Reader(reader);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancel))
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    private Func<DbDataReader, T> Compile(DbDataReader reader)
    {
        var row = Expression.Parameter(typeof(DbDataReader));
        if (SqlCommands.IsValue(typeof(T)))
        {
            return Expression.Lambda<Func<DbDataReader, T>>(Value(row, 0, typeof(T)), row).Compile();
        }

        return Expression.Lambda<Func<DbDataReader, T>>(Record(reader, row, typeof(T)), row).Compile();
    }

    // A parameter that is a record itself takes its columns by the same names: parts that several queries share.
    private NewExpression Record(DbDataReader reader, ParameterExpression row, Type type)
    {
        var constructor = type.GetConstructors().MaxBy(candidate => candidate.GetParameters().Length)!;
        return Expression.New(constructor, constructor.GetParameters().Select(parameter =>
            parameter.ParameterType.IsClass && !SqlCommands.IsValue(parameter.ParameterType)
                ? (Expression)Record(reader, row, parameter.ParameterType)
                : Value(row, reader.GetOrdinal(parameter.Name!), parameter.ParameterType)));
    }

    private Expression Value(ParameterExpression row, int column, Type type)
    {
        var at = Expression.Constant(column);
        var bare = Nullable.GetUnderlyingType(type) ?? type;
        var value = bare == typeof(DateTimeOffset) && !isPostgres
            ? Expression.Call(typeof(MicrosecondsConverter), nameof(MicrosecondsConverter.FromMicroseconds), null, Get(typeof(long)))
            : (Expression)Get(bare);
        return bare.IsValueType && bare == type ? value
            : Expression.Condition(Expression.Call(row, nameof(DbDataReader.IsDBNull), null, at), Expression.Default(type), Expression.Convert(value, type));

        MethodCallExpression Get(Type wanted) => Expression.Call(row, nameof(DbDataReader.GetFieldValue), [wanted], at);
    }

    [GeneratedRegex(@"\{(\d+)\}", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Placeholder();
}

internal static class SqlCommands
{
    /// <summary>Commands of <see cref="SqlRows"/>, which EF's interceptors do not see.</summary>
    public static readonly Counter<long> Count = new Meter("OnBehalf.Data").CreateCounter<long>("onbehalf.sql_commands");

    /// <summary>Told of every query of this process: by what way the database answers it is held by a test.</summary>
    public static Action<string, object?[]>? Watch { get; set; }

    public static readonly string[] Names = [.. Enumerable.Range(0, 1000).Select(number => $"@p{number}")];

    private static readonly Type[] Values = [typeof(Guid), typeof(string), typeof(long), typeof(int), typeof(bool), typeof(DateTimeOffset), typeof(byte[])];

    public static NpgsqlBatchCommand InBatch(string text, object?[] arguments)
    {
        var command = new NpgsqlBatchCommand(text);
        foreach (var argument in arguments)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = OnPostgres(argument) });
        }

        return command;
    }

    public static object OnSqlite(object? argument) => argument switch
    {
        null => DBNull.Value,
        DateTimeOffset time => MicrosecondsConverter.ToMicroseconds(time),
        var value => value,
    };

    public static object OnPostgres(object? argument) => argument switch
    {
        null => DBNull.Value,
        DateTimeOffset time => time.ToUniversalTime(),
        var value => value,
    };

    public static bool IsValue(Type type) => Values.Contains(Nullable.GetUnderlyingType(type) ?? type);
}
