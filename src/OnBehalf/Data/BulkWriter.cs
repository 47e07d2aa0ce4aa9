using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Npgsql;
using NpgsqlTypes;

namespace OnBehalf.Data;

/// <summary>
/// The fast way of many rows into one table: binary COPY on PostgreSQL, one prepared insert on SQLite. A row is <see cref="StartRow"/> and then one value for
/// each column in their order. Nothing counts until <see cref="Complete"/>; on PostgreSQL the connection serves nothing else before that.
/// </summary>
internal abstract class BulkWriter : IDisposable
{
    public static BulkWriter Into(DbConnection connection, DbTransaction? transaction, string table, params IEnumerable<string> columns) =>
        connection is NpgsqlConnection postgres
            ? new Copy(postgres, table, columns)
            : new PreparedInsert((SqliteConnection)connection, (SqliteTransaction?)transaction, table, [.. columns]);

    public abstract void StartRow();

    public abstract void Write(string? value);

    public abstract void Write(long? value);

    public abstract void Write(int value);

    public abstract void Write(bool value);

    public abstract void Write(Guid? value);

    public abstract void Write(DateTimeOffset? value);

    public abstract void Complete();

    public abstract void Dispose();

    private sealed class Copy(NpgsqlConnection connection, string table, IEnumerable<string> columns) : BulkWriter
    {
        private readonly NpgsqlBinaryImporter _copy = connection.BeginBinaryImport($"copy {table} ({string.Join(", ", columns)}) from stdin (format binary)");

        public override void StartRow() => _copy.StartRow();

        public override void Write(string? value)
        {
            if (value is null)
            {
                _copy.WriteNull();
            }
            else
            {
                _copy.Write(value, NpgsqlDbType.Text);
            }
        }

        public override void Write(long? value)
        {
            if (value is { } number)
            {
                _copy.Write(number, NpgsqlDbType.Bigint);
            }
            else
            {
                _copy.WriteNull();
            }
        }

        public override void Write(int value) => _copy.Write(value, NpgsqlDbType.Integer);

        public override void Write(bool value) => _copy.Write(value, NpgsqlDbType.Boolean);

        public override void Write(Guid? value)
        {
            if (value is { } id)
            {
                _copy.Write(id, NpgsqlDbType.Uuid);
            }
            else
            {
                _copy.WriteNull();
            }
        }

        public override void Write(DateTimeOffset? value)
        {
            if (value is { } time)
            {
                _copy.Write(time.UtcDateTime, NpgsqlDbType.TimestampTz);
            }
            else
            {
                _copy.WriteNull();
            }
        }

        public override void Complete() => _copy.Complete();

        public override void Dispose() => _copy.Dispose();
    }

    private sealed class PreparedInsert : BulkWriter
    {
        private readonly SqliteCommand _command;
        private int _next = -1;

        public PreparedInsert(SqliteConnection connection, SqliteTransaction? transaction, string table, string[] columns)
        {
            _command = connection.CreateCommand();
            _command.Transaction = transaction;
            _command.CommandText = $"insert into {table} ({string.Join(", ", columns)}) values ({string.Join(", ", columns.Select((_, i) => Name(i)))})";
            for (var i = 0; i < columns.Length; i++)
            {
                _command.Parameters.Add(new SqliteParameter { ParameterName = Name(i) });
            }

            _command.Prepare();
        }

        public override void StartRow()
        {
            Flush();
            _next = 0;
        }

        public override void Write(string? value) => Set(value);

        public override void Write(long? value) => Set(value);

        public override void Write(int value) => Set((long)value);

        public override void Write(bool value) => Set(value ? 1L : 0L);

        // Upper case, as the driver writes ids everywhere else.
        public override void Write(Guid? value) => Set(value);

        public override void Write(DateTimeOffset? value) => Set(value is { } time ? MicrosecondsConverter.ToMicroseconds(time) : null);

        public override void Complete() => Flush();

        public override void Dispose() => _command.Dispose();

        private static string Name(int i) => string.Create(CultureInfo.InvariantCulture, $"@p{i}");

        private void Set(object? value) => _command.Parameters[_next++].Value = value ?? DBNull.Value;

        private void Flush()
        {
            if (_next == _command.Parameters.Count)
            {
                _command.ExecuteNonQuery();
            }
            else if (_next >= 0)
            {
                throw new InvalidOperationException($"A row of {_next} values where {_command.Parameters.Count} belong.");
            }
        }
    }
}
