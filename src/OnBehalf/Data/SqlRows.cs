using System.Collections.Concurrent;
using System.Data.Common;
using System.Diagnostics.Metrics;
using System.Linq.Expressions;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace OnBehalf.Data;

/// <summary>
/// SQL of our own, read into records: `db.Rows&lt;Row&gt;("select … where id = {0}", id).ToListAsync(cancel)`. Columns go to the record's parameters by name; a
/// single value is the first column. It runs in the transaction of its context. EF's own `SqlQueryRaw` builds its command anew at every call, which
/// cost 30 KB and a third more time (measured), so hot reads come here.
/// </summary>
public static class SqlRows
{
    public static SqlRows<T> Rows<T>(this ShopDb db, string sql, params object?[] arguments) => new(db, sql, arguments);
}

public readonly struct SqlRows<T>(ShopDb db, string sql, object?[] arguments)
{
    public async Task<List<T>> ToListAsync(CancellationToken cancel)
    {
        var facade = db.Database;
        await facade.OpenConnectionAsync(cancel);
        try
        {
            var query = SqlQuery<T>.Of(sql, facade.GetDbConnection());
            await using var command = query.Command(facade, arguments);
            await using var reader = await command.ExecuteReaderAsync(cancel);
            var read = query.Reader(reader);
            var rows = new List<T>();
            while (await reader.ReadAsync(cancel))
            {
                rows.Add(read(reader));
            }

            return rows;
        }
        finally
        {
            await facade.CloseConnectionAsync();
        }
    }
}

/// <summary>What is kept of a query between its calls: its text for the driver, and how a row becomes a record.</summary>
internal sealed partial class SqlQuery<T>(string text, bool isPostgres)
{
    private static readonly ConcurrentDictionary<(string Sql, bool IsPostgres), SqlQuery<T>> All = new();

    private Func<DbDataReader, T>? _read;

    public static SqlQuery<T> Of(string sql, DbConnection connection) =>
        All.GetOrAdd((sql, connection is Npgsql.NpgsqlConnection), static key => new SqlQuery<T>(
            key.IsPostgres
                ? Placeholder().Replace(key.Sql, match => "$" + (int.Parse(match.Groups[1].ValueSpan, null) + 1))
                : Placeholder().Replace(key.Sql, "@p$1"),
            key.IsPostgres));

    public DbCommand Command(Microsoft.EntityFrameworkCore.Infrastructure.DatabaseFacade facade, object?[] arguments)
    {
        SqlCommands.Count.Add(1);
        var command = facade.GetDbConnection().CreateCommand();
        command.CommandText = text;
        command.Transaction = facade.CurrentTransaction?.GetDbTransaction();
        for (var i = 0; i < arguments.Length; i++)
        {
            var parameter = command.CreateParameter();
            if (!isPostgres)
            {
                parameter.ParameterName = SqlCommands.Names[i];
            }

            parameter.Value = arguments[i] switch
            {
                null => DBNull.Value,
                DateTimeOffset time when !isPostgres => MicrosecondsConverter.ToMicroseconds(time),
                DateTimeOffset time => time.ToUniversalTime(),
                var value => value,
            };
            command.Parameters.Add(parameter);
        }

        return command;
    }

    public Func<DbDataReader, T> Reader(DbDataReader reader) => _read ??= Compile(reader);

    private Func<DbDataReader, T> Compile(DbDataReader reader)
    {
        var row = Expression.Parameter(typeof(DbDataReader));
        if (SqlCommands.IsValue(typeof(T)))
        {
            return Expression.Lambda<Func<DbDataReader, T>>(Value(row, 0, typeof(T)), row).Compile();
        }

        var constructor = typeof(T).GetConstructors().MaxBy(candidate => candidate.GetParameters().Length)!;
        var values = constructor.GetParameters().Select(parameter => Value(row, reader.GetOrdinal(parameter.Name!), parameter.ParameterType));
        return Expression.Lambda<Func<DbDataReader, T>>(Expression.New(constructor, values), row).Compile();
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

    public static readonly string[] Names = [.. Enumerable.Range(0, 1000).Select(number => $"@p{number}")];

    private static readonly Type[] Values = [typeof(Guid), typeof(string), typeof(long), typeof(int), typeof(bool), typeof(DateTimeOffset), typeof(byte[])];

    public static bool IsValue(Type type) => Values.Contains(Nullable.GetUnderlyingType(type) ?? type);
}
