using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;

namespace OnBehalf.Data;

/// <summary>
/// A connection whose commands come from <see cref="Kept"/>, once it is set. EF makes a new command for everything that it loads and saves, and the driver
/// compiles it anew: for the one writer, who comes with the same few texts again and again, they are lent instead.
/// </summary>
internal sealed class KeepingConnection(string connectionString) : SqliteConnection(connectionString)
{
    public SqliteStatements? Kept { get; set; }

    protected override DbCommand CreateDbCommand() => Kept is { } kept ? new LentCommand(kept, this) : base.CreateDbCommand();

    /// <summary>Becomes a kept command when it is given its text, and gives it back at its end.</summary>
    private sealed class LentCommand(SqliteStatements kept, KeepingConnection connection) : DbCommand
    {
        private SqliteCommand? _lent;

        [AllowNull]
        public override string CommandText
        {
            get => _lent?.CommandText ?? "";
            set
            {
                GiveBack();
                _lent = string.IsNullOrEmpty(value) ? null : kept.Take(value);
            }
        }

        public override int CommandTimeout
        {
            get => Lent.CommandTimeout;
            set => Lent.CommandTimeout = value;
        }

        public override CommandType CommandType
        {
            get => CommandType.Text;
            set => Lent.CommandType = value;
        }

        public override bool DesignTimeVisible { get; set; }

        public override UpdateRowSource UpdatedRowSource { get; set; }

        protected override DbConnection? DbConnection
        {
            get => connection;
            set => throw new NotSupportedException("A kept command belongs to its connection.");
        }

        protected override DbParameterCollection DbParameterCollection => Lent.Parameters;

        protected override DbTransaction? DbTransaction
        {
            get => Lent.Transaction;
            set => Lent.Transaction = (SqliteTransaction?)value;
        }

        private SqliteCommand Lent => _lent ?? throw new InvalidOperationException("The command has no text yet.");

        public override void Cancel() => _lent?.Cancel();

        public override int ExecuteNonQuery() => Lent.ExecuteNonQuery();

        public override object? ExecuteScalar() => Lent.ExecuteScalar();

        public override void Prepare() => Lent.Prepare();

        protected override DbParameter CreateDbParameter() => new SqliteParameter();

        protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior) => Lent.ExecuteReader(behavior);

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                GiveBack();
            }

            base.Dispose(disposing);
        }

        private void GiveBack()
        {
            if (_lent is { } lent)
            {
                _lent = null;
                kept.GiveBack(lent);
            }
        }
    }
}
