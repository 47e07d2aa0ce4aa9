using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace OnBehalf.Data;

/// <summary>
/// An open connection of SQLite with the statements that it has compiled. Compiling a query takes longer than running it, and EF opens, sets up and closes
/// the connection around each: together a fifth of the CPU time of a page (measured). One user at a time.
/// </summary>
internal sealed class SqliteStatements(SqliteConnection connection) : IDisposable
{
    // Far more than the shop has; what is built of search words could grow without end.
    private const int Most = 300;

    private readonly Dictionary<string, SqliteCommand> _commands = new(StringComparer.Ordinal);
    private bool _isDisposed;

    public List<T> Rows<T>(SqlQuery<T> query, SqliteTransaction? transaction, object?[] arguments)
    {
        var command = Command(query.Text, arguments.Length);
        command.Transaction = transaction;
        for (var i = 0; i < arguments.Length; i++)
        {
            command.Parameters[i].Value = SqlCommands.OnSqlite(arguments[i]);
        }

        using var reader = command.ExecuteReader();
        var read = query.Reader(reader);
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    /// <summary>The command of this text, without parameters, for one user until he gives it back.</summary>
    public SqliteCommand Take(string text)
    {
        if (_commands.Remove(text, out var known))
        {
            known.Parameters.Clear();
            return known;
        }

        var command = connection.CreateCommand();
        command.CommandText = text;
        return command;
    }

    public void GiveBack(SqliteCommand command)
    {
        command.Transaction = null;
        command.Parameters.Clear();
        if (_isDisposed || _commands.ContainsKey(command.CommandText))
        {
            command.Dispose();
            return;
        }

        MakeRoom();
        _commands[command.CommandText] = command;
    }

    public void Dispose()
    {
        _isDisposed = true;
        Forget();
        connection.Dispose();
    }

    private SqliteCommand Command(string text, int parameters)
    {
        if (!_commands.TryGetValue(text, out var command))
        {
            MakeRoom();
            command = connection.CreateCommand();
            command.CommandText = text;
            _commands[text] = command;
        }

        for (var i = command.Parameters.Count; i < parameters; i++)
        {
            command.Parameters.Add(new SqliteParameter { ParameterName = SqlCommands.Names[i] });
        }

        return command;
    }

    private void MakeRoom()
    {
        if (_commands.Count >= Most)
        {
            Forget();
        }
    }

    private void Forget()
    {
        foreach (var command in _commands.Values)
        {
            command.Dispose();
        }

        _commands.Clear();
    }
}

/// <summary>The connections that only read: as many as are needed at once, two per processor are kept.</summary>
internal sealed class SqliteReaders(string connectionString) : IDisposable
{
    private static readonly int Kept = 2 * Environment.ProcessorCount;

    private readonly string _connectionString = new SqliteConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString;
    private readonly ConcurrentStack<SqliteStatements> _idle = new();
    private volatile bool _isDisposed;

    public List<T> Rows<T>(SqlQuery<T> query, object?[] arguments)
    {
        var statements = _idle.TryPop(out var idle) ? idle : Open();
        var isWell = false;
        try
        {
            var rows = statements.Rows(query, transaction: null, arguments);
            isWell = true;
            return rows;
        }
        finally
        {
            if (isWell && !_isDisposed && _idle.Count < Kept)
            {
                _idle.Push(statements);
            }
            else
            {
                statements.Dispose();
            }
        }
    }

    public void Dispose()
    {
        _isDisposed = true;
        while (_idle.TryPop(out var statements))
        {
            statements.Dispose();
        }
    }

    private SqliteStatements Open()
    {
        var connection = new SqliteConnection(_connectionString);
        try
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "pragma query_only = 1";
            command.ExecuteNonQuery();
            return new SqliteStatements(connection);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
